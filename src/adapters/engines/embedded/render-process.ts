/**
 * One child process that renders one job at a time, seen from the server. A fault in native code ends the child and one job,
 * never the server.
 */
import type { EngineJob, EngineLogLine } from '#ports/engine.ts';
import type { Log } from '#ports/log.ts';
import { type ChildEnd, ChildProcessHost } from '../../process/child-process-host.ts';
import type { FromRenderProcess, RenderEnding, ToRenderProcess } from './render-messages.ts';

export interface RenderProcessOptions {
  /** The child's program. */
  readonly entry: URL;
  readonly log: Log;
  /** A job that reports nothing for so long is taken for hung, and its process is killed. */
  readonly stallTimeoutMs: number;
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

/** Signals that reach a process from outside; others (SIGSEGV, SIGABRT, ...) it brings upon itself. */
const OUTSIDE_SIGNALS: readonly NodeJS.Signals[] = ['SIGKILL', 'SIGTERM', 'SIGINT', 'SIGHUP', 'SIGQUIT'];

interface RunningJob {
  readonly news: RenderNews;
  readonly resolve: (outcome: RenderOutcome) => void;
  /** Set once this side has decided to kill the child. */
  killedFor: RenderOutcome | undefined;
  stallTimer: NodeJS.Timeout;
  stopTimer: NodeJS.Timeout | undefined;
}

export class RenderProcess {
  readonly #host: ChildProcessHost<ToRenderProcess, FromRenderProcess>;
  readonly #stallTimeoutMs: number;
  #running: RunningJob | undefined;

  constructor({ entry, log, stallTimeoutMs }: RenderProcessOptions) {
    this.#stallTimeoutMs = stallTimeoutMs;
    this.#host = new ChildProcessHost({
      entry,
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
    this.#running = { news, resolve, stallTimer, killedFor: undefined, stopTimer: undefined };
    this.#host.send({ kind: 'render', job });
  }

  #receive(message: FromRenderProcess): void {
    if (this.#running === undefined) return;
    this.#running.stallTimer.refresh();
    switch (message.kind) {
      case 'progress':
        this.#running.news.progress(message.progress);
        break;
      case 'log':
        this.#running.news.log(message.line);
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
    if (this.#running !== undefined) this.#conclude(this.#running.killedFor ?? verdictOn(end));
  }

  #conclude(outcome: RenderOutcome): void {
    const running = this.#running!;
    clearTimeout(running.stallTimer);
    clearTimeout(running.stopTimer);
    this.#running = undefined;
    running.resolve(outcome);
  }
}

function verdictOn({ code, signal }: ChildEnd): RenderOutcome {
  if (signal === null) return { kind: 'crashed', message: `the render process exited with code ${code}` };
  if (OUTSIDE_SIGNALS.includes(signal)) {
    return { kind: 'lost', message: `the render process was ended from outside by ${signal}` };
  }
  return { kind: 'crashed', message: `the render process died of ${signal}` };
}
