/** Optical flow from one picture to another, from the coarsest level of their pyramids to the finest. Deterministic: plain sums in a fixed order. */

import type { FlowField } from '../raster/displacement.ts';
import type { Grid } from '../scene/scene.ts';
import { type Alignment, alignCoarsely } from './coarse-alignment.ts';
import type { ContrastLevel } from './contrast-pyramid.ts';
import { emptyFlow, sampleBilinear } from './flow-field.ts';
import { PatchSearch } from './patch-search.ts';

/** Both pyramids have the same shape, at least one level. The flow is that of the finest level. */
export function denseFlow(from: readonly ContrastLevel[], to: readonly ContrastLevel[]): FlowField {
  const alignment = alignCoarsely(from, to);
  let rest = emptyFlow(from.at(-1)!.contrast);
  for (let level = from.length - 1; level >= 0; level--) {
    const source = from[level]!.contrast;
    if (level < from.length - 1) rest = doubled(rest, source);
    const search = new PatchSearch(source, aligned(to[level]!.contrast, alignment));
    search.run(rest);
    rest = search.densify();
  }
  return behindAlignment(rest, alignment);
}

/** Where the grid's cell 0 comes to lie, in cells. */
function origin({ scale, shiftX, shiftY }: Alignment, { width, height }: Pick<Grid, 'width' | 'height'>) {
  return {
    left: ((1 - scale) * (width - 1)) / 2 + shiftX * width,
    top: ((1 - scale) * (height - 1)) / 2 + shiftY * height,
  };
}

/** The second picture as the first one sees it. */
function aligned(grid: Grid, alignment: Alignment): Grid {
  const { width, height, data } = grid;
  const { scale } = alignment;
  const { left, top } = origin(alignment, grid);
  if (scale === 1 && left === 0 && top === 0) return grid;
  const result = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++)
      result[y * width + x] = sampleBilinear(data, width, height, scale * x + left, scale * y + top);
  }
  return { width, height, data: result };
}

/** The flow to the second picture itself, from the one to its aligned copy. */
function behindAlignment(rest: FlowField, alignment: Alignment): FlowField {
  const { width, height } = rest;
  const { scale } = alignment;
  const { left, top } = origin(alignment, rest);
  const flow = emptyFlow(rest);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const cell = y * width + x;
      flow.dx[cell] = scale * (x + rest.dx[cell]!) + left - x;
      flow.dy[cell] = scale * (y + rest.dy[cell]!) + top - y;
    }
  }
  return flow;
}

/** The same flow on the next finer level. */
function doubled(coarse: FlowField, { width, height }: Pick<FlowField, 'width' | 'height'>): FlowField {
  const fine = emptyFlow({ width, height });
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const from = (y >> 1) * coarse.width + (x >> 1);
      fine.dx[y * width + x] = 2 * coarse.dx[from]!;
      fine.dy[y * width + x] = 2 * coarse.dy[from]!;
    }
  }
  return fine;
}
