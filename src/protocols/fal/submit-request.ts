import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Task } from '#domain/task/task.ts';
import { submitTask } from '#services/submit-task.ts';
import { bodyObject } from '../http/accept-json.ts';
import type { HttpDependencies } from '../http/http-dependencies.ts';
import { principalOf } from '../http/principal.ts';
import { ownOrigins } from '../http/public-origin.ts';
import { REQUEST_ID_HEADER } from './request-id-header.ts';
import { endpointIdOf } from './request-path.ts';

/** Accepts the body as input of the endpoint that `path` names. @throws AnimaticError as `submitTask` does. */
export async function submitRequest(
  deps: HttpDependencies,
  request: FastifyRequest,
  reply: FastifyReply,
  path: string,
): Promise<Task> {
  const task = await submitTask(deps, {
    principal: principalOf(request),
    endpoint: { protocol: 'fal', id: endpointIdOf(path) },
    body: bodyObject(request),
    ownOrigins: ownOrigins(request, deps),
  });
  reply.header(REQUEST_ID_HEADER, task.id);
  return task;
}
