import type { TaskId } from '#domain/ids.ts';

/**
 * Wakes those who wait for work or for a task, so that nobody has to poll fast. A signal is a hint: it may come early, twice
 * or (from another program) not at all; waiters re-read the store and use a time-out as the safety net. Waits resolve, never
 * reject: when announced, after `timeoutMs`, or when `signal` aborts.
 */
export interface TaskSignals {
  /** A task was queued. */
  announceWork(): void;
  /** A task's state, progress or log changed, or its cancel was asked for. */
  announceTask(id: TaskId): void;
  /** A webhook's event is due. */
  announceWebhook(): void;
  waitForWork(timeoutMs: number, signal?: AbortSignal): Promise<void>;
  waitForTask(id: TaskId, timeoutMs: number, signal?: AbortSignal): Promise<void>;
  waitForWebhook(timeoutMs: number, signal?: AbortSignal): Promise<void>;
}
