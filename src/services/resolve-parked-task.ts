/** A person says what became of a start that nobody else could say anything of. */
import { AnimaticError } from '#domain/errors.ts';
import type { TaskId } from '#domain/ids.ts';
import { toRfc3339 } from '#domain/instant.ts';
import type { JsonValue } from '#domain/json.ts';
import type { LogLine, Task } from '#domain/task/task.ts';
import { isFinal } from '#domain/task/task-state.ts';
import type { Ports } from '#ports/ports.ts';
import type { StartVerdict } from '#ports/task-queue.ts';
import { removeFiles } from './remove-files.ts';
import { letGoOfJob } from './stop-unowned-job.ts';

export type PersonsVerdict =
  /** The job's id as the service shows it, or its whole handle as JSON. */
  | { readonly kind: 'found'; readonly job: string }
  | { readonly kind: 'absent' }
  | { readonly kind: 'givenUp' };

type ResolvePorts = Pick<Ports, 'assets' | 'clock' | 'engines' | 'log' | 'queue' | 'signals' | 'tasks'>;

/** @throws AnimaticError `not_found` when the task is not parked; `invalid_parameter` for a job that the engine cannot be asked about. */
export async function resolveParkedTask(
  ports: ResolvePorts,
  id: TaskId,
  said: PersonsVerdict,
): Promise<Task> {
  const parked = await ports.tasks.find(id);
  if (parked?.parkedAt === undefined) throw notParked(id);
  const verdict = verdictFrom(ports, parked, said);
  const at = ports.clock.now();
  const log: LogLine[] = [{ at, level: 'info', message: lineFor(said) }];
  const task = await ports.queue.unpark(id, verdict, at, log);
  if (task === undefined) throw notParked(id);
  ports.log.info({ taskId: id, verdict: said.kind, engine: parked.engine }, 'A parked task was resolved.');
  ports.signals.announceTask(id);
  ports.signals.announceWork();
  if (isFinal(task.state)) await tidyUp(ports, task);
  return task;
}

const notParked = (id: TaskId): AnimaticError =>
  new AnimaticError(
    'not_found',
    `No task "${id}" waits to be resolved; "animatic engines parked" lists those that do.`,
  );

function verdictFrom(ports: ResolvePorts, task: Task, said: PersonsVerdict): StartVerdict {
  switch (said.kind) {
    case 'found':
      return { kind: 'found', handle: handleFrom(ports, task, said.job) };
    case 'absent':
      return { kind: 'absent' };
    case 'givenUp': {
      const sent = task.engineStart === undefined ? '' : ` at ${toRfc3339(task.engineStart.sentAt)}`;
      const message = `The job was sent to the engine${sent} and not answered, and nobody could find out what became of it. Nothing was charged.`;
      return { kind: 'givenUp', error: { code: 'engine_start_unknown', message } };
    }
  }
}

/** @throws AnimaticError `invalid_parameter`. */
function handleFrom(ports: ResolvePorts, { engine: name, engineStart }: Task, job: string): JsonValue {
  const engine = ports.engines.byName(name);
  if (engine === undefined)
    throw badJob(
      `The engine "${name}" is not set up, so that nobody can ask it for the job; set it up first`,
    );
  if (job.trimStart().startsWith('{')) {
    try {
      return JSON.parse(job) as JsonValue;
    } catch {
      throw badJob('The handle is not valid JSON');
    }
  }
  const handle = engineStart === undefined ? undefined : engine.handleOf?.(job, engineStart);
  if (handle !== undefined) return handle;
  throw badJob(`The engine "${name}" has no ids of jobs; give the job's whole handle, as JSON`);
}

const badJob = (why: string): AnimaticError =>
  new AnimaticError('invalid_parameter', `${why}.`, { path: ['job'] });

function lineFor(said: PersonsVerdict): string {
  switch (said.kind) {
    case 'found':
      return 'The operator has found the job; it is taken up.';
    case 'absent':
      return 'The operator has found that the job was never started; the task queues again.';
    case 'givenUp':
      return 'The operator could not find out whether the job was started, and has given it up.';
  }
}

/** A cancel or a deletion may have waited for the verdict. */
async function tidyUp(ports: ResolvePorts, task: Task): Promise<void> {
  ports.signals.announceWebhook();
  if (task.engineHandle !== undefined) await letGoOfJob(ports, task);
  if (task.deletedAt !== undefined) await removeFiles(ports, task);
}
