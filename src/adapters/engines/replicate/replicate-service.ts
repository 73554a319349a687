/** Replicate's predictions: official models by name, others by version. */
import { AnimaticError, toStoredError } from '#domain/errors.ts';
import { type Instant, instant } from '#domain/instant.ts';
import type { JsonObject, JsonValue } from '#domain/json.ts';
import { FRAME_RATE } from '#domain/media/clip-spec.ts';
import type { MicroDollars } from '#domain/money.ts';
import type {
  EngineCapabilities,
  EngineHealth,
  EngineJob,
  EngineLogLine,
  UnansweredStart,
} from '#ports/engine.ts';
import type { ClipFacts } from '../../media/clip-prober.ts';
import { soldAspectRatio } from '../upstream/check-job.ts';
import { correlationMark } from '../upstream/correlation-mark.ts';
import { type Credential, withoutKeys } from '../upstream/credentials.ts';
import { quoteByList, type ServiceParts } from '../upstream/hosted-engine.ts';
import { checkPictures, type JobPicture, type PictureLimits } from '../upstream/job-pictures.ts';
import { asArray, asText, at, objectsIn } from '../upstream/json-reading.ts';
import { healthOf, isSuccess, successBody, troubleOf } from '../upstream/read-answer.ts';
import { faultError, submitError, type UpstreamFault } from '../upstream/submit-verdict.ts';
import { type Exchange, startUnknown } from '../upstream/upstream-client.ts';
import { type SoldClip, soldClip } from '../upstream/upstream-handle.ts';
import { clipPrice } from '../upstream/upstream-price.ts';
import type {
  SearchedStart,
  SubmittedJob,
  UpstreamJob,
  UpstreamReading,
  UpstreamService,
} from '../upstream/upstream-service.ts';
import { UpstreamTrouble } from '../upstream/upstream-trouble.ts';
import type { ReplicateModel } from './models.ts';
import { predictionFault, requestFault } from './replicate-fault.ts';
import { markedFiles, uploadPicture } from './replicate-files.ts';

/** The models' own; sides are checked there. */
const PICTURE_LIMITS: PictureLimits = {
  formats: ['jpeg', 'png', 'webp'],
  maxBytes: 30_000_000,
  maxTotalBytes: 60_000_000,
  shortestSide: 1,
  longestSide: 16_384,
  narrowest: 0.1,
  widest: 10,
};

const frameCountOf = (durationSeconds: number): number => FRAME_RATE * durationSeconds;

export class ReplicateService implements UpstreamService {
  readonly kind = 'replicate';
  readonly capabilities: EngineCapabilities;
  readonly typicalDurationMs: number;
  readonly #parts: ServiceParts;
  readonly #model: ReplicateModel;

  constructor(parts: ServiceParts, model: ReplicateModel) {
    this.#parts = parts;
    this.#model = model;
    this.typicalDurationMs = parts.typicalDurationMs;
    this.capabilities = {
      maxImages: 1,
      needsImage: false,
      lastImage: true,
      referenceVideos: false,
      referenceAudios: false,
      ownAspectRatio: false,
      resolutions: model.resolutions,
      durationSeconds: { ...model.durationSeconds, auto: false },
      audio: model.takesAudio,
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
    const mark = correlationMark(job.correlationId);
    const image = await this.#upload(pictures.images[0], credential, mark);
    const last = await this.#upload(pictures.last, credential, mark);
    const input: JsonObject = {
      ...this.#inputOf(job, sold),
      ...(image === undefined ? {} : { image }),
      ...(last === undefined ? {} : { last_frame_image: last }),
    };
    const answer = await client.submit(this.#submission(input, credential));
    if (!isSuccess(answer)) {
      const faultOf = () => this.#clean(requestFault(answer.body));
      throw submitError(answer, { engine, credential: credential.name, now: clock.now(), faultOf });
    }
    const id = asText(at(answer.body, 'id'));
    if (id === undefined) throw startUnknown(engine, 'its answer names no prediction');
    return { id, sold, notes: {} };
  }

  async read(job: UpstreamJob, signal: AbortSignal): Promise<UpstreamReading> {
    const { credential } = job;
    const answer = await this.#parts.client.ask({
      method: 'GET',
      url: predictionUrl(job.id),
      credential,
      signal,
    });
    if (answer.status === 404) return { state: 'missing' };
    return this.#readingOf(successBody(answer, credential));
  }

  async cancel(job: UpstreamJob, signal: AbortSignal): Promise<void> {
    const { credential } = job;
    const url = `${predictionUrl(job.id)}/cancel`;
    const answer = await this.#parts.client.ask({ method: 'POST', url, credential, signal });
    const isRefused = answer.status === 401 || answer.status === 403;
    // Any other answer comes of a prediction that has ended.
    if (isRefused) throw troubleOf(answer, credential);
  }

  /** By the picture that was uploaded for this start alone. What cannot be found may still exist: inputs are removed after an hour. */
  async search(start: UnansweredStart, credential: Credential, signal: AbortSignal): Promise<SearchedStart> {
    const { client } = this.#parts;
    const files = await markedFiles(client, credential, correlationMark(start.correlationId), signal);
    if (files.length === 0) return { state: 'unclear' };
    const answer = await client.ask({ method: 'GET', url: '/predictions', credential, signal });
    const ours = objectsIn(successBody(answer, credential).results).filter((prediction) => {
      const input = JSON.stringify(prediction.input ?? '');
      return files.some((file) => input.includes(file));
    });
    const [prediction, ...others] = ours;
    const id = asText(prediction?.id);
    if (prediction === undefined || id === undefined || others.length > 0) return { state: 'unclear' };
    return { state: 'found', id, startedAt: createdAt(prediction) ?? start.sentAt, notes: {} };
  }

  costOf({ sold }: UpstreamJob, { size, durationSeconds, hasSound }: ClipFacts): MicroDollars | undefined {
    const { price } = this.#parts;
    if (price === undefined || sold === undefined) return undefined;
    const billedSeconds = Math.round(durationSeconds);
    return clipPrice(price, {
      resolution: sold.resolution,
      size,
      durationSeconds: billedSeconds,
      frameCount: frameCountOf(billedSeconds),
      hasSound,
    });
  }

  async checkAccess(credential: Credential, signal: AbortSignal): Promise<EngineHealth> {
    return healthOf(
      await this.#parts.client.ask({ method: 'GET', url: '/account', credential, signal }),
      credential,
    );
  }

  close(): Promise<void> {
    return this.#parts.client.close();
  }

  /** All but the pictures. Without `generate_audio` these models make no sound. */
  #inputOf(job: EngineJob, sold: SoldClip): JsonObject {
    return {
      prompt: job.prompt,
      duration: sold.longestDurationSeconds,
      aspect_ratio: sold.aspectRatio,
      fps: FRAME_RATE,
      camera_fixed: job.cameraFixed,
      seed: job.seed,
      ...(this.#model.takesAudio ? { generate_audio: job.generateAudio } : {}),
      ...(this.#model.takesResolution ? { resolution: job.resolution } : {}),
    };
  }

  #submission(input: JsonObject, credential: Credential): Exchange {
    const [name, version] = this.#model.id.split(':');
    return version === undefined
      ? { method: 'POST', url: `/models/${name}/predictions`, credential, json: { input } }
      : { method: 'POST', url: '/predictions', credential, json: { version, input } };
  }

  /** @throws AnimaticError `engine_unavailable`: nothing has been bought. */
  async #upload(
    picture: JobPicture | undefined,
    credential: Credential,
    mark: string,
  ): Promise<string | undefined> {
    if (picture === undefined) return undefined;
    try {
      return await uploadPicture(this.#parts.client, credential, picture, mark);
    } catch (error) {
      if (!(error instanceof UpstreamTrouble)) throw error;
      throw new AnimaticError(
        'engine_unavailable',
        `The engine "${this.#parts.engine}" does not take the picture (${error.message}); nothing was started.`,
        { cause: error },
      );
    }
  }

  #readingOf(prediction: JsonObject): UpstreamReading {
    const log = linesOf(prediction.logs);
    const status = asText(prediction.status) ?? '';
    switch (status) {
      case 'starting':
        return { state: 'queued', log };
      case 'processing':
        return { state: 'running', log };
      case 'succeeded':
        return { log, ...this.#succeeded(prediction) };
      case 'failed':
        return { log, ...this.#failed(predictionFault(prediction.error)) };
      case 'aborted':
        return { state: 'cancelled', wasPaid: false, log };
      case 'canceled':
        return { state: 'cancelled', wasPaid: asText(prediction.started_at) !== undefined, log };
      default:
        return { state: 'strange', word: status, log };
    }
  }

  #succeeded({ output, data_removed: isRemoved }: JsonObject): UpstreamReading {
    const clipUrl = asText(output) ?? asText(asArray(output)?.[0]) ?? asText(at(output, 'url'));
    if (clipUrl !== undefined) return { state: 'succeeded', clipUrl };
    if (isRemoved !== true) throw new UpstreamTrouble('it names no file for a finished prediction');
    return this.#failed({ code: 'engine_failed', words: 'the finished clip has been removed there' });
  }

  #failed(fault: UpstreamFault): UpstreamReading {
    return { state: 'failed', error: toStoredError(faultError(this.#parts.engine, this.#clean(fault))) };
  }

  #clean({ code, words }: UpstreamFault): UpstreamFault {
    return { code, words: withoutKeys(words, this.#parts.credentials) };
  }
}

const predictionUrl = (id: string): string => `/predictions/${encodeURIComponent(id)}`;

/** One text for all lines. */
const linesOf = (logs: JsonValue | undefined): readonly EngineLogLine[] =>
  (asText(logs) ?? '')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((message) => ({ level: 'info', message }));

function createdAt(prediction: JsonObject): Instant | undefined {
  const at = Date.parse(asText(prediction.created_at) ?? '');
  return Number.isNaN(at) ? undefined : instant(at);
}
