/**
 * Follows a task to its end and shows how it goes on. The server may be restarted meanwhile: the task is on its disk. When the
 * person at the command line stops, the task is cancelled, and what becomes of it then is what is reported.
 */
import { AnimaticError, type ErrorCode } from '#domain/errors.ts';
import type { JsonObject } from '#domain/json.ts';
import { patiently } from './patiently.ts';
import type { ProgressDisplay } from './progress-display.ts';
import type { ServerClient } from './server-client.ts';
import type { SubmittedTask } from './submit-request.ts';

/** How long one question may wait for news. */
const NEWS_WAIT_MS = 2000;

export interface FollowTask {
  readonly task: SubmittedTask;
  readonly display: ProgressDisplay;
  readonly stop: AbortSignal;
}

/** The completed task as the admin API shows it. @throws AnimaticError with the code of the task's own error. */
export async function followTask(client: ServerClient, command: FollowTask): Promise<JsonObject> {
  const { task, stop } = command;
  const onStop = () => void cancel(command);
  stop.addEventListener('abort', onStop, { once: true });
  if (stop.aborted) onStop();
  try {
    return await untilCompleted(client, command);
  } catch (error) {
    throw error instanceof AnimaticError && error.code === 'server_unreachable'
      ? new AnimaticError(error.code, `${error.message} The task is ${task.id}; it goes on with the server.`)
      : error;
  } finally {
    stop.removeEventListener('abort', onStop);
  }
}

async function untilCompleted(
  client: ServerClient,
  { task: { id }, display, stop }: FollowTask,
): Promise<JsonObject> {
  let lastLine = 0;
  const onWaiting = () => display.line('The server does not answer; it is asked again for a minute.');
  for (;;) {
    const task = await patiently(
      () => client.get(`/admin/tasks/${id}?after=${lastLine}&waitMs=${NEWS_WAIT_MS}`),
      { onWaiting, stop },
    );
    const error = task.error as JsonObject | undefined;
    display.update(Number(task.progress), String(task.state));
    for (const line of task.log as readonly JsonObject[]) {
      lastLine = Number(line.number);
      // The last line of a task that failed says what is thrown below.
      if (line.message !== error?.message) display.line(String(line.message));
    }
    if (task.state === 'completed') return task;
    if (error !== undefined) throw new AnimaticError(error.code as ErrorCode, String(error.message));
  }
}

/** A task that has ended by itself in this very moment is no fault. */
async function cancel({ task, display }: FollowTask): Promise<void> {
  display.line('Cancelling the task; stopping once more ends at once.');
  try {
    await task.cancel();
  } catch (error) {
    if (error instanceof AnimaticError && error.code === 'already_finished') return;
    display.line(`The task ${task.id} could not be cancelled: ${(error as Error).message}`);
  }
}
