import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { randomStreams, within } from './random-stream.ts';

const numbers = (seed: number, name: string, count = 8) => {
  const stream = randomStreams(seed)(name);
  return Array.from({ length: count }, () => stream.unit());
};

describe('random streams', () => {
  it('repeat for the same seed and name and differ for any other', () => {
    assert.deepEqual(numbers(1, 'rain'), numbers(1, 'rain'));
    const first = [
      numbers(1, 'rain'),
      numbers(1, 'rai'),
      numbers(2, 'rain'),
      numbers(-1, 'rain'),
      numbers(0, 'rain'),
      numbers(1 + 2 ** 32, 'rain'),
      numbers(1 + 2 ** 40, 'rain'),
    ].map((list) => list[0]);
    assert.equal(new Set(first).size, first.length);
  });

  it('keep prefixes apart', () => {
    const streams = randomStreams(5);
    assert.equal(within(streams, 'a')('b').unit(), streams('a/b').unit());
    assert.notEqual(within(streams, 'a')('b').unit(), within(streams, 'b')('b').unit());
  });

  it('spread evenly, also over the first number of neighbouring seeds', () => {
    const firsts = Array.from({ length: 2000 }, (_, seed) => numbers(seed, 'x', 1)[0]!);
    const long = numbers(3, 'x', 20_000);
    for (const list of [firsts, long]) {
      const buckets = new Array<number>(10).fill(0);
      for (const value of list) buckets[Math.floor(value * 10)]! += 1;
      for (const count of buckets) assert.ok(Math.abs(count / list.length - 0.1) < 0.025, `${buckets}`);
    }
  });

  it('stay within their ranges', () => {
    const stream = randomStreams(9)('ranges');
    for (let n = 0; n < 10_000; n++) {
      assert.ok(Math.abs(stream.signed()) <= 1);
      assert.ok([0, 1, 2].includes(stream.index(3)));
      const value = stream.between(4, 5);
      assert.ok(value >= 4 && value < 5);
    }
  });
});
