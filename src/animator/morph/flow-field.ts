/** Flows from one picture to another: what lies at (x, y) in the one lies at (x + dx, y + dy) in the other. */
import type { FlowField } from '../raster/displacement.ts';

/** The length of a displacement; unlike `Math.hypot` the same to the last bit in every JavaScript engine. */
export const lengthOf = (dx: number, dy: number): number => Math.sqrt(dx * dx + dy * dy);

export const emptyFlow = ({ width, height }: Pick<FlowField, 'width' | 'height'>): FlowField => ({
  width,
  height,
  dx: new Float32Array(width * height),
  dy: new Float32Array(width * height),
});

/** Bilinear, in cells from the first cell's centre; beyond the grid its edge goes on. The grid has at least 2 x 2 cells. */
export function sampleBilinear(
  data: Float32Array,
  width: number,
  height: number,
  x: number,
  y: number,
): number {
  const insideX = Math.max(0, Math.min(width - 1, x));
  const insideY = Math.max(0, Math.min(height - 1, y));
  const column = insideX < width - 1 ? insideX | 0 : width - 2;
  const row = insideY < height - 1 ? insideY | 0 : height - 2;
  const at = row * width + column;
  const across = insideX - column;
  const top = data[at]! + (data[at + 1]! - data[at]!) * across;
  const bottom = data[at + width]! + (data[at + width + 1]! - data[at + width]!) * across;
  return top + (bottom - top) * (insideY - row);
}
