/**
 * A request's status as server-sent events: one event whenever state, place in the queue or log changed, `COMPLETED` last. An event
 * carries only the log lines since the one before, because fal's JS client appends them.
 */
import type { TaskId } from '#domain/ids.ts';
import { isFinal } from '#domain/task/task-state.ts';
import type { HttpDependencies } from '../http/http-dependencies.ts';
import type { QueueStatus } from './queue-status.ts';
import type { QueueUrls } from './queue-urls.ts';
import { readQueueStatus } from './read-queue-status.ts';

/** How long a silent store is trusted before it is read again. */
const RECHECK_MS = 1000;
/** A comment line after this much silence keeps proxies from closing the connection. */
const KEEP_ALIVE_MS = 15_000;

/** Ends after the event of the final state, or when `signal` aborts. */
export async function* statusEvents(
  deps: Pick<HttpDependencies, 'clock' | 'signals' | 'tasks'>,
  request: {
    readonly id: TaskId;
    readonly urls: QueueUrls;
    readonly withLogs: boolean;
    readonly signal: AbortSignal;
  },
): AsyncGenerator<string> {
  const { id, urls, withLogs, signal } = request;
  let lastLine = 0;
  let lastHeadline = '';
  let quietSince = deps.clock.now();
  while (!signal.aborted) {
    // Begun before the read, so that a change in between is not slept through.
    const change = deps.signals.waitForTask(id, RECHECK_MS, signal);
    const task = await deps.tasks.find(id);
    if (task === undefined) return;
    // Lines of a waiting task (an earlier attempt's) stay behind until a status can carry them.
    const lines = withLogs && task.state !== 'created' ? await deps.tasks.readLog(id, lastLine) : [];
    const status = await readQueueStatus(deps, task, urls, withLogs ? lines : undefined);
    const headline = JSON.stringify({ ...status, logs: null });
    if (headline !== lastHeadline || lines.length > 0) {
      yield toEvent(status);
      quietSince = deps.clock.now();
    } else if (deps.clock.now() - quietSince >= KEEP_ALIVE_MS) {
      yield ': waiting\n\n';
      quietSince = deps.clock.now();
    }
    lastHeadline = headline;
    lastLine = lines.at(-1)?.number ?? lastLine;
    if (isFinal(task.state)) return;
    await change;
  }
}

/** In ASCII: clients decode each network chunk by itself, which would break a character that two chunks share. */
function toEvent(status: QueueStatus): string {
  const text = JSON.stringify(status).replace(
    /[\u0080-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return `data: ${text}\n\n`;
}
