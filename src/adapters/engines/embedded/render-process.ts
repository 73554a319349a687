/**
 * One child process that renders one job at a time, seen from the server. A fault in native code ends the child and one job,
 * never the server.
 */
import type { EngineJob, EngineLogLine } from '#ports/engine.ts';
import type { Log } from '#ports/log.ts';
import { type ChildEnd, ChildProcessHost, OUTSIDE_SIGNALS } from '../../process/child-process-host.ts';
import type { FromRenderProcess, ProcessNotice, RenderEnding, ToRenderProcess } from './render-messages.ts';

export interface RenderProcessOptions {
  /** The child's program. */
  readonly entry: URL;
  /** The child's command line. */
  readonly args: readonly string[];
  readonly log: Log;
  /** A job that reports nothing for so long is taken for hung, and its process is killed. */
  readonly stallTimeoutMs: number;
  /** What the child has to say about itself. */
  onNotice(notice: ProcessNotice): void;
}

export type RenderOutcome =
  | RenderEnding
  /** The process failed by itself. */
  | { readonly kind: 'crashed'; readonly message: string }
  /** The process was ended from outside: by an operator, a service manager, or for want of memory. */
  | { readonly kind: 'lost'; readonly message: string };

/** Receives what a job reports while it runs. */
export interface RenderNews {
  progress(progress: number): void;
  log(line: EngineLogLine): void;
}

/** A child that does not stop by itself within this time is killed, so that its cores are free well within 200 ms. */
const STOP_GRACE_MS = 120;

/** Three times as much of each thread's heap is for what is young, in MB; by default 16. 50 MB less for 3 % more time. */
const NODE_OPTIONS = ['--max-semi-space-size=4'] as const;

/**
 * For glibc, which otherwise keeps what is freed for each of the many threads apart, and large blocks for itself: 45 MB less of 550
 * at 1080p. Other C libraries do not read them.
 */
const ALLOCATOR_SETTINGS = { MALLOC_ARENA_MAX: '2', MALLOC_MMAP_THRESHOLD_: '1048576' } as const;

interface RunningJob {
  readonly news: RenderNews;
  readonly resolve: (outcome: RenderOutcome) => void;
  /** Set once this side has decided to kill the child. */
  killedFor: RenderOutcome | undefined;
  /** What the child said is wrong with it. */
  fault: string | undefined;
  stallTimer: NodeJS.Timeout;
  stopTimer: NodeJS.Timeout | undefined;
}

export class RenderProcess {
  readonly #host: ChildProcessHost<ToRenderProcess, FromRenderProcess>;
  readonly #stallTimeoutMs: number;
  readonly #onNotice: RenderProcessOptions['onNotice'];
  #running: RunningJob | undefined;

  constructor({ entry, args, log, stallTimeoutMs, onNotice }: RenderProcessOptions) {
    this.#stallTimeoutMs = stallTimeoutMs;
    this.#onNotice = onNotice;
    this.#host = new ChildProcessHost({
      entry,
      args,
      nodeOptions: NODE_OPTIONS,
      environment: ALLOCATOR_SETTINGS,
      name: 'render',
      log,
      onMessage: (message) => this.#receive(message),
      onEnd: (end) => this.#childEnded(end),
    });
  }

  /** Resolves when the process is warm, or with false when it cannot be started. */
  warm(): Promise<boolean> {
    return this.#host.warm();
  }

  /** Renders a job, one at a time. Never rejects. An abort of `signal` stops it, by force if need be. */
  async run(job: EngineJob, news: RenderNews, signal: AbortSignal): Promise<RenderOutcome> {
    const { promise, resolve } = Promise.withResolvers<RenderOutcome>();
    const stop = () =>
      this.#running === undefined ? resolve({ kind: 'stopped' }) : this.#stop(this.#running);
    signal.addEventListener('abort', stop, { once: true });
    this.#host.warm().then((isWarm) => {
      if (signal.aborted) resolve({ kind: 'stopped' });
      else if (isWarm) this.#begin(job, news, resolve);
      else
        resolve({
          kind: 'crashed',
          message: "the render process does not start; the server's log has the cause",
        });
    });
    const outcome = await promise;
    signal.removeEventListener('abort', stop);
    return outcome;
  }

  /** Kills the child and with it the running job, which ends as stopped. */
  async close(): Promise<void> {
    if (this.#running !== undefined) this.#running.killedFor ??= { kind: 'stopped' };
    await this.#host.close();
  }

  #begin(job: EngineJob, news: RenderNews, resolve: (outcome: RenderOutcome) => void): void {
    const stallTimer = setTimeout(() => this.#killStalled(), this.#stallTimeoutMs);
    this.#running = {
      news,
      resolve,
      stallTimer,
      killedFor: undefined,
      fault: undefined,
      stopTimer: undefined,
    };
    this.#host.send({ kind: 'render', job });
  }

  #receive(message: FromRenderProcess): void {
    if (message.kind === 'notice') {
      this.#onNotice(message.notice);
      return;
    }
    if (this.#running === undefined) return;
    this.#running.stallTimer.refresh();
    switch (message.kind) {
      case 'progress':
        this.#running.news.progress(message.progress);
        break;
      case 'log':
        this.#running.news.log(message.line);
        break;
      case 'fault':
        this.#running.fault = message.message;
        break;
      default:
        this.#conclude(message);
    }
  }

  #stop(running: RunningJob): void {
    this.#host.send({ kind: 'stop' });
    running.stopTimer = setTimeout(() => this.#kill({ kind: 'stopped' }), STOP_GRACE_MS);
  }

  #killStalled(): void {
    this.#kill({
      kind: 'crashed',
      message: `it made no progress for ${this.#stallTimeoutMs / 1000} seconds`,
    });
  }

  #kill(outcome: RenderOutcome): void {
    if (this.#running === undefined) return;
    this.#running.killedFor ??= outcome;
    this.#host.kill();
  }

  #childEnded(end: ChildEnd): void {
    if (this.#running === undefined) return;
    const { killedFor, fault } = this.#running;
    this.#conclude(killedFor ?? verdictOn(end, fault));
  }

  #conclude(outcome: RenderOutcome): void {
    const running = this.#running!;
    clearTimeout(running.stallTimer);
    clearTimeout(running.stopTimer);
    this.#running = undefined;
    running.resolve(outcome);
  }
}

function verdictOn({ code, signal }: ChildEnd, fault: string | undefined): RenderOutcome {
  if (signal === null)
    return { kind: 'crashed', message: fault ?? `the render process exited with code ${code}` };
  if (OUTSIDE_SIGNALS.includes(signal)) {
    return { kind: 'lost', message: `the render process was ended from outside by ${signal}` };
  }
  return { kind: 'crashed', message: `the render process died of ${signal}` };
}
