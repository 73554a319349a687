/** Where a position of the picture lies among values that cover it, for reading several of them there: the kernels' reference. */
import { CELL_SIDE } from './kernels.ts';
import type { PlacedGrid } from './map-kernels.ts';

export class NodePlace {
  /** The value above and to the left, values in a row, and the way to the next ones, 0..1. */
  #at = 0;
  #width = 0;
  #across = 0;
  #down = 0;

  /** Among the cells of a grid over a picture of `width` by `height` pixels; beyond its outermost cells' centres the edge goes on. */
  inGrid(grid: PlacedGrid, x: number, y: number, width: number, height: number): void {
    const gridX = (x + 0.5) * (grid.width / width) - 0.5;
    const gridY = (y + 0.5) * (grid.height / height) - 0.5;
    this.#settle(gridX, gridY, grid.width, grid.height);
  }

  /** Among a picture's nodes, one at every 8th pixel. */
  amongNodes(columns: number, rows: number, x: number, y: number): void {
    this.#settle(x / CELL_SIDE, y / CELL_SIDE, columns, rows);
  }

  /** Bilinear, of the Float32 values at an address. */
  read(values: Float32Array, address: number): number {
    const at = (address >> 2) + this.#at;
    const below = at + this.#width;
    const top = values[at]! + (values[at + 1]! - values[at]!) * this.#across;
    const bottom = values[below]! + (values[below + 1]! - values[below]!) * this.#across;
    return top + (bottom - top) * this.#down;
  }

  #settle(x: number, y: number, width: number, height: number): void {
    const insideX = Math.max(0, Math.min(width - 1, x));
    const insideY = Math.max(0, Math.min(height - 1, y));
    const column = Math.min(Math.floor(insideX), width - 2);
    const row = Math.min(Math.floor(insideY), height - 2);
    this.#at = row * width + column;
    this.#width = width;
    this.#across = insideX - column;
    this.#down = insideY - row;
  }
}
