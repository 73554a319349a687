import type { FastifyReply } from 'fastify';
import type { Task } from '#domain/task/task.ts';
import { sendFalError } from './fal-error.ts';
import { toFalOutput } from './fal-output.ts';

/** The final task's output, or its failure under the failure's own status; the same on every call. */
export function sendResult(reply: FastifyReply, task: Task, origin: string): FastifyReply {
  if (task.error !== undefined) return sendFalError(reply, task.error, task.input);
  return reply.send(toFalOutput(task, origin));
}
