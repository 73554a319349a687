/** `queue.fal.run`: submit a request, follow it, fetch its result, cancel it. */
import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { AnimaticError } from '#domain/errors.ts';
import { taskId } from '#domain/ids.ts';
import type { Task } from '#domain/task/task.ts';
import { isFinal } from '#domain/task/task-state.ts';
import { cancelTask } from '#services/cancel-task.ts';
import { findTask } from '#services/find-task.ts';
import { MAX_INPUT_BYTES } from '../http/body-limits.ts';
import { callerGone } from '../http/caller-gone.ts';
import type { HttpDependencies } from '../http/http-dependencies.ts';
import { principalOf } from '../http/principal.ts';
import { publicOrigin } from '../http/public-origin.ts';
import { statusCodeOf } from './queue-status.ts';
import { queueAddress, queueUrls } from './queue-urls.ts';
import { readQueueStatus } from './read-queue-status.ts';
import { REQUEST_ID_HEADER } from './request-id-header.ts';
import { appOf, type FollowUp, isFollowUp, parseRequestPath } from './request-path.ts';
import { sendResult } from './send-result.ts';
import { statusEvents } from './status-stream.ts';
import { SUBMIT_METHODS, submitRequest } from './submit-request.ts';

interface PathParams {
  readonly '*': string;
}

interface StatusQuery {
  readonly logs?: string;
}

type QueueRequest = FastifyRequest<{ Params: PathParams; Querystring: StatusQuery }>;

/** The AI SDK polls the result itself and goes on only at exactly this body. */
const STILL_RUNNING = { detail: 'Request is still in progress' };

type Answer = (
  deps: HttpDependencies,
  task: Task,
  request: QueueRequest,
  reply: FastifyReply,
) => Promise<FastifyReply>;

const READ_ANSWERS: Readonly<Record<Exclude<FollowUp, 'cancel'>, Answer>> = {
  result: async (deps, task, request, reply) =>
    isFinal(task.state)
      ? sendResult(reply, task, publicOrigin(request, deps))
      : reply.code(400).send(STILL_RUNNING),

  status: async (deps, task, request, reply) => {
    const logs = wantsLogs(request) ? await deps.tasks.readLog(task.id, 0) : undefined;
    const status = await readQueueStatus(deps, task, urlsOf(deps, task, request), logs);
    return reply.code(statusCodeOf(status)).send(status);
  },

  statusStream: async (deps, task, request, reply) => {
    const events = statusEvents(deps, {
      id: task.id,
      urls: urlsOf(deps, task, request),
      withLogs: wantsLogs(request),
      signal: callerGone(request, reply),
    });
    return reply
      .type('text/event-stream')
      .header('cache-control', 'no-store')
      .header('x-accel-buffering', 'no')
      .send(Readable.from(events));
  },
};

export function queueRoutes(server: FastifyInstance, deps: HttpDependencies): void {
  server.route<{ Params: PathParams; Querystring: StatusQuery }>({
    // The method of a submit is its caller's choice.
    method: [...SUBMIT_METHODS],
    // A HEAD that is answered as a GET would submit.
    exposeHeadRoute: false,
    url: '/queue/*',
    bodyLimit: MAX_INPUT_BYTES,
    handler: (request, reply) => answer(deps, request, reply),
  });
}

async function answer(deps: HttpDependencies, request: QueueRequest, reply: FastifyReply): Promise<unknown> {
  const path = request.params['*'];
  if (!isFollowUp(path)) return submit(deps, request, reply);
  const { requestId, followUp } = parseRequestPath(path) ?? {};
  const method = followUp === 'cancel' ? 'PUT' : 'GET';
  if (requestId === undefined || followUp === undefined || request.method !== method)
    throw noSuchPath(request);
  const task = await findRequest(deps, request, reply, requestId);
  if (followUp !== 'cancel') return READ_ANSWERS[followUp](deps, task, request, reply);
  await cancelTask(deps, principalOf(request), task.id);
  return reply.code(202).send({ status: 'CANCELLATION_REQUESTED' });
}

async function submit(deps: HttpDependencies, request: QueueRequest, reply: FastifyReply) {
  const task = await submitRequest(deps, request, reply, request.params['*']);
  const queuePosition = (await deps.tasks.queuePosition(task.id)) ?? 0;
  return {
    status: 'IN_QUEUE',
    request_id: task.id,
    ...urlsOf(deps, task, request),
    queue_position: queuePosition,
  };
}

async function findRequest(
  deps: HttpDependencies,
  request: QueueRequest,
  reply: FastifyReply,
  requestId: string,
): Promise<Task> {
  const task = await findTask(deps, taskId(requestId), principalOf(request).accountId, 'fal');
  reply.header(REQUEST_ID_HEADER, task.id);
  return task;
}

const urlsOf = (deps: HttpDependencies, task: Task, request: QueueRequest) =>
  queueUrls(queueAddress(request, deps), appOf(request.params['*']), task.id);

/** JS says `1`, Python `true`. */
const wantsLogs = ({ query: { logs } }: QueueRequest): boolean => logs === '1' || logs === 'true';

const noSuchPath = (request: QueueRequest): AnimaticError =>
  new AnimaticError(
    'not_found',
    `There is no ${request.method} ${request.url.split('?')[0]} in this API; requests are followed under <owner>/<alias>/requests/<id>.`,
  );
