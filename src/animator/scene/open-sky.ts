/**
 * The open sky: what can be reached from the picture's top without crossing anything crisp. Clouds, dusk and haze are
 * soft; ridges, roofs, wires and leaves are not. Unlike the skyline, which is one line across the picture, it goes
 * around towers and under branches, and where it is in doubt it leaves out: a patch of sky that rests is seldom
 * noticed, a hill that moves always.
 */
import { neighboursOf } from './connected-cells.ts';
import { percentile } from './percentile.ts';
import type { Grid } from './scene.ts';
import { cutAtStraightHorizon, lowestRows, trimLeaks } from './sky-depth.ts';
import { cutBelowFaintPeaks, fillPockets } from './sky-pockets.ts';
import { emptyGrid, type WorkGrid } from './work-grid.ts';

/** Crispness of an edge in clear air, and how far it stands out of the sky's own noise: high up, where clouds have crisp rims. */
const UPPER_EDGE = 0.06;
const UPPER_ABOVE_NOISE = 3.5;
/** The same low down, where hills stand in haze. */
const LOWER_EDGE = 0.027;
const LOWER_ABOVE_NOISE = 2.6;
/** Share of the sky's depth at which the one passes into the other. */
const MIDDLE = 0.5;
/** Where the noise is measured: the rows at the top, in blocks of columns, of which some may hold leaves or towers. */
const TOP_SHARE = 0.12;
const BLOCKS = 8;
const CLEAREST_BLOCK = 2;

/** What is less crisp than this many times the upper sky's edges is only just seen. */
const FAINT = 1.5;

export interface OpenSky {
  /** All that may be sky: 1 for it, 0 for all else. */
  readonly wide: Grid;
  /** Without what may be a hill in haze. */
  readonly sure: Grid;
}

export function findOpenSky(work: WorkGrid): OpenSky {
  const noise = noiseOfSky(work);
  const upper = Math.max(UPPER_EDGE, UPPER_ABOVE_NOISE * noise);
  const lower = Math.max(LOWER_EDGE, LOWER_ABOVE_NOISE * noise);
  const wide = flood(work, () => upper);
  const middle = MIDDLE * percentile(Float32Array.from(lowestRows(wide)), 0.5);
  const sure = flood(work, (cell) => (Math.floor(cell / work.width) < middle ? upper : lower));
  cutBelowFaintPeaks(work, sure, middle, FAINT * upper);
  return { wide, sure };
}

function flood(work: WorkGrid, thresholdAt: (cell: number) => number): Grid {
  const sky = reachFromTop(work, thresholdAt);
  growBack(work, sky, thresholdAt);
  fillPockets(work.crispness, sky);
  trimLeaks(work, sky);
  cutAtStraightHorizon(work, sky);
  return sky;
}

/** The usual crispness of the clearest parts along the top. */
function noiseOfSky({ width, height, crispness }: WorkGrid): number {
  const bottom = Math.max(2, Math.floor(TOP_SHARE * height));
  const medians = Array.from({ length: BLOCKS }, (_, block) => {
    const left = Math.floor((block * width) / BLOCKS);
    const right = Math.max(left + 1, Math.floor(((block + 1) * width) / BLOCKS));
    const values: number[] = [];
    // The outermost cells have hardly any crispness: a Laplacian needs neighbours.
    for (let y = 1; y < bottom; y++) {
      for (let x = left; x < right; x++) values.push(crispness.data[y * width + x]!);
    }
    return percentile(Float32Array.from(values), 0.5);
  });
  return medians.sort((a, b) => a - b)[CLEAREST_BLOCK]!;
}

/** Floods from the top row. Edges count as three cells wide, so that no gap in a faint one lets the flood through. */
function reachFromTop({ width, height, crispness }: WorkGrid, thresholdAt: (cell: number) => number): Grid {
  const walls = widened(crispness, thresholdAt);
  const sky = emptyGrid(crispness);
  const open: number[] = [];
  const visit = (cell: number) => {
    if (walls[cell] !== 0 || sky.data[cell] !== 0) return;
    sky.data[cell] = 1;
    open.push(cell);
  };
  for (let x = 0; x < width; x++) visit(x);
  for (let cell = open.pop(); cell !== undefined; cell = open.pop()) {
    const x = cell % width;
    if (x > 0) visit(cell - 1);
    if (x < width - 1) visit(cell + 1);
    if (cell >= width) visit(cell - width);
    if (cell < width * (height - 1)) visit(cell + width);
  }
  return sky;
}

/** 1 within a cell of anything above its threshold. */
function widened(crispness: Grid, thresholdAt: (cell: number) => number): Uint8Array {
  const { width, height, data } = crispness;
  const edges = new Uint8Array(data.length);
  for (let cell = 0; cell < data.length; cell++) edges[cell] = data[cell]! > thresholdAt(cell) ? 1 : 0;
  return widenBy(width, height, widenBy(height, width, edges));
}

/** Turned on its side, so that two calls widen both ways: what is within one place of a 1 along its line. */
function widenBy(lines: number, length: number, edges: Uint8Array): Uint8Array {
  const turned = new Uint8Array(edges.length);
  for (let line = 0; line < lines; line++) {
    for (let i = 0; i < length; i++) {
      const at = line * length + i;
      const isNear =
        edges[at] === 1 || (i > 0 && edges[at - 1] === 1) || (i < length - 1 && edges[at + 1] === 1);
      turned[i * lines + line] = isNear ? 1 : 0;
    }
  }
  return turned;
}

/** Takes back the cell that `widened` took off everywhere. */
function growBack(
  { width, height, crispness }: WorkGrid,
  sky: Grid,
  thresholdAt: (cell: number) => number,
): void {
  const before = Float32Array.from(sky.data);
  for (let cell = 0; cell < before.length; cell++) {
    if (before[cell] !== 0 || crispness.data[cell]! > thresholdAt(cell)) continue;
    if (neighboursOf(cell, width, height).some((neighbour) => before[neighbour] === 1)) sky.data[cell] = 1;
  }
}
