/**
 * Carries one claimed task through files, engine and output to its conclusion. Whatever happens, when the promise resolves
 * the task is final, back in the queue, or owned by somebody else; it never rejects.
 */
import { AnimaticError, toStoredError } from '#domain/errors.ts';
import { assetId, type WorkerId } from '#domain/ids.ts';
import type { JsonValue } from '#domain/json.ts';
import { MAX_ATTEMPTS } from '#domain/task/retry-limits.ts';
import type { Task, TaskOutput } from '#domain/task/task.ts';
import { isFinal } from '#domain/task/task-state.ts';
import type { Engine } from '#ports/engine.ts';
import type { Ports } from '#ports/ports.ts';
import type { Lease } from '#ports/task-queue.ts';
import { removeScratchFiles, removeUnlessNamed } from './attempt-leftovers.ts';
import { concludeTask, type TaskOutcome } from './conclude-task.ts';
import { followJob } from './follow-job.ts';
import { LeaseKeeper, type LeaseTiming, type StopReason } from './lease-keeper.ts';
import { prepareJob } from './prepare-job.ts';
import { removeFiles } from './remove-files.ts';

export type RunPorts = Pick<
  Ports,
  'assets' | 'clock' | 'engines' | 'fetcher' | 'ids' | 'log' | 'queue' | 'signals' | 'stills' | 'tasks'
>;

/** What one attempt at a task works with. */
interface Attempt {
  readonly task: Task;
  readonly lease: Lease;
  readonly keeper: LeaseKeeper;
  /** Files made for this attempt alone; removed at its end. */
  readonly scratchPaths: string[];
}

/** @param options.shutdown Aborts when the worker is to stop: the task goes back to the queue. */
export async function runTask(
  ports: RunPorts,
  task: Task,
  options: { readonly workerId: WorkerId; readonly timing: LeaseTiming; readonly shutdown: AbortSignal },
): Promise<void> {
  const lease: Lease = { taskId: task.id, workerId: options.workerId, attempt: task.attempt };
  const keeper = new LeaseKeeper(ports, lease, options.timing, options.shutdown);
  const attempt: Attempt = { task, lease, keeper, scratchPaths: [] };
  const outcome = await tryToMake(ports, attempt);
  await keeper.end();
  await conclude(ports, attempt, outcome);
  await removeScratchFiles(ports, task, attempt.scratchPaths);
  ports.signals.announceTask(task.id);
}

/** The lease may be gone, or the store: either way the task is, or will be, somebody else's. */
async function conclude(
  ports: RunPorts,
  { task, lease, keeper }: Attempt,
  outcome: TaskOutcome,
): Promise<void> {
  try {
    await concludeTask(ports, { task, lease, outcome, log: keeper.takeLines() });
    await removeIfDeleted(ports, task);
  } catch (error) {
    const isExpected = error instanceof AnimaticError && error.code === 'lease_lost';
    ports.log[isExpected ? 'warn' : 'error'](
      { taskId: task.id, attempt: task.attempt, error },
      'A task was left to another attempt.',
    );
    if (outcome.kind === 'completed') await removeUnlessNamed(ports, task, outcome.output);
  }
}

/** A task may be deleted while it runs. Whichever comes second, its end or `deleteTasks`, sees the other and removes its files. */
async function removeIfDeleted(ports: RunPorts, task: Task): Promise<void> {
  const stored = await ports.tasks.find(task.id);
  if (stored?.deletedAt !== undefined && isFinal(stored.state)) await removeFiles(ports, stored);
}

/** Everything up to the verdict. Faults of the input and of ourselves become `failed`, a stop becomes `stopped`. */
async function tryToMake(ports: RunPorts, attempt: Attempt): Promise<TaskOutcome> {
  const { task, keeper } = attempt;
  // Whatever ended the attempts before left no verdict: perhaps the task takes the whole program down each time.
  if (task.attempt > MAX_ATTEMPTS) return { kind: 'lost', message: 'no attempt came to an end' };
  try {
    const engine = engineOf(ports, task);
    return (await resume(ports, attempt, engine)) ?? (await make(ports, attempt, engine));
  } catch (error) {
    if (keeper.signal.aborted) return { kind: 'stopped', reason: keeper.signal.reason as StopReason };
    if (error instanceof AnimaticError && error.code === 'lease_lost')
      return { kind: 'stopped', reason: 'leaseLost' };
    if (!(error instanceof AnimaticError))
      ports.log.error({ taskId: task.id, error }, 'A task failed unexpectedly.');
    return { kind: 'failed', error: toStoredError(error) };
  }
}

/** The outcome of the job that an earlier attempt started; undefined when there is none, or none that a clip can be had of. */
async function resume(ports: RunPorts, attempt: Attempt, engine: Engine): Promise<TaskOutcome | undefined> {
  const { task, keeper } = attempt;
  if (task.engineHandle === undefined) return undefined;
  try {
    const outcome = await follow(ports, attempt, { engine, handle: task.engineHandle });
    return outcome.kind === 'lost' ? undefined : outcome;
  } catch (error) {
    if (keeper.signal.aborted) throw error;
    ports.log.warn(
      { taskId: task.id, error },
      'A job of an earlier attempt cannot be taken over; a new one is made.',
    );
    return undefined;
  }
}

async function make(ports: RunPorts, attempt: Attempt, engine: Engine): Promise<TaskOutcome> {
  const { task, lease, keeper, scratchPaths } = attempt;
  const job = await prepareJob(ports, task, engine, { signal: keeper.signal, scratchPaths });
  keeper.signal.throwIfAborted();
  const handle = await engine.start(job);
  await saveHandle(ports, lease, { engine, handle });
  return follow(ports, attempt, { engine, handle, outputPath: job.outputPath });
}

/** A job that could not be noted would run unseen: it is stopped. @throws AnimaticError `lease_lost`. */
async function saveHandle(
  ports: RunPorts,
  lease: Lease,
  { engine, handle }: { readonly engine: Engine; readonly handle: JsonValue },
): Promise<void> {
  try {
    await ports.queue.saveEngineHandle(lease, handle);
  } catch (error) {
    await engine.cancel(handle);
    throw error;
  }
}

function engineOf(ports: RunPorts, task: Task): Engine {
  const engine = ports.engines.byName(task.engine);
  if (engine === undefined) {
    throw new AnimaticError(
      'engine_failed',
      `The engine "${task.engine}" that this task was bound to is no longer set up.`,
    );
  }
  return engine;
}

/** Follows the job; a finished clip is fetched and becomes a file of ours. */
async function follow(
  ports: RunPorts,
  { task, keeper, scratchPaths }: Attempt,
  /** `outputPath` only of a job that this attempt started. */
  job: { readonly engine: Engine; readonly handle: JsonValue; readonly outputPath?: string },
): Promise<TaskOutcome> {
  const outcome = await followJob(job.engine, job.handle, keeper);
  if (outcome.kind !== 'completed') return outcome;
  let { outputPath } = job;
  if (outputPath === undefined) {
    outputPath = await ports.assets.createScratchPath('mp4');
    scratchPaths.push(outputPath);
  }
  await job.engine.fetch(job.handle, outputPath);
  const asset = await ports.assets.adopt(assetId(ports.ids.hex(16)), outputPath, `${task.id}.mp4`);
  const output: TaskOutput = {
    assetId: asset.id,
    fileName: asset.fileName,
    contentType: asset.contentType,
    byteLength: asset.byteLength,
    size: outcome.clip.size,
    durationSeconds: outcome.clip.durationSeconds,
  };
  return { kind: 'completed', output };
}
