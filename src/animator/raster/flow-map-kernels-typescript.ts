/** The map kernels for fluids in plain TypeScript: the reference for `assembly/flow-map.ts`. */
import { CELL_MIXED, CELL_OPAQUE, CELL_UNTOUCHED, WHOLE_Q15 } from './kernels.ts';
import {
  COVERAGE_BLOCK,
  type FlowReadings,
  type FlowTones,
  type MapKernels,
  type NodeTable,
  type PlacedCoverage,
} from './map-kernels.ts';
import { toUnits } from './map-units.ts';
import { NodePlace } from './node-place.ts';

type FlowMapKernels = Pick<MapKernels, 'classifyCells' | 'coverCells' | 'writeReadings' | 'writeTones'>;

export function createTypeScriptFlowMapKernels(
  positions: Float64Array,
  values: Float32Array,
  words: Int32Array,
  halves: Int16Array,
): FlowMapKernels {
  const bytes = new Uint8Array(positions.buffer);
  return {
    classifyCells: (nodes, coverage, cells) => classifyCells(positions, words, bytes, nodes, coverage, cells),
    coverCells: ({ columns, rows }, cells, covered) => {
      for (let cell = 0; cell < (columns - 1) * (rows - 1); cell += 1)
        if (bytes[cells + cell] === CELL_OPAQUE) bytes[covered + cell] = CELL_OPAQUE;
    },
    writeReadings: (nodes, cells, readings) =>
      visitTouched(bytes, nodes, cells, (node) =>
        writeReading(positions, values, words, nodes, node, readings),
      ),
    writeTones: (nodes, cells, tones) =>
      visitTouched(bytes, nodes, cells, (node) => writeTone(positions, values, halves, nodes, node, tones)),
  };
}

/** Taps reach a pixel beyond a cell's outermost positions. */
const REACH = 2;

function classifyCells(
  positions: Float64Array,
  words: Int32Array,
  bytes: Uint8Array,
  { columns, rows, x, y }: NodeTable,
  coverage: PlacedCoverage,
  cells: number,
): boolean {
  let isAnyTouched = false;
  for (let row = 0, cell = cells; row < rows - 1; row += 1) {
    for (let column = 0; column < columns - 1; column += 2, cell += 2) {
      const node = row * columns + column;
      const [atX, atY] = [(x >> 3) + node, (y >> 3) + node];
      const kind = kindOf(
        words,
        coverage,
        lowestOf(positions, atX, columns),
        lowestOf(positions, atY, columns),
        highestOf(positions, atX, columns),
        highestOf(positions, atY, columns),
      );
      bytes[cell] = kind;
      bytes[cell + 1] = kind;
      isAnyTouched ||= kind !== CELL_UNTOUCHED;
    }
  }
  return isAnyTouched;
}

/** What lies outside the matte is as its edge. */
function kindOf(
  words: Int32Array,
  { columns, rows, beyondX, beyondY, touched, open }: PlacedCoverage,
  left: number,
  top: number,
  right: number,
  bottom: number,
): number {
  const first = clampedBlock(left - REACH + beyondX, columns);
  const end = clampedBlock(right + REACH + beyondX, columns) + 1;
  const upper = clampedBlock(top - REACH + beyondY, rows) * (columns + 1);
  const lower = (clampedBlock(bottom + REACH + beyondY, rows) + 1) * (columns + 1);
  const countWithin = (sums: number) =>
    words[sums + lower + end]! -
    words[sums + lower + first]! -
    words[sums + upper + end]! +
    words[sums + upper + first]!;
  if (countWithin(touched >> 2) === 0) return CELL_UNTOUCHED;
  return countWithin(open >> 2) === 0 ? CELL_OPAQUE : CELL_MIXED;
}

function clampedBlock(pixel: number, count: number): number {
  return Math.max(0, Math.min(count - 1, Math.floor(pixel / COVERAGE_BLOCK)));
}

/** Of the six nodes around a pair of cells; everything between them lies within. */
function lowestOf(positions: Float64Array, at: number, columns: number): number {
  const below = at + columns;
  return Math.min(
    Math.min(positions[at]!, positions[at + 1]!, positions[at + 2]!),
    Math.min(positions[below]!, positions[below + 1]!, positions[below + 2]!),
  );
}

function highestOf(positions: Float64Array, at: number, columns: number): number {
  const below = at + columns;
  return Math.max(
    Math.max(positions[at]!, positions[at + 1]!, positions[at + 2]!),
    Math.max(positions[below]!, positions[below + 1]!, positions[below + 2]!),
  );
}

/** The nodes of every row from the first to the last that a touched cell has for a corner. */
function visitTouched(
  bytes: Uint8Array,
  { columns, rows }: NodeTable,
  cells: number,
  visit: (node: number) => void,
): void {
  const isTouched = (row: number, cell: number) =>
    row >= 0 && row < rows - 1 && bytes[cells + row * (columns - 1) + cell] !== CELL_UNTOUCHED;
  for (let row = 0; row < rows; row += 1) {
    let [first, last] = [columns, -1];
    for (let cell = 0; cell < columns - 1; cell += 1) {
      if (!isTouched(row - 1, cell) && !isTouched(row, cell)) continue;
      first = Math.min(first, cell);
      last = cell + 1;
    }
    for (let column = first; column <= last; column += 1) visit(row * columns + column);
  }
}

const place = new NodePlace();

function writeReading(
  positions: Float64Array,
  values: Float32Array,
  words: Int32Array,
  { columns, rows, x, y }: NodeTable,
  node: number,
  { field, first, firstFactor, second, left, top, width, height }: FlowReadings,
): void {
  const [sourceX, sourceY] = [positions[(x >> 3) + node]!, positions[(y >> 3) + node]!];
  place.amongNodes(columns, rows, sourceX, sourceY);
  const shiftX = place.read(values, field.x);
  const shiftY = place.read(values, field.y);
  const write = (address: number, factor: number) => {
    words[(address >> 2) + 2 * node] = toUnits(sourceX + factor * shiftX - left, width);
    words[(address >> 2) + 2 * node + 1] = toUnits(sourceY + factor * shiftY - top, height);
  };
  write(first, firstFactor);
  if (second !== undefined) write(second.address, second.factor);
}

/** Beyond this a factor on Q6 values, Q15, could leave 16 bits. */
const MOST_TONE = WHOLE_Q15 >> 1;
/** The kernels' c: 256 to a level. */
const TONE_OFFSET_SCALE = 256;

function writeTone(
  positions: Float64Array,
  values: Float32Array,
  halves: Int16Array,
  { columns, rows, x, y }: NodeTable,
  node: number,
  { share, luma, cb, cr, gain, contrastGain, toLuma, toCb, toCr }: FlowTones,
): void {
  place.amongNodes(columns, rows, positions[(x >> 3) + node]!, positions[(y >> 3) + node]!);
  const valueAt = (address: number) => (address === 0 ? 0 : place.read(values, address));
  const write = (address: number, k: number, c: number) => {
    halves[(address >> 1) + 2 * node] = Math.floor(WHOLE_Q15 * k + 0.5);
    halves[(address >> 1) + 2 * node + 1] = Math.floor(c + 0.5);
  };
  const restored = contrastGain * valueAt(share);
  const offset = -contrastGain * TONE_OFFSET_SCALE;
  write(toLuma, Math.min(MOST_TONE / WHOLE_Q15, restored + valueAt(gain)), offset * valueAt(luma));
  write(toCb, restored, offset * valueAt(cb));
  write(toCr, restored, offset * valueAt(cr));
}
