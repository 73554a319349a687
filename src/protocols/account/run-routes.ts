/** Runs of the own account, whichever protocol they came by. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type Static, Type } from 'typebox';
import { PROTOCOLS } from '#domain/endpoint-key.ts';
import { AnimaticError } from '#domain/errors.ts';
import { apiKeyId, taskId } from '#domain/ids.ts';
import type { Task } from '#domain/task/task.ts';
import { isFinal, TASK_STATES } from '#domain/task/task-state.ts';
import type { TaskBrowse } from '#ports/task-store.ts';
import { cancelTask } from '#services/cancel-task.ts';
import { deleteTasks } from '#services/delete-tasks.ts';
import { callerGone } from '../http/caller-gone.ts';
import type { HttpDependencies } from '../http/http-dependencies.ts';
import { principalOf } from '../http/principal.ts';
import { given, Limit, momentOf, someOf } from './list-query.ts';
import { type RunDetails, type RunView, toRunDetails, toRunView } from './run-view.ts';

const Listing = Type.Object({
  protocol: Type.Optional(Type.Enum([...PROTOCOLS])),
  endpoint: Type.Optional(Type.String()),
  state: Type.Optional(Type.String()),
  from: Type.Optional(Type.String()),
  until: Type.Optional(Type.String()),
  text: Type.Optional(Type.String({ maxLength: 500 })),
  apiKeyId: Type.Optional(Type.String()),
  endUserId: Type.Optional(Type.String()),
  cursor: Type.Optional(Type.String()),
  limit: Limit,
});

const Following = Type.Object({
  after: Type.Integer({ minimum: 0, default: 0 }),
  waitMs: Type.Integer({ minimum: 0, maximum: 30_000, default: 0 }),
});

interface IdParams {
  readonly id: string;
}

interface RunPage {
  readonly runs: readonly RunView[];
  /** Leads to the next page; absent on the last. */
  readonly next?: string;
}

export function runRoutes(server: FastifyInstance, deps: HttpDependencies): void {
  server.get<{ Querystring: Static<typeof Listing> }>(
    '/runs',
    { schema: { querystring: Listing } },
    async (request): Promise<RunPage> => {
      const { limit } = request.query;
      // One more than the page holds tells whether there is another.
      const tasks = await deps.tasks.browse({
        accountId: principalOf(request).accountId,
        ...filterOf(request.query),
        limit: limit + 1,
      });
      const runs = tasks.slice(0, limit).map(toRunView);
      return { runs, ...(tasks.length > limit ? { next: runs.at(-1)!.id } : {}) };
    },
  );

  server.get<{ Params: IdParams; Querystring: Static<typeof Following> }>(
    '/runs/:id',
    { schema: { querystring: Following } },
    async (request, reply) => followRun(deps, request, reply),
  );

  server.post<{ Params: IdParams }>('/runs/:id/cancel', async (request, reply) => {
    const task = await cancelTask(deps, principalOf(request), taskId(request.params.id));
    const view: RunView = toRunView(task);
    return reply.code(202).send(view);
  });

  server.delete<{ Params: IdParams }>('/runs/:id', async (request, reply) => {
    const { id, endpoint } = await ownTask(deps, request);
    await deleteTasks(deps, principalOf(request), endpoint.protocol, [id]);
    return reply.code(204).send();
  });
}

async function followRun(
  deps: HttpDependencies,
  request: FastifyRequest<{ Params: IdParams; Querystring: Static<typeof Following> }>,
  reply: FastifyReply,
): Promise<RunDetails> {
  const { after, waitMs } = request.query;
  const read = async () => {
    const task = await ownTask(deps, request);
    const [log, position] = await Promise.all([
      deps.tasks.readLog(task.id, after),
      deps.tasks.queuePosition(task.id),
    ]);
    return { task, log, view: toRunDetails(task, log, position) };
  };
  // Begun before the read, so that a change in between is not slept through.
  const change = deps.signals.waitForTask(taskId(request.params.id), waitMs, callerGone(request, reply));
  const now = await read();
  if (isFinal(now.task.state) || now.log.length > 0) return now.view;
  await change;
  return (await read()).view;
}

async function ownTask(deps: HttpDependencies, request: FastifyRequest<{ Params: IdParams }>): Promise<Task> {
  const { id } = request.params;
  const task = await deps.tasks.find(taskId(id), principalOf(request).accountId);
  if (task === undefined) throw new AnimaticError('not_found', `There is no run "${id}" in this account.`);
  return task;
}

function filterOf(query: Static<typeof Listing>): Omit<TaskBrowse, 'accountId' | 'limit'> {
  const states = someOf(query.state, TASK_STATES, 'state');
  const from = momentOf(query.from, 'from');
  const until = momentOf(query.until, 'until');
  const [endpointId, text] = [given(query.endpoint), given(query.text)];
  const [key, endUserId, cursor] = [given(query.apiKeyId), given(query.endUserId), given(query.cursor)];
  return {
    ...(query.protocol === undefined ? {} : { protocol: query.protocol }),
    ...(endpointId === undefined ? {} : { endpointId }),
    ...(states === undefined ? {} : { states }),
    ...(from === undefined ? {} : { from }),
    ...(until === undefined ? {} : { until }),
    ...(text === undefined ? {} : { text }),
    ...(key === undefined ? {} : { apiKeyId: apiKeyId(key) }),
    ...(endUserId === undefined ? {} : { endUserId }),
    ...(cursor === undefined ? {} : { after: taskId(cursor) }),
  };
}
