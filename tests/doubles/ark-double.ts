/** Ark: tasks under `/api/v3/contents/generations/tasks`, JSON fields checked strictly. */
import { randomIds } from '#adapters/system/random-ids.ts';
import type { JsonObject, JsonValue } from '#domain/json.ts';
import type { AspectRatio } from '#domain/media/aspect-ratio.ts';
import { ASPECT_RATIOS } from '#domain/media/aspect-ratio.ts';
import { frameSize, type Resolution } from '#domain/media/frame-size.ts';
import {
  type BoughtJob,
  type DoubleReply,
  type DoubleRequest,
  type RefusalKind,
  UpstreamDouble,
} from './upstream-double.ts';

const TASKS = '/api/v3/contents/generations/tasks';
const FIELDS: readonly string[] = [
  'model',
  'content',
  'resolution',
  'ratio',
  'duration',
  'seed',
  'generate_audio',
  'camera_fixed',
  'watermark',
  'tools',
  'safety_identifier',
];
const CHOSEN_SECONDS = 5;

const WORDS: Readonly<Record<RefusalKind, readonly [code: string, message: string]>> = {
  busy: ['RateLimitExceeded.EndpointRPMExceeded', 'The requests per minute limit is exceeded.'],
  unauthorised: ['AuthenticationError', 'The API key doesn’t exist.'],
  overdrawn: ['AccountOverdueError', 'The account has overdue payments.'],
  unknownModel: ['ModelNotOpen', 'The model is not activated for the account.'],
  invalid: ['InvalidParameter', 'The parameter `seed` specified in the request is not valid.'],
  refused: [
    'InputImageSensitiveContentDetected.PrivacyInformation',
    'The input image may contain a real person.',
  ],
  broken: ['InternalServiceError', 'The service encountered an unexpected internal error.'],
};

const problem = (code: string, message: string): JsonObject => ({ error: { code, message, type: 'Error' } });

export class ArkDouble extends UpstreamDouble {
  /** Newest first. */
  get #listed(): readonly BoughtJob[] {
    return [...this.bought].reverse();
  }
  /** Older services do not repeat the mark of a task. */
  listsMarks = true;

  static open(): Promise<ArkDouble> {
    return new ArkDouble().listen();
  }

  override get baseUrl(): string {
    return `${this.url}/api/v3`;
  }

  protected keyOf(authorization: string): string | undefined {
    return /^Bearer (.+)$/.exec(authorization)?.[1];
  }

  protected refusal(_status: number, kind: RefusalKind): JsonValue {
    return problem(...WORDS[kind]);
  }

  protected isRead({ method, path }: DoubleRequest): boolean {
    return method === 'GET' && path.startsWith(`${TASKS}/`);
  }

  protected route(request: DoubleRequest, key: string) {
    const { method, path } = request;
    if (path === TASKS && method === 'POST') return this.#create(request, key);
    if (path === TASKS && method === 'GET') return this.#list(request.query);
    const job = this.find(path.slice(TASKS.length + 1));
    if (job === undefined) return undefined;
    if (method === 'GET') return this.#read(job);
    return method === 'DELETE' ? this.#delete(job) : undefined;
  }

  #create({ json }: DoubleRequest, key: string) {
    const body = json as JsonObject;
    const fault = faultOf(body);
    if (fault !== undefined) return { status: 400, body: problem('InvalidParameter', fault) };
    const content = body.content as readonly JsonObject[];
    const prompt = String(content.find(({ type }) => type === 'text')?.text ?? '');
    const seconds = body.duration === -1 ? CHOSEN_SECONDS : Number(body.duration);
    const wish = {
      size: frameSize(body.resolution as Resolution, body.ratio as AspectRatio),
      frameCount: 24 * seconds + 1,
      hasSound: body.generate_audio === true,
    };
    const id = `cgt-${randomIds.hex(8)}`;
    return this.sell({ id, key, prompt, body, wish }, () => ({ status: 200, body: { id } }));
  }

  #read(job: BoughtJob): DoubleReply {
    return { status: 200, body: this.#task(job, this.look(job)) };
  }

  #task(job: BoughtJob, state: ReturnType<ArkDouble['look']>): JsonObject {
    const { body, wish, plan } = job;
    const tokens = Math.round((wish.size.width * wish.size.height * wish.frameCount) / 1024);
    const isStrange = state === 'running' && plan.strangeWord !== undefined;
    const status = { refused: 'failed', cancelledElsewhere: 'cancelled', vanished: 'running' }[
      state as string
    ];
    return {
      id: job.id,
      model: body.model!,
      status: isStrange ? plan.strangeWord! : (status ?? state),
      created_at: Math.floor(job.createdAt.getTime() / 1000),
      updated_at: Math.floor(job.createdAt.getTime() / 1000),
      resolution: plan.words === 'dearer' ? '1080p' : body.resolution!,
      ratio: body.ratio!,
      duration: (wish.frameCount - 1) / 24,
      framespersecond: 24,
      generate_audio: body.generate_audio!,
      seed: body.seed!,
      ...(this.listsMarks ? { safety_identifier: body.safety_identifier! } : {}),
      ...(state === 'failed'
        ? { error: { code: 'InternalServiceError', message: plan.words ?? 'Please try again.' } }
        : {}),
      ...(state === 'refused'
        ? { error: { code: 'OutputVideoSensitiveContentDetected', message: 'The output may be sensitive.' } }
        : {}),
      ...(state === 'succeeded'
        ? {
            content: { video_url: this.resultUrl(job) },
            usage: { completion_tokens: tokens, total_tokens: tokens },
          }
        : {}),
    };
  }

  #list(query: URLSearchParams): DoubleReply {
    const page = Number(query.get('page_num') ?? 1);
    const size = Number(query.get('page_size') ?? 10);
    const items = this.#listed.slice((page - 1) * size, page * size);
    return {
      status: 200,
      body: {
        items: items.map((job) => this.#task(job, this.stateOf(job))),
        total: this.#listed.length,
      },
    };
  }

  /** Cancels what queues, erases what has ended, and refuses what runs. */
  #delete(job: BoughtJob): DoubleReply {
    const state = this.stateOf(job);
    if (state === 'running')
      return { status: 409, body: problem('InvalidAction.RunningTaskDeletion', 'The task is running.') };
    if (state === 'queued') job.cancelled = 'queued';
    else this.bought.splice(this.bought.indexOf(job), 1);
    return { status: 200, body: {} };
  }
}

/** What the service would say is wrong with a body. */
function faultOf(body: JsonObject): string | undefined {
  const strange = Object.keys(body).filter((field) => !FIELDS.includes(field));
  if (strange.length > 0) return `unknown field ${strange.join(', ')}`;
  const { resolution, ratio, duration, seed, content } = body;
  if (!['480p', '720p', '1080p'].includes(String(resolution))) return 'resolution';
  if (!(ASPECT_RATIOS as readonly JsonValue[]).includes(ratio ?? null)) return 'ratio';
  if (typeof duration !== 'number' || (duration !== -1 && (duration < 4 || duration > 15))) return 'duration';
  if (typeof seed !== 'number' || seed < -1 || seed >= 2 ** 32) return 'seed';
  if (typeof body.generate_audio !== 'boolean') return 'generate_audio';
  if (!Array.isArray(content)) return 'content';
  const roles = content.flatMap(({ role }) => (role === undefined ? [] : [String(role)]));
  const isMixed = roles.includes('reference_image') && roles.some((role) => role !== 'reference_image');
  if (isMixed) return 'content: references do not go with frames';
  const images = content.filter(({ type }) => type === 'image_url');
  const isWeb = ({ image_url: image }: JsonObject) =>
    /^(https?:\/\/|data:image\/[a-z]+;base64,[A-Za-z0-9+/]+=*$)/.test(String((image as JsonObject).url));
  return images.every(isWeb) ? undefined : 'content.image_url';
}
