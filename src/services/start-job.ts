/**
 * Has an engine start a job, so that it is never paid for twice: what is about to be sent is stored before, the handle at once after.
 * A start without an answer is looked up with the engine and never repeated blindly; when nobody can say what became of it, the
 * outcome is `unknown`, and the task waits for a person.
 */
import { AnimaticError } from '#domain/errors.ts';
import { toRfc3339 } from '#domain/instant.ts';
import type { JsonValue } from '#domain/json.ts';
import type { MicroDollars } from '#domain/money.ts';
import type { EngineStart } from '#domain/task/engine-start.ts';
import type { Engine, EngineJob, RecoveredStart } from '#ports/engine.ts';
import type { Ports } from '#ports/ports.ts';
import type { Lease, NotedStart } from '#ports/task-queue.ts';
import type { StopReason } from './lease-keeper.ts';
import { unlessStopped } from './unless-stopped.ts';

export type StartOutcome =
  | { readonly kind: 'started'; readonly handle: JsonValue }
  /** Nothing was started. */
  | { readonly kind: 'absent' }
  | { readonly kind: 'unknown'; readonly message: string }
  /** Before it was found out what became of the start. */
  | { readonly kind: 'stopped'; readonly reason: StopReason; readonly leftStart: EngineStart };

export interface StartingTask {
  readonly lease: Lease;
  /** Aborts with a `StopReason`. */
  readonly signal: AbortSignal;
}

type StartPorts = Pick<Ports, 'clock' | 'log' | 'queue'>;

/**
 * @throws AnimaticError as `Engine.start`, but for `engine_start_unknown`; `engine_busy` with `details.mostJobs` when the engine was not
 *   asked, because it has so many tasks in hand; `lease_lost`.
 */
export async function startJob(
  ports: StartPorts,
  starting: StartingTask,
  engine: Engine,
  job: EngineJob,
  limits: Pick<NotedStart, 'mostJobs'> = {},
): Promise<StartOutcome> {
  const quotedCost = await quoteOf(ports, engine, job);
  const start: EngineStart = { correlationId: job.correlationId, sentAt: ports.clock.now() };
  await ports.queue.noteEngineStart(starting.lease, {
    engine: engine.name,
    start,
    ...limits,
    ...(quotedCost === undefined ? {} : { quotedCost }),
  });
  let handle: JsonValue;
  try {
    handle = await engine.start(job);
  } catch (error) {
    return afterFailedStart(ports, starting, { engine, start, error });
  }
  await saveHandle(ports, starting.lease, engine, handle);
  return { kind: 'started', handle };
}

/** A price that cannot be had keeps no job from being made. */
async function quoteOf(
  { log }: Pick<Ports, 'log'>,
  engine: Engine,
  job: EngineJob,
): Promise<MicroDollars | undefined> {
  try {
    return await engine.quote(job);
  } catch (error) {
    log.warn(
      { taskId: job.taskId, engine: engine.name, error },
      'An engine could not say what a clip costs.',
    );
    return undefined;
  }
}

/** A defect of ours may have struck after the job was sent: it proves nothing. */
async function afterFailedStart(
  ports: StartPorts,
  starting: StartingTask,
  failed: { readonly engine: Engine; readonly start: EngineStart; readonly error: unknown },
): Promise<StartOutcome> {
  const { engine, start, error } = failed;
  const isVerdict = error instanceof AnimaticError;
  if (isVerdict && error.code !== 'engine_start_unknown') {
    await ports.queue.forgetEngineStart(starting.lease);
    throw error;
  }
  ports.log.warn(
    { taskId: starting.lease.taskId, engine: engine.name, correlationId: start.correlationId, error },
    'A start was not answered; the job is looked up.',
  );
  const outcome = await recoverStart(ports, starting, engine, start);
  if (outcome.kind === 'absent' && !isVerdict) throw error;
  return outcome;
}

/** What has become of a start that was noted and never answered. @throws AnimaticError `lease_lost`. */
export async function recoverStart(
  ports: StartPorts,
  { lease, signal }: StartingTask,
  engine: Engine,
  start: EngineStart,
): Promise<StartOutcome> {
  const recovered = await unlessStopped(lookUp(ports, engine, start), signal);
  if (recovered === 'stopped')
    return { kind: 'stopped', reason: signal.reason as StopReason, leftStart: start };
  switch (recovered.state) {
    case 'found':
      await saveHandle(ports, lease, engine, recovered.handle);
      return { kind: 'started', handle: recovered.handle };
    case 'absent':
      await ports.queue.forgetEngineStart(lease);
      return { kind: 'absent' };
    case 'unknown': {
      const { correlationId, sentAt } = start;
      const message = `job "${correlationId}" was sent to the engine "${engine.name}" at ${toRfc3339(sentAt)} and not answered, and the engine cannot say what became of it`;
      return { kind: 'unknown', message };
    }
  }
}

async function lookUp(
  { log }: Pick<Ports, 'log'>,
  engine: Engine,
  start: EngineStart,
): Promise<RecoveredStart> {
  try {
    return await engine.recover(start);
  } catch (error) {
    log.error({ engine: engine.name, error }, 'A start could not be looked up.');
    return { state: 'unknown' };
  }
}

/**
 * A job that could not be noted would run unseen: it is stopped. One that the next worker can take over is left running when the lease
 * is gone, because that worker finds the noted start and may have looked the job up already.
 * @throws AnimaticError `lease_lost`.
 */
async function saveHandle(ports: StartPorts, lease: Lease, engine: Engine, handle: JsonValue): Promise<void> {
  try {
    await ports.queue.saveEngineHandle(lease, handle);
  } catch (error) {
    const isLost = error instanceof AnimaticError && error.code === 'lease_lost';
    if (isLost && engine.capabilities.resumable) {
      ports.log.warn(
        { taskId: lease.taskId, engine: engine.name, handle },
        'A job was started and its worker lost the task meanwhile. The next worker looks the job up; if the task is parked, resolve it with this handle.',
      );
    } else await engine.cancel(handle);
    throw error;
  }
}
