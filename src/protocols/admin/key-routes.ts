/** API keys of all accounts. */
import type { FastifyInstance } from 'fastify';
import { type Static, Type } from 'typebox';
import { AnimaticError } from '#domain/errors.ts';
import { accountId, apiKeyId } from '#domain/ids.ts';
import { createApiKey } from '#services/api-keys.ts';
import { type ApiKeyView, type CreatedKeyView, toApiKeyView } from '../http/api-key-view.ts';
import type { HttpDependencies } from '../http/http-dependencies.ts';
import { principalOf } from '../http/principal.ts';
import { findAccount } from './account-routes.ts';

const NewKey = Type.Object({
  accountId: Type.Optional(Type.String()),
  name: Type.String({ minLength: 1, maxLength: 200 }),
  role: Type.Optional(Type.Enum(['member', 'admin'])),
  key: Type.Optional(Type.String()),
});

interface KeysQuery {
  readonly accountId?: string;
}

export function keyRoutes(server: FastifyInstance, deps: HttpDependencies): void {
  server.get<{ Querystring: KeysQuery }>(
    '/keys',
    async ({ query }): Promise<{ readonly keys: readonly ApiKeyView[] }> => {
      const owner = query.accountId === undefined ? undefined : accountId(query.accountId);
      return { keys: (await deps.accounts.listApiKeys(owner)).map(toApiKeyView) };
    },
  );

  server.post<{ Body: Static<typeof NewKey> }>(
    '/keys',
    { schema: { body: NewKey } },
    async (request, reply) => {
      const { body } = request;
      const account = await findAccount(deps, body.accountId ?? principalOf(request).accountId);
      const { apiKey, key } = await createApiKey(deps, {
        accountId: account.id,
        name: body.name,
        role: body.role ?? 'member',
        ...(body.key === undefined ? {} : { key: body.key }),
      });
      const view: CreatedKeyView = { apiKey: toApiKeyView(apiKey), key };
      return reply.code(201).send(view);
    },
  );

  server.delete<{ Params: { readonly id: string } }>('/keys/:id', async ({ params }, reply) => {
    const found = await deps.accounts.revokeApiKey(apiKeyId(params.id), deps.clock.now());
    if (!found) throw new AnimaticError('not_found', `There is no API key with the id "${params.id}".`);
    return reply.code(204).send();
  });
}
