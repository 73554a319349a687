/**
 * Carries one claimed task through files, engine and output to its conclusion. Whatever happens, when the promise resolves
 * the task is final, back in the queue, or owned by somebody else; it never rejects.
 */
import { AnimaticError, toStoredError } from '#domain/errors.ts';
import { ruleFrom } from '#domain/file/file-rule.ts';
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
import { prepareFiles } from './prepare-job.ts';
import { removeFiles } from './remove-files.ts';
import { recoverStart, type StartOutcome } from './start-job.ts';
import { startSomewhere } from './start-somewhere.ts';
import { letGoOfJob } from './stop-unowned-job.ts';

export type RunPorts = Pick<
  Ports,
  | 'assets'
  | 'clock'
  | 'engines'
  | 'fetcher'
  | 'fileRules'
  | 'ids'
  | 'log'
  | 'queue'
  | 'signals'
  | 'stills'
  | 'tasks'
>;

/** What one attempt at a task works with. */
interface Attempt {
  readonly task: Task;
  /** Name of the engine that has, or may have, its job. */
  engine: string;
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
  const attempt: Attempt = { task, engine: task.engine, lease, keeper, scratchPaths: [] };
  const outcome = await tryToMake(ports, attempt);
  await keeper.end();
  if (outcome.kind === 'unknown') {
    ports.log.error(
      { taskId: task.id, reason: outcome.message },
      'A job may have been started and cannot be found. Look at the engine, then say what became of it: animatic engines resolve.',
    );
  }
  await conclude(ports, attempt, outcome);
  await letGo(ports, attempt, outcome);
  await removeScratchFiles(ports, task, attempt.scratchPaths);
  ports.signals.announceTask(task.id);
}

/** The task may have been cancelled while nobody held it, or before it was known what had become of its start. */
async function letGo(ports: RunPorts, { task, engine }: Attempt, outcome: TaskOutcome): Promise<void> {
  if (outcome.kind !== 'stopped') return;
  const { leftHandle, leftStart } = outcome;
  await letGoOfJob(ports, {
    id: task.id,
    engine,
    ...(leftHandle === undefined ? {} : { engineHandle: leftHandle }),
    ...(leftStart === undefined ? {} : { engineStart: leftStart }),
  });
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
  const mayBePaid = task.engineHandle !== undefined || task.engineStart !== undefined;
  const engine = ports.engines.byName(task.engine);
  if (engine === undefined && mayBePaid)
    return {
      kind: 'unknown',
      message: `the engine "${task.engine}" that it was sent to is no longer set up`,
    };
  // Whatever ended the attempts before left no verdict: perhaps the task takes the whole program down each time.
  if (task.attempt > MAX_ATTEMPTS) {
    const message = 'no attempt came to an end';
    return { kind: mayBePaid && engine?.capabilities.resumable === true ? 'unknown' : 'lost', message };
  }
  try {
    const resumed = engine === undefined ? undefined : await resume(ports, attempt, engine);
    return resumed ?? (await make(ports, attempt));
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
  const { task, lease, keeper } = attempt;
  if (task.engineHandle === undefined) {
    if (task.engineStart === undefined) return undefined;
    const starting = { lease, signal: keeper.signal };
    const recovered = await recoverStart(ports, starting, engine, task.engineStart);
    return recovered.kind === 'absent'
      ? undefined
      : afterStart(ports, attempt, { engine, outcome: recovered });
  }
  try {
    const outcome = await follow(ports, attempt, { engine, handle: task.engineHandle });
    return outcome.kind === 'lost' ? undefined : outcome;
  } catch (error) {
    // A job that was paid for is not bought again because it cannot be asked for.
    if (keeper.signal.aborted || engine.capabilities.resumable) throw error;
    ports.log.warn(
      { taskId: task.id, error },
      'A job of an earlier attempt cannot be taken over; a new one is made.',
    );
    return undefined;
  }
}

async function make(ports: RunPorts, attempt: Attempt): Promise<TaskOutcome> {
  const { task, lease, keeper, scratchPaths } = attempt;
  const files = await prepareFiles(ports, task, { signal: keeper.signal, scratchPaths });
  keeper.signal.throwIfAborted();
  const placement = await startSomewhere(ports, { task, lease, keeper, files });
  if (placement.kind === 'waiting') return placement;
  attempt.engine = placement.engine.name;
  return afterStart(ports, attempt, { ...placement, outputPath: files.outputPath });
}

async function afterStart(
  ports: RunPorts,
  attempt: Attempt,
  {
    engine,
    outcome,
    outputPath,
  }: { readonly engine: Engine; readonly outcome: StartOutcome; readonly outputPath?: string },
): Promise<TaskOutcome> {
  switch (outcome.kind) {
    case 'started':
      return follow(ports, attempt, {
        engine,
        handle: outcome.handle,
        ...(outputPath === undefined ? {} : { outputPath }),
      });
    case 'absent':
      return { kind: 'lost', message: `the engine "${engine.name}" never received the job` };
    case 'unknown':
    case 'stopped':
      return outcome;
  }
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
  const id = assetId(ports.ids.hex(16));
  if (task.outputWish !== undefined)
    await ports.fileRules.set(id, ruleFrom(task.outputWish, task.accountId, ports.clock.now()));
  const asset = await ports.assets.adopt(id, outputPath, `${task.id}.mp4`);
  const output: TaskOutput = {
    assetId: asset.id,
    fileName: asset.fileName,
    contentType: asset.contentType,
    byteLength: asset.byteLength,
    size: outcome.clip.size,
    durationSeconds: outcome.clip.durationSeconds,
  };
  const { cost } = outcome.clip;
  return { kind: 'completed', output, ...(cost === undefined ? {} : { cost }) };
}
