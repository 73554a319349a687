import assert from 'node:assert/strict';
import { describe } from 'node:test';
import fc from 'fast-check';
import { AnimaticError, type ErrorCode } from '#domain/errors.ts';
import { workerId } from '#domain/ids.ts';
import { type MicroDollars, microDollars, multiply, usd } from '#domain/money.ts';
import { TASK_PRIORITIES } from '#domain/task/task.ts';
import type { Store } from '#ports/store.ts';
import type { Lease, StartVerdict, TaskEnding } from '#ports/task-queue.ts';
import type { StoreTest } from './store-conformance.ts';
import {
  assertBooksBalance,
  at,
  CANCELLED,
  type Customer,
  completed,
  createCustomer,
  emptyQueue,
  FAILED,
  newTask,
} from './store-fixture.ts';
import { StoreModel } from './store-model.ts';

const RUNS = 30;
const MOST_OPERATIONS = 80;
const LEASE_MS = 6;

/** `pick` chooses among the customers, tasks or leases there are; leases include those long lost. */
const OPERATION = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('submit'),
      pick: fc.nat(),
      cents: fc.nat(300),
      priority: fc.constantFrom(...TASK_PRIORITIES),
      patienceMs: fc.option(fc.nat(12)),
      mostWaiting: fc.option(fc.nat(3)),
    }),
  },
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('claim'), pick: fc.nat() }) },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('heartbeat'), pick: fc.nat(), percent: fc.nat(100) }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('saveEngineHandle'), pick: fc.nat() }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('noteEngineStart'), pick: fc.nat() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('forgetEngineStart'), pick: fc.nat() }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('park'), pick: fc.nat() }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('unpark'),
      pick: fc.nat(),
      verdict: fc.constantFrom<StartVerdict>(
        { kind: 'found', handle: 'found-job' },
        { kind: 'absent' },
        { kind: 'givenUp', error: { code: 'engine_start_unknown', message: 'Nobody knows.' } },
      ),
    }),
  },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('finish'), pick: fc.nat(), percent: fc.nat(100) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('giveBack'),
      pick: fc.nat(),
      crashed: fc.boolean(),
      keepsHandle: fc.boolean(),
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('requestCancel'), pick: fc.nat() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('reap'), all: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('expire') }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('grant'), pick: fc.nat(), cents: fc.nat(500) }) },
);
type Operation = typeof OPERATION extends fc.Arbitrary<infer Value> ? Value : never;
type Submission = Extract<Operation, { kind: 'submit' }>;

const cents = (count: number): MicroDollars => multiply(usd('0.01'), BigInt(count));

/** The code of the error that a promise rejects with, undefined when it resolves. */
async function refusalOf(promise: Promise<unknown>): Promise<ErrorCode | undefined> {
  try {
    await promise;
    return undefined;
  } catch (error) {
    if (error instanceof AnimaticError) return error.code;
    throw error;
  }
}

/** A store and its model, which take every operation together and must answer alike. */
class SideBySide {
  readonly #store: Store;
  readonly #customers: readonly Customer[];
  readonly #model = new StoreModel();
  readonly #leases: Lease[] = [];
  #ms = 0;

  constructor(store: Store, customers: readonly Customer[]) {
    this.#store = store;
    this.#customers = customers;
  }

  async apply(operation: Operation): Promise<void> {
    this.#ms += 1;
    switch (operation.kind) {
      case 'grant':
        return this.#grant(this.#customer(operation.pick), cents(operation.cents));
      case 'submit':
        return this.#submit(operation);
      case 'claim':
        return this.#claim(operation.pick);
      case 'requestCancel':
        return this.#requestCancel(operation.pick);
      case 'unpark':
        return this.#unpark(operation.pick, operation.verdict);
      case 'reap':
        return this.#reap(operation.all);
      case 'expire':
        return this.#expire();
      default: {
        const lease = this.#leases[operation.pick % this.#leases.length];
        if (lease !== undefined) await this.#report(lease, operation);
      }
    }
  }

  async compare(): Promise<void> {
    for (const task of this.#model.tasks.values())
      assert.deepEqual(await this.#store.tasks.find(task.id), task);
    for (const [id, balance] of this.#model.balances)
      assert.equal(await this.#store.ledger.balance(id), balance);
  }

  #customer(pick: number): Customer {
    return this.#customers[pick % this.#customers.length]!;
  }

  async #grant(customer: Customer, amount: MicroDollars): Promise<void> {
    await this.#store.ledger.grant(customer.id, amount, 'more', at(this.#ms));
    this.#model.grant(customer.id, amount);
  }

  async #submit({ pick, priority, patienceMs, ...operation }: Submission): Promise<void> {
    const task = newTask(this.#customer(pick), {
      held: cents(operation.cents),
      priority,
      ...(patienceMs === null ? {} : { startBy: at(this.#ms + patienceMs) }),
    });
    const { mostWaiting } = operation;
    const refusal = await refusalOf(
      this.#store.tasks.submit(task, mostWaiting === null ? {} : { mostWaiting }),
    );
    assert.equal(refusal, this.#model.submit(task, mostWaiting ?? Number.POSITIVE_INFINITY));
  }

  async #expire(): Promise<void> {
    const expired = await this.#store.queue.expire(at(this.#ms));
    assert.deepEqual(expired.toSorted(), this.#model.expire(at(this.#ms)).toSorted());
  }

  async #claim(pick: number): Promise<void> {
    const worker = workerId(`worker-${pick % 3}`);
    this.#model.expire(at(this.#ms));
    const claimable = this.#model.claimable();
    const claimed = await this.#store.queue.claim(worker, at(this.#ms), at(this.#ms + LEASE_MS));
    if (claimed === undefined) {
      assert.deepEqual(claimable, []);
      return;
    }
    assert.ok(claimable.includes(claimed.id), 'the claim took a task whose turn it was not');
    assert.deepEqual(claimed, this.#model.claim(claimed.id, worker, at(this.#ms), at(this.#ms + LEASE_MS)));
    this.#leases.push({ taskId: claimed.id, workerId: worker, attempt: claimed.attempt });
  }

  async #requestCancel(pick: number): Promise<void> {
    const tasks = [...this.#model.tasks.values()];
    const task = tasks[pick % tasks.length];
    if (task === undefined) return;
    const answer = await this.#store.tasks.requestCancel(task.id, task.accountId, at(this.#ms));
    assert.deepEqual(answer, this.#model.requestCancel(task.id, at(this.#ms)));
  }

  /** Of any task: most are not parked. */
  async #unpark(pick: number, verdict: StartVerdict): Promise<void> {
    const tasks = [...this.#model.tasks.values()];
    const parked = tasks.filter(({ parkedAt }) => parkedAt !== undefined);
    const candidates = parked.length > 0 && pick % 4 > 0 ? parked : tasks;
    const task = candidates[pick % candidates.length];
    if (task === undefined) return;
    const now = at(this.#ms);
    const answer = await this.#store.queue.unpark(task.id, verdict, now, []);
    assert.deepEqual(answer, this.#model.unpark(task.id, verdict, now));
  }

  async #reap(all: boolean): Promise<void> {
    const now = at(this.#ms);
    const reaped = await (all ? this.#store.queue.reapAll(now) : this.#store.queue.reap(now));
    const expected = this.#model.reap(all ? Number.POSITIVE_INFINITY : now, now);
    assert.deepEqual(reaped.toSorted(), expected.toSorted());
  }

  async #report(
    lease: Lease,
    operation: Operation & {
      kind:
        | 'heartbeat'
        | 'saveEngineHandle'
        | 'noteEngineStart'
        | 'forgetEngineStart'
        | 'park'
        | 'finish'
        | 'giveBack';
    },
  ): Promise<void> {
    const { queue } = this.#store;
    const now = at(this.#ms);
    if (operation.kind === 'heartbeat') {
      const progress = operation.percent / 100;
      const beat = { at: now, leaseExpiresAt: at(this.#ms + LEASE_MS), progress, log: [] };
      assert.equal(await refusalOf(queue.heartbeat(lease, beat)), this.#model.heartbeat(lease, beat));
    } else if (operation.kind === 'saveEngineHandle') {
      const handle = `job-${this.#ms}`;
      const refusal = await refusalOf(queue.saveEngineHandle(lease, handle));
      assert.equal(refusal, this.#model.saveEngineHandle(lease, handle));
    } else if (operation.kind === 'noteEngineStart') {
      const start = { correlationId: `start-${this.#ms}`, sentAt: now };
      const noted = { engine: 'paid', start, ...(this.#ms % 2 === 0 ? {} : { quotedCost: cents(this.#ms) }) };
      const refusal = await refusalOf(queue.noteEngineStart(lease, noted));
      assert.equal(refusal, this.#model.noteEngineStart(lease, noted));
    } else if (operation.kind === 'forgetEngineStart') {
      assert.equal(await refusalOf(queue.forgetEngineStart(lease)), this.#model.forgetEngineStart(lease));
    } else if (operation.kind === 'park') {
      assert.equal(await refusalOf(queue.park(lease, now, [])), this.#model.park(lease, now));
    } else if (operation.kind === 'finish') {
      const ending = this.#endingOf(lease, operation);
      assert.equal(
        await refusalOf(queue.finish(lease, ending, now, [])),
        this.#model.finish(lease, ending, now),
      );
    } else {
      const refusal = await refusalOf(queue.giveBack(lease, operation, now, []));
      assert.equal(refusal, this.#model.giveBack(lease, operation, now));
    }
  }

  #endingOf(
    lease: Lease,
    { pick, percent }: { readonly pick: number; readonly percent: number },
  ): TaskEnding {
    const { held } = this.#model.tasks.get(lease.taskId)!;
    const charged = microDollars((held * BigInt(percent)) / 100n);
    return [completed(charged), FAILED, CANCELLED][pick % 3]!;
  }
}

export function describeAgainstModel(test: StoreTest): void {
  describe('random operations', () => {
    test('the store answers like its model, and its books balance', async (store) => {
      const property = fc.asyncProperty(
        fc.array(OPERATION, { maxLength: MOST_OPERATIONS, size: 'max' }),
        async (operations) => {
          await emptyQueue(store);
          const customers = await Promise.all([1, 2, 3].map(() => createCustomer(store, '0')));
          const both = new SideBySide(store, customers);
          for (const pick of customers.keys()) await both.apply({ kind: 'grant', pick, cents: 500 });
          for (const operation of operations) await both.apply(operation);
          await both.compare();
        },
      );
      await fc.assert(property, { numRuns: RUNS });
      await assertBooksBalance(store);
    });
  });
}
