import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { grantPostings, held, holdPostings, settlementPostings, wallet } from '#domain/billing/entry.ts';
import { accountId } from '#domain/ids.ts';
import { microDollars, subtract, usd, ZERO } from '#domain/money.ts';
import type { LedgerEntry } from '#ports/ledger.ts';
import type { StoreTest } from './store-conformance.ts';
import {
  assertBooksBalance,
  at,
  claimNewTask,
  completed,
  createCustomer,
  hasCode,
  submitTask,
} from './store-fixture.ts';

/** Postings in an order that does not matter to the books. */
const sorted = (postings: LedgerEntry['postings']) =>
  postings.toSorted((a, b) => (a.ledgerAccount < b.ledgerAccount ? -1 : 1));

export function describeLedger(test: StoreTest): void {
  describe('the ledger', () => {
    test('an account without entries has nothing', async (store) => {
      assert.equal(await store.ledger.balance(accountId('nobody')), ZERO);
      assert.deepEqual(await store.ledger.listEntries(accountId('nobody'), 10), []);
    });

    test('credit is given and taken back, to the micro-dollar', async (store) => {
      const { id } = await createCustomer(store, '0');
      // One more than a double can count to.
      const huge = microDollars(9_007_199_254_740_993n);
      await store.ledger.grant(id, huge, 'opening', at(1));
      await store.ledger.grant(id, usd('-0.000001'), 'correction', at(2));
      assert.equal(await store.ledger.balance(id), subtract(huge, microDollars(1n)));
      const entries = await store.ledger.listEntries(id, 10);
      assert.deepEqual(
        entries.map(({ kind, note, at, postings }) => ({ kind, note, at, postings: sorted(postings) })),
        [
          { kind: 'grant', note: 'correction', at: at(2), postings: grantPostings(id, usd('-0.000001')) },
          { kind: 'grant', note: 'opening', at: at(1), postings: grantPostings(id, huge) },
        ],
      );
    });

    test('no more credit is taken back than there is', async (store) => {
      const { id } = await createCustomer(store, '3');
      await assert.rejects(
        store.ledger.grant(id, usd('-3.000001'), 'too much', at(1)),
        hasCode('insufficient_credit'),
      );
      assert.equal(await store.ledger.balance(id), usd('3'));
      assert.equal((await store.ledger.listEntries(id, 10)).length, 1);
      await store.ledger.grant(id, usd('-3'), 'all of it', at(1));
      assert.equal(await store.ledger.balance(id), ZERO);
    });

    test("a task's entries name the task and move exactly its hold and its charge", async (store) => {
      const customer = await createCustomer(store, '10');
      const lease = await claimNewTask(store, customer, { held: usd('2.5') });
      await store.queue.finish(lease, completed(usd('0.7')), at(40), []);
      const [settlement, hold] = await store.ledger.listEntries(customer.id, 2);
      assert.equal(settlement?.kind, 'settlement');
      assert.equal(settlement.taskId, lease.taskId);
      assert.equal(settlement.at, at(40));
      assert.deepEqual(
        sorted(settlement.postings),
        sorted(settlementPostings(customer.id, usd('2.5'), usd('0.7'))),
      );
      assert.equal(hold?.kind, 'hold');
      assert.equal(hold.taskId, lease.taskId);
      assert.deepEqual(sorted(hold.postings), sorted(holdPostings(customer.id, usd('2.5'))));
      assert.equal(await store.ledger.balance(customer.id), usd('9.3'));
    });

    test('sequences ascend, and lists are short, newest first and private', async (store) => {
      const customer = await createCustomer(store);
      const stranger = await createCustomer(store);
      for (const cents of ['0.01', '0.02', '0.03'])
        await store.ledger.grant(customer.id, usd(cents), cents, at(1));
      await store.ledger.grant(stranger.id, usd('9'), 'not yours', at(1));
      const entries = await store.ledger.listEntries(customer.id, 2);
      assert.deepEqual(
        entries.map(({ note }) => note),
        ['0.03', '0.02'],
      );
      assert.ok(entries[0]!.sequence > entries[1]!.sequence);
      assert.ok(!('taskId' in entries[0]!));
    });

    test('the report counts what there is and re-adds every balance', async (store) => {
      const before = await store.ledger.verify();
      const customer = await createCustomer(store, '5');
      await submitTask(store, customer, { held: usd('2') });
      const after = await store.ledger.verify();
      assert.deepEqual(after.faults, []);
      assert.equal(after.taskCount, before.taskCount + 1);
      assert.equal(after.entryCount, before.entryCount + 2);
      assert.equal(after.balances.get(wallet(customer.id)), usd('3'));
      assert.equal(after.balances.get(held(customer.id)), usd('2'));
      assert.equal(after.balances.get('funding'), subtract(before.balances.get('funding') ?? ZERO, usd('5')));
    });

    test('a free task has a hold and a settlement that move nothing', async (store) => {
      const customer = await createCustomer(store, '0');
      const lease = await claimNewTask(store, customer, { held: ZERO });
      await store.queue.finish(lease, completed(ZERO), at(40), []);
      const entries = await store.ledger.listEntries(customer.id, 10);
      assert.deepEqual(
        entries.map(({ kind, taskId, postings }) => ({ kind, taskId, postings })),
        [
          { kind: 'settlement', taskId: lease.taskId, postings: [] },
          { kind: 'hold', taskId: lease.taskId, postings: [] },
        ],
      );
      await assertBooksBalance(store);
    });
  });
}
