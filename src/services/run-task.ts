/**
 * Carries one claimed task through files, engine and output to its conclusion. Whatever happens, when the promise resolves
 * the task is final, back in the queue, or owned by somebody else; it never rejects.
 */
import { AnimaticError, toStoredError } from '#domain/errors.ts';
import { assetId, type WorkerId } from '#domain/ids.ts';
import type { JsonValue } from '#domain/json.ts';
import type { Task, TaskOutput } from '#domain/task/task.ts';
import type { Engine } from '#ports/engine.ts';
import type { Ports } from '#ports/ports.ts';
import type { Lease } from '#ports/task-queue.ts';
import { concludeTask, type TaskOutcome } from './conclude-task.ts';
import { followJob } from './follow-job.ts';
import { LeaseKeeper, type LeaseTiming, type StopReason } from './lease-keeper.ts';
import { prepareJob } from './prepare-job.ts';

export type RunPorts = Pick<
  Ports,
  'assets' | 'clock' | 'engines' | 'fetcher' | 'ids' | 'log' | 'queue' | 'signals' | 'stills'
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
  try {
    await concludeTask(ports, { task, lease, outcome, log: keeper.takeLines() });
  } catch (error) {
    // The lease is gone or the store is: either way the task is, or will be, somebody else's.
    ports.log.warn({ taskId: task.id, attempt: task.attempt, error }, 'A task was left to another attempt.');
    if (outcome.kind === 'completed') await ports.assets.delete(outcome.output.assetId);
  }
  for (const path of attempt.scratchPaths) await ports.assets.discardScratch(path);
  ports.signals.announceTask(task.id);
}

/** Everything up to the verdict. Faults of the input and of ourselves become `failed`, a stop becomes `stopped`. */
async function tryToMake(ports: RunPorts, attempt: Attempt): Promise<TaskOutcome> {
  const { task, lease, keeper } = attempt;
  try {
    const engine = engineOf(ports, task);
    if (task.engineHandle !== undefined) {
      const resumed = await follow(ports, attempt, { engine, handle: task.engineHandle });
      if (resumed.kind !== 'lost') return resumed;
    }
    const job = await prepareJob(ports, task, engine, {
      signal: keeper.signal,
      scratchPaths: attempt.scratchPaths,
    });
    keeper.signal.throwIfAborted();
    const handle = await engine.start(job);
    await saveHandle(ports, lease, { engine, handle });
    return await follow(ports, attempt, { engine, handle, outputPath: job.outputPath });
  } catch (error) {
    if (keeper.signal.aborted) return { kind: 'stopped', reason: keeper.signal.reason as StopReason };
    if (error instanceof AnimaticError && error.code === 'lease_lost')
      return { kind: 'stopped', reason: 'leaseLost' };
    if (!(error instanceof AnimaticError))
      ports.log.error({ taskId: task.id, error }, 'A task failed unexpectedly.');
    return { kind: 'failed', error: toStoredError(error) };
  }
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
  job: { readonly engine: Engine; readonly handle: JsonValue; readonly outputPath?: string },
): Promise<TaskOutcome> {
  const outcome = await followJob(job.engine, job.handle, keeper);
  if (outcome.kind !== 'completed') return outcome;
  const outputPath = job.outputPath ?? (await ports.assets.createScratchPath('mp4'));
  scratchPaths.push(outputPath);
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
