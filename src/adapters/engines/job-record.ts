/**
 * What an engine knows of one job it runs itself, and the waiting on it. Progress never falls, the first ending stands, and
 * everything that changes raises the revision, so that a reader who names the last revision it saw misses nothing.
 */

import type { StoredError } from '#domain/errors.ts';
import type { EngineClip, EngineLogLine, EngineStatus } from '#ports/engine.ts';

export type JobEnding =
  | { readonly state: 'completed'; readonly clip: EngineClip }
  | { readonly state: 'failed'; readonly error: StoredError }
  | { readonly state: 'crashed'; readonly message: string }
  | { readonly state: 'lost'; readonly message: string };

interface RecordedLine {
  readonly revision: number;
  readonly line: EngineLogLine;
}

export class JobRecord {
  #revision = 0;
  #progress = 0;
  #ending: JobEnding | undefined;
  readonly #log: RecordedLine[] = [];
  readonly #waiters = new Set<() => void>();

  get ending(): JobEnding | undefined {
    return this.#ending;
  }

  /** @param progress Share of the work done, 0..1. */
  report(progress: number): void {
    if (this.#ending !== undefined || progress <= this.#progress) return;
    this.#progress = Math.min(1, progress);
    this.#changed();
  }

  addLine(line: EngineLogLine): void {
    if (this.#ending !== undefined) return;
    this.#log.push({ revision: this.#revision + 1, line });
    this.#changed();
  }

  end(ending: JobEnding): void {
    if (this.#ending !== undefined) return;
    this.#ending = ending;
    this.#changed();
  }

  /** As `Engine.status` promises. */
  async status({
    after,
    waitMs,
  }: {
    readonly after?: number;
    readonly waitMs: number;
  }): Promise<EngineStatus> {
    if (this.#ending === undefined && after === this.#revision) await this.#change(waitMs);
    const ending = this.#ending;
    if (ending?.state === 'crashed' || ending?.state === 'lost') return ending;
    const log = this.#log.filter(({ revision }) => revision > (after ?? 0)).map(({ line }) => line);
    if (ending !== undefined) return { ...ending, log };
    return { state: 'running', revision: this.#revision, progress: this.#progress, log };
  }

  /** Answers those who wait, though nothing is new. */
  wake(): void {
    for (const wake of [...this.#waiters]) wake();
  }

  #changed(): void {
    this.#revision += 1;
    this.wake();
  }

  #change(waitMs: number): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        clearTimeout(timer);
        this.#waiters.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, waitMs);
      this.#waiters.add(wake);
    });
  }
}
