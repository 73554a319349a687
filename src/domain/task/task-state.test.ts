import assert from 'node:assert/strict';
import { it } from 'node:test';
import { isFinal, mayBecome, TASK_STATES } from './task-state.ts';

it('a final state is never left', () => {
  for (const state of ['completed', 'failed', 'cancelled'] as const) {
    assert.ok(isFinal(state));
    for (const other of TASK_STATES) assert.ok(!mayBecome(state, other));
  }
});

it('a waiting task is taken, cancelled or not taken in time; a running one can end or queue again', () => {
  assert.deepEqual(
    TASK_STATES.filter((state) => mayBecome('created', state)),
    ['processing', 'failed', 'cancelled'],
  );
  assert.deepEqual(
    TASK_STATES.filter((state) => mayBecome('processing', state)),
    ['created', 'completed', 'failed', 'cancelled'],
  );
});
