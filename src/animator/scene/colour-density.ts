/** How common a colour is in one part of a picture: a smoothed histogram over light and both colour differences. */
import { mean3x3 } from './box-filter.ts';
import type { WorkGrid } from './work-grid.ts';

const LIGHT_LEVELS = 12;
/** Levels of each colour difference, this far apart; natural colours lie within +-0.28. */
const COLOUR_LEVELS = 14;
const COLOUR_STEP = 0.04;
const KINDS = LIGHT_LEVELS * COLOUR_LEVELS * COLOUR_LEVELS;

/** The kind of colour of every cell: what `colourDensity` counts. */
export function colourKinds(work: WorkGrid): Int32Array {
  const [light, blue, red] = [mean3x3(work.luma).data, mean3x3(work.blue).data, mean3x3(work.red).data];
  const level = (difference: number) =>
    Math.min(COLOUR_LEVELS - 1, Math.max(0, Math.floor(difference / COLOUR_STEP + COLOUR_LEVELS / 2)));
  return Int32Array.from(light, (value, cell) => {
    const lightLevel = Math.min(LIGHT_LEVELS - 1, Math.max(0, Math.floor(value * LIGHT_LEVELS)));
    return (lightLevel * COLOUR_LEVELS + level(blue[cell]!)) * COLOUR_LEVELS + level(red[cell]!);
  });
}

/** The share of the counted cells that each kind has; a kind lends to those beside it. */
export function colourDensity(kinds: Int32Array, weightOf: (cell: number) => number): Float32Array {
  let density = new Float32Array(KINDS);
  let total = 1e-6;
  for (let cell = 0; cell < kinds.length; cell++) {
    const weight = weightOf(cell);
    density[kinds[cell]!]! += weight;
    total += weight;
  }
  density = smoothAlong(density, 1, COLOUR_LEVELS);
  density = smoothAlong(density, COLOUR_LEVELS, COLOUR_LEVELS);
  density = smoothAlong(density, COLOUR_LEVELS * COLOUR_LEVELS, LIGHT_LEVELS);
  return density.map((weight) => weight / total);
}

/** Weights 1 2 1 along an axis whose levels are `stride` apart. */
function smoothAlong(values: Float32Array, stride: number, levels: number): Float32Array<ArrayBuffer> {
  return Float32Array.from(values, (value, i) => {
    const level = Math.floor(i / stride) % levels;
    const before = level > 0 ? values[i - stride]! : value;
    const after = level < levels - 1 ? values[i + stride]! : value;
    return 0.5 * value + 0.25 * (before + after);
  });
}
