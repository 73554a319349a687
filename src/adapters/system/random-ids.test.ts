import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { randomIds } from './random-ids.ts';

describe('random ids', () => {
  test('are lower-case hex of the asked length and do not repeat', () => {
    const ids = Array.from({ length: 1000 }, () => randomIds.hex(16));
    for (const id of ids) assert.match(id, /^[0-9a-f]{32}$/);
    assert.equal(new Set(ids).size, ids.length);
  });

  test('seeds are whole numbers of 31 bits that use the whole range', () => {
    const seeds = Array.from({ length: 1000 }, () => randomIds.seed());
    for (const seed of seeds) assert.ok(Number.isInteger(seed) && seed >= 0 && seed <= 2_147_483_647);
    // All 1000 on one side of the middle has a chance of 2^-999.
    assert.ok(seeds.some((seed) => seed >= 2 ** 30) && seeds.some((seed) => seed < 2 ** 30));
  });
});
