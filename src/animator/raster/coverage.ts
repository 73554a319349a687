/**
 * Which cells of a frame a matte touches, wherever the camera is. Counts of the matte's blocks over rectangles answer it in a few additions
 * a cell, so that what lies outside the matte costs nothing.
 */
import { CELL_MIXED, CELL_OPAQUE, CELL_UNTOUCHED } from './kernels.ts';

/** Side of the blocks that the matte is counted in, pixels. */
const BLOCK = 8;
/** Taps reach a pixel beyond a cell's outermost positions. */
const REACH = 2;

export class Coverage {
  readonly #columns: number;
  readonly #rows: number;
  /** For every corner of a block, how many blocks above and to the left of it hold anything, and how many are not opaque throughout. */
  readonly #touched: Int32Array;
  readonly #open: Int32Array;

  /** @param matte Opacity 0..255, `width` by `height`. */
  constructor(matte: Uint8Array, width: number, height: number) {
    this.#columns = Math.ceil(width / BLOCK);
    this.#rows = Math.ceil(height / BLOCK);
    const stride = this.#columns + 1;
    this.#touched = new Int32Array(stride * (this.#rows + 1));
    this.#open = new Int32Array(stride * (this.#rows + 1));
    for (let row = 0; row < this.#rows; row += 1) {
      for (let column = 0; column < this.#columns; column += 1) {
        const block = matteOfBlock(matte, width, height, BLOCK * column, BLOCK * row);
        const corner = (row + 1) * stride + column + 1;
        accumulate(this.#touched, corner, stride, block !== CELL_UNTOUCHED);
        accumulate(this.#open, corner, stride, block !== CELL_OPAQUE);
      }
    }
  }

  /**
   * Writes `CELL_UNTOUCHED`, `CELL_MIXED` or `CELL_OPAQUE` for each of the cells between the nodes of a map, `columns` of them in a row.
   * The two cells of a pair get the same, judged over both. Returns whether any cell is touched.
   *
   * @param xs,ys What the nodes read, in pixels of the picture.
   */
  classify(
    xs: Readonly<Float64Array>,
    ys: Readonly<Float64Array>,
    columns: number,
    cells: Uint8Array,
  ): boolean {
    const rows = xs.length / columns;
    let isAnyTouched = false;
    for (let row = 0, cell = 0; row < rows - 1; row += 1) {
      for (let column = 0; column < columns - 1; column += 2, cell += 2) {
        const node = row * columns + column;
        const kind = this.#ofRectangle(
          lowestOf(xs, node, columns),
          lowestOf(ys, node, columns),
          highestOf(xs, node, columns),
          highestOf(ys, node, columns),
        );
        cells[cell] = kind;
        cells[cell + 1] = kind;
        isAnyTouched ||= kind !== CELL_UNTOUCHED;
      }
    }
    return isAnyTouched;
  }

  /** What lies outside the picture is as its edge. */
  #ofRectangle(left: number, top: number, right: number, bottom: number): number {
    const first = clampedBlock(left - REACH, this.#columns);
    const end = clampedBlock(right + REACH, this.#columns) + 1;
    const upper = clampedBlock(top - REACH, this.#rows) * (this.#columns + 1);
    const lower = (clampedBlock(bottom + REACH, this.#rows) + 1) * (this.#columns + 1);
    if (countWithin(this.#touched, lower, upper, first, end) === 0) return CELL_UNTOUCHED;
    return countWithin(this.#open, lower, upper, first, end) === 0 ? CELL_OPAQUE : CELL_MIXED;
  }
}

/** Of the six nodes around a pair of cells; everything between them lies within. */
function lowestOf(values: Readonly<Float64Array>, node: number, columns: number): number {
  const below = node + columns;
  return Math.min(
    Math.min(values[node]!, values[node + 1]!, values[node + 2]!),
    Math.min(values[below]!, values[below + 1]!, values[below + 2]!),
  );
}

function highestOf(values: Readonly<Float64Array>, node: number, columns: number): number {
  const below = node + columns;
  return Math.max(
    Math.max(values[node]!, values[node + 1]!, values[node + 2]!),
    Math.max(values[below]!, values[below + 1]!, values[below + 2]!),
  );
}

function clampedBlock(pixel: number, count: number): number {
  return Math.max(0, Math.min(count - 1, Math.floor(pixel / BLOCK)));
}

function countWithin(sums: Int32Array, lower: number, upper: number, first: number, end: number): number {
  return sums[lower + end]! - sums[lower + first]! - sums[upper + end]! + sums[upper + first]!;
}

function accumulate(sums: Int32Array, corner: number, stride: number, isCounted: boolean): void {
  const others = sums[corner - 1]! + sums[corner - stride]! - sums[corner - stride - 1]!;
  sums[corner] = others + (isCounted ? 1 : 0);
}

function matteOfBlock(matte: Uint8Array, width: number, height: number, left: number, top: number): number {
  let [lowest, highest] = [255, 0];
  for (let y = top; y < Math.min(height, top + BLOCK); y += 1) {
    for (let at = y * width + left; at < y * width + Math.min(width, left + BLOCK); at += 1) {
      const alpha = matte[at]!;
      if (alpha < lowest) lowest = alpha;
      if (alpha > highest) highest = alpha;
    }
  }
  if (highest === 0) return CELL_UNTOUCHED;
  return lowest === 255 ? CELL_OPAQUE : CELL_MIXED;
}
