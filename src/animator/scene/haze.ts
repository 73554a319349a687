/**
 * Haze by the dark channel (He, Sun & Tang 2009): in clear air some channel of some pixel nearby is dark, in haze none
 * is.
 */
import { mean3x3 } from './box-filter.ts';
import type { Grid } from './scene.ts';
import { emptyGrid, type WorkGrid } from './work-grid.ts';

const RADIUS = 3;

/** 0..1, higher where the air is thicker; meaningless for the sky itself. */
export function darkChannel(work: WorkGrid): Grid {
  const darkest = emptyGrid(work);
  for (let i = 0; i < darkest.data.length; i++) {
    const light = work.luma.data[i]!;
    const red = light + 1.5748 * work.red.data[i]!;
    const blue = light + 1.8556 * work.blue.data[i]!;
    const green = (light - 0.2126 * red - 0.0722 * blue) / 0.7152;
    darkest.data[i] = Math.min(red, green, blue);
  }
  return mean3x3(lowestNearby(darkest));
}

/** The minimum over a square window, rows first, then columns. */
function lowestNearby({ width, height, data }: Grid): Grid {
  const rows = data.map((_, i) => {
    const x = i % width;
    return lowestOf(data, i - Math.min(RADIUS, x), i + Math.min(RADIUS, width - 1 - x), 1);
  });
  const lowest = rows.map((_, i) => {
    const y = Math.floor(i / width);
    return lowestOf(
      rows,
      i - Math.min(RADIUS, y) * width,
      i + Math.min(RADIUS, height - 1 - y) * width,
      width,
    );
  });
  return { width, height, data: lowest };
}

function lowestOf(values: Float32Array, first: number, last: number, stride: number): number {
  let lowest = values[first]!;
  for (let i = first + stride; i <= last; i += stride) lowest = Math.min(lowest, values[i]!);
  return lowest;
}
