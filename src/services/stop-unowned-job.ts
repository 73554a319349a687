import type { Task } from '#domain/task/task.ts';
import { isFinal } from '#domain/task/task-state.ts';
import type { Engine } from '#ports/engine.ts';
import type { Ports } from '#ports/ports.ts';

/** By what a job is known that may run on: its handle, or the start of which it is not known whether it started one. */
export type LeftJob = Pick<Task, 'id' | 'engine' | 'engineHandle' | 'engineStart'>;

/**
 * Stops the job of a task that has come to its end without it: no worker will ask for that job again, and it may cost money. A task that
 * waits or runs keeps its job. Looking up a start can take minutes. Never rejects: what cannot be stopped is told to the operator.
 */
export async function stopUnownedJob(
  ports: Pick<Ports, 'engines' | 'log' | 'tasks'>,
  left: LeftJob,
): Promise<void> {
  const { id, engine: name, engineHandle: handle, engineStart: start } = left;
  if (handle === undefined && start === undefined) return;
  try {
    const stored = await ports.tasks.find(id);
    if (stored !== undefined && (!isFinal(stored.state) || stored.state === 'completed')) return;
    const engine = ports.engines.byName(name);
    if (engine === undefined) throw new Error(`The engine "${name}" is not set up.`);
    await stop(engine, left);
  } catch (error) {
    ports.log.warn(
      { taskId: id, engine: name, handle, start, error },
      'A job may run on that nobody waits for; the engine may still charge for it.',
    );
  }
}

/** @throws Error when it is not known whether there is a job. */
async function stop(engine: Engine, { engineHandle, engineStart }: LeftJob): Promise<void> {
  if (engineHandle !== undefined) return engine.cancel(engineHandle);
  if (engineStart === undefined) return;
  const recovered = await engine.recover(engineStart);
  if (recovered.state === 'found') return engine.cancel(recovered.handle);
  if (recovered.state === 'unknown') throw new Error('Nobody can say whether the job was started.');
}

/** The same, in the background where it may take minutes. */
export async function letGoOfJob(ports: Parameters<typeof stopUnownedJob>[0], left: LeftJob): Promise<void> {
  const stopped = stopUnownedJob(ports, left);
  if (left.engineHandle !== undefined) await stopped;
}
