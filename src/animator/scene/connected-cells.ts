/** Connected parts of a grid: cells that touch along their sides. */
import type { Grid } from './scene.ts';

/** Every part of what `isInside` holds for, as lists of cells. */
export function connectedParts(
  { width, height }: Pick<Grid, 'width' | 'height'>,
  isInside: (cell: number) => boolean,
): readonly (readonly number[])[] {
  const seen = new Uint8Array(width * height);
  const parts: (readonly number[])[] = [];
  for (let start = 0; start < seen.length; start++) {
    if (seen[start] !== 0 || !isInside(start)) continue;
    seen[start] = 1;
    const part = [start];
    for (let i = 0; i < part.length; i++) {
      for (const neighbour of neighboursOf(part[i]!, width, height)) {
        if (seen[neighbour] !== 0 || !isInside(neighbour)) continue;
        seen[neighbour] = 1;
        part.push(neighbour);
      }
    }
    parts.push(part);
  }
  return parts;
}

/** The two to four cells that share a side with a cell. */
export function neighboursOf(cell: number, width: number, height: number): readonly number[] {
  const x = cell % width;
  const neighbours: number[] = [];
  if (x > 0) neighbours.push(cell - 1);
  if (x < width - 1) neighbours.push(cell + 1);
  if (cell >= width) neighbours.push(cell - width);
  if (cell < width * (height - 1)) neighbours.push(cell + width);
  return neighbours;
}
