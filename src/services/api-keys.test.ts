import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { ServiceFixture } from '#tests/fixtures/service-fixture.ts';
import { authenticate, createApiKey } from './api-keys.ts';

const CHOSEN = 'chosen-by-the-operator';

describe('API keys', () => {
  let fixture: ServiceFixture;
  before(async () => {
    fixture = await ServiceFixture.open();
  });
  after(() => fixture.close());

  const create = (key?: string) =>
    createApiKey(fixture.ports, {
      accountId: fixture.principal.accountId,
      name: 'laptop',
      role: 'admin',
      ...(key === undefined ? {} : { key }),
    });

  it('are drawn, shown once, and kept only as a hash', async () => {
    const { apiKey, key } = await create();
    assert.match(key, /^ak_[0-9a-f]{48}$/);
    assert.equal(apiKey.prefix, key.slice(0, 8));
    const kept = await fixture.ports.accounts.listApiKeys();
    assert.doesNotMatch(JSON.stringify(kept), new RegExp(key));
    assert.notEqual((await create()).key, key);
  });

  it('let their owner in, with their role', async () => {
    const { apiKey, key } = await create();
    assert.deepEqual(await authenticate(fixture.ports, key), {
      accountId: fixture.principal.accountId,
      apiKeyId: apiKey.id,
      role: 'admin',
    });
  });

  it('are refused when absent, unknown or revoked, saying what to do', async () => {
    const { apiKey, key } = await create();
    await fixture.ports.accounts.revokeApiKey(apiKey.id, fixture.ports.clock.now());
    const cases = [
      [undefined, /add the header/],
      ['', /add the header/],
      ['unknown', /unknown or was revoked/],
      [key, /unknown or was revoked/],
      [key.toUpperCase(), /unknown or was revoked/],
    ] as const;
    for (const [given, message] of cases)
      await assert.rejects(authenticate(fixture.ports, given), { code: 'unauthorized', message });
  });

  it('can be chosen, if they can be sent and not guessed', async () => {
    const { key } = await create(CHOSEN);
    assert.equal(key, CHOSEN);
    await authenticate(fixture.ports, CHOSEN);
    for (const unusable of ['', 'short', 'fifteen-letters', 'with a space in it', 'schlüssel-schlüssel'])
      await assert.rejects(create(unusable), { code: 'bad_setting', message: /16 characters/ });
  });

  it('cannot be chosen twice, revoked ones included', async () => {
    const { apiKey, key } = await create('chosen-a-second-time');
    const taken = { code: 'bad_setting', message: /begins with "chosen-a" already/ };
    await assert.rejects(create(key), taken);
    await fixture.ports.accounts.revokeApiKey(apiKey.id, fixture.ports.clock.now());
    await assert.rejects(create(key), taken);
  });

  it('fail as the store does', async () => {
    const accounts = {
      ...fixture.ports.accounts,
      createApiKey: () => Promise.reject(new Error('disk full')),
    };
    const command = { accountId: fixture.principal.accountId, name: 'x', role: 'member' } as const;
    await assert.rejects(createApiKey({ ...fixture.ports, accounts }, command), /disk full/);
    await assert.rejects(
      createApiKey({ ...fixture.ports, accounts }, { ...command, key: 'never-used-before-by-anybody' }),
      /disk full/,
    );
  });
});
