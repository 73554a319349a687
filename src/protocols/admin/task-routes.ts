/** Tasks as the command line follows them. */
import type { FastifyInstance } from 'fastify';
import { type Static, Type } from 'typebox';
import { AnimaticError } from '#domain/errors.ts';
import { taskId } from '#domain/ids.ts';
import { isFinal } from '#domain/task/task-state.ts';
import { callerGone } from '../http/caller-gone.ts';
import type { HttpDependencies } from '../http/http-dependencies.ts';
import { principalOf } from '../http/principal.ts';
import { type TaskView, toOperatorTaskView, toTaskView } from '../http/task-view.ts';

const Following = Type.Object({
  after: Type.Integer({ minimum: 0, default: 0 }),
  waitMs: Type.Integer({ minimum: 0, maximum: 30_000, default: 0 }),
});

interface IdParams {
  readonly id: string;
}

export function taskRoutes(server: FastifyInstance, deps: HttpDependencies): void {
  server.get<{ Params: IdParams; Querystring: Static<typeof Following> }>(
    '/tasks/:id',
    { schema: { querystring: Following } },
    async (request, reply): Promise<TaskView> => {
      const id = taskId(request.params.id);
      const { after, waitMs } = request.query;
      const { accountId, role } = principalOf(request);
      const toView = role === 'admin' ? toOperatorTaskView : toTaskView;
      const read = async () => {
        const task = await deps.tasks.find(id, accountId);
        if (task === undefined)
          throw new AnimaticError('not_found', `There is no task "${id}" in this account.`);
        return { task, log: await deps.tasks.readLog(id, after) };
      };
      // Begun before the read, so that a change in between is not slept through.
      const change = deps.signals.waitForTask(id, waitMs, callerGone(request, reply));
      const now = await read();
      if (isFinal(now.task.state) || now.log.length > 0) return toView(now.task, now.log);
      await change;
      const later = await read();
      return toView(later.task, later.log);
    },
  );
}
