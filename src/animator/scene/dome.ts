import type { Grid } from './scene.ts';

/** A shallow bulge: moves over a flat picture keep a hint of life without bending its lines. */
export function dome(cell: number, { width, height }: Pick<Grid, 'width' | 'height'>): number {
  const u = ((cell % width) + 0.5) / width - 0.5;
  const v = (Math.floor(cell / width) + 0.5) / height - 0.5;
  return 0.6 - 0.2 * (u * u + v * v);
}
