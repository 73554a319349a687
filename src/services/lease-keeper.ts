/**
 * Keeps a claimed task's lease alive while its work goes on elsewhere: beats at a steady pace, carries progress and log lines
 * to the store, and aborts its signal when the task is to stop, because its cancel was asked for or the lease is gone.
 */
import { AnimaticError } from '#domain/errors.ts';
import { addMs } from '#domain/instant.ts';
import type { LogLevel, LogLine } from '#domain/task/task.ts';
import type { Ports } from '#ports/ports.ts';
import type { Lease } from '#ports/task-queue.ts';

export interface LeaseTiming {
  /** How long a silent worker keeps its task. */
  readonly leaseMs: number;
  /** Pause between beats; several must fit into `leaseMs`. */
  readonly heartbeatMs: number;
}

/** Why the work must stop. */
export type StopReason = 'cancelRequested' | 'leaseLost' | 'shutdown';

export class LeaseKeeper {
  readonly #ports: Pick<Ports, 'clock' | 'queue' | 'signals' | 'log'>;
  readonly #lease: Lease;
  readonly #timing: LeaseTiming;
  readonly #stop = new AbortController();
  readonly #ended = new AbortController();
  readonly #shutdown: AbortSignal;
  readonly #onShutdown = () => this.#stop.abort('shutdown' satisfies StopReason);
  readonly #beating: Promise<void>;
  #progress = 0;
  #lines: LogLine[] = [];

  constructor(
    ports: Pick<Ports, 'clock' | 'queue' | 'signals' | 'log'>,
    lease: Lease,
    timing: LeaseTiming,
    shutdown: AbortSignal,
  ) {
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

  report(progress: number): void {
    this.#progress = Math.max(this.#progress, Math.min(1, progress));
  }

  log(level: LogLevel, message: string): void {
    this.#lines.push({ at: this.#ports.clock.now(), level, message });
  }

  /** Sends what was reported without waiting for the next beat. @throws AnimaticError `lease_lost`. */
  async flush(): Promise<void> {
    const lines = this.takeLines();
    const at = this.#ports.clock.now();
    const leaseExpiresAt = addMs(at, this.#timing.leaseMs);
    const { cancelRequested } = await this.#ports.queue.heartbeat(this.#lease, {
      at,
      leaseExpiresAt,
      progress: this.#progress,
      log: lines,
    });
    this.#ports.signals.announceTask(this.#lease.taskId);
    if (cancelRequested) this.#stop.abort('cancelRequested' satisfies StopReason);
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

  async #beat(): Promise<void> {
    while (!this.#ended.signal.aborted && !this.#stop.signal.aborted) {
      try {
        await this.flush();
      } catch (error) {
        if (error instanceof AnimaticError && error.code === 'lease_lost')
          this.#stop.abort('leaseLost' satisfies StopReason);
        else
          this.#ports.log.error(
            { taskId: this.#lease.taskId, error },
            'A heartbeat failed; the lease runs on until it expires.',
          );
      }
      // A cancel announces the task, which ends the pause early.
      await this.#ports.signals.waitForTask(this.#lease.taskId, this.#timing.heartbeatMs, this.#ended.signal);
    }
  }
}
