import type { Grid } from '../scene/scene.ts';

/** Bilinear at shares of the picture's width and height, 0..1; beyond the grid its edge goes on. */
export function sampleGrid({ width, height, data }: Grid, x: number, y: number): number {
  const insideX = Math.max(0, Math.min(width - 1, x * width - 0.5));
  const insideY = Math.max(0, Math.min(height - 1, y * height - 0.5));
  const column = Math.min(width - 2, insideX | 0);
  const row = Math.min(height - 2, insideY | 0);
  const at = row * width + column;
  const across = insideX - column;
  const top = data[at]! + (data[at + 1]! - data[at]!) * across;
  const bottom = data[at + width]! + (data[at + width + 1]! - data[at + width]!) * across;
  return top + (bottom - top) * (insideY - row);
}
