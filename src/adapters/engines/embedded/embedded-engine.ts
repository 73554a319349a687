/**
 * The engine that needs nothing but this program: animates pictures in child processes of the server. Jobs live as long as
 * the program; after a restart a handle is unknown and its job counts as lost, which costs a rendering but no money.
 */
import { copyFile, rm, stat } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { AnimaticError } from '#domain/errors.ts';
import type { JsonValue } from '#domain/json.ts';
import { RESOLUTIONS } from '#domain/media/frame-size.ts';
import { type MicroDollars, ZERO } from '#domain/money.ts';
import type {
  Engine,
  EngineCapabilities,
  EngineHealth,
  EngineJob,
  EngineStatus,
  RecoveredStart,
} from '#ports/engine.ts';
import type { IdSource } from '#ports/id-source.ts';
import type { Log } from '#ports/log.ts';
import { type JobEnding, JobRecord } from '../job-record.ts';
import type { DepthModelFiles } from './depth/find-depth-model.ts';
import { renderArguments } from './render-arguments.ts';
import type { ProcessNotice } from './render-messages.ts';
import { RenderPool } from './render-pool.ts';
import type { RenderOutcome } from './render-process.ts';
import { countRenderThreads } from './render-threads.ts';
import { tellPrompt } from './tell-prompt.ts';

export interface EmbeddedEngineOptions {
  /** How many clips are rendered at once, each in a process of its own. */
  readonly workers: number;
  readonly ids: IdSource;
  readonly log: Log;
  /** The network that measures depth; without one it is estimated. */
  readonly depthModel?: DepthModelFiles | undefined;
  /** A job that reports nothing for so long counts as crashed; a minute when omitted, ten with a network. */
  readonly stallTimeoutMs?: number;
  /** The render process's program; this engine's own when omitted. */
  readonly entry?: URL;
}

interface StartedJob {
  readonly job: EngineJob;
  readonly record: JobRecord;
  readonly stop: AbortController;
  /** Resolves when the job has ended and its process is free. */
  readonly done: Promise<void>;
}

const DEFAULT_STALL_TIMEOUT_MS = 60_000;
/** A network that is large for its machine looks at a picture for minutes, and cannot say so meanwhile. */
const NETWORK_STALL_TIMEOUT_MS = 600_000;

/** Ended jobs that can still be asked about. */
const KEPT_ENDED_JOBS = 256;

const HANDLE_BYTES = 16;

/** Beside this file, and in its language: TypeScript from the sources, JavaScript from a build. */
const RENDER_CHILD = new URL(`./render-child${path.extname(import.meta.filename)}`, import.meta.url);

export class EmbeddedEngine implements Engine {
  readonly name = 'embedded';
  readonly capabilities: EngineCapabilities = {
    maxImages: 9,
    needsImage: true,
    lastImage: true,
    referenceVideos: false,
    referenceAudios: false,
    ownAspectRatio: true,
    resolutions: RESOLUTIONS,
    durationSeconds: { shortest: 1, longest: 60, auto: true },
    audio: true,
    seed: 'exact',
    cancel: 'always',
    webSearch: false,
    resumable: false,
  };
  readonly readPrompt = tellPrompt;
  readonly #pool: RenderPool;
  readonly #ids: IdSource;
  readonly #log: Log;
  readonly #jobs = new Map<string, StartedJob>();
  readonly #ended: string[] = [];

  /** Starts the render processes; `warm` tells when they are ready, but jobs may be started at once. */
  constructor({
    workers,
    ids,
    log,
    depthModel,
    stallTimeoutMs = depthModel === undefined ? DEFAULT_STALL_TIMEOUT_MS : NETWORK_STALL_TIMEOUT_MS,
    entry = RENDER_CHILD,
  }: EmbeddedEngineOptions) {
    this.#pool = new RenderPool(workers, {
      entry,
      args: renderArguments({
        threads: countRenderThreads(availableParallelism(), workers),
        depthModel,
      }),
      log,
      stallTimeoutMs,
      onNotice: sayOnce(log),
    });
    this.#ids = ids;
    this.#log = log;
  }

  /** Resolves when all render processes are warm, or with false when one cannot be started. */
  warm(): Promise<boolean> {
    return this.#pool.warm();
  }

  /** Makes clips of what the operator has already. */
  async quote(): Promise<MicroDollars> {
    return ZERO;
  }

  /** Jobs end with the program: none can be running unseen. */
  async recover(): Promise<RecoveredStart> {
    return { state: 'absent' };
  }

  async start(job: EngineJob): Promise<JsonValue> {
    if (job.imagePaths.length === 0 || job.imagePaths.length > this.capabilities.maxImages) {
      throw new AnimaticError(
        'unsupported_by_engine',
        `The engine "${this.name}" animates 1 to ${this.capabilities.maxImages} pictures; this request has ${job.imagePaths.length}.`,
      );
    }
    const id = this.#ids.hex(HANDLE_BYTES);
    const record = new JobRecord();
    const stop = new AbortController();
    this.#jobs.set(id, { job, record, stop, done: this.#run(id, job, record, stop.signal) });
    return { job: id };
  }

  async status(
    handle: JsonValue,
    options: { readonly after?: number; readonly waitMs: number },
  ): Promise<EngineStatus> {
    const started = this.#find(handle);
    if (started === undefined)
      return { state: 'lost', message: 'the render engine has been restarted and does not know the job' };
    return started.record.status(options);
  }

  async cancel(handle: JsonValue): Promise<void> {
    const started = this.#find(handle);
    started?.stop.abort();
    await started?.done;
  }

  async fetch(handle: JsonValue, outputPath: string): Promise<void> {
    const started = this.#find(handle);
    if (started?.record.ending?.state !== 'completed')
      throw new Error('Only a completed job has a clip to fetch.');
    if (path.resolve(outputPath) !== path.resolve(started.job.outputPath))
      await copyFile(started.job.outputPath, outputPath);
    await stat(outputPath);
  }

  async health(): Promise<EngineHealth> {
    const queued = [...this.#jobs.values()].filter(({ record }) => record.ending === undefined).length;
    return { state: 'ready', message: 'renders in processes of this server', queued };
  }

  async close(): Promise<void> {
    const running = [...this.#jobs.values()];
    for (const { stop } of running) stop.abort();
    await this.#pool.close();
    await Promise.all(running.map(({ done }) => done));
  }

  async #run(id: string, job: EngineJob, record: JobRecord, signal: AbortSignal): Promise<void> {
    const news = {
      progress: (progress: number) => record.report(progress),
      log: (line: Parameters<JobRecord['addLine']>[0]) => record.addLine(line),
    };
    const outcome = await this.#pool.run(job, news, signal);
    // A clip that was finished in the very moment of its cancel is not wanted either.
    const ending = signal.aborted ? STOPPED : endingOf(outcome);
    if (ending.state !== 'completed') await this.#discardFile(job.outputPath);
    record.end(ending);
    this.#ended.push(id);
    if (this.#ended.length > KEPT_ENDED_JOBS) this.#jobs.delete(this.#ended.shift()!);
  }

  /** A process that was killed could not tidy up itself. */
  async #discardFile(filePath: string): Promise<void> {
    try {
      await rm(filePath, { force: true });
    } catch (error) {
      this.#log.warn({ filePath, error }, 'An unfinished clip could not be removed.');
    }
  }

  #find(handle: JsonValue): StartedJob | undefined {
    if (typeof handle !== 'object' || handle === null || !('job' in handle)) return undefined;
    return typeof handle.job === 'string' ? this.#jobs.get(handle.job) : undefined;
  }
}

/** Every process says the same; one that is started anew says it again. */
function sayOnce(log: Log): (notice: ProcessNotice) => void {
  const said = new Set<string>();
  return ({ level, message }) => {
    if (said.has(message)) return;
    said.add(message);
    log[level]({ engine: 'embedded' }, message);
  };
}

const STOPPED: JobEnding = { state: 'lost', message: 'the job was stopped' };

function endingOf(outcome: RenderOutcome): JobEnding {
  switch (outcome.kind) {
    case 'completed':
      return { state: 'completed', clip: outcome.clip };
    case 'failed':
      return { state: 'failed', error: outcome.error };
    case 'stopped':
      return STOPPED;
    case 'crashed':
    case 'lost':
      return { state: outcome.kind, message: outcome.message };
  }
}
