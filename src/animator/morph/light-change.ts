/** How differently two pictures of one scene are lit: another hour, weather or grade, as against another place of the camera alone. */

import type { FlowField } from '../raster/displacement.ts';
import type { RgbaImage } from '../raster/picture.ts';
import { sampleBilinear } from './flow-field.ts';

/**
 * The mean difference of a colour channel (0..1) between what corresponds; what has no counterpart is left out. `flow` leads from `base` to
 * `other`.
 */
export function lightChange(base: RgbaImage, other: RgbaImage, flow: FlowField): number {
  let [sum, count] = [0, 1e-9];
  for (let channel = 0; channel < 3; channel++) {
    const [from, to] = [base, other].map((image) => reduceChannel(image, channel, flow));
    for (let y = 0; y < flow.height; y++) {
      for (let x = 0; x < flow.width; x++) {
        const cell = y * flow.width + x;
        const [toX, toY] = [x + flow.dx[cell]!, y + flow.dy[cell]!];
        if (toX < 0 || toY < 0 || toX > flow.width - 1 || toY > flow.height - 1) continue;
        sum += Math.abs(from![cell]! - sampleBilinear(to!, flow.width, flow.height, toX, toY));
        count++;
      }
    }
  }
  return sum / count;
}

/** One channel, 0..1, at the flow's size: of every cell the mean of four of its pixels, which is enough for the light in it. */
function reduceChannel(image: RgbaImage, channel: number, { width, height }: FlowField): Float32Array {
  const reduced = new Float32Array(width * height);
  const column = (x: number) => Math.min(image.width - 1, Math.floor((x * image.width) / width));
  const row = (y: number) => Math.min(image.height - 1, Math.floor((y * image.height) / height));
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let sum = 0;
      for (const pixelRow of [row(y + 0.25), row(y + 0.75)]) {
        for (const pixelColumn of [column(x + 0.25), column(x + 0.75)])
          sum += image.data[4 * (pixelRow * image.width + pixelColumn) + channel]!;
      }
      reduced[y * width + x] = sum / (4 * 255);
    }
  }
  return reduced;
}
