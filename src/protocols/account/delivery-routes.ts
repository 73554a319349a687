/** Webhooks of the own account's runs, those of the latest runs first. */
import type { FastifyInstance } from 'fastify';
import { type Static, Type } from 'typebox';
import { taskId } from '#domain/ids.ts';
import { toRfc3339 } from '#domain/instant.ts';
import { WEBHOOK_STATES } from '#domain/webhook/event.ts';
import type { ListedWebhook } from '#ports/webhook-outbox.ts';
import { resendWebhook } from '#services/webhook-events.ts';
import type { HttpDependencies } from '../http/http-dependencies.ts';
import { principalOf } from '../http/principal.ts';
import { toWebhookView, type WebhookView } from '../http/webhook-view.ts';
import { given, Limit } from './list-query.ts';

const Listing = Type.Object({
  state: Type.Optional(Type.Enum([...WEBHOOK_STATES])),
  cursor: Type.Optional(Type.String()),
  limit: Limit,
});

export interface DeliveryView extends WebhookView {
  readonly runId: string;
  readonly protocol: string;
  readonly endpoint: string;
  readonly queuedAt: string;
}

interface DeliveryPage {
  readonly deliveries: readonly DeliveryView[];
  /** Leads to the next page; absent on the last. */
  readonly next?: string;
}

export function deliveryRoutes(server: FastifyInstance, deps: HttpDependencies): void {
  server.get<{ Querystring: Static<typeof Listing> }>(
    '/webhooks',
    { schema: { querystring: Listing } },
    async (request): Promise<DeliveryPage> => {
      const { state, limit } = request.query;
      const cursor = given(request.query.cursor);
      const listed = await deps.webhooks.list({
        accountId: principalOf(request).accountId,
        ...(state === undefined ? {} : { state }),
        ...(cursor === undefined ? {} : { after: taskId(cursor) }),
        limit: limit + 1,
      });
      const deliveries = listed.slice(0, limit).map(deliveryView);
      return { deliveries, ...(listed.length > limit ? { next: deliveries.at(-1)!.runId } : {}) };
    },
  );

  server.post<{ Params: { readonly id: string } }>('/webhooks/:id/resend', async (request, reply) => {
    const report = await resendWebhook(deps, taskId(request.params.id), principalOf(request).accountId);
    const view: WebhookView = toWebhookView(report);
    return reply.code(202).send(view);
  });
}

const deliveryView = ({ event, endpoint, url, queuedAt }: ListedWebhook): DeliveryView => ({
  runId: event.taskId,
  protocol: endpoint.protocol,
  endpoint: endpoint.id,
  queuedAt: toRfc3339(queuedAt),
  ...toWebhookView({ webhook: { url, origin: '' }, event }),
});
