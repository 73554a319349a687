/**
 * Keeps a claimed task's lease alive while its work goes on elsewhere: beats at a steady pace and soon after there is news, carries
 * progress and log lines to the store, and aborts its signal when the task is to stop, because its cancel was asked for or
 * the lease is gone.
 */
import { AnimaticError } from '#domain/errors.ts';
import { addMs } from '#domain/instant.ts';
import type { LogLevel, LogLine } from '#domain/task/task.ts';
import type { Ports } from '#ports/ports.ts';
import type { Lease } from '#ports/task-queue.ts';

export interface LeaseTiming {
  /** How long a silent worker keeps its task. */
  readonly leaseMs: number;
  /** Longest pause between beats; several must fit into `leaseMs`. */
  readonly heartbeatMs: number;
}

/** Why the work must stop. */
export type StopReason = 'cancelRequested' | 'leaseLost' | 'shutdown';

type KeeperPorts = Pick<Ports, 'clock' | 'queue' | 'signals' | 'log'>;

/** News waits so long for company: four writes a second at most, however fast the work reports. */
const NEWS_DELAY_MS = 250;

/** What one attempt may write: an engine in a loop must not fill the store. */
const MAX_LINES = 1000;
const MAX_LINE_CHARACTERS = 2000;

export class LeaseKeeper {
  readonly #ports: KeeperPorts;
  readonly #lease: Lease;
  readonly #timing: LeaseTiming;
  readonly #stop = new AbortController();
  readonly #ended = new AbortController();
  readonly #shutdown: AbortSignal;
  readonly #onShutdown = () => this.#stop.abort('shutdown' satisfies StopReason);
  readonly #beating: Promise<void>;
  #progress = 0;
  #lines: LogLine[] = [];
  #lineCount = 0;
  #hasNews = false;
  /** Aborts when the news since the last beat has waited long enough. */
  #newsDue = new AbortController();

  constructor(ports: KeeperPorts, lease: Lease, timing: LeaseTiming, shutdown: AbortSignal) {
    this.#ports = ports;
    this.#lease = lease;
    this.#timing = timing;
    this.#shutdown = shutdown;
    if (shutdown.aborted) this.#onShutdown();
    shutdown.addEventListener('abort', this.#onShutdown, { once: true });
    this.#beating = this.#beat();
  }

  /** Aborts with a `StopReason`. */
  get signal(): AbortSignal {
    return this.#stop.signal;
  }

  /** @param progress 0..1; what is lower than before counts for nothing. */
  report(progress: number): void {
    if (progress <= this.#progress) return;
    this.#progress = Math.min(1, progress);
    this.#noteNews();
  }

  /** A long message is cut, and after `MAX_LINES` lines nothing more is kept. */
  log(level: LogLevel, message: string): void {
    if (this.#lineCount === MAX_LINES) return;
    this.#lineCount += 1;
    const at = this.#ports.clock.now();
    this.#lines.push(
      this.#lineCount === MAX_LINES
        ? { at, level: 'warn', message: 'The log of this attempt is full; what follows is left out.' }
        : { at, level, message: message.slice(0, MAX_LINE_CHARACTERS) },
    );
    this.#noteNews();
  }

  /** Log lines that no beat has carried yet, for the statement that ends the task. */
  takeLines(): readonly LogLine[] {
    const lines = this.#lines;
    this.#lines = [];
    return lines;
  }

  /** Ends the beating; resolves when no beat is under way. */
  async end(): Promise<void> {
    this.#shutdown.removeEventListener('abort', this.#onShutdown);
    this.#ended.abort();
    await this.#beating;
  }

  #noteNews(): void {
    if (this.#hasNews) return;
    this.#hasNews = true;
    const newsDue = this.#newsDue;
    void this.#ports.clock.sleep(NEWS_DELAY_MS, this.#ended.signal).then(() => newsDue.abort());
  }

  async #beat(): Promise<void> {
    while (!this.#ended.signal.aborted && !this.#stop.signal.aborted) {
      const newsDue = new AbortController();
      this.#newsDue = newsDue;
      await this.#beatOnce();
      // A cancel announces the task, which ends the pause early.
      await this.#ports.signals.waitForTask(
        this.#lease.taskId,
        this.#timing.heartbeatMs,
        AbortSignal.any([this.#ended.signal, newsDue.signal]),
      );
    }
  }

  async #beatOnce(): Promise<void> {
    const hadNews = this.#hasNews;
    this.#hasNews = false;
    const log = this.takeLines();
    const at = this.#ports.clock.now();
    const leaseExpiresAt = addMs(at, this.#timing.leaseMs);
    try {
      const { cancelRequested } = await this.#ports.queue.heartbeat(this.#lease, {
        at,
        leaseExpiresAt,
        progress: this.#progress,
        log,
      });
      // Only news is announced: an announcement also ends this keeper's own pause.
      if (hadNews) this.#ports.signals.announceTask(this.#lease.taskId);
      if (cancelRequested) this.#stop.abort('cancelRequested' satisfies StopReason);
    } catch (error) {
      this.#lines = [...log, ...this.#lines];
      this.#hasNews ||= hadNews;
      this.#beatFailed(error);
    }
  }

  #beatFailed(error: unknown): void {
    if (error instanceof AnimaticError && error.code === 'lease_lost') {
      this.#stop.abort('leaseLost' satisfies StopReason);
      return;
    }
    this.#ports.log.error(
      { taskId: this.#lease.taskId, error },
      'A heartbeat failed; the next one tries again, and the lease runs on until it expires.',
    );
  }
}
