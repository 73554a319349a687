/** What stands out in a flooded sky: clouds with crisp rims, which belong to it, and peaks in haze, which do not. */
import { connectedParts } from './connected-cells.ts';
import type { Grid } from './scene.ts';
import { lowestRows } from './sky-depth.ts';
import type { WorkGrid } from './work-grid.ts';

/** Pockets in the sky, as clouds with crisp rims leave them, are filled up to this share of the picture. */
const LARGEST_POCKET = 0.03;
/** A pocket that is crisper on average is a thing that flies. */
const POCKET_CRISPNESS = 0.2;
/** A pocket that reaches down to this share of the sky's depth may be land. */
const LOW = 0.8;
/** Share of the picture: what is smaller is a star, and no land. */
const LARGEST_STAR = 0.001;
/** Rows a column that a flank falls at least. */
const FLANK_SLOPE = 0.45;

interface Pocket {
  readonly cells: readonly number[];
  /** Reaches down to where hills are, and is larger than a star: a peak whose foot is lost in haze, rather than a cloud. */
  readonly isLow: boolean;
}

/** What has sky around it on all sides but perhaps the picture's top. */
function pocketsOf(sky: Grid): readonly Pocket[] {
  const { width, height } = sky;
  const bottoms = lowestRows(sky);
  return connectedParts(sky, (cell) => sky.data[cell] === 0)
    .filter((cells) => cells.length <= LARGEST_POCKET * sky.data.length)
    .filter((cells) =>
      cells.every((cell) => cell < width * (height - 1) && cell % width !== 0 && cell % width !== width - 1),
    )
    .map((cells) => ({
      cells,
      isLow:
        cells.length > LARGEST_STAR * sky.data.length &&
        cells.some((cell) => Math.floor(cell / width) > LOW * bottoms[cell % width]!),
    }));
}

/** Soft pockets high up are clouds with crisp rims. */
export function fillPockets(crispness: Grid, sky: Grid): void {
  for (const { cells, isLow } of pocketsOf(sky)) {
    const crisp = cells.reduce((sum, cell) => sum + crispness.data[cell]!, 0) / cells.length;
    if (!isLow && crisp < POCKET_CRISPNESS) for (const cell of cells) sky.data[cell] = 1;
  }
}

/**
 * Where land that is only just seen rises into the lower sky, its flanks run down from there, though they may be too
 * faint to be seen as edges.
 *
 * @param faint Crispness of an edge beside which another might be missed.
 */
export function cutBelowFaintPeaks({ crispness }: WorkGrid, sky: Grid, middle: number, faint: number): void {
  const { width, height, data } = sky;
  const tops = new Float32Array(width).fill(height);
  for (const part of connectedParts(sky, (cell) => data[cell] === 0)) {
    if (part.length <= LARGEST_STAR * data.length) continue;
    for (const cell of part) {
      const [x, y] = [cell % width, Math.floor(cell / width)];
      const isEdge = y >= middle && data[cell - width] === 1;
      if (isEdge && crispestBelow(crispness, cell) < faint) tops[x] = Math.min(tops[x]!, y);
    }
  }
  for (let x = 1; x < width; x++) tops[x] = Math.min(tops[x]!, tops[x - 1]! + FLANK_SLOPE);
  for (let x = width - 2; x >= 0; x--) tops[x] = Math.min(tops[x]!, tops[x + 1]! + FLANK_SLOPE);
  for (let x = 0; x < width; x++) {
    for (let cell = Math.ceil(tops[x]!) * width + x; cell < data.length; cell += width) data[cell] = 0;
  }
}

/** An edge is crispest within a cell or two of where the sky ends. */
function crispestBelow({ width, data }: Grid, cell: number): number {
  return Math.max(data[cell]!, data[cell + width] ?? 0, data[cell + 2 * width] ?? 0);
}
