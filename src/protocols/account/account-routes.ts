/**
 * What a key may see and do of its own account, JSON both ways, whichever protocol a run came by. The playground's account pages
 * are made from these routes and need no others. Errors as in `../http/plain-error.ts`.
 *
 *     GET    /account                 -> OwnAccountView
 *     GET    /account/runs            ?protocol=&endpoint=&state=&from=&until=&text=&apiKeyId=&endUserId=&limit=&cursor= -> { runs, next? }
 *     GET    /account/runs/:id        [?after=&waitMs=] -> RunDetails; without news waits up to `waitMs` for some
 *     POST   /account/runs/:id/cancel -> 202 RunView
 *     DELETE /account/runs/:id        -> 204; an unfinished one is cancelled first
 *     GET    /account/keys            -> { keys };  POST {name, role?} -> 201 CreatedKeyView;  DELETE /account/keys/:id -> 204
 *     GET    /account/movements       ?kind=&endpoint=&apiKeyId=&from=&until=&limit=&offset= -> { movements, total }
 *     GET    /account/usage           ?by=endpoint|apiKey|endUser&from=&until= -> { from, until, rows }
 *     GET    /account/webhooks        ?state=&limit=&cursor= -> { deliveries, next? }
 *     POST   /account/webhooks/:id/resend -> 202 WebhookView; `id` is the run's
 */
import type { FastifyPluginAsync } from 'fastify';
import type { HttpDependencies } from '../http/http-dependencies.ts';
import { readOwnAccount } from '../http/own-account-view.ts';
import { answerPlainNotFound } from '../http/plain-error.ts';
import { principalOf, requirePrincipal } from '../http/principal.ts';
import { deliveryRoutes } from './delivery-routes.ts';
import { keyRoutes } from './key-routes.ts';
import { moneyRoutes } from './money-routes.ts';
import { runRoutes } from './run-routes.ts';

export const ACCOUNT_PREFIX = '/account';

/** To be registered under `ACCOUNT_PREFIX`. */
export const accountRoutes =
  (deps: HttpDependencies): FastifyPluginAsync =>
  async (server) => {
    server.setNotFoundHandler(answerPlainNotFound);
    requirePrincipal(server, deps);
    server.get('/', (request) => readOwnAccount(deps, principalOf(request)));
    runRoutes(server, deps);
    keyRoutes(server, deps);
    moneyRoutes(server, deps);
    deliveryRoutes(server, deps);
  };
