/** Tasks that wait for a person to say what became of their start. */
import type { FastifyInstance } from 'fastify';
import { type Static, Type } from 'typebox';
import { AnimaticError } from '#domain/errors.ts';
import { taskId } from '#domain/ids.ts';
import { toRfc3339 } from '#domain/instant.ts';
import { formatUsd } from '#domain/money.ts';
import type { Task } from '#domain/task/task.ts';
import { type PersonsVerdict, resolveParkedTask } from '#services/resolve-parked-task.ts';
import type { HttpDependencies } from '../http/http-dependencies.ts';
import { type TaskView, toOperatorTaskView } from '../http/task-view.ts';

export interface ParkedTaskView {
  readonly id: string;
  readonly accountId: string;
  readonly protocol: string;
  readonly endpoint: string;
  /** Which may or may not have started the job. */
  readonly engine: string;
  /** By which the job can be known at the engine. */
  readonly correlationId?: string;
  readonly sentAt?: string;
  readonly parkedAt: string;
  readonly held: string;
  readonly cancelRequested: boolean;
}

const Verdict = Type.Object({
  verdict: Type.Enum(['found', 'absent', 'givenUp']),
  job: Type.Optional(Type.String({ minLength: 1, maxLength: 20_000 })),
});

const MOST_LISTED = 500;

export function parkedRoutes(server: FastifyInstance, deps: HttpDependencies): void {
  server.get('/parked', async (): Promise<{ readonly tasks: readonly ParkedTaskView[] }> => {
    const tasks = await deps.queue.listParked(MOST_LISTED);
    return { tasks: tasks.map(toParkedTaskView) };
  });

  server.post<{ Params: { readonly id: string }; Body: Static<typeof Verdict> }>(
    '/parked/:id/resolve',
    { schema: { body: Verdict } },
    async ({ params, body }): Promise<TaskView> => {
      const id = taskId(params.id);
      const task = await resolveParkedTask(deps, id, verdictOf(body));
      return toOperatorTaskView(task, await deps.tasks.readLog(id, 0));
    },
  );
}

/** @throws AnimaticError `missing_parameter`. */
function verdictOf({ verdict, job }: Static<typeof Verdict>): PersonsVerdict {
  if (verdict !== 'found') return { kind: verdict };
  if (job !== undefined) return { kind: 'found', job };
  throw new AnimaticError(
    'missing_parameter',
    'The verdict "found" needs the job: its id as the service shows it, or its handle as JSON.',
    { path: ['job'] },
  );
}

const toParkedTaskView = (task: Task): ParkedTaskView => ({
  id: task.id,
  accountId: task.accountId,
  protocol: task.endpoint.protocol,
  endpoint: task.endpoint.id,
  engine: task.engine,
  ...(task.engineStart === undefined
    ? {}
    : { correlationId: task.engineStart.correlationId, sentAt: toRfc3339(task.engineStart.sentAt) }),
  parkedAt: toRfc3339(task.parkedAt!),
  held: formatUsd(task.held),
  cancelRequested: task.cancelRequestedAt !== undefined,
});
