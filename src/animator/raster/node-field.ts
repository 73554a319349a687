/**
 * Values over a still at the same 8-pixel nodes that a camera at rest has its map at, so that such a camera reads them without
 * interpolation.
 */
import { CELL_SIDE } from './kernels.ts';

/** A vector at every node, in pixels of the still, row by row. */
export interface NodeField {
  readonly columns: number;
  readonly rows: number;
  readonly x: Float32Array;
  readonly y: Float32Array;
}

/** Where a position lies among the nodes. */
export interface NodePlace {
  /** The node above and to the left. */
  at: number;
  across: number;
  down: number;
}

/** `x` and `y` in pixels of the still; outside it the place is that of its nearest edge. */
export function placeAmongNodes(
  place: NodePlace,
  { columns, rows }: Pick<NodeField, 'columns' | 'rows'>,
  x: number,
  y: number,
): void {
  const gridX = Math.max(0, Math.min(columns - 1, x / CELL_SIDE));
  const gridY = Math.max(0, Math.min(rows - 1, y / CELL_SIDE));
  const column = gridX < columns - 1 ? gridX | 0 : columns - 2;
  const row = gridY < rows - 1 ? gridY | 0 : rows - 2;
  place.at = row * columns + column;
  place.across = gridX - column;
  place.down = gridY - row;
}

/** Bilinear. */
export function valueAmongNodes(
  values: Float32Array,
  columns: number,
  { at, across, down }: NodePlace,
): number {
  const top = values[at]! + (values[at + 1]! - values[at]!) * across;
  const below = at + columns;
  const bottom = values[below]! + (values[below + 1]! - values[below]!) * across;
  return top + (bottom - top) * down;
}
