/** Replicate's predictions and files. */
import { randomIds } from '#adapters/system/random-ids.ts';
import type { JsonObject, JsonValue } from '#domain/json.ts';
import type { AspectRatio } from '#domain/media/aspect-ratio.ts';
import { frameSize, type Resolution } from '#domain/media/frame-size.ts';
import {
  type BoughtJob,
  type DoubleReply,
  type DoubleRequest,
  type RefusalKind,
  UpstreamDouble,
} from './upstream-double.ts';

const WORDS: Readonly<Record<RefusalKind, JsonObject>> = {
  busy: { title: 'Request was throttled', detail: 'Request was throttled.', status: 429 },
  unauthorised: { title: 'Unauthenticated', detail: 'You did not pass a valid token.', status: 401 },
  overdrawn: { title: 'Insufficient credit', detail: 'You have insufficient credit.', status: 402 },
  unknownModel: { detail: 'The requested resource could not be found.', status: 404 },
  invalid: {
    title: 'Input validation failed',
    detail: '- input.duration: Must be greater than or equal to 2',
    status: 422,
    invalid_fields: [
      { type: 'number_gte', field: 'input.duration', description: 'Must be greater than or equal to 2' },
    ],
  },
  refused: { title: 'Refused', detail: 'The input was flagged as sensitive. (E005)', status: 400 },
  broken: { title: 'Internal error', detail: 'Something broke.', status: 503 },
};

interface DoubleFile {
  readonly id: string;
  readonly metadata: JsonObject;
  readonly byteLength: number;
}

export class ReplicateDouble extends UpstreamDouble {
  readonly files: DoubleFile[] = [];

  static open(): Promise<ReplicateDouble> {
    return new ReplicateDouble().listen();
  }

  override get baseUrl(): string {
    return `${this.url}/v1`;
  }

  protected keyOf(authorization: string): string | undefined {
    return /^Bearer (.+)$/.exec(authorization)?.[1];
  }

  protected refusal(_status: number, kind: RefusalKind): JsonValue {
    return WORDS[kind];
  }

  protected isRead({ method, path }: DoubleRequest): boolean {
    return method === 'GET' && path.startsWith('/v1/predictions/');
  }

  protected route(request: DoubleRequest, key: string) {
    const { method, path } = request;
    switch (`${method} ${path}`) {
      case 'GET /v1/account':
        return { status: 200, body: { type: 'organization', username: 'acme' } };
      case 'POST /v1/files':
        return this.#upload(request);
      case 'GET /v1/files':
        return { status: 200, body: { next: null, results: this.files.map((file) => this.#file(file)) } };
      case 'GET /v1/predictions':
        return { status: 200, body: { next: null, results: this.#listed() } };
    }
    if (method === 'POST' && /^\/v1\/models\/[^/]+\/[^/]+\/predictions$/.test(path))
      return this.#create(request, key);
    const [, id, cancel] = /^\/v1\/predictions\/([^/]+)(\/cancel)?$/.exec(path) ?? [];
    const job = this.find(id);
    if (job === undefined) return undefined;
    if (cancel === undefined) return { status: 200, body: this.#prediction(job, this.look(job)) };
    return method === 'POST' ? this.#cancel(job) : undefined;
  }

  #create({ json }: DoubleRequest, key: string) {
    const input = (json as JsonObject).input as JsonObject;
    const { prompt, duration, image, aspect_ratio: ratio, resolution } = input;
    if (typeof duration !== 'number' || duration < 2) return { status: 422, body: WORDS.invalid };
    if (image !== undefined && !this.files.some(({ id }) => String(image).endsWith(id)))
      return { status: 422, body: WORDS.invalid };
    const wish = {
      size: frameSize((resolution ?? '720p') as Resolution, (ratio ?? '16:9') as AspectRatio),
      frameCount: 24 * duration + 1,
      hasSound: input.generate_audio === true,
    };
    const options = { id: randomIds.hex(13), key, prompt: String(prompt), body: input, wish };
    return this.sell(options, (job) => ({ status: 201, body: this.#prediction(job, 'queued') }));
  }

  #prediction(job: BoughtJob, state: ReturnType<ReplicateDouble['look']>): JsonObject {
    const status = {
      queued: 'starting',
      running: job.plan.strangeWord ?? 'processing',
      succeeded: 'succeeded',
      failed: 'failed',
      refused: 'failed',
      expired: 'failed',
      cancelled: job.cancelled === 'queued' ? 'aborted' : 'canceled',
      cancelledElsewhere: 'canceled',
      vanished: 'processing',
    }[state];
    const error = {
      failed: job.plan.words ?? 'CUDA out of memory',
      refused: 'The output was flagged as sensitive. Please try again with different inputs. (E005)',
      expired: 'Prediction timed out',
    }[state as 'failed' | 'refused' | 'expired'];
    const hasBegun = state !== 'queued' && job.cancelled !== 'queued';
    const url = `${this.url}/v1/predictions/${job.id}`;
    return {
      id: job.id,
      input: job.body,
      status,
      logs: hasBegun ? `Using seed: ${job.body.seed}\n${job.plan.words ?? 'Generating'}\n` : '',
      output: state === 'succeeded' ? this.resultUrl(job) : null,
      error: error ?? null,
      data_removed: false,
      created_at: job.createdAt.toISOString(),
      started_at: hasBegun ? job.createdAt.toISOString() : null,
      urls: { get: url, cancel: `${url}/cancel` },
    };
  }

  #listed(): readonly JsonObject[] {
    return [...this.bought].reverse().map((job) => this.#prediction(job, this.stateOf(job)));
  }

  #cancel(job: BoughtJob): DoubleReply {
    const state = this.stateOf(job);
    if (state === 'queued' || state === 'running') job.cancelled = state;
    return { status: 200, body: this.#prediction(job, this.stateOf(job)) };
  }

  #upload({ headers, bytes }: DoubleRequest): DoubleReply {
    const isForm = /^multipart\/form-data; boundary=/.test(headers['content-type'] ?? '');
    const text = bytes.toString('latin1');
    const [, metadata] = /name="metadata"[\s\S]*?\r\n\r\n(\{.*?\})\r\n/.exec(text) ?? [];
    if (!isForm || metadata === undefined || !/name="content"; filename=/.test(text))
      return { status: 400, body: WORDS.invalid };
    const file = {
      id: randomIds.hex(12),
      metadata: JSON.parse(metadata) as JsonObject,
      byteLength: bytes.length,
    };
    this.files.push(file);
    return { status: 201, body: this.#file(file) };
  }

  #file({ id, metadata, byteLength }: DoubleFile): JsonObject {
    return { id, metadata, size: byteLength, urls: { get: `${this.url}/v1/files/${id}` } };
  }
}
