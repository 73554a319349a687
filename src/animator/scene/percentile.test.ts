import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { percentile } from './percentile.ts';

test('a percentile is what would stand there if the values were sorted', () => {
  const values = fc.array(fc.float({ noNaN: true }), { minLength: 1, maxLength: 60 });
  const fewKinds = fc.array(fc.constantFrom(0, 0.5, 1), { minLength: 1, maxLength: 60 });
  fc.assert(
    fc.property(
      fc.oneof(values, fewKinds),
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.boolean(),
      (list, share, isSorted) => {
        const given = Float32Array.from(list);
        if (isSorted) given.sort();
        const before = given.slice();
        const sorted = given.slice().sort();
        const index = Math.min(sorted.length - 1, Math.floor(share * sorted.length));
        assert.ok(percentile(given, share) === sorted[index]);
        assert.deepEqual(given, before);
      },
    ),
  );
  assert.equal(percentile(new Float32Array(), 0.5), 0);
});
