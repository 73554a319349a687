/** Keys of the own account. A key may make and revoke keys that may do as much as itself, and no more. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type Static, Type } from 'typebox';
import { AnimaticError } from '#domain/errors.ts';
import type { Role } from '#ports/account-store.ts';
import { createApiKey } from '#services/api-keys.ts';
import { type ApiKeyView, type CreatedKeyView, toApiKeyView } from '../http/api-key-view.ts';
import type { HttpDependencies } from '../http/http-dependencies.ts';
import { principalOf } from '../http/principal.ts';

const NewKey = Type.Object({
  name: Type.String({ minLength: 1, maxLength: 200 }),
  role: Type.Optional(Type.Enum(['member', 'admin'])),
});

export function keyRoutes(server: FastifyInstance, deps: HttpDependencies): void {
  server.get('/keys', async (request): Promise<{ readonly keys: readonly ApiKeyView[] }> => {
    const keys = await deps.accounts.listApiKeys(principalOf(request).accountId);
    return { keys: keys.map(toApiKeyView) };
  });

  server.post<{ Body: Static<typeof NewKey> }>(
    '/keys',
    { schema: { body: NewKey } },
    async (request, reply) => {
      const { name, role = 'member' } = request.body;
      requireRank(request, role);
      const { accountId } = principalOf(request);
      const { apiKey, key } = await createApiKey(deps, { accountId, name, role });
      const view: CreatedKeyView = { apiKey: toApiKeyView(apiKey), key };
      return reply.code(201).send(view);
    },
  );

  server.delete<{ Params: { readonly id: string } }>('/keys/:id', async (request, reply) => {
    const keys = await deps.accounts.listApiKeys(principalOf(request).accountId);
    const key = keys.find(({ id }) => id === request.params.id);
    if (key === undefined)
      throw new AnimaticError('not_found', `There is no key "${request.params.id}" in this account.`);
    requireRank(request, key.role);
    await deps.accounts.revokeApiKey(key.id, deps.clock.now());
    return reply.code(204).send();
  });
}

/** @throws AnimaticError `forbidden`. */
function requireRank(request: FastifyRequest, role: Role): void {
  if (role === 'member' || principalOf(request).role === 'admin') return;
  throw new AnimaticError('forbidden', 'Only a key of role admin may make or revoke keys of role admin.');
}
