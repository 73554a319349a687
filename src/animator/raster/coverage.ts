/**
 * Which cells of a frame a matte touches, wherever the camera is. Counts of the matte's blocks over rectangles answer it in a few additions
 * a cell (`MapKernels.classifyCells`), so that what lies outside the matte costs nothing.
 */
import type { FrameSize } from '#domain/media/frame-size.ts';
import { type Beyond, NOTHING_BEYOND } from './beyond.ts';
import type { KernelMemory } from './kernels.ts';
import { COVERAGE_BLOCK, type PlacedCoverage } from './map-kernels.ts';
import type { MemoryLayout } from './memory-layout.ts';

/** @param beyond Of the matte, around the frame. */
export function reserveCoverage(
  layout: MemoryLayout,
  { width, height }: FrameSize,
  beyond: Beyond = NOTHING_BEYOND,
): PlacedCoverage {
  const columns = Math.ceil(width / COVERAGE_BLOCK);
  const rows = Math.ceil(height / COVERAGE_BLOCK);
  const sums = () => layout.reserve(4 * (columns + 1) * (rows + 1));
  return { columns, rows, beyondX: beyond.x, beyondY: beyond.y, touched: sums(), open: sums() };
}

/** Counts a matte: opacity 0..255, of the size that the room was reserved for. The memory is zeroed still. */
export function countCoverage(
  { buffer }: KernelMemory,
  { columns, rows, touched, open }: PlacedCoverage,
  matte: Uint8Array,
  { width, height }: FrameSize,
): void {
  const stride = columns + 1;
  const touchedSums = new Int32Array(buffer, touched, stride * (rows + 1));
  const openSums = new Int32Array(buffer, open, stride * (rows + 1));
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      const { lowest, highest } = rangeOfBlock(matte, width, height, column, row);
      const corner = (row + 1) * stride + column + 1;
      accumulate(touchedSums, corner, stride, highest > 0);
      accumulate(openSums, corner, stride, lowest < 255);
    }
  }
}

function accumulate(sums: Int32Array, corner: number, stride: number, isCounted: boolean): void {
  const others = sums[corner - 1]! + sums[corner - stride]! - sums[corner - stride - 1]!;
  sums[corner] = others + (isCounted ? 1 : 0);
}

function rangeOfBlock(
  matte: Uint8Array,
  width: number,
  height: number,
  column: number,
  row: number,
): { readonly lowest: number; readonly highest: number } {
  const [left, top] = [COVERAGE_BLOCK * column, COVERAGE_BLOCK * row];
  let [lowest, highest] = [255, 0];
  for (let y = top; y < Math.min(height, top + COVERAGE_BLOCK); y += 1) {
    for (let at = y * width + left; at < y * width + Math.min(width, left + COVERAGE_BLOCK); at += 1) {
      const alpha = matte[at]!;
      if (alpha < lowest) lowest = alpha;
      if (alpha > highest) highest = alpha;
    }
  }
  return { lowest, highest };
}
