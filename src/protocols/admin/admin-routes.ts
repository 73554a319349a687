/**
 * What the operator does over HTTP, JSON both ways; shapes in `admin-views.ts`, errors as in `../http/plain-error.ts`. The
 * first four routes are for every key, the others for keys of role `admin`.
 *
 *     GET    /admin/whoami                  -> WhoamiView
 *     GET    /admin/tasks/:id[?after=&waitMs=]  -> TaskView of a task of the key's own account, with its log lines after number
 *                                           `after`; without news waits up to `waitMs` (at most 30000) for some
 *     GET    /admin/tasks/:id/webhook       -> WebhookView of such a task
 *     POST   /admin/tasks/:id/webhook/resend  -> 202 WebhookView; the event goes out once more
 *     GET    /admin/accounts                -> { accounts: AccountView[] }
 *     POST   /admin/accounts                {name, credit?} -> 201 AccountView; it has no key yet
 *     GET    /admin/accounts/:id/balance    -> BalanceView
 *     POST   /admin/accounts/:id/credit     {amount, note?} -> BalanceView; a negative amount takes back
 *     GET    /admin/keys[?accountId=]       -> { keys: ApiKeyView[] }
 *     POST   /admin/keys                    {name, accountId?, role?, key?} -> 201 CreatedKeyView; for the own
 *                                           account unless another is named
 *     DELETE /admin/keys/:id                -> 204; revoked, also when it was before
 *     GET    /admin/ledger/verify           -> LedgerReportView
 *     GET    /admin/engines                 -> { engines: EngineView[] }, with their health
 *     GET    /admin/queue                   -> QueueView
 *     GET    /admin/parked                  -> { tasks: ParkedTaskView[] }, those first that were parked longest ago
 *     POST   /admin/parked/:id/resolve      {verdict: found|absent|givenUp, job?} -> TaskView
 */
import type { FastifyPluginAsync } from 'fastify';
import { AnimaticError } from '#domain/errors.ts';
import { formatUsd } from '#domain/money.ts';
import type { HttpDependencies } from '../http/http-dependencies.ts';
import { answerPlainNotFound } from '../http/plain-error.ts';
import { principalOf, requirePrincipal } from '../http/principal.ts';
import { accountRoutes } from './account-routes.ts';
import { type LedgerReportView, toLedgerReportView, type WhoamiView } from './admin-views.ts';
import { keyRoutes } from './key-routes.ts';
import { operationRoutes } from './operation-routes.ts';
import { parkedRoutes } from './parked-routes.ts';
import { taskRoutes } from './task-routes.ts';
import { webhookRoutes } from './webhook-routes.ts';

export const ADMIN_PREFIX = '/admin';

/** To be registered under `ADMIN_PREFIX`. */
export const adminRoutes =
  (deps: HttpDependencies): FastifyPluginAsync =>
  async (server) => {
    server.setNotFoundHandler(answerPlainNotFound);
    requirePrincipal(server, deps);
    server.get('/whoami', async (request): Promise<WhoamiView> => {
      const { accountId, apiKeyId, role } = principalOf(request);
      return { accountId, apiKeyId, role, balance: formatUsd(await deps.ledger.balance(accountId)) };
    });
    taskRoutes(server, deps);
    webhookRoutes(server, deps);
    await server.register(operatorRoutes(deps));
  };

const operatorRoutes =
  (deps: HttpDependencies): FastifyPluginAsync =>
  async (server) => {
    server.addHook('onRequest', async (request) => {
      if (principalOf(request).role === 'admin') return;
      throw new AnimaticError(
        'forbidden',
        'This API key may not administer the server; use one of role admin.',
      );
    });
    accountRoutes(server, deps);
    keyRoutes(server, deps);
    operationRoutes(server, deps);
    parkedRoutes(server, deps);
    server.get(
      '/ledger/verify',
      async (): Promise<LedgerReportView> => toLedgerReportView(await deps.ledger.verify()),
    );
  };
