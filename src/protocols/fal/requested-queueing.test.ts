import assert from 'node:assert/strict';
import { it } from 'node:test';
import { requestedQueueing } from './requested-queueing.ts';

const read = (headers: Record<string, string>, query = {}) => requestedQueueing({ headers, query });

it('fal queue: priority is normal unless it is low', () => {
  assert.deepEqual(read({}), { priority: 'normal' });
  assert.deepEqual(read({ 'x-fal-queue-priority': 'normal' }), { priority: 'normal' });
  assert.deepEqual(read({ 'x-fal-queue-priority': 'low' }), { priority: 'low' });
});

it("fal queue: the start deadline is read as either client writes it, JavaScript's `5` and Python's `5.0`", () => {
  for (const text of ['5', '5.0']) assert.equal(read({ 'x-fal-request-timeout': text }).startWithinMs, 5000);
  assert.equal(read({ 'x-fal-request-timeout': '0.25' }).startWithinMs, 250);
  for (const text of ['0.1', '0', '-1', 'soon', 'Infinity', ''])
    assert.throws(() => read({ 'x-fal-request-timeout': text }), { code: 'malformed_request' }, text);
});

it('fal queue: the longest queue is a whole number', () => {
  assert.equal(read({}, { fal_max_queue_length: '0' }).mostWaiting, 0);
  for (const text of ['-1', '1.5', 'x', '', ['1', '2']])
    assert.throws(() => read({}, { fal_max_queue_length: text }), { code: 'malformed_request' });
});
