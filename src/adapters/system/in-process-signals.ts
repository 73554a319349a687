/**
 * Signals between the parts of one program. An announcement wakes everybody who waits, and once more after a short echo
 * those who began to wait since: a waiter that was still reading the store when the announcement came is woken then, so no
 * wake-up is lost to a read that takes less than the echo. Nothing is kept of a task that nobody waits for beyond its echo.
 */
import type { TaskId } from '#domain/ids.ts';
import type { TaskSignals } from '#ports/task-signals.ts';

/** Longer than reading a task from the store takes; short enough to be a hardly noticed delay. */
const ECHO_MS = 50;

interface Channel {
  readonly waiters: Set<() => void>;
  echo: NodeJS.Timeout | undefined;
}

const newChannel = (): Channel => ({ waiters: new Set(), echo: undefined });

function wakeAll(channel: Channel): void {
  for (const wake of [...channel.waiters]) wake();
}

export class InProcessSignals implements TaskSignals {
  readonly #work = newChannel();
  readonly #webhooks = newChannel();
  readonly #tasks = new Map<TaskId, Channel>();

  announceWork(): void {
    this.#announce(this.#work, () => {});
  }

  announceTask(id: TaskId): void {
    this.#announce(this.#channelOf(id), () => this.#dropIdle(id));
  }

  announceWebhook(): void {
    this.#announce(this.#webhooks, () => {});
  }

  waitForWork(timeoutMs: number, signal?: AbortSignal): Promise<void> {
    return this.#wait(this.#work, timeoutMs, signal);
  }

  async waitForTask(id: TaskId, timeoutMs: number, signal?: AbortSignal): Promise<void> {
    await this.#wait(this.#channelOf(id), timeoutMs, signal);
    this.#dropIdle(id);
  }

  waitForWebhook(timeoutMs: number, signal?: AbortSignal): Promise<void> {
    return this.#wait(this.#webhooks, timeoutMs, signal);
  }

  #announce(channel: Channel, afterEcho: () => void): void {
    wakeAll(channel);
    clearTimeout(channel.echo);
    channel.echo = setTimeout(() => {
      channel.echo = undefined;
      wakeAll(channel);
      afterEcho();
    }, ECHO_MS);
    // An echo alone must not keep the program from ending.
    channel.echo.unref();
  }

  #wait(channel: Channel, timeoutMs: number, signal: AbortSignal | undefined): Promise<void> {
    if (signal?.aborted === true) return Promise.resolve();
    return new Promise((resolve) => {
      const wake = () => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', wake);
        channel.waiters.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, timeoutMs);
      signal?.addEventListener('abort', wake, { once: true });
      channel.waiters.add(wake);
    });
  }

  #channelOf(id: TaskId): Channel {
    const known = this.#tasks.get(id);
    if (known !== undefined) return known;
    const channel = newChannel();
    this.#tasks.set(id, channel);
    return channel;
  }

  #dropIdle(id: TaskId): void {
    const channel = this.#tasks.get(id);
    if (channel !== undefined && channel.waiters.size === 0 && channel.echo === undefined)
      this.#tasks.delete(id);
  }
}
