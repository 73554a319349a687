/** The nodes of one fluid layer at one frame: where the cells that it touches read its plate, and how its light changes there. */
import type { FluidSource, FluidState, FluidTone } from './fluid-source.ts';
import { CELL_UNTOUCHED, type KernelMemory, WHOLE_Q15 } from './kernels.ts';
import type { MemoryLayout } from './memory-layout.ts';
import { type NodePlace, placeAmongNodes, valueAmongNodes } from './node-field.ts';
import { type NodeCount, OUTER_REACH, type SourceMap, UNITS_PER_PIXEL } from './source-map.ts';

export interface FluidNodeAddresses extends NodeCount {
  readonly first: number;
  readonly second: number;
  readonly tones: { readonly luma: number; readonly cb: number; readonly cr: number };
}

export function reserveFluidNodes(layout: MemoryLayout, { columns, rows }: NodeCount): FluidNodeAddresses {
  const nodes = columns * rows;
  const tone = () => layout.reserve(4 * nodes);
  return {
    columns,
    rows,
    first: layout.reserve(8 * nodes),
    second: layout.reserve(8 * nodes),
    tones: { luma: tone(), cb: tone(), cr: tone() },
  };
}

/** Beyond this a factor on Q6 values, Q15, could leave 16 bits. */
const MOST_TONE = WHOLE_Q15 >> 1;
/** The kernels' c: 256 to a level. */
const TONE_OFFSET_SCALE = 256;

export class FluidNodes {
  readonly addresses: FluidNodeAddresses;
  readonly #first: Int32Array;
  readonly #second: Int32Array;
  readonly #luma: Int16Array;
  readonly #cb: Int16Array;
  readonly #cr: Int16Array;
  readonly #place: NodePlace = { at: 0, across: 0, down: 0 };

  constructor(addresses: FluidNodeAddresses, { buffer }: KernelMemory) {
    const { columns, rows, first, second, tones } = addresses;
    const values = 2 * columns * rows;
    this.addresses = addresses;
    this.#first = new Int32Array(buffer, first, values);
    this.#second = new Int32Array(buffer, second, values);
    this.#luma = new Int16Array(buffer, tones.luma, values);
    this.#cb = new Int16Array(buffer, tones.cb, values);
    this.#cr = new Int16Array(buffer, tones.cr, values);
  }

  /** Writes whatever the touched cells need. */
  write(state: FluidState, source: FluidSource, cells: Uint8Array, { sourceX, sourceY }: SourceMap): void {
    const { columns, rows } = this.addresses;
    for (let row = 0; row < rows; row += 1) {
      const { from, to } = this.#rangeOfRow(row, cells);
      for (let column = from; column <= to; column += 1) {
        const node = row * columns + column;
        this.#writeNode(node, sourceX[node]!, sourceY[node]!, state, source);
      }
    }
  }

  /** The nodes of a row from the first to the last that a touched cell has for a corner. */
  #rangeOfRow(row: number, allCells: Uint8Array): { from: number; to: number } {
    const cellsInRow = this.addresses.columns - 1;
    let [from, to] = [cellsInRow + 1, -1];
    for (const cellRow of [row - 1, row]) {
      if (cellRow < 0 || cellRow >= this.addresses.rows - 1) continue;
      const cells = allCells.subarray(cellRow * cellsInRow, (cellRow + 1) * cellsInRow);
      const isTouched = (cell: number) => cell !== CELL_UNTOUCHED;
      const first = cells.findIndex(isTouched);
      if (first === -1) continue;
      from = Math.min(from, first);
      to = Math.max(to, cells.findLastIndex(isTouched) + 1);
    }
    return { from, to };
  }

  #writeNode(node: number, x: number, y: number, state: FluidState, source: FluidSource): void {
    const { field, firstFactor, second, tone } = state;
    const place = this.#place;
    placeAmongNodes(place, field, x, y);
    const shiftX = valueAmongNodes(field.x, field.columns, place);
    const shiftY = valueAmongNodes(field.y, field.columns, place);
    const { plate, left, top } = source;
    this.#first[2 * node] = toUnits(x + firstFactor * shiftX - left, plate.width);
    this.#first[2 * node + 1] = toUnits(y + firstFactor * shiftY - top, plate.height);
    if (second !== undefined) {
      this.#second[2 * node] = toUnits(x + second.factor * shiftX - left, plate.width);
      this.#second[2 * node + 1] = toUnits(y + second.factor * shiftY - top, plate.height);
    }
    if (tone !== undefined) this.#writeTone(node, tone);
  }

  #writeTone(node: number, { contrast, contrastGain, gain }: FluidTone): void {
    const { columns } = this.addresses;
    const place = this.#place;
    const valueAt = (values: Float32Array | undefined) =>
      values === undefined ? 0 : valueAmongNodes(values, columns, place);
    const restored = contrastGain * valueAt(contrast?.share);
    const offset = -contrastGain * TONE_OFFSET_SCALE;
    const factor = Math.round(WHOLE_Q15 * restored);
    this.#luma[2 * node] = Math.min(MOST_TONE, Math.round(WHOLE_Q15 * (restored + valueAt(gain))));
    this.#luma[2 * node + 1] = Math.round(offset * valueAt(contrast?.luma));
    this.#cb[2 * node] = factor;
    this.#cb[2 * node + 1] = Math.round(offset * valueAt(contrast?.cb));
    this.#cr[2 * node] = factor;
    this.#cr[2 * node + 1] = Math.round(offset * valueAt(contrast?.cr));
  }
}

/** A position in the plate, no farther outside it than its border has samples. */
function toUnits(position: number, length: number): number {
  const inReach = Math.max(-OUTER_REACH, Math.min(length - 1 + OUTER_REACH, position));
  return Math.round(inReach * UNITS_PER_PIXEL);
}
