/** What every store promises (src/ports), run against each of them. */
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import type { Store } from '#ports/store.ts';
import { describeAccounts } from './store-accounts.ts';
import { describeBrowsing } from './store-browsing.ts';
import { describeCancel } from './store-cancel.ts';
import { describeDelays } from './store-delays.ts';
import { describeDurability } from './store-durability.ts';
import { describeEngineLimits } from './store-engine-limits.ts';
import { describeFairness } from './store-fairness.ts';
import { describeFiles } from './store-files.ts';
import { assertBooksBalance, emptyQueue } from './store-fixture.ts';
import { describeHistory } from './store-history.ts';
import { describeLeases } from './store-leases.ts';
import { describeLedger } from './store-ledger.ts';
import { describeLimits } from './store-limits.ts';
import { describeMargins } from './store-margins.ts';
import { describeParking } from './store-parking.ts';
import { describeQueue } from './store-queue.ts';
import { describeAgainstModel } from './store-random-operations.ts';
import { describeRepeats } from './store-repeats.ts';
import { describeRetention } from './store-retention.ts';
import { describeSessions } from './store-sessions.ts';
import { describeTasks } from './store-tasks.ts';
import { describeUrgency } from './store-urgency.ts';
import { describeWebhooks } from './store-webhooks.ts';

export interface StoreUnderTest {
  readonly store: Store;
  /** Closes the store and opens the same database anew, as a restarted program does. */
  reopen(): Promise<Store>;
  /** Closes whatever is open and removes the database. */
  dispose(): Promise<void>;
}

/** Tests that an adapter does not pass, and why that is right. */
export interface Skip {
  readonly reason: string;
  readonly tests: readonly string[];
}

/** Registers a test of the open store, whose queue is empty when the test begins. */
export type StoreTest = (name: string, run: (store: Store) => Promise<void>) => void;

export function describeStore(
  name: string,
  open: () => Promise<StoreUnderTest>,
  skip: readonly Skip[] = [],
): void {
  const reasons = new Map(skip.flatMap(({ reason, tests }) => tests.map((skipped) => [skipped, reason])));
  describe(`${name} keeps the promises of a store`, () => {
    let opened: StoreUnderTest;
    before(async () => {
      opened = await open();
    });
    afterEach(() => emptyQueue(opened.store));
    after(async () => {
      await assertBooksBalance(opened.store);
      await opened.dispose();
    });

    const storeTest: StoreTest = (testName, run) => {
      const reason = reasons.get(testName);
      reasons.delete(testName);
      test(testName, { skip: reason ?? false }, () => run(opened.store));
    };
    for (const describePart of [
      describeAccounts,
      describeSessions,
      describeLedger,
      describeTasks,
      describeHistory,
      describeBrowsing,
      describeQueue,
      describeLeases,
      describeParking,
      describeMargins,
      describeCancel,
      describeFairness,
      describeEngineLimits,
      describeUrgency,
      describeDelays,
      describeRepeats,
      describeLimits,
      describeFiles,
      describeWebhooks,
      describeRetention,
      describeAgainstModel,
    ]) {
      describePart(storeTest);
    }
  });
  describe(`${name} outlives the program`, () => describeDurability(open));
  assert.deepEqual([...reasons.keys()], [], 'tests to skip that do not exist');
}
