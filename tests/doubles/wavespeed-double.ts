/** WaveSpeed's REST API v3: envelopes, uploads by ticket, quotes, and no cancel. */
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

const API = '/api/v3';

const WORDS: Readonly<Record<RefusalKind, string>> = {
  busy: 'Too many requests',
  unauthorised: 'Unauthorized',
  overdrawn: 'Insufficient credits. Please top up.',
  unknownModel: 'model not found',
  invalid: 'property "duration" must be at least 4',
  refused: 'The content was flagged as sensitive.',
  broken: 'Internal error',
};

const envelope = (data: JsonValue): DoubleReply => ({
  status: 200,
  body: { code: 200, message: 'success', data },
});

export class WavespeedDouble extends UpstreamDouble {
  /** Names of the files that were brought here. */
  readonly uploads = new Map<string, Buffer>();
  balance = 12.5;
  /** Whether the service's file URLs show the names of the files. */
  keepsNames = true;

  static open(): Promise<WavespeedDouble> {
    return new WavespeedDouble().listen();
  }

  override get baseUrl(): string {
    return this.url;
  }

  protected keyOf(authorization: string): string | undefined {
    return /^Bearer (.+)$/.exec(authorization)?.[1];
  }

  protected refusal(status: number, kind: RefusalKind): JsonValue {
    return { code: status, message: WORDS[kind], error: WORDS[kind] };
  }

  protected isRead({ method, path }: DoubleRequest): boolean {
    return method === 'GET' && path.startsWith(`${API}/predictions/`);
  }

  /** Uploads are signed by their URL; a key has no business there. */
  protected override openRoute({ method, path, headers, bytes }: DoubleRequest): DoubleReply | undefined {
    const [, name] = /^\/upload\/(.+)$/.exec(path) ?? [];
    if (method !== 'PUT' || name === undefined) return undefined;
    if (headers.authorization !== undefined || headers['if-none-match'] !== '*') return { status: 403 };
    this.uploads.set(name, bytes);
    return { status: 200 };
  }

  protected route(request: DoubleRequest, key: string) {
    const { method, path, json } = request;
    const body = (json ?? {}) as JsonObject;
    switch (`${method} ${path}`) {
      case `GET ${API}/balance`:
        return envelope({ balance: this.balance });
      case `POST ${API}/model/price`:
        return envelope(priceOf(body));
      case `POST ${API}/media/uploads`:
        return this.#ticket(body);
      case `POST ${API}/predictions`:
        return this.#list(body);
    }
    const [, id] = /^\/api\/v3\/predictions\/([^/]+)\/result$/.exec(path) ?? [];
    if (id !== undefined && method === 'GET') {
      const job = this.find(id);
      return job === undefined ? undefined : envelope(this.#prediction(job, this.look(job)));
    }
    return method === 'POST' && path.includes('/seedance-') ? this.#submit(path, body, key) : undefined;
  }

  #submit(path: string, body: JsonObject, key: string) {
    const { prompt, duration, resolution, aspect_ratio: ratio, image } = body;
    if (!String(image).startsWith(`${this.url}/files/`))
      return { status: 400, body: { code: 400, message: 'property "image" is missing' } };
    if (typeof duration !== 'number' || duration < 4)
      return { status: 400, body: { code: 400, message: WORDS.invalid } };
    const wish = {
      size: frameSize((resolution ?? '720p') as Resolution, (ratio ?? '16:9') as AspectRatio),
      frameCount: 24 * duration + 1,
      hasSound: body.generate_audio === true,
    };
    const model = path.slice(API.length + 1);
    const options = { id: randomIds.hex(16), key, prompt: String(prompt), body: { ...body, model }, wish };
    return this.sell(options, (job) => envelope(this.#prediction(job, 'queued')));
  }

  #prediction(job: BoughtJob, state: ReturnType<WavespeedDouble['look']>): JsonObject {
    const status = {
      queued: 'created',
      running: job.plan.strangeWord ?? 'processing',
      succeeded: 'completed',
      failed: 'failed',
      refused: 'failed',
      expired: 'timeout',
      cancelled: 'cancelled',
      cancelledElsewhere: 'deleted',
      vanished: 'processing',
    }[state];
    const error = {
      failed: job.plan.words ?? 'The task failed.',
      refused: 'Moderated.',
      expired: 'Timed out.',
    }[state as 'failed' | 'refused' | 'expired'];
    return {
      id: job.id,
      model: job.body.model!,
      status,
      outputs: state === 'succeeded' ? [this.resultUrl(job)] : [],
      urls: { get: `${this.url}${API}/predictions/${job.id}/result` },
      created_at: job.createdAt.toISOString(),
      error: error ?? '',
      code: state === 'refused' ? 1200 : state === 'failed' ? 1403 : 0,
    };
  }

  #ticket({ filename, size }: JsonObject): DoubleReply {
    if (typeof filename !== 'string' || typeof size !== 'number')
      return { status: 400, body: { code: 400, message: 'filename and size are required' } };
    const name = this.keepsNames ? filename : `${randomIds.hex(8)}.bin`;
    return envelope({
      type: 'image',
      filename,
      download_url: `${this.url}/files/${name}`,
      upload: { method: 'PUT', url: `${this.url}/upload/${name}`, headers: { 'If-None-Match': '*' } },
    });
  }

  #list({ page, page_size: size, include_inputs: withInputs }: JsonObject): DoubleReply {
    const items = [...this.bought].reverse().map((job) => ({
      ...this.#prediction(job, this.stateOf(job)),
      ...(withInputs === true ? { inputs: job.body } : {}),
    }));
    const start = (Number(page) - 1) * Number(size);
    return envelope({
      page: Number(page),
      total: items.length,
      items: items.slice(start, start + Number(size)),
    });
  }
}

/** $0.10 a second, half of it without sound, a tenth off. */
function priceOf({ model_id: model, inputs }: JsonObject): JsonObject {
  const { duration, generate_audio: hasSound } = inputs as JsonObject;
  const price = Number(duration) * 0.1 * (hasSound === false ? 0.5 : 1);
  return { model_id: model!, price, discounted_price: price * 0.9, discount_rate: 90, currency: 'USD' };
}
