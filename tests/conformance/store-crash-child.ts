/**
 * A program that works on a store until it is killed: eight callers submit, claim and finish, and write down what was
 * acknowledged, one line each, in the moment it was. Started by store-crash.test.ts with the database's path and a prefix for
 * its ids.
 */
import { writeSync } from 'node:fs';
import { openSqliteStore } from '#adapters/sqlite/sqlite-store.ts';
import { accountId, apiKeyId, taskId, workerId } from '#domain/ids.ts';
import { usd } from '#domain/money.ts';
import { at, completed, logLine, newTask } from './store-fixture.ts';

const [filePath, prefix] = process.argv.slice(2) as [string, string];
const acknowledge = (what: string, id: string) => writeSync(1, `${what} ${id}\n`);

const WEBHOOK = { url: 'https://receiver.example/', origin: 'https://clips.example' };
const customer = { id: accountId('crashing'), apiKeyId: apiKeyId('crashing-key') };

writeSync(1, 'opening\n');
const store = await openSqliteStore({ filePath });
if ((await store.accounts.listAccounts()).length === 0) {
  await store.accounts.createAccount({ id: customer.id, name: 'C', createdAt: at(0) });
}
if ((await store.accounts.listApiKeys()).length === 0) {
  const apiKey = {
    accountId: customer.id,
    name: 'k',
    role: 'member',
    prefix: 'k_',
    createdAt: at(0),
  } as const;
  await store.accounts.createApiKey({ id: customer.apiKeyId, ...apiKey }, '0'.repeat(64));
}
await store.queue.reapAll(at(0));

async function work(caller: number): Promise<never> {
  const worker = workerId(`${prefix}-${caller}`);
  for (let count = 0; ; count += 1) {
    await store.ledger.grant(customer.id, usd('1'), 'credit', at(count));
    const id = taskId(`${prefix}-${caller}-${count}`);
    const task = newTask(customer, { id, held: usd('1'), webhook: WEBHOOK });
    await store.tasks.submit(task);
    acknowledge('submitted', task.id);
    const claimed = (await store.queue.claim(worker, at(count), at(count)))!;
    const lease = { taskId: claimed.id, workerId: worker, attempt: claimed.attempt };
    await store.queue.finish(lease, completed(usd('0.4')), at(count), [logLine('done')]);
    acknowledge('finished', claimed.id);
  }
}

await Promise.all(Array.from({ length: 8 }, (_, caller) => work(caller)));
