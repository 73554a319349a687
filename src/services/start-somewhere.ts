/**
 * Starts a task's job with the first engine of its route that takes it. The next one is asked only when nothing was started: the engine
 * was busy, or could not be reached. What an engine says of the request itself, such as a refusal by moderation, is the last word.
 */
import { findEndpoint } from '#catalogue/index.ts';
import { AnimaticError, type StoredError, toStoredError } from '#domain/errors.ts';
import type { Task } from '#domain/task/task.ts';
import type { Engine } from '#ports/engine.ts';
import type { StartReport } from '#ports/engine-directory.ts';
import type { Ports } from '#ports/ports.ts';
import type { Lease } from '#ports/task-queue.ts';
import { chooseEngines } from './choose-engines.ts';
import type { LeaseKeeper } from './lease-keeper.ts';
import { jobFor, type PreparedFiles } from './prepare-job.ts';
import { randomFrom } from './random-from.ts';
import { type StartOutcome, startJob } from './start-job.ts';

export type Placement =
  | { readonly kind: 'placed'; readonly engine: Engine; readonly outcome: StartOutcome }
  /** Every engine of the route is busy or down, and nothing was started. */
  | {
      readonly kind: 'waiting';
      /** The first to be asked next time. */
      readonly engine: string;
      readonly error: StoredError;
    };

export interface TaskToPlace {
  readonly task: Task;
  readonly lease: Lease;
  readonly keeper: LeaseKeeper;
  readonly files: PreparedFiles;
}

type PlacePorts = Pick<Ports, 'clock' | 'engines' | 'ids' | 'log' | 'queue'>;

/** @throws AnimaticError `unsupported_by_engine`, what an engine says of the request, `lease_lost`. */
export async function startSomewhere(ports: PlacePorts, placing: TaskToPlace): Promise<Placement> {
  const { task, keeper } = placing;
  const engines = await enginesOf(ports, placing);
  let failure: AnimaticError | undefined;
  for (const engine of engines) {
    keeper.signal.throwIfAborted();
    if (failure !== undefined)
      keeper.log('info', `${failure.message} The engine "${engine.name}" is asked instead.`);
    const placement = await tryEngine(ports, placing, engine);
    if (!(placement instanceof AnimaticError)) return placement;
    failure = placement;
    ports.log.warn(
      { taskId: task.id, engine: engine.name, code: failure.code, reason: failure.message },
      'An engine did not take a task; nothing was started.',
    );
  }
  return { kind: 'waiting', engine: engines[0].name, error: toStoredError(failure) };
}

/** The engine that the task is bound to comes first, as long as it may. */
async function enginesOf(
  ports: PlacePorts,
  { task, files }: TaskToPlace,
): Promise<readonly [Engine, ...Engine[]]> {
  const { request, inputPaths, accountId } = task;
  const wanted = { endpoint: findEndpoint(task.endpoint), request, inputPaths, accountId };
  const chosen = await chooseEngines(ports, wanted, {
    askCost: (engine) => engine.quote(jobFor(task, engine, files)),
    random: randomFrom(ports.ids),
  });
  const bound = chosen.find(({ name }) => name === task.engine);
  return bound === undefined ? chosen : [bound, ...chosen.filter((engine) => engine !== bound)];
}

/** The error when nothing was started and another engine may do. */
async function tryEngine(
  ports: PlacePorts,
  { task, lease, keeper, files }: TaskToPlace,
  engine: Engine,
): Promise<(Placement & { readonly kind: 'placed' }) | AnimaticError> {
  const { name } = engine;
  if (!ports.engines.admits(name))
    return new AnimaticError('engine_unavailable', `The engine "${name}" is left alone for a while.`);
  const mostJobs = ports.engines.list().find((listed) => listed.engine.name === name)?.mostJobs;
  const starting = { lease, signal: keeper.signal };
  const limits = mostJobs === undefined ? {} : { mostJobs };
  try {
    const outcome = await startJob(ports, starting, engine, jobFor(task, engine, files), limits);
    ports.engines.report(name, { kind: outcome.kind === 'started' ? 'started' : 'unavailable' });
    if (task.request.webSearch && !engine.capabilities.webSearch)
      keeper.log('warn', `Nothing was searched on the web: the engine "${name}" does not do that.`);
    return { kind: 'placed', engine, outcome };
  } catch (error) {
    const report = reportOn(error);
    if (report !== undefined) ports.engines.report(name, report);
    if (error instanceof AnimaticError && isNobodysFault(error)) return error;
    throw error;
  }
}

const isNobodysFault = ({ code }: AnimaticError): boolean =>
  code === 'engine_busy' || code === 'engine_unavailable';

/** What a failed start says of the engine; undefined when it was not asked, or nobody can tell. */
function reportOn(error: unknown): StartReport | undefined {
  if (!(error instanceof AnimaticError) || error.code === 'lease_lost') return undefined;
  const { mostJobs, retryAfterMs } = error.details ?? {};
  switch (error.code) {
    case 'engine_busy':
      if (mostJobs !== undefined) return undefined;
      return { kind: 'busy', ...(typeof retryAfterMs === 'number' ? { retryAfterMs } : {}) };
    case 'engine_unavailable':
      return { kind: 'unavailable' };
    default:
      // It has read the request and answered: it works.
      return { kind: 'started' };
  }
}
