/** Webhooks of the own account's tasks. */
import type { FastifyInstance } from 'fastify';
import { taskId } from '#domain/ids.ts';
import { reportWebhook, resendWebhook } from '#services/webhook-events.ts';
import type { HttpDependencies } from '../http/http-dependencies.ts';
import { principalOf } from '../http/principal.ts';
import { toWebhookView, type WebhookView } from '../http/webhook-view.ts';

interface IdParams {
  readonly id: string;
}

export function webhookRoutes(server: FastifyInstance, deps: HttpDependencies): void {
  server.get<{ Params: IdParams }>('/tasks/:id/webhook', async (request): Promise<WebhookView> => {
    const { accountId } = principalOf(request);
    return toWebhookView(await reportWebhook(deps, taskId(request.params.id), accountId));
  });

  server.post<{ Params: IdParams }>('/tasks/:id/webhook/resend', async (request, reply) => {
    const { accountId } = principalOf(request);
    const view: WebhookView = toWebhookView(await resendWebhook(deps, taskId(request.params.id), accountId));
    return reply.code(202).send(view);
  });
}
