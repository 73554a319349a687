/**
 * The two parts of a grade that look beyond the single pixel: local contrast, which enlarges or softens what a guided filter (He, Sun & Tang 2010) calls
 * detail and leaves edges as they are, so without halos; and glow, the light that bright places shed around them. Both are found on a coarse grid
 * and applied at full resolution (He & Sun, "Fast Guided Filter", 2015).
 */
import type { RgbaImage } from '../raster/picture.ts';
import { boxMean } from '../scene/box-filter.ts';
import { guidedCoefficients } from '../scene/guided-filter.ts';
import type { Grid } from '../scene/scene.ts';
import { emptyGrid } from '../scene/work-grid.ts';
import type { Grade } from './looks.ts';

/** Cells along the longer side: the picture's own at most. */
const LONG_SIDE = 480;
/** Reach of what counts as local, and of the glow, as shares of the longer side. */
const DETAIL_REACH = 0.012;
const GLOW_REACH = 0.03;
/** Variance (of luma 0..1) from which a change counts as an edge and is left alone. */
const EDGE_VARIANCE = 6e-3;
/** Luma from which a place sheds light. */
const GLOW_FROM = 0.55;

/** The picture's colours averaged over cells that cover it evenly, 0..1. */
export interface CoarsePicture {
  readonly luma: Grid;
  readonly red: Grid;
  readonly green: Grid;
  readonly blue: Grid;
}

export function coarsen({ width, height, data }: RgbaImage): CoarsePicture {
  const perPixel = Math.min(1, LONG_SIDE / Math.max(width, height));
  const shape = {
    width: Math.max(2, Math.round(width * perPixel)),
    height: Math.max(2, Math.round(height * perPixel)),
  };
  const [luma, red, green, blue] = [
    emptyGrid(shape),
    emptyGrid(shape),
    emptyGrid(shape),
    emptyGrid(shape),
  ] as const;
  const counts = new Float32Array(shape.width * shape.height);
  for (let y = 0, at = 0; y < height; y += 1) {
    const row = Math.floor((y * shape.height) / height) * shape.width;
    for (let x = 0; x < width; x += 1, at += 4) {
      const cell = row + Math.floor((x * shape.width) / width);
      red.data[cell]! += data[at]!;
      green.data[cell]! += data[at + 1]!;
      blue.data[cell]! += data[at + 2]!;
      counts[cell]! += 255;
    }
  }
  for (let cell = 0; cell < counts.length; cell += 1) {
    red.data[cell]! /= counts[cell]!;
    green.data[cell]! /= counts[cell]!;
    blue.data[cell]! /= counts[cell]!;
    luma.data[cell] = 0.2126 * red.data[cell]! + 0.7152 * green.data[cell]! + 0.0722 * blue.data[cell]!;
  }
  return { luma, red, green, blue };
}

/** What a pixel's luma becomes by its surroundings: `slope * luma + offset`, cell by cell; undefined where detail stays as it is. */
export function detailOf({ luma }: CoarsePicture, { detail }: Grade) {
  if (detail === 0) return undefined;
  const radius = Math.max(1, Math.round(DETAIL_REACH * Math.max(luma.width, luma.height)));
  const { slope, offset } = guidedCoefficients(luma, luma, radius, EDGE_VARIANCE);
  // luma + detail * (luma - (slope * luma + offset))
  return {
    slope: { ...slope, data: slope.data.map((value) => 1 + detail * (1 - value)) },
    offset: { ...offset, data: offset.data.map((value) => -detail * value) },
  };
}

/** The light around bright places, 0..1 a channel, cell by cell; undefined without glow. */
export function glowOf({ luma, red, green, blue }: CoarsePicture, { glow }: Grade) {
  if (glow === 0) return undefined;
  const radius = Math.max(1, Math.round(GLOW_REACH * Math.max(luma.width, luma.height)));
  const spread = (channel: Grid): Grid => {
    const bright = channel.data.map(
      (value, cell) => (glow * value * Math.max(0, luma.data[cell]! - GLOW_FROM)) / (1 - GLOW_FROM),
    );
    return boxMean(boxMean({ ...channel, data: bright }, radius), radius);
  };
  return { red: spread(red), green: spread(green), blue: spread(blue) };
}
