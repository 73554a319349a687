/**
 * An engine on somebody else's service, paid by the clip. Jobs outlive this object and this program: a handle is enough to take one up
 * again, and closing leaves them running. Nothing is bought twice: a start is sent once, and one without an answer is looked up.
 */
import { addMs } from '#domain/instant.ts';
import type { JsonValue } from '#domain/json.ts';
import type { MicroDollars } from '#domain/money.ts';
import type {
  Engine,
  EngineCapabilities,
  EngineHealth,
  EngineJob,
  EngineStatus,
  RecoveredStart,
  UnansweredStart,
} from '#ports/engine.ts';
import { checkJob } from './check-job.ts';
import type { Credential } from './credentials.ts';
import { FollowedJob, type FollowOptions } from './followed-job.ts';
import { readHandle, type UpstreamHandle, writeHandle } from './upstream-handle.ts';
import type { SearchedStart } from './upstream-service.ts';
import { UpstreamTrouble } from './upstream-trouble.ts';

export interface UpstreamEngineOptions extends Omit<FollowOptions, 'closing'> {
  readonly search: SearchPace;
}

/** How an unanswered start is looked for. */
export interface SearchPace {
  /** A request may still be on its way so long after it was sent. */
  readonly settledMs: number;
  /** Between two looks at the service's list. */
  readonly everyMs: number;
}

/** Ended jobs that can still be asked about. */
const KEPT_ENDED_JOBS = 256;

const HEALTH_TIMEOUT_MS = 5000;

export class UpstreamEngine implements Engine {
  readonly name: string;
  readonly capabilities: EngineCapabilities;
  readonly #options: UpstreamEngineOptions;
  readonly #closing = new AbortController();
  readonly #jobs = new Map<string, FollowedJob>();

  constructor(options: UpstreamEngineOptions) {
    this.name = options.engine;
    this.capabilities = options.service.capabilities;
    this.#options = options;
  }

  quote(job: EngineJob): Promise<MicroDollars | undefined> {
    return this.#options.service.quote(job, this.#current);
  }

  async start(job: EngineJob): Promise<JsonValue> {
    const { service, clock } = this.#options;
    checkJob(this.name, job, this.capabilities);
    const credential = this.#current;
    const startedAt = clock.now();
    const { id, sold, notes } = await service.submit(job, credential);
    const handle = { service: service.kind, id, credential: credential.name, startedAt, sold, notes };
    this.#remember(handle);
    return writeHandle(handle);
  }

  async recover(start: UnansweredStart): Promise<RecoveredStart> {
    const { clock, search } = this.#options;
    const settledAt = addMs(start.sentAt, search.settledMs);
    for (;;) {
      const found = await this.#searchAll(start);
      if (found.state === 'found') return found;
      if (this.#closing.signal.aborted || this.#options.service.search === undefined)
        return { state: 'unknown' };
      if (clock.now() >= settledAt) return found;
      await clock.sleep(search.everyMs, this.#closing.signal);
    }
  }

  handleOf(id: string, { sentAt: startedAt }: UnansweredStart): JsonValue {
    const { kind: service } = this.#options.service;
    return writeHandle({
      service,
      id,
      credential: this.#current.name,
      startedAt,
      sold: undefined,
      notes: {},
    });
  }

  async status(
    handle: JsonValue,
    options: { readonly after?: number; readonly waitMs: number },
  ): Promise<EngineStatus> {
    const job = this.#find(handle);
    if (job === undefined) return { state: 'lost', message: `the engine "${this.name}" knows no such job` };
    return job.status(options);
  }

  async cancel(handle: JsonValue): Promise<void> {
    await this.#find(handle)?.cancel();
  }

  async fetch(handle: JsonValue, outputPath: string): Promise<void> {
    const job = this.#find(handle);
    if (job === undefined) throw new Error('Only a completed job has a clip to fetch.');
    await job.fetch(outputPath);
  }

  async health(): Promise<EngineHealth> {
    const { service, log } = this.#options;
    try {
      const signal = AbortSignal.any([AbortSignal.timeout(HEALTH_TIMEOUT_MS), this.#closing.signal]);
      return await service.checkAccess(this.#current, signal);
    } catch (error) {
      if (error instanceof UpstreamTrouble)
        return { state: 'unavailable', message: `cannot be asked: ${error.message}` };
      if (!(error instanceof DOMException))
        log.error({ engine: this.name, error }, 'A health check failed unexpectedly.');
      return { state: 'unavailable', message: 'did not answer within 5 seconds; try again later' };
    }
  }

  async close(): Promise<void> {
    if (this.#closing.signal.aborted) return;
    this.#closing.abort();
    const jobs = [...this.#jobs.values()];
    for (const job of jobs) job.wake();
    await Promise.all(jobs.map((job) => job.discard()));
    await this.#options.service.close();
  }

  get #current(): Credential {
    return this.#options.credentials[0];
  }

  /** Under all keys: the start may have been made before the newest one was set up. */
  async #searchAll(start: UnansweredStart): Promise<RecoveredStart> {
    const { service, credentials, log } = this.#options;
    const answers: SearchedStart['state'][] = [];
    for (const credential of credentials) {
      try {
        const searched = (await service.search?.(start, credential, this.#closing.signal)) ?? UNCLEAR;
        if (searched.state === 'found') {
          const { id, startedAt, notes } = searched;
          const handle = { service: service.kind, id, credential: credential.name, startedAt, notes };
          return { state: 'found', handle: writeHandle({ ...handle, sold: undefined }) };
        }
        answers.push(searched.state);
      } catch (error) {
        answers.push('unclear');
        const reason =
          error instanceof UpstreamTrouble ? error.message : 'something failed inside this server';
        if (!(error instanceof UpstreamTrouble) && !this.#closing.signal.aborted)
          log.error({ engine: this.name, error }, 'A search for a start failed unexpectedly.');
        log.warn({ engine: this.name, reason }, 'A start without an answer cannot be looked for.');
      }
    }
    return { state: answers.every((state) => state === 'absent') ? 'absent' : 'unknown' };
  }

  #find(handle: JsonValue): FollowedJob | undefined {
    const read = readHandle(handle, this.#options.service.kind);
    return read === undefined ? undefined : this.#remember(read);
  }

  #remember(handle: UpstreamHandle): FollowedJob {
    const known = this.#jobs.get(handle.id);
    if (known !== undefined) return known;
    const job = new FollowedJob(handle, { ...this.#options, closing: this.#closing.signal });
    this.#jobs.set(handle.id, job);
    this.#forgetOldest();
    return job;
  }

  #forgetOldest(): void {
    const ended = [...this.#jobs].filter(([, job]) => job.hasEnded);
    for (const [id, job] of ended.slice(0, Math.max(0, ended.length - KEPT_ENDED_JOBS))) {
      this.#jobs.delete(id);
      job.discard().catch((error: unknown) => {
        this.#options.log.warn({ engine: this.name, error }, 'A clip that nobody took could not be removed.');
      });
    }
  }
}

const UNCLEAR = { state: 'unclear' } as const;
