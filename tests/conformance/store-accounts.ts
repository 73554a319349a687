import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { accountId, apiKeyId } from '#domain/ids.ts';
import { usd } from '#domain/money.ts';
import type { ApiKey } from '#ports/account-store.ts';
import type { Store } from '#ports/store.ts';
import type { StoreTest } from './store-conformance.ts';
import { at, type Customer, createCustomer, hexId, nextNumber } from './store-fixture.ts';

async function createKey(
  store: Store,
  customer: Customer,
  own: Partial<ApiKey> = {},
): Promise<[ApiKey, string]> {
  const apiKey: ApiKey = {
    id: apiKeyId(`key-${nextNumber()}`),
    accountId: customer.id,
    name: 'render farm',
    role: 'admin',
    prefix: 'an_live_',
    createdAt: at(5),
    ...own,
  };
  const hash = hexId(64);
  await store.accounts.createApiKey(apiKey, hash);
  return [apiKey, hash];
}

export function describeAccounts(test: StoreTest): void {
  describe('accounts and keys', () => {
    test('an account is listed as it was created', async (store) => {
      const account = { id: accountId(`account-${nextNumber()}`), name: 'Überlicht ✨', createdAt: at(3) };
      await store.accounts.createAccount(account);
      const listed = await store.accounts.listAccounts();
      assert.deepEqual(
        listed.find(({ id }) => id === account.id),
        account,
      );
    });

    test('an account id is given once', async (store) => {
      const { id } = await createCustomer(store);
      await assert.rejects(store.accounts.createAccount({ id, name: 'again', createdAt: at(9) }), Error);
      const listed = await store.accounts.listAccounts();
      assert.notEqual(listed.find((account) => account.id === id)?.name, 'again');
    });

    test('an account and its opening credit come together or not at all', async (store) => {
      const account = { id: accountId(`account-${nextNumber()}`), name: 'with credit', createdAt: at(3) };
      const isListed = async () => (await store.accounts.listAccounts()).some(({ id }) => id === account.id);
      // What cannot be granted: nobody starts with a debt.
      await assert.rejects(store.accounts.createAccount(account, usd('-1')), { code: 'insufficient_credit' });
      assert.equal(await isListed(), false);
      await store.accounts.createAccount(account, usd('12.50'));
      assert.equal(await isListed(), true);
      assert.equal(await store.ledger.balance(account.id), usd('12.50'));
      await assert.rejects(store.accounts.createAccount(account, usd('12.50')), Error);
      assert.equal(await store.ledger.balance(account.id), usd('12.50'));
      const { faults } = await store.ledger.verify();
      assert.deepEqual(faults, []);
    });

    test('a key is found by its hash with all it was created with', async (store) => {
      const [apiKey, hash] = await createKey(store, await createCustomer(store));
      assert.deepEqual(await store.accounts.findApiKey(hash), apiKey);
      assert.equal(await store.accounts.findApiKey(hexId(64)), undefined);
    });

    test('a key id and a key hash are given once', async (store) => {
      const customer = await createCustomer(store);
      const [apiKey, hash] = await createKey(store, customer);
      await assert.rejects(store.accounts.createApiKey(apiKey, hexId(64)), Error);
      const other = { ...apiKey, id: apiKeyId(`key-${nextNumber()}`) };
      await assert.rejects(store.accounts.createApiKey(other, hash), Error);
      assert.equal((await store.accounts.listApiKeys(customer.id)).length, 2);
    });

    test('a revoked key is no longer found but still listed', async (store) => {
      const customer = await createCustomer(store);
      const [apiKey, hash] = await createKey(store, customer);
      assert.equal(await store.accounts.revokeApiKey(apiKey.id, at(50)), true);
      assert.equal(await store.accounts.findApiKey(hash), undefined);
      const listed = await store.accounts.listApiKeys(customer.id);
      assert.deepEqual(
        listed.find(({ id }) => id === apiKey.id),
        { ...apiKey, revokedAt: at(50) },
      );
    });

    test('the first revocation counts, and an unknown key is not revoked', async (store) => {
      const customer = await createCustomer(store);
      assert.equal(await store.accounts.revokeApiKey(customer.apiKeyId, at(50)), true);
      assert.equal(await store.accounts.revokeApiKey(customer.apiKeyId, at(60)), true);
      const [listed] = await store.accounts.listApiKeys(customer.id);
      assert.equal(listed?.revokedAt, at(50));
      assert.equal(await store.accounts.revokeApiKey(apiKeyId('key-nobody'), at(50)), false);
    });

    test('keys are listed oldest first, of one account or of all', async (store) => {
      const customer = await createCustomer(store);
      const [late] = await createKey(store, customer, { createdAt: at(900_000) });
      const [early] = await createKey(store, customer, { createdAt: at(-900_000) });
      const own = (await store.accounts.listApiKeys(customer.id)).map(({ id }) => id);
      assert.deepEqual(own, [early.id, customer.apiKeyId, late.id]);
      const stranger = await createCustomer(store);
      const all = (await store.accounts.listApiKeys()).map(({ id }) => id);
      for (const id of [...own, stranger.apiKeyId]) assert.ok(all.includes(id));
    });
  });
}
