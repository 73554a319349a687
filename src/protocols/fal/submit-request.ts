import type { FastifyReply, FastifyRequest } from 'fastify';
import type { JsonObject } from '#domain/json.ts';
import type { Task } from '#domain/task/task.ts';
import { submitTask } from '#services/submit-task.ts';
import { bodyObject } from '../http/accept-json.ts';
import { admitSubmit } from '../http/emulator-controls.ts';
import type { HttpDependencies } from '../http/http-dependencies.ts';
import { idempotencyKeyOf } from '../http/idempotency-key.ts';
import { principalOf } from '../http/principal.ts';
import { ownOrigins } from '../http/public-origin.ts';
import { REQUEST_ID_HEADER } from './request-id-header.ts';
import { endpointIdOf } from './request-path.ts';
import { OUTPUT_LIFECYCLE_HEADERS, requestedLifecycle } from './requested-lifecycle.ts';
import { isTriedOnce, requestedQueueing } from './requested-queueing.ts';
import { requestedWebhook } from './requested-webhook.ts';

/** fal's JS client sends a request by the method that its user names; POST when none is. */
export const SUBMIT_METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

/**
 * Accepts the body (of a GET the query) as input of the endpoint that `path` names.
 * @param options.isRun Its caller waits for the result, and can send it again itself: it is not tried again here, unless it has a key
 *   under which the result can be had later.
 * @throws AnimaticError as `submitTask` does.
 */
export async function submitRequest(
  deps: HttpDependencies,
  request: FastifyRequest,
  reply: FastifyReply,
  path: string,
  { isRun = false }: { readonly isRun?: boolean } = {},
): Promise<Task> {
  const webhook = requestedWebhook(request);
  const idempotencyKey = idempotencyKeyOf(request);
  const endpoint = { protocol: 'fal', id: endpointIdOf(path) } as const;
  const { queueing, ...admitted } = await admitSubmit(deps, request, endpoint, inputOf(request));
  const task = await submitTask(deps, {
    principal: principalOf(request),
    endpoint,
    ...admitted,
    ownOrigins: ownOrigins(request, deps),
    queueing: { ...requestedQueueing(request), ...queueing },
    isTriedOnce: isTriedOnce(request) || (isRun && idempotencyKey === undefined),
    outputWish: requestedLifecycle(request, OUTPUT_LIFECYCLE_HEADERS),
    idempotencyKey,
    policy: deps.submitPolicy,
    ...(webhook === undefined ? {} : { webhook }),
  });
  reply.header(REQUEST_ID_HEADER, task.id);
  return task;
}

/** fal's JS client sends the input as a query when it is told to use GET. What is no field of the endpoint is dropped later. */
const inputOf = (request: FastifyRequest): JsonObject =>
  request.method === 'GET' ? (request.query as JsonObject) : bodyObject(request);
