import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { segmentRegions } from './regions.ts';
import { cutOutStems, findStems, type Stem } from './stems.ts';
import { PASSER_BY, paintMeadow, paintPine, paintTraffic, TRUNK } from './test-scenes.ts';
import { sampleWorkGrid } from './work-grid.ts';

const SIZE = { width: 640, height: 360 };
const PINE = sampleWorkGrid(paintPine(SIZE));
const TRAFFIC = sampleWorkGrid(paintTraffic(SIZE));

const stemAt = (stems: readonly Stem[], x: number, y: number): Stem | undefined =>
  stems.find(
    ({ top, bottom, left, right }) =>
      top <= y && y <= bottom && left.columnAt(y) <= x && x <= right.columnAt(y),
  );

describe('stems', () => {
  it('follow a trunk before sky, wood and water from end to end', () => {
    const stem = stemAt(findStems(PINE), TRUNK.u * PINE.width, 0.5 * PINE.height);
    assert.ok(stem !== undefined);
    assert.ok(stem.top < (TRUNK.top + 0.04) * PINE.height, `from ${stem.top}`);
    assert.ok(Math.abs(stem.bottom - TRUNK.foot * PINE.height) < 0.06 * PINE.height, `to ${stem.bottom}`);
    const breadth = stem.right.columnAt(90) - stem.left.columnAt(90);
    assert.ok(Math.abs(breadth - 2 * TRUNK.halfWidth * PINE.width) < 3, `${breadth} columns`);
  });

  it('hold a person', () => {
    const stem = stemAt(findStems(TRAFFIC), PASSER_BY.u * TRAFFIC.width, 0.6 * TRAFFIC.height);
    assert.ok(stem !== undefined && stem.bottom > 0.68 * TRAFFIC.height);
  });

  it('are not found in grass and clouds', () => {
    const work = sampleWorkGrid(paintMeadow(SIZE));
    const tall = findStems(work).filter(({ top, bottom }) => bottom - top > 0.25 * work.height);
    assert.equal(tall.length, 0);
  });

  it('become regions of their own and leave the others theirs', () => {
    const regions = segmentRegions(PINE);
    const cut = cutOutStems(regions, findStems(PINE), PINE);
    const cellAt = (u: number, v: number) =>
      Math.floor(v * PINE.height) * PINE.width + Math.floor(u * PINE.width);
    const trunk = cut.labels[cellAt(TRUNK.u, 0.5)]!;
    assert.ok(cut.stems.has(trunk));
    for (const v of [0.1, 0.4, 0.6, 0.75]) assert.equal(cut.labels[cellAt(TRUNK.u, v)], trunk, `at ${v}`);
    for (const [u, v] of [
      [0.5, 0.1],
      [0.1, 0.6],
      [0.7, 0.45],
    ] as const) {
      assert.notEqual(cut.labels[cellAt(u, v)], trunk);
    }
    assert.deepEqual(new Set(cut.labels), new Set(Array.from({ length: cut.count }, (_, i) => i)));
  });
});
