/** The plate's local means at a still's nodes: around these values a blend of two readings gets its contrast back. */
import type { FluidContrast } from '../raster/fluid-source.ts';
import { CELL_SIDE } from '../raster/kernels.ts';
import type { NodeField } from '../raster/node-field.ts';
import type { RgbaImage } from '../raster/picture.ts';
import { boxMean } from '../scene/box-filter.ts';
import type { Grid } from '../scene/scene.ts';
import type { Stream } from './moving-field.ts';
import type { FluidPlate } from './plate.ts';

/** Two readings that are this many pixels apart have little in common; closer ones lose less contrast. */
const UNLIKE_PX = 10;
/** Samples between two pixels that are looked at; a mean need not be exact. */
const STEP = 2;
/** Nodes: with the cells' own averaging a standard deviation of about 12 pixels. */
const RADIUS = 1;

/** How much contrast two readings of a plate lose in a stream, and around which means. */
export function contrastOf(plate: FluidPlate, { velocity, periodSeconds }: Stream): FluidContrast {
  const share = velocity.x.map((x, node) => {
    const y = velocity.y[node]!;
    const squared = (periodSeconds / 2) ** 2 * (x * x + y * y);
    return squared / (squared + UNLIKE_PX * UNLIKE_PX);
  });
  const shared = (means: Grid) => means.data.map((mean, node) => mean * share[node]!);
  const { red, green, blue } = meansOf(plate, velocity);
  const level = (weights: readonly [number, number, number], offset: number) =>
    shared({
      ...red,
      data: red.data.map(
        (value, node) =>
          offset + weights[0] * value + weights[1] * green.data[node]! + weights[2] * blue.data[node]!,
      ),
    });
  return { share, luma: level(TO_LUMA, 16), cb: level(TO_CB, 128), cr: level(TO_CR, 128) };
}

/** BT.709, limited range, from R'G'B' 0..255. */
const TO_LUMA = [0.1826, 0.6142, 0.062] as const;
const TO_CB = [-0.1006, -0.3386, 0.4392] as const;
const TO_CR = [0.4392, -0.3989, -0.0403] as const;

/** Means around every node; past the plate they go on as at its edge. */
function meansOf({ image, left, top }: FluidPlate, { columns, rows }: Pick<NodeField, 'columns' | 'rows'>) {
  const [red, green, blue] = [0, 1, 2].map((channel): Grid => {
    const data = new Float32Array(columns * rows);
    for (let node = 0; node < data.length; node += 1) {
      const x = CELL_SIDE * (node % columns) - left;
      const y = CELL_SIDE * Math.floor(node / columns) - top;
      data[node] = meanAround(image, x, y, channel);
    }
    const means = { width: columns, height: rows, data };
    return boxMean(boxMean(means, RADIUS), RADIUS);
  });
  return { red: red!, green: green!, blue: blue! };
}

function meanAround({ width, height, data }: RgbaImage, x: number, y: number, channel: number): number {
  let sum = 0;
  let count = 0;
  for (let dy = -CELL_SIDE / 2; dy < CELL_SIDE / 2; dy += STEP) {
    const row = Math.max(0, Math.min(height - 1, y + dy)) * width;
    for (let dx = -CELL_SIDE / 2; dx < CELL_SIDE / 2; dx += STEP) {
      sum += data[4 * (row + Math.max(0, Math.min(width - 1, x + dx))) + channel]!;
      count += 1;
    }
  }
  return sum / count;
}
