/**
 * `fal.run`: one request that is answered with the result. A caller that hangs up gives the request up: it could never learn of the
 * result, and fal's JS client then sends the request again, which would be paid twice.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { AnimaticError } from '#domain/errors.ts';
import { isFinal } from '#domain/task/task-state.ts';
import { cancelTask } from '#services/cancel-task.ts';
import { waitForEnd } from '#services/find-task.ts';
import { MAX_INPUT_BYTES } from '../http/body-limits.ts';
import { callerGone } from '../http/caller-gone.ts';
import type { HttpDependencies } from '../http/http-dependencies.ts';
import { principalOf } from '../http/principal.ts';
import { publicOrigin } from '../http/public-origin.ts';
import { sendResult } from './send-result.ts';
import { SUBMIT_METHODS, submitRequest } from './submit-request.ts';

/** fal's own limit for one attempt. */
const LONGEST_RUN_MS = 3_600_000;

export function runRoutes(server: FastifyInstance, deps: HttpDependencies): void {
  server.route<{ Params: PathParams }>({
    method: [...SUBMIT_METHODS],
    // A HEAD that is answered as a GET would run.
    exposeHeadRoute: false,
    url: '/run/*',
    bodyLimit: MAX_INPUT_BYTES,
    handler: (request, reply) => run(deps, request, reply),
  });
}

interface PathParams {
  readonly '*': string;
}

async function run(
  deps: HttpDependencies,
  request: FastifyRequest<{ Params: PathParams }>,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const signal = callerGone(request, reply);
  const submitted = await submitRequest(deps, request, reply, request.params['*'], { isRun: true });
  const task = await waitForEnd(deps, submitted.id, { timeoutMs: LONGEST_RUN_MS, signal });
  if (isFinal(task.state)) return sendResult(reply, task, publicOrigin(request, deps));
  // Under a key of its own the request can be sent again, and the result had then.
  if (task.submission?.idempotencyKey === undefined) await cancelTask(deps, principalOf(request), task.id);
  throw new AnimaticError(
    'cancelled',
    'The request was given up before it finished: the caller or the server went away, or it took an hour. Use the queue for long runs.',
  );
}
