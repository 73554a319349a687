import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { runsPath } from './run-list.ts';

const asked = (...filter: Parameters<typeof runsPath>) => {
  const url = new URL(runsPath(...filter), 'http://server');
  return Object.fromEntries(url.searchParams);
};

describe('what the list of runs asks for', () => {
  it('is everything when nothing is looked for', () => {
    assert.deepEqual(asked({}), { limit: '40' });
    assert.deepEqual(asked({ text: '' }, 'abc'), { cursor: 'abc', limit: '40' });
  });

  it('takes a model apart into protocol and endpoint', () => {
    const { protocol, endpoint } = asked({ model: 'fal/maker/model/task' });
    assert.deepEqual([protocol, endpoint], ['fal', 'maker/model/task']);
  });

  it('takes days as the reader’s own, the last one included, and moments as they are', () => {
    const { from, until } = asked({ from: '2026-04-01', until: '2026-04-01' });
    assert.equal(from, new Date(2026, 3, 1).toISOString());
    assert.equal(until, new Date(2026, 3, 2).toISOString());
    const moment = '2026-04-01T00:00:00.000Z';
    assert.deepEqual(asked({ from: moment, until: moment }).from, moment);
    assert.deepEqual(asked({ from: moment, until: moment }).until, moment);
  });
});
