/** Ark's tasks: `POST`, `GET` and `DELETE /contents/generations/tasks`. */
import { toStoredError } from '#domain/errors.ts';
import { type Instant, instant } from '#domain/instant.ts';
import type { JsonObject } from '#domain/json.ts';
import { FRAME_RATE } from '#domain/media/clip-spec.ts';
import type { MicroDollars } from '#domain/money.ts';
import type { EngineCapabilities, EngineHealth, EngineJob, UnansweredStart } from '#ports/engine.ts';
import type { ClipFacts } from '../../media/clip-prober.ts';
import { soldAspectRatio } from '../upstream/check-job.ts';
import { correlationMark } from '../upstream/correlation-mark.ts';
import { type Credential, withoutKeys } from '../upstream/credentials.ts';
import { quoteByList, type ServiceParts } from '../upstream/hosted-engine.ts';
import { checkPictures, type PictureLimits } from '../upstream/job-pictures.ts';
import { asNumber, asText, at, objectsIn } from '../upstream/json-reading.ts';
import { healthOf, isSuccess, successBody } from '../upstream/read-answer.ts';
import { faultError, submitError, type UpstreamFault } from '../upstream/submit-verdict.ts';
import { startUnknown } from '../upstream/upstream-client.ts';
import { type SoldClip, soldClip } from '../upstream/upstream-handle.ts';
import { clipPrice, tokenPrice } from '../upstream/upstream-price.ts';
import type {
  SearchedStart,
  SubmittedJob,
  UpstreamJob,
  UpstreamReading,
  UpstreamService,
} from '../upstream/upstream-service.ts';
import { UpstreamTrouble } from '../upstream/upstream-trouble.ts';
import { arkFault } from './ark-fault.ts';
import { arkRequest } from './ark-request.ts';
import type { ArkModel } from './models.ts';

const TASKS = '/contents/generations/tasks';

/** As documented; a body may have 64 MB, of which base64 takes a third. */
const PICTURE_LIMITS: PictureLimits = {
  formats: ['jpeg', 'png', 'webp', 'gif'],
  maxBytes: 30_000_000,
  maxTotalBytes: 45_000_000,
  shortestSide: 300,
  longestSide: 6000,
  narrowest: 0.4,
  widest: 2.5,
};

/** Between this machine's clock and the service's. */
const CLOCK_DIFFERENCE_MS = 5 * 60_000;
const PAGE_SIZE = 100;
const MOST_PAGES = 20;

/** 5 s are 121 frames. */
const frameCountOf = (durationSeconds: number): number => FRAME_RATE * durationSeconds + 1;

export class ArkService implements UpstreamService {
  readonly kind = 'ark';
  readonly capabilities: EngineCapabilities;
  readonly typicalDurationMs: number;
  readonly #parts: ServiceParts;
  readonly #model: ArkModel;
  readonly #modelId: string;

  constructor(parts: ServiceParts, model: ArkModel, modelId: string) {
    this.#parts = parts;
    this.#model = model;
    this.#modelId = modelId;
    this.typicalDurationMs = parts.typicalDurationMs;
    this.capabilities = {
      maxImages: model.maxImages,
      needsImage: false,
      lastImage: true,
      referenceVideos: false,
      referenceAudios: false,
      ownAspectRatio: false,
      resolutions: model.resolutions,
      durationSeconds: { ...model.durationSeconds, auto: true },
      audio: true,
      seed: 'similar',
      cancel: 'beforeStart',
      webSearch: model.webSearch,
      resumable: true,
    };
  }

  async quote(job: EngineJob): Promise<MicroDollars | undefined> {
    return quoteByList(this.#parts.price, job, frameCountOf);
  }

  async submit(job: EngineJob, credential: Credential): Promise<SubmittedJob> {
    const { engine, stills, client } = this.#parts;
    const pictures = await checkPictures(engine, job, PICTURE_LIMITS, stills);
    const sold = soldClip(job, soldAspectRatio(job));
    const json = await arkRequest({ modelId: this.#modelId, model: this.#model, job, sold, pictures });
    const answer = await client.submit({ method: 'POST', url: TASKS, credential, json });
    if (!isSuccess(answer)) {
      const faultOf = () => this.#faultOf(at(answer.body, 'error'));
      throw submitError(answer, {
        engine,
        credential: credential.name,
        now: this.#parts.clock.now(),
        faultOf,
      });
    }
    const id = asText(at(answer.body, 'id'));
    if (id === undefined) throw startUnknown(engine, 'its answer names no task');
    return { id, sold, notes: {} };
  }

  async read(job: UpstreamJob, signal: AbortSignal): Promise<UpstreamReading> {
    const { credential } = job;
    const answer = await this.#parts.client.ask({ method: 'GET', url: taskUrl(job.id), credential, signal });
    if (answer.status === 404) return { state: 'missing' };
    return this.#readingOf(successBody(answer, credential), job.sold);
  }

  /** Only what still queues can be cancelled; `DELETE` on an ended task would erase it before its clip was fetched. */
  async cancel(job: UpstreamJob, signal: AbortSignal): Promise<void> {
    const { credential } = job;
    const reading = await this.read(job, signal);
    if (reading.state !== 'queued') return;
    const answer = await this.#parts.client.ask({
      method: 'DELETE',
      url: taskUrl(job.id),
      credential,
      signal,
    });
    // It may have begun in the meantime, which is then an error of the request.
    if (answer.status === 401 || answer.status === 403) successBody(answer, credential);
  }

  /**
   * Without a filter by model, because a deployment's tasks are not promised to be listed under its model. A task is ours when it carries
   * the start's mark; that none does proves nothing unless every task of that time carries one.
   */
  async search(start: UnansweredStart, credential: Credential, signal: AbortSignal): Promise<SearchedStart> {
    const mark = correlationMark(start.correlationId);
    const since = start.sentAt - CLOCK_DIFFERENCE_MS;
    const tasks = await this.#tasksSince(since, credential, signal);
    const ours = tasks.recent.filter((task) => task.safety_identifier === mark);
    const [task, ...others] = ours;
    const id = asText(task?.id);
    if (task !== undefined && id !== undefined && others.length === 0)
      return { state: 'found', id, startedAt: createdAt(task) ?? start.sentAt, notes: {} };
    const areAllMarked = tasks.recent.every((one) => asText(one.safety_identifier) !== undefined);
    return { state: ours.length === 0 && tasks.isComplete && areAllMarked ? 'absent' : 'unclear' };
  }

  costOf({ sold }: UpstreamJob, { size, frameCount, hasSound }: ClipFacts): MicroDollars | undefined {
    const { price } = this.#parts;
    if (price === undefined || sold === undefined) return undefined;
    const durationSeconds = frameCount / FRAME_RATE;
    return clipPrice(price, { resolution: sold.resolution, size, durationSeconds, frameCount, hasSound });
  }

  async checkAccess(credential: Credential, signal: AbortSignal): Promise<EngineHealth> {
    const url = `${TASKS}?page_num=1&page_size=1`;
    return healthOf(await this.#parts.client.ask({ method: 'GET', url, credential, signal }), credential);
  }

  close(): Promise<void> {
    return this.#parts.client.close();
  }

  #faultOf(error: JsonObject[string] | undefined): UpstreamFault {
    const { code, words } = arkFault(error);
    return { code, words: withoutKeys(words, this.#parts.credentials) };
  }

  #readingOf(task: JsonObject, sold: SoldClip | undefined): UpstreamReading {
    const status = asText(task.status) ?? '';
    switch (status) {
      case 'queued':
        return { state: 'queued' };
      case 'running':
        return { state: 'running' };
      case 'succeeded':
        return this.#succeeded(task, sold);
      case 'failed':
        return this.#failed(this.#faultOf(task.error));
      case 'expired':
        return this.#failed({ code: 'engine_failed', words: 'the job expired before it was made' });
      case 'cancelled':
        return { state: 'cancelled', wasPaid: false };
      default:
        return { state: 'strange', word: status };
    }
  }

  /** Of a job that was taken, being busy or badly set up is a failure like any other. */
  #failed(fault: UpstreamFault): UpstreamReading {
    const isVerdict = fault.code === 'content_refused' || fault.code === 'invalid_parameter';
    const error = faultError(this.#parts.engine, isVerdict ? fault : { ...fault, code: 'engine_failed' });
    return { state: 'failed', error: toStoredError(error) };
  }

  #succeeded(task: JsonObject, sold: SoldClip | undefined): UpstreamReading {
    const clipUrl = asText(at(task, 'content', 'video_url'));
    if (clipUrl === undefined) throw new UpstreamTrouble('it names no file for a finished task');
    const tokens = asNumber(at(task, 'usage', 'completion_tokens'));
    const hasSound = sold?.generateAudio ?? task.generate_audio !== false;
    const { price } = this.#parts;
    const cost =
      tokens === undefined || price === undefined ? undefined : tokenPrice(price, tokens, hasSound);
    return {
      state: 'succeeded',
      clipUrl,
      differences: sold === undefined ? [] : differencesOf(task, sold),
      ...(cost === undefined ? {} : { cost }),
    };
  }

  async #tasksSince(
    since: number,
    credential: Credential,
    signal: AbortSignal,
  ): Promise<{ readonly recent: readonly JsonObject[]; readonly isComplete: boolean }> {
    const recent: JsonObject[] = [];
    for (let page = 1, seen = 0; page <= MOST_PAGES; page += 1) {
      const url = `${TASKS}?page_num=${page}&page_size=${PAGE_SIZE}`;
      const answer = await this.#parts.client.ask({ method: 'GET', url, credential, signal });
      const body = successBody(answer, credential);
      const tasks = objectsIn(body.items);
      seen += tasks.length;
      recent.push(...tasks.filter((task) => (createdAt(task) ?? since) >= since));
      const total = asNumber(body.total);
      if (total !== undefined && seen >= total) return { recent, isComplete: true };
      // The list is newest first as far as it has been seen; a page of old tasks alone ends it.
      const areAllOld = tasks.length > 0 && tasks.every((task) => (createdAt(task) ?? since) < since);
      if (areAllOld) return { recent, isComplete: true };
      if (tasks.length === 0) break;
    }
    return { recent, isComplete: false };
  }
}

const taskUrl = (id: string): string => `${TASKS}/${encodeURIComponent(id)}`;

/** Unix seconds on the wire. */
function createdAt(task: JsonObject): Instant | undefined {
  const seconds = asNumber(task.created_at);
  return seconds === undefined ? undefined : instant(seconds * 1000);
}

/** Where the task as the service has it differs from what was sold. */
function differencesOf(task: JsonObject, sold: SoldClip): readonly string[] {
  const pairs: readonly (readonly [string, unknown, unknown])[] = [
    ['resolution', task.resolution, sold.resolution],
    ['ratio', task.ratio, sold.aspectRatio],
    ['duration', task.duration, sold.durationSeconds],
  ];
  return pairs
    .filter(([, made, asked]) => made !== undefined && asked !== undefined && made !== asked)
    .map(([name, made, asked]) => `the service took the ${name} ${String(made)} instead of ${String(asked)}`);
}
