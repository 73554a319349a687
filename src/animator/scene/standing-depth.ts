/**
 * Depth of a scene on a ground: the ground recedes to the horizon, and what stands on it has one depth, that of its foot.
 */
import type { RegionShape } from './region-shapes.ts';
import { colourDistance } from './region-shapes.ts';
import type { Regions } from './regions.ts';
import type { Grid } from './scene.ts';
import { emptyGrid } from './work-grid.ts';

/** Inverse depth by row: that of a flat ground is linear below the horizon. */
export function groundPrior(shape: Pick<Grid, 'width' | 'height'>, horizon: number): Float32Array {
  return Float32Array.from({ length: shape.height }, (_, y) => {
    const v = (y + 0.5) / shape.height;
    if (v < horizon) return (0.06 * v) / horizon;
    return 0.06 + 0.94 * ((v - horizon) / (1 - horizon)) ** 1.05;
  });
}

/** Indoors, or where nothing is known: lower is nearer. */
export function roomPrior(shape: Pick<Grid, 'height'>): Float32Array {
  return Float32Array.from({ length: shape.height }, (_, y) => 0.3 + 0.5 * ((y + 0.5) / shape.height) ** 2);
}

/** A region at rest on a standing one belongs to it when their colours are no further apart than this. */
const SAME_THING = 0.45;
const PASSES = 6;

/** `prior` by row, but one depth for each region that stands up: the prior's at its foot. */
export function standUp(
  prior: Float32Array,
  horizonRow: number,
  sky: Grid,
  regions: Regions,
  shapes: readonly RegionShape[],
): Grid {
  const skyShare = shareOfRegions(sky, regions, shapes);
  const feet = shapes.map((shape, i) =>
    skyShare[i]! < 0.5 && stands(shape, horizonRow, sky) ? shape.foot : undefined,
  );
  for (let pass = 0; pass < PASSES; pass++) {
    const isSettled = !inheritFeet(feet, shapes, skyShare);
    if (isSettled) break;
  }
  const depth = emptyGrid(sky);
  for (let i = 0; i < depth.data.length; i++) {
    const row = feet[regions.labels[i]!] ?? Math.floor(i / sky.width);
    depth.data[i] = (1 - sky.data[i]!) * prior[row]!;
  }
  return depth;
}

/** The mean of `mask` over every region. */
export function shareOfRegions(
  mask: Grid,
  { labels }: Regions,
  shapes: readonly RegionShape[],
): Float32Array {
  const share = new Float32Array(shapes.length);
  for (let i = 0; i < labels.length; i++) share[labels[i]!]! += mask.data[i]!;
  return share.map((sum, i) => sum / shapes[i]!.cells);
}

function stands(shape: RegionShape, horizonRow: number, { width, height }: Grid): boolean {
  const tall = shape.bottom - shape.top + 1;
  const wide = shape.right - shape.left + 1;
  const fill = shape.cells / (tall * wide);
  const isAcrossHorizon = shape.top < horizonRow && horizonRow - shape.top > 0.25 * tall;
  const isTall = tall > 1.3 * wide && tall > 0.06 * height;
  const isCompact = fill > 0.45 && tall > 0.5 * wide && wide < 0.4 * width && shape.contrast > 0.16;
  return shape.foot > horizonRow && (isAcrossHorizon || isTall || isCompact);
}

/** Gives regions that rest on a standing one its foot; true when any changed. */
function inheritFeet(
  feet: (number | undefined)[],
  shapes: readonly RegionShape[],
  skyShare: Float32Array,
): boolean {
  let changed = false;
  for (const [i, shape] of shapes.entries()) {
    if (feet[i] !== undefined || skyShare[i]! >= 0.5) continue;
    let best: { border: number; foot: number } | undefined;
    for (const [neighbour, border] of shape.neighbours) {
      const foot = feet[neighbour];
      const other = shapes[neighbour]!;
      // It rests on the other when that reaches further down, and is fastened to it by a fair part of its outline.
      const rests = foot !== undefined && foot > shape.foot && border > 0.25 * Math.sqrt(shape.cells);
      if (rests && colourDistance(shape, other) < SAME_THING && border > (best?.border ?? 0))
        best = { border, foot };
    }
    if (best === undefined || shape.foot > best.foot) continue;
    if (shape.cells > 0.15 * skyShare.length && shape.bottom === shape.foot) continue;
    feet[i] = best.foot;
    changed = true;
  }
  return changed;
}
