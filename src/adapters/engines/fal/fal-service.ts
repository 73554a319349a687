/**
 * fal's queue protocol: submit, then the URLs of the answer. It knows three words; a failure is `COMPLETED` with an error, and its kind
 * is what the result's URL answers.
 */
import { toStoredError } from '#domain/errors.ts';
import type { JsonObject, JsonValue } from '#domain/json.ts';
import { FRAME_RATE } from '#domain/media/clip-spec.ts';
import type { MicroDollars } from '#domain/money.ts';
import type { LogLevel } from '#domain/task/task.ts';
import type { EngineCapabilities, EngineHealth, EngineJob, EngineLogLine } from '#ports/engine.ts';
import type { ClipFacts } from '../../media/clip-prober.ts';
import { soldAspectRatio } from '../upstream/check-job.ts';
import { type Credential, withoutKeys } from '../upstream/credentials.ts';
import { quoteByList, type ServiceParts } from '../upstream/hosted-engine.ts';
import { checkPictures, type PictureLimits } from '../upstream/job-pictures.ts';
import { asArray, asNumber, asText, at } from '../upstream/json-reading.ts';
import { healthOf, isSuccess, successBody, troubleOf } from '../upstream/read-answer.ts';
import { faultError, submitError, type UpstreamFault } from '../upstream/submit-verdict.ts';
import { startUnknown, type UpstreamAnswer } from '../upstream/upstream-client.ts';
import { soldClip } from '../upstream/upstream-handle.ts';
import { clipPrice } from '../upstream/upstream-price.ts';
import type {
  SubmittedJob,
  UpstreamJob,
  UpstreamReading,
  UpstreamService,
} from '../upstream/upstream-service.ts';
import { UpstreamTrouble } from '../upstream/upstream-trouble.ts';
import { falFault } from './fal-fault.ts';
import { falRequest } from './fal-request.ts';
import type { FalModel } from './models.ts';

/** The models' own limits; sides are checked there. */
const PICTURE_LIMITS: PictureLimits = {
  formats: ['jpeg', 'png', 'webp'],
  maxBytes: 30_000_000,
  maxTotalBytes: 90_000_000,
  shortestSide: 1,
  longestSide: 16_384,
  narrowest: 0.1,
  widest: 10,
};
const MOST_REFERENCES = 9;

/** No request has it: a key that may ask about it is a good one. */
const NO_REQUEST = '00000000-0000-0000-0000-000000000000';

const CANCELLED_TYPES: ReadonlySet<string> = new Set(['client_cancelled', 'client_disconnected']);
/** "Client closed request", with which fal answers for cancelled ones. */
const CANCELLED_STATUS = 499;

const LEVELS: Readonly<Record<string, LogLevel>> = { ERROR: 'error', WARN: 'warn', DEBUG: 'debug' };

type FollowUp = 'status' | 'response' | 'cancel';

const frameCountOf = (durationSeconds: number): number => FRAME_RATE * durationSeconds;

export class FalService implements UpstreamService {
  readonly kind = 'fal';
  readonly capabilities: EngineCapabilities;
  readonly typicalDurationMs: number;
  readonly #parts: ServiceParts;
  readonly #model: FalModel;

  constructor(parts: ServiceParts, model: FalModel) {
    this.#parts = parts;
    this.#model = model;
    this.typicalDurationMs = parts.typicalDurationMs;
    this.capabilities = {
      maxImages: { startFrame: 1, references: MOST_REFERENCES, none: 0 }[model.pictures],
      needsImage: model.pictures === 'startFrame',
      lastImage: model.pictures === 'startFrame',
      referenceVideos: false,
      referenceAudios: false,
      ownAspectRatio: false,
      resolutions: model.resolutions,
      durationSeconds: { ...model.durationSeconds, auto: true },
      audio: true,
      seed: 'similar',
      cancel: 'beforeStart',
      webSearch: false,
      resumable: true,
    };
  }

  async quote(job: EngineJob): Promise<MicroDollars | undefined> {
    return quoteByList(this.#parts.price, job, frameCountOf);
  }

  async submit(job: EngineJob, credential: Credential): Promise<SubmittedJob> {
    const { engine, stills, client, clock } = this.#parts;
    const pictures = await checkPictures(engine, job, PICTURE_LIMITS, stills);
    const sold = soldClip(job, soldAspectRatio(job));
    const json = await falRequest(this.#model, job, sold, pictures);
    const answer = await client.submit({ method: 'POST', url: `/${this.#model.id}`, credential, json });
    if (!isSuccess(answer)) {
      const faultOf = () => this.#faultOf(answer.body, answer.status);
      throw submitError(answer, { engine, credential: credential.name, now: clock.now(), faultOf });
    }
    const id = asText(at(answer.body, 'request_id'));
    if (id === undefined) throw startUnknown(engine, 'its answer names no request');
    return { id, sold, notes: this.#followUpsOf(answer.body) };
  }

  async read(job: UpstreamJob, signal: AbortSignal): Promise<UpstreamReading> {
    const { credential } = job;
    const url = `${this.#url(job, 'status')}?logs=1`;
    const answer = await this.#parts.client.ask({ method: 'GET', url, credential, signal });
    if (answer.status === 404) return { state: 'missing' };
    const status = successBody(answer, credential);
    const log = (asArray(status.logs) ?? []).flatMap(lineOf);
    switch (status.status) {
      case 'IN_QUEUE': {
        const ahead = asNumber(status.queue_position);
        return { state: 'queued', ...(ahead === undefined ? {} : { ahead }) };
      }
      case 'IN_PROGRESS':
        return { state: 'running', log };
      case 'COMPLETED':
        return { log, ...(await this.#readResult(job, status, signal)) };
      default:
        return { state: 'strange', word: asText(status.status) ?? '' };
    }
  }

  async cancel(job: UpstreamJob, signal: AbortSignal): Promise<void> {
    const { credential } = job;
    const url = this.#url(job, 'cancel');
    const answer = await this.#parts.client.ask({ method: 'PUT', url, credential, signal });
    // 400: already completed; 404: not known any more. Both are as good as cancelled.
    if (!isSuccess(answer) && answer.status !== 400 && answer.status !== 404)
      throw troubleOf(answer, credential);
  }

  costOf({ sold }: UpstreamJob, { size, durationSeconds, hasSound }: ClipFacts): MicroDollars | undefined {
    const { price } = this.#parts;
    if (price === undefined || sold === undefined) return undefined;
    const billedSeconds = Math.round(durationSeconds);
    const frameCount = frameCountOf(billedSeconds);
    return clipPrice(price, {
      resolution: sold.resolution,
      size,
      durationSeconds: billedSeconds,
      frameCount,
      hasSound,
    });
  }

  async checkAccess(credential: Credential, signal: AbortSignal): Promise<EngineHealth> {
    const url = `${this.#requestUrl(NO_REQUEST)}/status`;
    const answer = await this.#parts.client.ask({ method: 'GET', url, credential, signal });
    return healthOf(answer.status === 404 ? { ...answer, status: 200 } : answer, credential);
  }

  close(): Promise<void> {
    return this.#parts.client.close();
  }

  async #readResult(job: UpstreamJob, status: JsonObject, signal: AbortSignal): Promise<UpstreamReading> {
    const { credential } = job;
    const errorType = asText(status.error_type);
    const wasRun = (asNumber(at(status, 'metrics', 'inference_time')) ?? 0) > 0;
    if (errorType !== undefined && CANCELLED_TYPES.has(errorType))
      return { state: 'cancelled', wasPaid: wasRun };
    const url = this.#url(job, 'response');
    const answer = await this.#parts.client.ask({
      method: 'GET',
      url,
      credential,
      signal,
      takesServerErrors: true,
    });
    if (isSuccess(answer)) return succeeded(answer);
    if (answer.status === CANCELLED_STATUS) return { state: 'cancelled', wasPaid: wasRun };
    if (answer.status === 401 || answer.status === 403) throw troubleOf(answer, credential);
    const isFailure = status.error !== undefined || at(answer.body, 'detail') !== undefined;
    if (answer.status >= 500 && !isFailure) throw troubleOf(answer, credential);
    return this.#failed(answer, asText(status.error));
  }

  #failed(answer: UpstreamAnswer, saidBefore: string | undefined): UpstreamReading {
    const hasDetail = at(answer.body, 'detail') !== undefined;
    const fault = this.#faultOf(hasDetail ? answer.body : { error: saidBefore ?? '' }, answer.status);
    return { state: 'failed', error: toStoredError(faultError(this.#parts.engine, fault)) };
  }

  #faultOf(body: JsonValue | undefined, status: number): UpstreamFault {
    const { code, words } = falFault(body, status);
    return { code, words: withoutKeys(words, this.#parts.credentials) };
  }

  /** The URLs of the answer, as far as they lead to the service itself: the key goes nowhere else. */
  #followUpsOf(body: JsonValue | undefined): JsonObject {
    const kinds: readonly FollowUp[] = ['status', 'response', 'cancel'];
    const urls = kinds.flatMap((kind) => {
      const url = asText(at(body, `${kind}_url`));
      return url !== undefined && this.#isOwn(url) ? [[kind, url] as const] : [];
    });
    if (urls.length < kinds.length) {
      this.#parts.log.warn(
        { engine: this.#parts.engine },
        'The service answered a submit with follow-up URLs on another host; they are not used.',
      );
    }
    return Object.fromEntries(urls);
  }

  #isOwn(url: string): boolean {
    return URL.parse(url)?.origin === new URL(this.#parts.baseUrl).origin;
  }

  #url(job: UpstreamJob, kind: FollowUp): string {
    const noted = asText(job.notes[kind]);
    if (noted !== undefined && this.#isOwn(noted)) return noted;
    const request = this.#requestUrl(job.id);
    return kind === 'response' ? request : `${request}/${kind}`;
  }

  /** Follow-ups know a model by its first two segments alone. */
  #requestUrl(id: string): string {
    const app = this.#model.id.split('/').slice(0, 2).join('/');
    return `/${app}/requests/${encodeURIComponent(id)}`;
  }
}

function succeeded(answer: UpstreamAnswer): UpstreamReading {
  const clipUrl = asText(at(answer.body, 'video', 'url'));
  if (clipUrl === undefined) throw new UpstreamTrouble('its result names no film');
  return { state: 'succeeded', clipUrl };
}

function lineOf(entry: JsonValue): readonly EngineLogLine[] {
  const message = asText(at(entry, 'message'));
  if (message === undefined) return [];
  return [{ level: LEVELS[asText(at(entry, 'level')) ?? ''] ?? 'info', message }];
}
