/** fal's queue: follow-ups by the first two segments of a model's id, three words of state, failures told by the result. */
import { randomUUID } from 'node:crypto';
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

const CHOSEN_SECONDS = 5;
const MODEL = /^\/([a-z-]+\/[a-z0-9.-]+)((?:\/[a-z-]+)*)$/;
const FOLLOW_UP = /^\/([a-z-]+\/[a-z0-9.-]+)\/requests\/([^/]+)(\/status|\/cancel)?$/;

const detail = (type: string, message: string, ...loc: readonly string[]): JsonObject => ({
  detail: [{ loc: ['body', ...loc], msg: message, type }],
});

const WORDS: Readonly<Record<RefusalKind, JsonObject>> = {
  busy: { detail: 'Too many requests', error_type: 'concurrent_requests_limit' },
  unauthorised: { detail: 'invalid key credentials' },
  overdrawn: { detail: 'User is locked. Reason: Exhausted balance.' },
  unknownModel: { detail: 'Application not found' },
  invalid: detail('literal_error', "Input should be '480p', '720p' or '1080p'", 'resolution'),
  refused: detail('content_policy_violation', 'The content was flagged.', 'image_url'),
  broken: { detail: 'Service Unavailable' },
};

export class FalDouble extends UpstreamDouble {
  /** In place of its own, in the URLs that it answers with. */
  followUpOrigin: string | undefined;

  static open(): Promise<FalDouble> {
    return new FalDouble().listen();
  }

  override get baseUrl(): string {
    return this.url;
  }

  protected keyOf(authorization: string): string | undefined {
    return /^Key (.+)$/.exec(authorization)?.[1];
  }

  protected refusal(_status: number, kind: RefusalKind): JsonValue {
    return WORDS[kind];
  }

  protected isRead({ method, path }: DoubleRequest): boolean {
    return method === 'GET' && FOLLOW_UP.test(path);
  }

  protected route(request: DoubleRequest, key: string) {
    const [, app, id, what = ''] = FOLLOW_UP.exec(request.path) ?? [];
    if (app === undefined) return this.#submit(request, key);
    const job = this.find(id);
    if (job === undefined) return { status: 404, body: { status: 'NOT_FOUND' } };
    const route = `${request.method} ${what}`;
    if (route === 'GET /status') return this.#status(job, app, request.query);
    if (route === 'GET ') return this.#result(job);
    return route === 'PUT /cancel' ? this.#cancel(job) : undefined;
  }

  #submit({ method, path, json }: DoubleRequest, key: string) {
    const [, app] = MODEL.exec(path) ?? [];
    if (method !== 'POST' || app === undefined) return undefined;
    const body = json as JsonObject;
    const { prompt, duration, resolution, aspect_ratio: ratio } = body;
    if (typeof prompt !== 'string')
      return { status: 422, body: detail('missing', 'Field required', 'prompt') };
    if (duration !== 'auto' && !/^([4-9]|1[0-5])$/.test(String(duration)))
      return { status: 422, body: detail('literal_error', 'Input should be 4 to 15', 'duration') };
    if (typeof duration !== 'string')
      return { status: 422, body: detail('string_type', 'Input should be a string', 'duration') };
    if (path.includes('image-to-video') && !String(body.image_url).startsWith('data:image/'))
      return { status: 422, body: detail('missing', 'Field required', 'image_url') };
    const seconds = duration === 'auto' ? CHOSEN_SECONDS : Number(duration);
    const wish = {
      size: frameSize(resolution as Resolution, ratio as AspectRatio),
      frameCount: 24 * seconds + 1,
      hasSound: body.generate_audio === true,
    };
    return this.sell({ id: randomUUID(), key, prompt, body, wish }, (job) => ({
      status: 200,
      body: { status: 'IN_QUEUE', queue_position: 2, ...this.#urls(job, app) },
    }));
  }

  #urls(job: BoughtJob, app: string): JsonObject {
    const url = `${this.followUpOrigin ?? this.url}/${app}/requests/${job.id}`;
    return {
      request_id: job.id,
      response_url: url,
      status_url: `${url}/status`,
      cancel_url: `${url}/cancel`,
    };
  }

  #status(job: BoughtJob, app: string, query: URLSearchParams): DoubleReply {
    const state = this.look(job);
    const urls = this.#urls(job, app);
    const line = (message: string, level = 'INFO') => ({
      message,
      level,
      timestamp: job.createdAt.toISOString(),
      source: 'USER',
    });
    const logs =
      query.get('logs') === '1' ? [line('Loading the model'), line(job.plan.words ?? 'Step 1')] : null;
    if (state === 'queued') {
      const ahead = Math.max(0, 2 - job.looks);
      return { status: 202, body: { status: 'IN_QUEUE', queue_position: ahead, ...urls } };
    }
    if (state === 'running')
      return { status: 202, body: { status: job.plan.strangeWord ?? 'IN_PROGRESS', logs, ...urls } };
    return { status: 200, body: { status: 'COMPLETED', logs, ...urls, ...errorOf(job, state) } };
  }

  #result(job: BoughtJob): DoubleReply {
    const headers = { 'x-fal-request-id': job.id };
    const state = this.stateOf(job);
    switch (state) {
      case 'queued':
      case 'running':
        return { status: 400, headers, body: { detail: 'Request is still in progress' } };
      case 'succeeded': {
        const file = { url: this.resultUrl(job), content_type: 'video/mp4', file_name: 'output.mp4' };
        return { status: 200, headers, body: { video: file, seed: job.body.seed ?? 0 } };
      }
      case 'refused':
        return { status: 422, headers, body: WORDS.refused };
      case 'expired':
        return { status: 504, headers, body: { detail: 'Request timed out', error_type: 'request_timeout' } };
      case 'failed':
        return {
          status: 500,
          headers,
          body: detail('internal_server_error', job.plan.words ?? 'The runner failed.'),
        };
      default:
        return { status: 499, headers, body: { detail: 'Cancelled', error_type: 'client_cancelled' } };
    }
  }

  #cancel(job: BoughtJob): DoubleReply {
    const state = this.stateOf(job);
    if (state !== 'queued' && state !== 'running')
      return { status: 400, body: { status: 'ALREADY_COMPLETED' } };
    job.cancelled = state;
    return { status: 202, body: { status: 'CANCELLATION_REQUESTED' } };
  }
}

function errorOf(job: BoughtJob, state: ReturnType<FalDouble['stateOf']>): JsonObject {
  const metrics = { inference_time: job.cancelled === 'queued' ? null : 12.5 };
  switch (state) {
    case 'succeeded':
      return { metrics };
    case 'cancelled':
    case 'cancelledElsewhere':
      return { metrics, error: 'Request was cancelled', error_type: 'client_cancelled' };
    case 'expired':
      return { metrics, error: 'Request timed out', error_type: 'request_timeout' };
    default:
      return { metrics, error: 'Request failed', error_type: 'runner_server_error' };
  }
}
