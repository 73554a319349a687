/**
 * Stands in for a service that sells clips: a real HTTP server on loopback that speaks the service's protocol, and a second one, on another
 * host, that serves the results. It counts what was bought, advances jobs with every look at them instead of by the clock, and fails as
 * it is told. What is wrong with a request it refuses, as the service would.
 */
import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { randomIds } from '#adapters/system/random-ids.ts';
import type { JsonObject, JsonValue } from '#domain/json.ts';
import type { FrameSize } from '#domain/media/frame-size.ts';
import { makeClipFile } from '../fixtures/clip-file.ts';

/** What becomes of a job, by its prompt. */
export interface JobPlan {
  /** Looks for which it queues; 1 when omitted. */
  readonly queuedLooks?: number;
  /** Looks for which it then runs; 2 when omitted. */
  readonly runningLooks?: number;
  readonly ending?: 'succeeded' | 'failed' | 'refused' | 'expired' | 'cancelledElsewhere' | 'vanished';
  /** A state that no documentation names, in place of running. */
  readonly strangeWord?: string;
  readonly result?: ResultPlan;
  /** Said in the job's log or error, where the service has one. */
  readonly words?: string;
}

/** How the result host answers; `flaky` fails twice first. */
export type ResultPlan =
  | 'clip'
  | 'flaky'
  | 'redirected'
  | 'intoPrivateNetwork'
  | 'oversized'
  | 'endless'
  | 'page'
  | 'gone';

/** What becomes of a submit, one after the other; those after them succeed. */
export type SubmitPlan =
  | 'accepted'
  /** Refused, nothing bought. */
  | 'busy'
  | 'unauthorised'
  | 'overdrawn'
  | 'unknownModel'
  | 'invalid'
  | 'refused'
  /** Not answered properly, and nothing bought. */
  | 'broken'
  | 'resetUnbought'
  /** Bought, and not answered properly. */
  | 'resetBought'
  | 'silentBought'
  | 'unreadableBought';

/** What becomes of a question about a job. */
export type ReadPlan = 'answered' | 'busy' | 'broken' | 'reset' | 'silent' | 'unauthorised';

export interface ClipWish {
  readonly size: FrameSize;
  readonly frameCount: number;
  readonly hasSound: boolean;
}

export interface DoubleRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly bytes: Buffer;
  readonly json: JsonValue | undefined;
}

export interface DoubleReply {
  readonly status: number;
  readonly body?: JsonValue;
  readonly headers?: Readonly<Record<string, string>>;
}

/** In place of a reply. */
type Silence = 'reset' | 'silent';

export type JobState = 'queued' | 'running' | NonNullable<JobPlan['ending']> | 'cancelled';

export interface BoughtJob {
  readonly id: string;
  readonly key: string;
  readonly prompt: string;
  readonly body: JsonObject;
  readonly wish: ClipWish;
  readonly plan: JobPlan;
  readonly createdAt: Date;
  looks: number;
  resultFetches: number;
  cancelled: 'queued' | 'running' | undefined;
}

export const API_KEY = 'key-0123456789abcdef:secret-fedcba9876543210';

const OVERSIZED_BYTES = 8_000_000_000;

export abstract class UpstreamDouble implements AsyncDisposable {
  /** Every job that the service would send a bill for if it succeeds. */
  readonly bought: BoughtJob[] = [];
  /** All requests to the API, in order. */
  readonly requests: DoubleRequest[] = [];
  /** Headers of all requests to the host of results. */
  readonly resultRequests: IncomingHttpHeaders[] = [];
  /** Keys that are accepted. */
  readonly keys = new Set([API_KEY]);
  readonly #plans = new Map<string, JobPlan>();
  #submits: SubmitPlan[] = [];
  #reads: ReadPlan[] = [];
  readonly #api: Server;
  readonly #results: Server;

  protected constructor() {
    this.#api = createServer((request, response) => {
      void request.toArray().then((chunks: Uint8Array[]) => this.#answer(request, response, chunks));
    });
    this.#results = createServer((request, response) => {
      this.resultRequests.push(request.headers);
      void this.#serveResult(request.url ?? '/', response);
    });
  }

  protected async listen(): Promise<this> {
    for (const server of [this.#api, this.#results])
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return this;
  }

  /** Where the service's API begins. */
  abstract get baseUrl(): string;

  /** Origin of the API. */
  get url(): string {
    return `http://127.0.0.1:${(this.#api.address() as AddressInfo).port}`;
  }

  /** What becomes of all jobs with this prompt. */
  plan(prompt: string, plan: JobPlan): void {
    this.#plans.set(prompt, plan);
  }

  submits(...plans: readonly SubmitPlan[]): void {
    this.#submits = [...plans];
  }

  reads(...plans: readonly ReadPlan[]): void {
    this.#reads = [...plans];
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const server of [this.#api, this.#results]) {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  }

  /** The key in the service's form of the header. */
  protected abstract keyOf(authorization: string): string | undefined;
  /** The service's answer; undefined for an unknown route. */
  protected abstract route(request: DoubleRequest, key: string): DoubleReply | Silence | undefined;
  /** The service's own words for a request that it refuses. */
  protected abstract refusal(status: number, kind: RefusalKind): JsonValue;
  /** Whether a request asks about a job, and may fail as `reads` says. */
  protected abstract isRead(request: DoubleRequest): boolean;

  protected find(id: string | undefined): BoughtJob | undefined {
    const job = this.bought.find((one) => one.id === id);
    return job?.plan.ending === 'vanished' && job.looks > 0 ? undefined : job;
  }

  /** The job's state, which the look advances. */
  protected look(job: BoughtJob): JobState {
    job.looks += 1;
    return this.stateOf(job);
  }

  /** The state without a look. */
  protected stateOf(job: BoughtJob): JobState {
    const { queuedLooks = 1, runningLooks = 2, ending = 'succeeded' } = job.plan;
    if (job.cancelled !== undefined) return 'cancelled';
    if (job.looks <= queuedLooks) return 'queued';
    if (job.looks <= queuedLooks + runningLooks) return 'running';
    return ending;
  }

  /** Sells a job unless it was told otherwise. */
  protected sell(
    options: {
      readonly id: string;
      readonly key: string;
      readonly prompt: string;
      readonly body: JsonObject;
      readonly wish: ClipWish;
    },
    acknowledge: (job: BoughtJob) => DoubleReply,
  ): DoubleReply | Silence {
    const plan = this.#submits.shift() ?? 'accepted';
    const refused = this.#refuse(plan);
    if (refused !== undefined) return refused;
    const job: BoughtJob = {
      ...options,
      plan: this.#plans.get(options.prompt) ?? {},
      createdAt: new Date(),
      looks: 0,
      resultFetches: 0,
      cancelled: undefined,
    };
    this.bought.push(job);
    if (plan === 'resetBought') return 'reset';
    if (plan === 'silentBought') return 'silent';
    if (plan === 'unreadableBought') return { status: 200, body: 'Thank you!' };
    return acknowledge(job);
  }

  /** On another host than the API; signed, as such URLs are. */
  protected resultUrl(job: BoughtJob): string {
    const { port } = this.#results.address() as AddressInfo;
    return `http://results.example:${port}/${job.id}.mp4?signature=${randomIds.hex(8)}`;
  }

  #refuse(plan: SubmitPlan): DoubleReply | Silence | undefined {
    switch (plan) {
      case 'busy':
        return { status: 429, body: this.refusal(429, 'busy'), headers: { 'retry-after': '7' } };
      case 'unauthorised':
        return { status: 401, body: this.refusal(401, 'unauthorised') };
      case 'overdrawn':
        return { status: 403, body: this.refusal(403, 'overdrawn') };
      case 'unknownModel':
        return { status: 404, body: this.refusal(404, 'unknownModel') };
      case 'invalid':
        return { status: 422, body: this.refusal(422, 'invalid') };
      case 'refused':
        return { status: 400, body: this.refusal(400, 'refused') };
      case 'broken':
        return { status: 503, body: this.refusal(503, 'broken') };
      case 'resetUnbought':
        return 'reset';
      default:
        return undefined;
    }
  }

  async #answer(
    { method = 'GET', url = '/', headers, socket }: Incoming,
    response: ServerResponse,
    chunks: readonly Uint8Array[],
  ): Promise<void> {
    const { pathname: path, searchParams: query } = new URL(url, 'http://localhost');
    const bytes = Buffer.concat(chunks);
    const request: DoubleRequest = { method, path, query, headers, bytes, json: parse(bytes) };
    this.requests.push(request);
    const reply = this.#replyTo(request);
    if (reply === 'reset') socket.destroy();
    else if (reply !== 'silent') {
      response.writeHead(reply.status, { 'content-type': 'application/json', ...reply.headers });
      response.end(reply.body === undefined ? '' : JSON.stringify(reply.body));
    }
  }

  #replyTo(request: DoubleRequest): DoubleReply | Silence {
    const key = this.keyOf(request.headers.authorization ?? '');
    const open = this.openRoute(request);
    if (open !== undefined) return open;
    if (key === undefined || !this.keys.has(key))
      return { status: 401, body: this.refusal(401, 'unauthorised') };
    if (this.isRead(request)) {
      const plan = this.#reads.shift() ?? 'answered';
      if (plan === 'reset' || plan === 'silent') return plan;
      if (plan === 'unauthorised') return { status: 401, body: this.refusal(401, 'unauthorised') };
      if (plan === 'busy')
        return { status: 429, body: this.refusal(429, 'busy'), headers: { 'retry-after': '0' } };
      if (plan === 'broken') return { status: 502, body: this.refusal(502, 'broken') };
    }
    return this.route(request, key) ?? { status: 404, body: this.refusal(404, 'unknownModel') };
  }

  /** Routes that need no key, and must not be sent one. */
  protected openRoute(_request: DoubleRequest): DoubleReply | undefined {
    return undefined;
  }

  async #serveResult(url: string, response: ServerResponse): Promise<void> {
    const [, id] = /^\/(?:moved\/)?([^/.]+)\.mp4/.exec(url) ?? [];
    const job = this.bought.find((one) => one.id === id);
    const plan = job?.plan.result ?? 'clip';
    if (job === undefined || plan === 'gone') return void response.writeHead(404).end();
    job.resultFetches += 1;
    if (plan === 'redirected' && !url.startsWith('/moved/'))
      return void response.writeHead(302, { location: `/moved${url}` }).end();
    if (plan === 'intoPrivateNetwork')
      return void response.writeHead(302, { location: 'http://10.11.12.13/clip.mp4' }).end();
    if (plan === 'flaky' && job.resultFetches < 3) return void response.writeHead(503).end();
    if (plan === 'page') return void response.writeHead(200).end('<html>Please sign in.</html>');
    if (plan === 'oversized')
      return void response.writeHead(200, { 'content-length': OVERSIZED_BYTES }).write('x');
    if (plan === 'endless') return pour(response);
    response.writeHead(200, { 'content-type': 'video/mp4' }).end(await makeClipFile(job.wish));
  }
}

/** The kinds of refusal that services have words for. */
export type RefusalKind =
  | 'busy'
  | 'unauthorised'
  | 'overdrawn'
  | 'unknownModel'
  | 'invalid'
  | 'refused'
  | 'broken';

interface Incoming {
  readonly method?: string | undefined;
  readonly url?: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly socket: { destroy(): unknown };
}

function parse(bytes: Buffer): JsonValue | undefined {
  try {
    return JSON.parse(bytes.toString()) as JsonValue;
  } catch {
    return undefined;
  }
}

/** Sends for as long as somebody reads. */
function pour(response: ServerResponse): void {
  const block = Buffer.alloc(64 * 1024);
  response.writeHead(200);
  const more = () => {
    while (!response.destroyed && response.write(block));
  };
  response.on('drain', more);
  more();
}
