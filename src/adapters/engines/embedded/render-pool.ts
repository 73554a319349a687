/** Several render processes with one line of waiting jobs: first come, first served. */
import type { EngineJob } from '#ports/engine.ts';
import {
  type RenderNews,
  type RenderOutcome,
  RenderProcess,
  type RenderProcessOptions,
} from './render-process.ts';

interface WaitingJob {
  readonly job: EngineJob;
  readonly news: RenderNews;
  readonly signal: AbortSignal;
  readonly resolve: (outcome: RenderOutcome) => void;
}

export class RenderPool {
  readonly #processes: readonly RenderProcess[];
  readonly #waiting: WaitingJob[] = [];
  /** Warm processes without work; the one that worked last is used first, its memory being in the caches still. */
  readonly #idle: ((next: WaitingJob) => void)[] = [];

  /** Starts `size` processes at once. @throws RangeError for fewer than one: jobs would wait for ever. */
  constructor(size: number, options: RenderProcessOptions) {
    if (!Number.isInteger(size) || size < 1)
      throw new RangeError(`${size} render processes cannot render anything.`);
    this.#processes = Array.from({ length: size }, () => new RenderProcess(options));
    for (const each of this.#processes) void this.#serve(each);
  }

  /** Resolves when every process is warm, or with false when one cannot be started. */
  async warm(): Promise<boolean> {
    const warm = await Promise.all(this.#processes.map((each) => each.warm()));
    return warm.every(Boolean);
  }

  /** Renders a job as soon as a process is free. Never rejects; an abort of `signal` stops it, waiting or running. */
  run(job: EngineJob, news: RenderNews, signal: AbortSignal): Promise<RenderOutcome> {
    const { promise, resolve } = Promise.withResolvers<RenderOutcome>();
    const next: WaitingJob = { job, news, signal, resolve };
    const process = this.#idle.pop();
    if (process !== undefined) {
      process(next);
      return promise;
    }
    this.#waiting.push(next);
    signal.addEventListener('abort', () => this.#withdraw(next), { once: true });
    return promise;
  }

  /** Kills every process; running jobs end as stopped. The caller has aborted those that wait. */
  async close(): Promise<void> {
    await Promise.all(this.#processes.map((each) => each.close()));
  }

  async #serve(process: RenderProcess): Promise<never> {
    for (;;) {
      await process.warm();
      const { job, news, signal, resolve } = this.#waiting.shift() ?? (await this.#nextJob());
      resolve(await process.run(job, news, signal));
    }
  }

  #nextJob(): Promise<WaitingJob> {
    return new Promise((resolve) => this.#idle.push(resolve));
  }

  #withdraw(waiting: WaitingJob): void {
    const index = this.#waiting.indexOf(waiting);
    if (index < 0) return;
    this.#waiting.splice(index, 1);
    waiting.resolve({ kind: 'stopped' });
  }
}
