import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { assertSameSamples } from '#tests/fixtures/same-samples.ts';
import { LIMITER_KAPPA, limitSlope } from './limit-slope.ts';
import type { Grid } from './scene.ts';

const SIZE = { width: 640, height: 360 };

const gridOf = (width: number, height: number, value: (x: number, y: number) => number): Grid => ({
  width,
  height,
  data: Float32Array.from({ length: width * height }, (_, i) => value(i % width, Math.floor(i / width))),
});

/** The steepest gradient of a grid per output pixel, measured across each square of four neighbouring cells. */
function steepest({ width, height, data }: Grid): number {
  let worst = 0;
  for (let y = 0; y + 1 < height; y++) {
    for (let x = 0; x + 1 < width; x++) {
      const i = y * width + x;
      const across = ((data[i + 1]! - data[i]!) * width) / SIZE.width;
      const down = ((data[i + width]! - data[i]!) * height) / SIZE.height;
      worst = Math.max(worst, Math.hypot(across, down));
    }
  }
  return worst;
}

const randomGrid = fc
  .record({
    width: fc.integer({ min: 2, max: 40 }),
    height: fc.integer({ min: 2, max: 30 }),
    seed: fc.integer(),
  })
  .map(({ width, height, seed }) =>
    gridOf(
      width,
      height,
      (x, y) => ((Math.imul(x * 7919 + y * 104729 + seed, 0x9e3779b1) >>> 8) % 1000) / 999,
    ),
  );

describe('limitSlope', () => {
  it('holds the bound for any depth map', () => {
    fc.assert(
      fc.property(randomGrid, fc.double({ min: 1, max: 300, noNaN: true }), (depth, parallaxPx) => {
        const limited = limitSlope(depth, { parallaxPx, size: SIZE, kappa: LIMITER_KAPPA });
        return steepest(limited) <= (LIMITER_KAPPA / parallaxPx) * 1.001 + 1e-6;
      }),
      { numRuns: 150, seed: 4 },
    );
  });

  it('keeps the foreground over its whole silhouette and spreads into the background only', () => {
    const near = (x: number, y: number) => x >= 70 && x < 90 && y >= 30 && y < 70;
    const depth = gridOf(160, 90, (x, y) => (near(x, y) ? 0.9 : 0.1));
    const limited = limitSlope(depth, { parallaxPx: 60, size: SIZE, kappa: LIMITER_KAPPA });
    const lossAtEdge = (LIMITER_KAPPA / 60) * 4 * 2;
    for (let y = 30; y < 70; y++) {
      for (let x = 70; x < 90; x++) assert.ok(limited.data[y * 160 + x]! > 0.9 - lossAtEdge);
    }
    assert.ok(Math.abs(limited.data[50 * 160 + 80]! - 0.9) < 1e-6);
    assert.ok(Math.abs(limited.data[5 * 160 + 5]! - 0.1) < 1e-6);
  });

  it('leaves a map alone that is gentle enough', () => {
    const depth = gridOf(160, 90, (x, y) => 0.2 + 0.0004 * x + 0.0006 * y);
    const limited = limitSlope(depth, { parallaxPx: 50, size: SIZE, kappa: LIMITER_KAPPA });
    for (let y = 2; y < 88; y++) {
      for (let x = 2; x < 158; x++)
        assert.ok(Math.abs(limited.data[y * 160 + x]! - depth.data[y * 160 + x]!) < 1e-6);
    }
  });

  it('copies the map when nothing moves, and never changes the one it is given', () => {
    const depth = gridOf(8, 8, (x) => x % 2);
    const before = depth.data.slice();
    assertSameSamples(limitSlope(depth, { parallaxPx: 0, size: SIZE, kappa: LIMITER_KAPPA }).data, before);
    limitSlope(depth, { parallaxPx: 50, size: SIZE, kappa: LIMITER_KAPPA });
    assertSameSamples(depth.data, before);
  });
});
