/** WaveSpeed's predictions: an envelope `{ code, message, data }` around everything, and no way to cancel. */
import { AnimaticError, toStoredError } from '#domain/errors.ts';
import { type Instant, instant, toRfc3339 } from '#domain/instant.ts';
import type { JsonObject, JsonValue } from '#domain/json.ts';
import { FRAME_RATE } from '#domain/media/clip-spec.ts';
import { formatUsd, type MicroDollars, usd, ZERO } from '#domain/money.ts';
import type { EngineCapabilities, EngineHealth, EngineJob, UnansweredStart } from '#ports/engine.ts';
import { soldAspectRatio } from '../upstream/check-job.ts';
import { correlationMark } from '../upstream/correlation-mark.ts';
import { type Credential, withoutKeys } from '../upstream/credentials.ts';
import { quoteByList, type ServiceParts } from '../upstream/hosted-engine.ts';
import { checkPictures, type JobPicture, type PictureLimits } from '../upstream/job-pictures.ts';
import { asArray, asNumber, asText, at, objectsIn } from '../upstream/json-reading.ts';
import { healthOf, isSuccess, successBody } from '../upstream/read-answer.ts';
import { faultError, submitError, type UpstreamFault } from '../upstream/submit-verdict.ts';
import { startUnknown, type UpstreamAnswer } from '../upstream/upstream-client.ts';
import { type SoldClip, soldClip } from '../upstream/upstream-handle.ts';
import { fromUsdNumber } from '../upstream/upstream-price.ts';
import type {
  SearchedStart,
  SubmittedJob,
  UpstreamJob,
  UpstreamReading,
  UpstreamService,
} from '../upstream/upstream-service.ts';
import { UpstreamTrouble } from '../upstream/upstream-trouble.ts';
import type { WavespeedModel } from './models.ts';
import { predictionFault, requestFault } from './wavespeed-fault.ts';
import { uploadPicture } from './wavespeed-uploads.ts';

const API = '/api/v3';

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

const PAGE_SIZE = 100;
const CLOCK_DIFFERENCE_MS = 5 * 60_000;

export class WavespeedService implements UpstreamService {
  readonly kind = 'wavespeed';
  readonly capabilities: EngineCapabilities;
  readonly typicalDurationMs: number;
  readonly #parts: ServiceParts;
  readonly #model: WavespeedModel;

  constructor(parts: ServiceParts, model: WavespeedModel) {
    this.#parts = parts;
    this.#model = model;
    this.typicalDurationMs = parts.typicalDurationMs;
    this.capabilities = {
      maxImages: 1,
      needsImage: true,
      lastImage: model.takes.includes('last_image'),
      referenceVideos: false,
      referenceAudios: false,
      ownAspectRatio: false,
      resolutions: model.resolutions,
      durationSeconds: { ...model.durationSeconds, auto: false },
      audio: model.takes.includes('generate_audio'),
      seed: model.takes.includes('seed') ? 'similar' : 'ignored',
      cancel: 'never',
      webSearch: model.takes.includes('enable_web_search'),
      resumable: true,
    };
  }

  /** The service's own answer, without the pictures: they do not move the price. */
  async quote(job: EngineJob, credential: Credential): Promise<MicroDollars | undefined> {
    const { price, client } = this.#parts;
    if (price !== undefined)
      return quoteByList(price, job, (durationSeconds) => FRAME_RATE * durationSeconds);
    const inputs = this.#inputsOf(job, soldClip(job, soldAspectRatio(job)));
    const json = { model_id: this.#model.id, inputs };
    try {
      const answer = await client.ask({ method: 'POST', url: `${API}/model/price`, credential, json });
      return priceIn(at(successBody(answer, credential), 'data'));
    } catch (error) {
      if (error instanceof UpstreamTrouble) return undefined;
      throw error;
    }
  }

  async submit(job: EngineJob, credential: Credential): Promise<SubmittedJob> {
    const { engine, stills, client } = this.#parts;
    const pictures = await checkPictures(engine, job, PICTURE_LIMITS, stills);
    const sold = soldClip(job, soldAspectRatio(job));
    const price = await this.quote(job, credential);
    const mark = correlationMark(job.correlationId);
    const image = await this.#upload(pictures.images[0], credential, `${mark}-first`);
    const last = await this.#upload(pictures.last, credential, `${mark}-last`);
    const json: JsonObject = {
      ...this.#inputsOf(job, sold),
      ...(image === undefined ? {} : { image }),
      ...(last === undefined ? {} : { last_image: last }),
    };
    const answer = await client.submit({
      method: 'POST',
      url: `${API}/${this.#model.id}`,
      credential,
      json,
    });
    const id = this.#acknowledged(answer, credential);
    return { id, sold, notes: price === undefined ? {} : { price: formatUsd(price) } };
  }

  async read(job: UpstreamJob, signal: AbortSignal): Promise<UpstreamReading> {
    const { credential } = job;
    const url = `${API}/predictions/${encodeURIComponent(job.id)}/result`;
    const answer = await this.#parts.client.ask({ method: 'GET', url, credential, signal });
    if (answer.status === 404) return { state: 'missing' };
    return this.#readingOf(at(successBody(answer, credential), 'data'));
  }

  /** There is no way to: the job goes on, and so does its status. */
  async cancel(): Promise<void> {}

  /**
   * By the names under which the pictures were uploaded, which the service may keep in the URLs that it lists. When it does not, nothing
   * can be said.
   */
  async search(start: UnansweredStart, credential: Credential, signal: AbortSignal): Promise<SearchedStart> {
    const json = {
      page: 1,
      page_size: PAGE_SIZE,
      model: this.#model.id,
      created_after: toRfc3339(instant(start.sentAt - CLOCK_DIFFERENCE_MS)),
      include_inputs: true,
    };
    const answer = await this.#parts.client.ask({
      method: 'POST',
      url: `${API}/predictions`,
      credential,
      json,
      signal,
    });
    const items = objectsIn(at(successBody(answer, credential), 'data', 'items'));
    const mark = correlationMark(start.correlationId);
    const ours = items.filter((item) => JSON.stringify(item.inputs ?? item.input ?? '').includes(mark));
    const [prediction, ...others] = ours;
    const id = asText(prediction?.id);
    if (prediction === undefined || id === undefined || others.length > 0) return { state: 'unclear' };
    return { state: 'found', id, startedAt: createdAt(prediction) ?? start.sentAt, notes: {} };
  }

  /** As it was quoted before the start. */
  costOf({ notes }: UpstreamJob): MicroDollars | undefined {
    const price = asText(notes.price);
    return price === undefined ? undefined : usd(price);
  }

  async checkAccess(credential: Credential, signal: AbortSignal): Promise<EngineHealth> {
    const url = `${API}/balance`;
    const answer = await this.#parts.client.ask({ method: 'GET', url, credential, signal });
    const balance = asNumber(at(answer.body, 'data', 'balance'));
    if (isSuccess(answer) && balance !== undefined && fromUsdNumber(balance) <= ZERO) {
      return {
        state: 'unavailable',
        message: `has no balance left under the key "${credential.name}"; top it up at WaveSpeed`,
      };
    }
    const facts = balance === undefined ? undefined : `balance $${formatUsd(fromUsdNumber(balance))}`;
    return healthOf(answer, credential, facts);
  }

  close(): Promise<void> {
    return this.#parts.client.close();
  }

  /** All but the pictures. */
  #inputsOf(job: EngineJob, sold: SoldClip): JsonObject {
    const { takes } = this.#model;
    const optional: readonly (readonly [(typeof takes)[number], JsonValue])[] = [
      ['aspect_ratio', sold.aspectRatio],
      ['resolution', job.resolution],
      ['generate_audio', job.generateAudio],
      ['camera_fixed', job.cameraFixed],
      ['seed', job.seed],
      ['enable_web_search', job.webSearch],
    ];
    return {
      prompt: job.prompt,
      duration: sold.longestDurationSeconds,
      ...Object.fromEntries(optional.filter(([name]) => takes.includes(name))),
    };
  }

  /** @throws AnimaticError `engine_unavailable`: nothing has been bought. */
  async #upload(
    picture: JobPicture | undefined,
    credential: Credential,
    name: string,
  ): Promise<string | undefined> {
    if (picture === undefined) return undefined;
    try {
      return await uploadPicture(this.#parts.client, credential, picture, name);
    } catch (error) {
      if (!(error instanceof UpstreamTrouble)) throw error;
      throw new AnimaticError(
        'engine_unavailable',
        `The engine "${this.#parts.engine}" does not take the picture (${error.message}); nothing was started.`,
        { cause: error },
      );
    }
  }

  /** The id of what was bought. @throws AnimaticError as `Engine.start` promises. */
  #acknowledged(answer: UpstreamAnswer, credential: Credential): string {
    const { engine, clock } = this.#parts;
    const id = asText(at(answer.body, 'data', 'id'));
    if (isSuccess(answer) && id !== undefined) return id;
    // The envelope's own code tells more than a status of 200.
    const code = asNumber(at(answer.body, 'code'));
    const status = isSuccess(answer) ? (code ?? answer.status) : answer.status;
    if (status < 400) throw startUnknown(engine, 'its answer names no prediction');
    const faultOf = () => this.#clean(requestFault(answer.body));
    throw submitError(
      { ...answer, status },
      { engine, credential: credential.name, now: clock.now(), faultOf },
    );
  }

  #readingOf(prediction: JsonValue | undefined): UpstreamReading {
    const status = asText(at(prediction, 'status')) ?? '';
    switch (status) {
      case 'created':
        return { state: 'queued' };
      case 'processing':
        return { state: 'running' };
      case 'completed':
        return succeeded(prediction);
      case 'failed':
        return this.#failed(predictionFault(prediction));
      case 'timeout':
        return this.#failed({ code: 'engine_failed', words: 'it took too long there' });
      case 'cancelled':
      case 'deleted':
        return { state: 'cancelled', wasPaid: true };
      default:
        return { state: 'strange', word: status };
    }
  }

  #failed(fault: UpstreamFault): UpstreamReading {
    return { state: 'failed', error: toStoredError(faultError(this.#parts.engine, this.#clean(fault))) };
  }

  #clean({ code, words }: UpstreamFault): UpstreamFault {
    return { code, words: withoutKeys(words, this.#parts.credentials) };
  }
}

function succeeded(prediction: JsonValue | undefined): UpstreamReading {
  const [first] = asArray(at(prediction, 'outputs')) ?? [];
  const clipUrl = asText(first) ?? asText(at(first, 'url'));
  if (clipUrl === undefined) throw new UpstreamTrouble('it names no file for a finished prediction');
  return { state: 'succeeded', clipUrl };
}

/** What is really charged; other currencies than USD are no help. */
function priceIn(data: JsonValue | undefined): MicroDollars | undefined {
  const currency = asText(at(data, 'currency'));
  const price = asNumber(at(data, 'discounted_price')) ?? asNumber(at(data, 'price'));
  if (price === undefined || (currency !== undefined && currency !== 'USD')) return undefined;
  return fromUsdNumber(price);
}

function createdAt(prediction: JsonObject): Instant | undefined {
  const at = Date.parse(asText(prediction.created_at) ?? '');
  return Number.isNaN(at) ? undefined : instant(at);
}
