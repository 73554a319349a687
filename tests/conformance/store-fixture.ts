/** Accounts, tasks and turns of a worker for the store's conformance suite: short to write, every field filled in. */
import assert from 'node:assert/strict';
import type { AnimaticError, ErrorCode } from '#domain/errors.ts';
import {
  type AccountId,
  type ApiKeyId,
  accountId,
  apiKeyId,
  assetId,
  taskId,
  workerId,
} from '#domain/ids.ts';
import { type Instant, instant } from '#domain/instant.ts';
import { type MicroDollars, usd, ZERO } from '#domain/money.ts';
import type { LogLine, Task, TaskOutput } from '#domain/task/task.ts';
import type { Store } from '#ports/store.ts';
import type { Lease, TaskEnding } from '#ports/task-queue.ts';

export interface Customer {
  readonly id: AccountId;
  readonly apiKeyId: ApiKeyId;
}

/** `ms` after the suite's beginning of time. */
export const at = (ms: number): Instant => instant(1_800_000_000_000 + ms);

export const WORKER = workerId('worker-1');

let lastNumber = 0;
export const nextNumber = (): number => ++lastNumber;
export const hexId = (length: number): string => nextNumber().toString(16).padStart(length, '0');

/** A new account with one key, and credit unless `credit` is zero. */
export async function createCustomer(store: Store, credit: string = '100'): Promise<Customer> {
  const number = nextNumber();
  const customer = { id: accountId(`account-${number}`), apiKeyId: apiKeyId(`key-${number}`) };
  await store.accounts.createAccount({ id: customer.id, name: `Customer ${number}`, createdAt: at(number) });
  await store.accounts.createApiKey(
    {
      id: customer.apiKeyId,
      accountId: customer.id,
      name: 'first',
      role: 'member',
      prefix: 'key_',
      createdAt: at(number),
    },
    hexId(64),
  );
  if (usd(credit) !== ZERO) await store.ledger.grant(customer.id, usd(credit), 'credit', at(number));
  return customer;
}

/** A task as the submit service makes it, with the fields that need not be there left out. */
export const newTask = (customer: Customer, own: Partial<Task> = {}): Task => ({
  id: taskId(hexId(32)),
  accountId: customer.id,
  apiKeyId: customer.apiKeyId,
  endpoint: { protocol: 'wavespeed', id: 'bytedance/seedance-2.0/image-to-video' },
  request: {
    prompt: 'A lighthouse at dusk',
    images: [{ kind: 'url', url: 'https://pictures.example/lighthouse.png' }],
    referenceVideos: [],
    referenceAudios: [],
    resolution: '720p',
    durationSeconds: 5,
    longestDurationSeconds: 5,
    generateAudio: true,
    cameraFixed: false,
    webSearch: false,
    seed: 7,
  },
  input: { prompt: 'A lighthouse at dusk', images: ['https://pictures.example/lighthouse.png'] },
  inputPaths: { images: [['images', 0]] },
  priority: 'normal',
  state: 'created',
  attempt: 0,
  crashes: 0,
  progress: 0,
  held: usd('1.2'),
  engine: 'scripted',
  createdAt: at(0),
  ...own,
});

export async function submitTask(store: Store, customer: Customer, own: Partial<Task> = {}): Promise<Task> {
  const task = newTask(customer, own);
  await store.tasks.submit(task);
  return task;
}

export async function submitTasks(store: Store, customer: Customer, count: number): Promise<readonly Task[]> {
  const tasks = Array.from({ length: count }, () => newTask(customer, { held: usd('0.01') }));
  for (const task of tasks) await store.tasks.submit(task);
  return tasks;
}

/** Claims a task that must be there, with a lease until `leaseExpiresAt`. */
export async function claimTask(store: Store, leaseExpiresAt = at(1000), worker = WORKER): Promise<Lease> {
  const task = await store.queue.claim(worker, at(10), leaseExpiresAt);
  assert.ok(task !== undefined, 'nothing was waiting');
  return { taskId: task.id, workerId: worker, attempt: task.attempt };
}

/** Submits one task and claims it; for suites whose queue is empty. */
export async function claimNewTask(
  store: Store,
  customer: Customer,
  own: Partial<Task> = {},
): Promise<Lease> {
  const task = await submitTask(store, customer, own);
  const lease = await claimTask(store);
  assert.equal(lease.taskId, task.id);
  return lease;
}

export const OUTPUT: TaskOutput = {
  assetId: assetId('0123456789abcdef0123456789abcdef'),
  fileName: 'clip.mp4',
  contentType: 'video/mp4',
  byteLength: 1_234_567,
  size: { width: 1280, height: 720 },
  durationSeconds: 5,
};

export const completed = (charged: MicroDollars): TaskEnding => ({
  state: 'completed',
  charged,
  output: OUTPUT,
});

export const FAILED = {
  state: 'failed',
  error: {
    code: 'media_unreadable',
    message: 'images[0] is damaged.',
    path: ['images', 0],
    details: { limit: 3 },
  },
} satisfies TaskEnding;

export const CANCELLED = {
  state: 'cancelled',
  error: { code: 'cancelled', message: 'Cancelled.' },
} satisfies TaskEnding;

export const logLine = (message: string): LogLine => ({ at: at(20), level: 'info', message });

export async function findTask(store: Store, id: Task['id']): Promise<Task> {
  const task = await store.tasks.find(id);
  assert.ok(task !== undefined, `task ${id} is missing`);
  return task;
}

export const hasCode =
  (code: ErrorCode) =>
  (error: AnimaticError): boolean => {
    assert.equal(error.name, 'AnimaticError', String(error.stack));
    assert.equal(error.code, code);
    return true;
  };

export async function assertLeaseLost(promise: Promise<unknown>): Promise<void> {
  await assert.rejects(promise, hasCode('lease_lost'));
}

export async function assertBooksBalance(store: Store): Promise<void> {
  assert.deepEqual((await store.ledger.verify()).faults, []);
}

/** Ends everything that waits or runs, so that the next test finds an empty queue. */
export async function emptyQueue(store: Store): Promise<void> {
  await store.queue.reapAll(at(0));
  for (const { id } of await store.queue.listParked(1000))
    await store.queue.unpark(id, { kind: 'absent' }, at(0), []);
  await store.queue.release(at(1_000_000_000));
  for (;;) {
    const task = await store.queue.claim(WORKER, at(0), at(0));
    if (task === undefined) return;
    await store.queue.finish(
      { taskId: task.id, workerId: WORKER, attempt: task.attempt },
      CANCELLED,
      at(0),
      [],
    );
  }
}
