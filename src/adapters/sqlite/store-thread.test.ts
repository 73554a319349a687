import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Worker } from 'node:worker_threads';
import { StoreThread } from './store-thread.ts';

const threadOf = (script: string): StoreThread => new StoreThread(new Worker(script, { eval: true }));

const OPENED =
  "const { parentPort } = require('node:worker_threads'); parentPort.postMessage({ kind: 'opened' });";

test('a thread that dies rejects what waits and what comes, clearly', async () => {
  const thread = threadOf(`${OPENED} parentPort.once('message', () => { throw new Error('out of luck'); });`);
  await thread.opened;
  const calls = await Promise.allSettled([thread.call('listAccounts'), thread.call('verify')]);
  for (const call of calls) {
    assert.equal(call.status, 'rejected');
    assert.match(call.reason.message, /thread ended unexpectedly: out of luck/);
  }
  await assert.rejects(thread.call('listAccounts'), /thread ended unexpectedly: out of luck/);
  await thread.close();
});

test('a thread that leaves without a word does so too', async () => {
  const thread = threadOf(`${OPENED} parentPort.once('message', () => process.exit(3));`);
  await thread.opened;
  await assert.rejects(thread.call('listAccounts'), /thread ended unexpectedly: it exited with code 3/);
});

test('a thread that dies while opening rejects the opening', async () => {
  await assert.rejects(threadOf('process.exit(1)').opened, /thread ended unexpectedly/);
});

test('what cannot be sent rejects its call alone', async () => {
  const thread = threadOf(`${OPENED} parentPort.on('message', ({ kind, id }) => {
    if (kind === 'close') parentPort.close();
    else parentPort.postMessage({ kind: 'answers', answers: [{ id, value: 'fine' }] });
  });`);
  await thread.opened;
  const unsendable = { id: (() => {}) as never, name: '', createdAt: 0 as never };
  await assert.rejects(thread.call('createAccount', unsendable), { name: 'DataCloneError' });
  assert.equal(await thread.call('listAccounts'), 'fine' as never);
  await thread.close();
});
