import type { FastifyReply } from 'fastify';
import { findEndpoint } from '#catalogue/index.ts';
import { billedUnits } from '#catalogue/price.ts';
import type { Task } from '#domain/task/task.ts';
import { sendFalError } from './fal-error.ts';
import { toFalOutput } from './fal-output.ts';

/** The final task's output, or its failure under the failure's own status, with what was billed; the same on every call. */
export function sendResult(reply: FastifyReply, task: Task, origin: string): FastifyReply {
  const units = task.output === undefined ? '0' : billedUnits(findEndpoint(task.endpoint), task.output);
  reply.header('x-fal-billable-units', units);
  if (task.error !== undefined) return sendFalError(reply, task.error, task.input);
  return reply.send(toFalOutput(task, origin));
}
