/**
 * Barriers: what cannot be reached from the picture's top and sides without crossing something. A subject is enclosed
 * by its outline; its background is open to the edge. The bottom does not count as open, because that is where a
 * subject stands or is cut off.
 *
 * Both distances are found by raster passes, forward and backward in turn (Zhang et al. 2015, minimum barrier salient
 * object detection).
 */
import type { Grid } from './scene.ts';

const MOST_PASSES = 6;
/** Beyond any distance that values of 0..1 can give. */
const UNREACHED = 9;

/** The sides count as open down to this share of the height. */
const OPEN_SIDES = 0.7;

/**
 * Calls `relax(cell, neighbour)` for every cell and the neighbours already visited in this pass, until it never says
 * that it changed one.
 */
function rasterPasses(
  width: number,
  height: number,
  relax: (cell: number, neighbour: number) => boolean,
): void {
  for (let pass = 0, quiet = 0; pass < MOST_PASSES && quiet < 2; pass++) {
    let changed = false;
    const back = pass % 2 === 0 ? -1 : 1;
    for (let row = 0; row < height; row++) {
      const y = back === -1 ? row : height - 1 - row;
      const hasRow = y + back >= 0 && y + back < height;
      for (let column = 0; column < width; column++) {
        const x = back === -1 ? column : width - 1 - column;
        const cell = y * width + x;
        if (hasRow && relax(cell, cell + back * width)) changed = true;
        if (x + back >= 0 && x + back < width && relax(cell, cell + back)) changed = true;
      }
    }
    quiet = changed ? 0 : quiet + 1;
  }
}

function isOpen(cell: number, { width, height }: Grid): boolean {
  const x = cell % width;
  const y = Math.floor(cell / width);
  return y === 0 || ((x === 0 || x === width - 1) && y < OPEN_SIDES * height);
}

/** For every cell the lowest height of wall that a way in from the open edge has to cross; the way's start counts. */
export function lowestWall(walls: Grid): Grid {
  const { data } = walls;
  const lowest = data.map((wall, cell) => (isOpen(cell, walls) ? wall : UNREACHED));
  rasterPasses(walls.width, walls.height, (cell, neighbour) => {
    const across = Math.max(lowest[neighbour]!, data[cell]!);
    if (across >= lowest[cell]!) return false;
    lowest[cell] = across;
    return true;
  });
  return { ...walls, data: lowest };
}

/** For every cell the least span of values (largest less smallest) met on a way in from the open edge. */
export function leastSpan(values: Grid): Grid {
  const { data } = values;
  const span = data.map((_, cell) => (isOpen(cell, values) ? 0 : UNREACHED));
  const largest = Float32Array.from(data);
  const smallest = Float32Array.from(data);
  rasterPasses(values.width, values.height, (cell, neighbour) => {
    const high = Math.max(largest[neighbour]!, data[cell]!);
    const low = Math.min(smallest[neighbour]!, data[cell]!);
    if (high - low >= span[cell]!) return false;
    span[cell] = high - low;
    largest[cell] = high;
    smallest[cell] = low;
    return true;
  });
  return { ...values, data: span };
}
