/**
 * Running water follows its own texture: foam and ripples are drawn out along the stream, so the direction of least change (structure
 * tensor, Foerstner & Guelch 1987) is the stream's, up to its sign, which the heading decides.
 */
import { seededUnit } from '../camera/seeded-noise.ts';
import type { Fluid, Heading } from '../director/plan.ts';
import type { NodeField } from '../raster/node-field.ts';
import type { RgbaImage } from '../raster/picture.ts';
import { boxMean } from '../scene/box-filter.ts';
import type { Grid } from '../scene/scene.ts';
import { emptyGrid } from '../scene/work-grid.ts';
import { headingVector } from './heading.ts';
import { lumaOf, reduceLuma } from './luma-grid.ts';
import {
  drawField,
  pixelScale,
  type Stream,
  slowAtBanks,
  type Vector,
  withoutFolds,
} from './moving-field.ts';

/** Pixels per second. */
const SPEED = 70;
/** The longest shift before a reading starts over, pixels. */
const LONGEST_SHIFT = 30;
/** Cells around a point that its direction is averaged over. */
const RADIUS = 6;
/** Cells beside a bank. */
const BANK = 2;
/** Share of the given heading in a stream whose texture has a direction of its own: rivers bend, but run on. */
const HEADING_SHARE = 0.35;
/** How far the heading is turned to one side. */
const BIAS = 0.3;
/** Nodes. */
const SMOOTHING = 3;
/** Squared slope of luma below which there is no texture to follow. */
const FAINT = 1e-5;

export function streamRiver(
  { heading, strength }: Fluid,
  still: RgbaImage,
  mask: Grid,
  seed: number,
): Stream {
  const side = seededUnit(seed, 'river side') < 0.5 ? -1 : 1;
  const along = streamDirections(reduceLuma(lumaOf(still), still, mask), mask, biasedHeading(heading, side));
  const speed = strength * SPEED * pixelScale(still);
  const current = drawField(still, (x, y) => {
    const [alongX, alongY] = along(x / still.width, y / still.height);
    return [speed * alongX, speed * alongY];
  });
  return withoutFolds({
    velocity: slowAtBanks(smoothed(current), mask, still),
    periodSeconds: (2 * LONGEST_SHIFT) / (strength * SPEED),
  });
}

/** Without the leaps that a direction makes where the texture has none. */
function smoothed(field: NodeField): NodeField {
  const smooth = (data: Float32Array) => {
    const grid = { width: field.columns, height: field.rows, data };
    return boxMean(boxMean(grid, SMOOTHING), SMOOTHING).data;
  };
  return { ...field, x: smooth(field.x), y: smooth(field.y) };
}

/** A stream across the heading runs to the given side all over, not here and there as chance has it. */
function biasedHeading(heading: Heading, side: 1 | -1): Vector {
  const [x, y] = headingVector(heading);
  return [x - BIAS * side * y, y + BIAS * side * x];
}

/** A unit vector, or a shorter one where texture and heading disagree, at shares of width and height. */
function streamDirections(
  luma: Grid,
  mask: Grid,
  [headingX, headingY]: Vector,
): (u: number, v: number) => Vector {
  const { alike, mixed, total } = tensorOf(luma, mask);
  return (u, v) => {
    const column = Math.min(luma.width - 1, Math.floor(u * luma.width));
    const cell = Math.min(luma.height - 1, Math.floor(v * luma.height)) * luma.width + column;
    const strength = Math.sqrt(alike.data[cell]! ** 2 + mixed.data[cell]! ** 2);
    if (strength === 0) return [headingX, headingY];
    const coherence = strength / (total.data[cell]! + FAINT);
    // The gradient's angle counts double in the tensor; the stream is at right angles to it: half of that angle, turned by 90 degrees.
    const cosine = -alike.data[cell]! / strength;
    const alongX = Math.sqrt(Math.max(0, (1 + cosine) / 2));
    const alongY = Math.sqrt(Math.max(0, (1 - cosine) / 2)) * (mixed.data[cell]! > 0 ? -1 : 1);
    const direction = coherence * (alongX * headingX + alongY * headingY < 0 ? -1 : 1);
    const x = direction * alongX + HEADING_SHARE * headingX;
    const y = direction * alongY + HEADING_SHARE * headingY;
    const length = Math.max(0.5, Math.sqrt(x * x + y * y));
    return [x / length, y / length];
  };
}

/** The structure tensor by its double angle, gx^2 - gy^2, 2 gx gy, and gx^2 + gy^2; a bank's own edge does not count. */
function tensorOf(
  luma: Grid,
  mask: Grid,
): { readonly alike: Grid; readonly mixed: Grid; readonly total: Grid } {
  const { width, height, data } = luma;
  const [alike, mixed, total] = [emptyGrid(luma), emptyGrid(luma), emptyGrid(luma)];
  const inside = boxMean(mask, BANK).data;
  for (let y = 1; y < height - 1; y += 1) {
    for (let cell = y * width + 1; cell < (y + 1) * width - 1; cell += 1) {
      if (inside[cell]! < 1) continue;
      const across = data[cell + 1]! - data[cell - 1]!;
      const down = data[cell + width]! - data[cell - width]!;
      alike.data[cell] = across * across - down * down;
      mixed.data[cell] = 2 * across * down;
      total.data[cell] = across * across + down * down;
    }
  }
  const smooth = (grid: Grid) => boxMean(boxMean(grid, RADIUS), RADIUS);
  return { alike: smooth(alike), mixed: smooth(mixed), total: smooth(total) };
}
