import assert from 'node:assert/strict';
import { describe } from 'node:test';
import type { Session } from '#ports/account-store.ts';
import type { Store } from '#ports/store.ts';
import type { StoreTest } from './store-conformance.ts';
import { at, type Customer, createCustomer, hexId } from './store-fixture.ts';

async function open(store: Store, customer: Customer, own: Partial<Session> = {}): Promise<string> {
  const hash = hexId(64);
  await store.accounts.createSession(
    { kind: 'page', apiKeyId: customer.apiKeyId, createdAt: at(0), expiresAt: at(1000), ...own },
    hash,
  );
  return hash;
}

export function describeSessions(test: StoreTest): void {
  describe('sessions', () => {
    test('a session stands for its key until its time is over', async (store) => {
      const customer = await createCustomer(store);
      const hash = await open(store, customer);
      const [apiKey] = await store.accounts.listApiKeys(customer.id);
      assert.deepEqual(await store.accounts.findSession(hash, at(999)), apiKey);
      assert.equal(await store.accounts.findSession(hash, at(1000)), undefined);
      assert.equal(await store.accounts.findSession(hexId(64), at(1)), undefined);
    });

    test('a session ends with its key', async (store) => {
      const customer = await createCustomer(store);
      const hash = await open(store, customer);
      const ticket = await open(store, customer, { kind: 'ticket' });
      await store.accounts.revokeApiKey(customer.apiKeyId, at(5));
      assert.equal(await store.accounts.findSession(hash, at(6)), undefined);
      assert.equal(await store.accounts.redeemTicket(ticket, at(6)), undefined);
    });

    test('a session can be ended, alone and more than once', async (store) => {
      const customer = await createCustomer(store);
      const [hash, other] = [await open(store, customer), await open(store, customer)];
      await store.accounts.endSession(hash);
      await store.accounts.endSession(hash);
      assert.equal(await store.accounts.findSession(hash, at(1)), undefined);
      assert.equal((await store.accounts.findSession(other, at(1)))?.id, customer.apiKeyId);
    });

    test('a ticket is good once, in its time, and is no session', async (store) => {
      const customer = await createCustomer(store);
      const [ticket, late] = [
        await open(store, customer, { kind: 'ticket' }),
        await open(store, customer, { kind: 'ticket' }),
      ];
      assert.equal(await store.accounts.findSession(ticket, at(1)), undefined);
      assert.equal((await store.accounts.redeemTicket(ticket, at(1)))?.id, customer.apiKeyId);
      assert.equal(await store.accounts.redeemTicket(ticket, at(1)), undefined);
      assert.equal(await store.accounts.redeemTicket(late, at(1000)), undefined);
      const session = await open(store, customer);
      assert.equal(await store.accounts.redeemTicket(session, at(1)), undefined);
      assert.equal((await store.accounts.findSession(session, at(1)))?.id, customer.apiKeyId);
    });

    test('of tickets redeemed at the same time one is good', async (store) => {
      const ticket = await open(store, await createCustomer(store), { kind: 'ticket' });
      const redeemed = await Promise.all(
        Array.from({ length: 5 }, () => store.accounts.redeemTicket(ticket, at(1))),
      );
      assert.equal(redeemed.filter((apiKey) => apiKey !== undefined).length, 1);
    });

    test('a session is opened once, and what has expired makes room', async (store) => {
      const customer = await createCustomer(store);
      const hash = await open(store, customer, { expiresAt: at(10) });
      await assert.rejects(
        store.accounts.createSession(
          { kind: 'page', apiKeyId: customer.apiKeyId, createdAt: at(9), expiresAt: at(20) },
          hash,
        ),
        Error,
      );
      await open(store, customer, { createdAt: at(10), expiresAt: at(30) });
      await store.accounts.createSession(
        { kind: 'page', apiKeyId: customer.apiKeyId, createdAt: at(11), expiresAt: at(20) },
        hash,
      );
      assert.equal((await store.accounts.findSession(hash, at(12)))?.id, customer.apiKeyId);
    });
  });
}
