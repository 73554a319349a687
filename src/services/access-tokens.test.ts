import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { describe, it } from 'node:test';
import { accountId, apiKeyId } from '#domain/ids.ts';
import { addMs, instant } from '#domain/instant.ts';
import type { ApiKey } from '#ports/account-store.ts';
import { authenticateToken, issueToken, isToken, type TokenScope } from './access-tokens.ts';
import type { Principal } from './api-keys.ts';

const sign = (text: string) => createHmac('sha256', 'secret').update(text).digest('hex');
const START = instant(1_800_000_000_500);
const principal: Principal = { accountId: accountId('acc'), apiKeyId: apiKeyId('k1'), role: 'admin' };

function portsAt(elapsedMs: number, keys: readonly Partial<ApiKey>[] = [{ id: principal.apiKeyId }]) {
  return {
    clock: { now: () => addMs(START, elapsedMs), sleep: async () => {} },
    signer: { sign, verify: (text: string, signature: string) => sign(text) === signature },
    accounts: {
      listApiKeys: async () => keys as ApiKey[],
      findApiKey: async () => undefined,
      createAccount: async () => {},
      listAccounts: async () => [],
      createApiKey: async () => {},
      revokeApiKey: async () => false,
      createSession: async () => {},
      findSession: async () => undefined,
      redeemTicket: async () => undefined,
      endSession: async () => {},
    },
  };
}

const issue = (scopes: readonly TokenScope[] = ['upload']) =>
  issueToken(portsAt(0), principal, { scopes, lifetimeSeconds: 60 });

describe('access tokens', () => {
  it('stand for the account and key they were made with, as a member', async () => {
    const { text, expiresAt } = issue();
    assert.ok(isToken(text));
    assert.equal(expiresAt, 1_800_000_060_000, 'a JWT counts whole seconds');
    assert.deepEqual(await authenticateToken(portsAt(1000), text, ['upload']), {
      ...principal,
      role: 'member',
    });
  });

  it('are JWTs that anybody can read', () => {
    const [header, payload] = issue(['app:a', 'app:b'])
      .text.split('.')
      .map((part) => Buffer.from(part, 'base64url').toString());
    assert.equal(header, '{"alg":"HS256","typ":"JWT"}');
    assert.deepEqual(JSON.parse(payload!), {
      sub: 'acc',
      exp: 1_800_000_060,
      scope: 'app:a app:b',
      key: 'k1',
    });
  });

  it('are good for one of their scopes and nothing else', async () => {
    const { text } = issue(['app:a', 'app:b']);
    await authenticateToken(portsAt(0), text, ['app:x', 'app:b']);
    for (const scopes of [['upload'], ['app:c'], []] as const)
      await assert.rejects(authenticateToken(portsAt(0), text, scopes), { code: 'forbidden' });
  });

  it('end with their time, and with their key', async () => {
    const { text } = issue();
    await authenticateToken(portsAt(59_000), text, ['upload']);
    await assert.rejects(authenticateToken(portsAt(59_500), text, ['upload']), /has expired/);
    for (const keys of [[], [{ id: principal.apiKeyId, revokedAt: START }], [{ id: apiKeyId('k2') }]])
      await assert.rejects(authenticateToken(portsAt(0, keys), text, ['upload']), { code: 'unauthorized' });
  });

  it('cannot be altered, and no other algorithm is taken', async () => {
    const [header, , signature] = issue().text.split('.') as [string, string, string];
    const [, payload] = issue(['app:a']).text.split('.') as [string, string, string];
    const none = Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url');
    for (const text of [
      `${header}.${payload}.${signature}`,
      `${none}.${payload}.x`,
      `${header}.e30.${'0'.repeat(43)}`,
    ])
      await assert.rejects(authenticateToken(portsAt(0), text, ['app:a']), { code: 'unauthorized' });
  });

  it('are told from keys', () => {
    for (const key of ['ak_0123456789abcdef', 'eyJ', 'eyJa.b', 'a.b.c', '']) assert.ok(!isToken(key), key);
  });
});
