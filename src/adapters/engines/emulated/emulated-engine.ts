/**
 * Any engine, and on top what tasks have asked the emulator for: a pace, a failure. A job that asks for nothing goes through as it is. One
 * with a pace is made by the engine at once, and shown to be made as slowly as was asked for; one that fails is not made at all.
 * All that has to be known of a job stands in its handle, so that it goes on where it was after a restart.
 */
import type { StoredError } from '#domain/errors.ts';
import { addMs, type Instant } from '#domain/instant.ts';
import type { JsonValue } from '#domain/json.ts';
import type { MicroDollars } from '#domain/money.ts';
import type { Clock } from '#ports/clock.ts';
import type {
  Engine,
  EngineCapabilities,
  EngineHealth,
  EngineJob,
  EngineStatus,
  RecoveredStart,
  UnansweredStart,
} from '#ports/engine.ts';
import { STEPS, stepAt, stepBegins } from './pace.ts';

/** The length of the clip that `paceSeconds` speaks of. One of length `auto` is taken for as long. */
const PACED_CLIP_SECONDS = 5;

/** Handle of a job that asked for something. */
type EmulatedJob = {
  readonly emulated: true;
  readonly id: string;
  readonly startedAt: Instant;
  readonly endsAt: Instant;
} & (
  | { readonly kind: 'paced'; readonly inner: JsonValue }
  | { readonly kind: 'failing'; readonly failure: StoredError }
);

interface StatusOptions {
  readonly after?: number;
  readonly waitMs: number;
}

/**
 * The revision of a paced job is its engine's revision times `STEPS` plus the step of its pace; from here on the engine is ready, and
 * only the pace goes on.
 */
const READY = 2 ** 40;

export class EmulatedEngine implements Engine {
  readonly #engine: Engine;
  readonly #clock: Clock;
  /** Failing jobs that were stopped before they had failed. */
  readonly #stopped = new Set<string>();

  constructor(engine: Engine, clock: Clock) {
    this.#engine = engine;
    this.#clock = clock;
  }

  get name(): string {
    return this.#engine.name;
  }

  get capabilities(): EngineCapabilities {
    return this.#engine.capabilities;
  }

  get readPrompt(): Engine['readPrompt'] {
    return this.#engine.readPrompt;
  }

  get handleOf(): Engine['handleOf'] {
    return this.#engine.handleOf?.bind(this.#engine);
  }

  quote(job: EngineJob): Promise<MicroDollars | undefined> {
    return this.#engine.quote(job);
  }

  recover(start: UnansweredStart): Promise<RecoveredStart> {
    return this.#engine.recover(start);
  }

  health(): Promise<EngineHealth> {
    return this.#engine.health();
  }

  async start(job: EngineJob): Promise<JsonValue> {
    const { paceSeconds = 0, failure } = job.emulation ?? {};
    if (paceSeconds === 0 && failure === undefined) return this.#engine.start(job);
    const startedAt = this.#clock.now();
    const clipSeconds = job.durationSeconds === 'auto' ? PACED_CLIP_SECONDS : job.durationSeconds;
    const endsAt = addMs(startedAt, (paceSeconds * 1000 * clipSeconds) / PACED_CLIP_SECONDS);
    const common = { emulated: true, id: `${job.taskId} ${job.attempt}`, startedAt, endsAt } as const;
    const emulated: EmulatedJob =
      failure === undefined
        ? { ...common, kind: 'paced', inner: await this.#engine.start(job) }
        : { ...common, kind: 'failing', failure };
    return emulated as unknown as JsonValue;
  }

  async status(handle: JsonValue, options: StatusOptions): Promise<EngineStatus> {
    if (!isEmulated(handle)) return this.#engine.status(handle, options);
    const deadline = addMs(this.#clock.now(), options.waitMs);
    for (;;) {
      const status = await this.#look(handle, options.after, deadline);
      const isNews = status.state !== 'running' || status.revision !== options.after;
      if (isNews || this.#clock.now() >= deadline) return status;
    }
  }

  async cancel(handle: JsonValue): Promise<void> {
    if (!isEmulated(handle)) return this.#engine.cancel(handle);
    if (handle.kind === 'paced') return this.#engine.cancel(handle.inner);
    if (this.#clock.now() < handle.endsAt) this.#stopped.add(handle.id);
  }

  async fetch(handle: JsonValue, outputPath: string): Promise<void> {
    const isPaced = isEmulated(handle) && handle.kind === 'paced';
    return this.#engine.fetch(isPaced ? handle.inner : handle, outputPath);
  }

  close(): Promise<void> {
    return this.#engine.close();
  }

  /** How the job stands, after a wait for the next step of its pace when nothing is new, but not beyond `deadline`. */
  async #look(job: EmulatedJob, after: number | undefined, deadline: Instant): Promise<EngineStatus> {
    const step = stepAt(job, this.#clock.now());
    const isNewStep = after === undefined || step !== after % STEPS;
    const pauseMs = isNewStep
      ? 0
      : Math.max(0, Math.min(deadline, stepBegins(job, step + 1)) - this.#clock.now());
    if (job.kind === 'failing') return this.#lookAtFailing(job, pauseMs);
    return after !== undefined && after >= READY
      ? this.#lookAtReady(job, job.inner, pauseMs)
      : this.#lookAtPaced(job, job.inner, { after, pauseMs });
  }

  async #lookAtFailing(
    job: EmulatedJob & { readonly kind: 'failing' },
    pauseMs: number,
  ): Promise<EngineStatus> {
    await this.#clock.sleep(pauseMs);
    if (this.#stopped.has(job.id)) return { state: 'lost', message: 'the job was stopped' };
    const now = this.#clock.now();
    if (now < job.endsAt) return { ...this.#running(job), revision: stepAt(job, now), log: [] };
    const { code, message } = job.failure;
    // As an engine that dies: the task is tried again, and then given up.
    if (code === 'engine_crashed') return { state: 'crashed', message: 'as was asked for' };
    return { state: 'failed', error: job.failure, log: [{ level: 'error', message }] };
  }

  async #lookAtPaced(
    job: EmulatedJob,
    inner: JsonValue,
    { after, pauseMs }: { readonly after: number | undefined; readonly pauseMs: number },
  ): Promise<EngineStatus> {
    const status = await this.#engine.status(inner, {
      waitMs: pauseMs,
      ...(after === undefined ? {} : { after: Math.floor(after / STEPS) }),
    });
    const now = this.#clock.now();
    if (status.state === 'running') {
      const revision = status.revision * STEPS + stepAt(job, now);
      return { ...this.#running(job), revision, log: status.log };
    }
    if (status.state !== 'completed' || now >= job.endsAt) return status;
    return { ...this.#running(job), revision: READY + stepAt(job, now), log: status.log };
  }

  /** The engine's lines have been told before. */
  async #lookAtReady(job: EmulatedJob, inner: JsonValue, pauseMs: number): Promise<EngineStatus> {
    await this.#clock.sleep(pauseMs);
    const status = await this.#engine.status(inner, { waitMs: 0 });
    if (status.state !== 'completed') return status;
    const now = this.#clock.now();
    if (now >= job.endsAt) return { ...status, log: [] };
    return { ...this.#running(job), revision: READY + stepAt(job, now), log: [] };
  }

  #running(job: EmulatedJob): { readonly state: 'running'; readonly progress: number } {
    return { state: 'running', progress: stepAt(job, this.#clock.now()) / STEPS };
  }
}

const isEmulated = (handle: JsonValue): handle is JsonValue & EmulatedJob =>
  typeof handle === 'object' && handle !== null && 'emulated' in handle;
