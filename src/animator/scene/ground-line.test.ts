import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { RgbaImage } from '../raster/picture.ts';
import { findGroundLine, type GroundLine } from './ground-line.ts';
import { BACK_WALL, PASSER_BY, paintLake, paintRoom, paintTraffic, SHORE } from './test-scenes.ts';
import { emptyGrid, sampleWorkGrid } from './work-grid.ts';

const SIZE = { width: 640, height: 360 };

function lineOf(image: RgbaImage, horizon: number, lyingBelow?: number): GroundLine {
  const work = sampleWorkGrid(image);
  const lying = emptyGrid(work);
  if (lyingBelow !== undefined) lying.data.fill(1, Math.round(lyingBelow * work.height) * work.width);
  const horizonRow = Math.round(horizon * work.height);
  return findGroundLine(work, { sky: emptyGrid(work), horizonRow, lying, subject: emptyGrid(work) });
}

/** Share of the height at a share of the width. */
const rowAt = ({ rows, evidence }: GroundLine, u: number): number =>
  rows[Math.floor(u * rows.length)]! / evidence.height;

describe('the ground line', () => {
  it('runs along the feet of houses to the vanishing point', () => {
    const line = lineOf(paintTraffic(SIZE), 0.44);
    for (const u of [0.05, 0.15, 0.28, 0.75, 0.85, 0.95]) {
      const foot = 0.46 + 0.9 * Math.abs(u - 0.5);
      assert.ok(Math.abs(rowAt(line, u) - foot) < 0.03, `${rowAt(line, u)} for ${foot} at ${u}`);
    }
    assert.ok(line.confidence > 0.8);
  });

  it('does not dip to the feet of who stands before it', () => {
    const line = lineOf(paintTraffic(SIZE), 0.44);
    assert.ok(rowAt(line, PASSER_BY.u) < 0.62, `${rowAt(line, PASSER_BY.u)}`);
  });

  it('is level along a back wall and falls off along the side walls', () => {
    const line = lineOf(paintRoom(SIZE), 0.3);
    for (const u of [0.35, 0.5, 0.65]) assert.ok(Math.abs(rowAt(line, u) - BACK_WALL.foot) < 0.02);
    assert.ok(rowAt(line, 0.08) > BACK_WALL.foot + 0.15 && rowAt(line, 0.92) > BACK_WALL.foot + 0.15);
  });

  it('takes what surely lies for ground, though it looks like what is mirrored in it', () => {
    const wet = lineOf(paintLake(SIZE), 0.45, SHORE);
    for (const u of [0.1, 0.5, 0.9]) assert.ok(Math.abs(rowAt(wet, u) - SHORE) < 0.03, `${rowAt(wet, u)}`);
  });

  it('has little confidence where nothing parts ground from what stands', () => {
    const data = new Uint8Array(4 * 320 * 180).fill(128);
    assert.ok(lineOf({ width: 320, height: 180, data }, 0.3).confidence < 0.1);
  });
});
