// The map kernels for fluids in WebAssembly SIMD. The arithmetic and its reasons are in ../map-kernels.ts; ../flow-map-kernels-typescript.ts is the
// reference that they must match byte for byte.

import { clampTo, loadPosition, offsetOf, OUTER_REACH, pair, storeUnits, valueAt, vectorAt } from './places';
import { nothing } from './unforeseen';

/** How many of the counted blocks lie in a rectangle. */
// @ts-ignore: decorator
@inline
function countWithin(sums: usize, lower: i32, upper: i32, first: i32, end: i32): i32 {
  return load<i32>(sums + (<usize>(lower + end) << 2)) - load<i32>(sums + (<usize>(lower + first) << 2))
    - load<i32>(sums + (<usize>(upper + end) << 2)) + load<i32>(sums + (<usize>(upper + first) << 2));
}

/** The lower of six positions, lane for lane, or the higher: three in a row and three below. */
// @ts-ignore: decorator
@inline
function lowest(x: usize, y: usize, rowBytes: usize): v128 {
  const upper = f64x2.pmin(
    f64x2.pmin(loadPosition(x, y), loadPosition(x + 8, y + 8)),
    loadPosition(x + 16, y + 16),
  );
  const lower = f64x2.pmin(
    f64x2.pmin(loadPosition(x + rowBytes, y + rowBytes), loadPosition(x + rowBytes + 8, y + rowBytes + 8)),
    loadPosition(x + rowBytes + 16, y + rowBytes + 16),
  );
  return f64x2.pmin(upper, lower);
}

// @ts-ignore: decorator
@inline
function highest(x: usize, y: usize, rowBytes: usize): v128 {
  const upper = f64x2.pmax(
    f64x2.pmax(loadPosition(x, y), loadPosition(x + 8, y + 8)),
    loadPosition(x + 16, y + 16),
  );
  const lower = f64x2.pmax(
    f64x2.pmax(loadPosition(x + rowBytes, y + rowBytes), loadPosition(x + rowBytes + 8, y + rowBytes + 8)),
    loadPosition(x + rowBytes + 16, y + rowBytes + 16),
  );
  return f64x2.pmax(upper, lower);
}

export function classifyCells(
  x: usize, y: usize, columns: i32, rows: i32,
  blockColumns: i32, blockRows: i32, beyondX: i32, beyondY: i32, touched: usize, open: usize, cells: usize,
): i32 {
  const last = pair(<f64>(blockColumns - 1), <f64>(blockRows - 1));
  const reach = f64x2.splat(2 + <f64>nothing());
  const beyond = pair(<f64>beyondX, <f64>beyondY);
  const perBlock = f64x2.splat(0.125 + <f64>nothing());
  const rowBytes = <usize>columns << 3;
  let any = 0;
  for (let row = 0; row < rows - 1; row++) {
    for (let column = 0; column < columns - 1; column += 2) {
      const node = <usize>(row * columns + column) << 3;
      const nearest = f64x2.add(f64x2.sub(lowest(x + node, y + node, rowBytes), reach), beyond);
      const farthest = f64x2.add(f64x2.add(highest(x + node, y + node, rowBytes), reach), beyond);
      const start = i32x4.trunc_sat_f64x2_s_zero(clampTo(f64x2.floor(f64x2.mul(nearest, perBlock)), last));
      const stop = i32x4.trunc_sat_f64x2_s_zero(clampTo(f64x2.floor(f64x2.mul(farthest, perBlock)), last));
      const first = i32x4.extract_lane(start, 0);
      const end = i32x4.extract_lane(stop, 0) + 1;
      const upper = i32x4.extract_lane(start, 1) * (blockColumns + 1);
      const lower = (i32x4.extract_lane(stop, 1) + 1) * (blockColumns + 1);
      let kind = 0;
      if (countWithin(touched, lower, upper, first, end) != 0) {
        kind = countWithin(open, lower, upper, first, end) == 0 ? 0x0202 : 0x0101;
      }
      store<u16>(cells + <usize>(row * (columns - 1) + column), <u16>kind);
      any |= kind;
    }
  }
  return any;
}

export function coverCells(cells: usize, covered: usize, count: i32): void {
  for (let cell: usize = 0; cell < <usize>count; cell++) {
    if (load<u8>(cells + cell) == 2) store<u8>(covered + cell, 2);
  }
}

/** The first cell of a row that is touched, (count) when none is. */
function firstTouched(cells: usize, count: i32): i32 {
  for (let cell = 0; cell < count; cell++) if (load<u8>(cells + <usize>cell)) return cell;
  return count;
}

/** The last one; -1 when none is. */
function lastTouched(cells: usize, count: i32): i32 {
  for (let cell = count - 1; cell >= 0; cell--) if (load<u8>(cells + <usize>cell)) return cell;
  return -1;
}

/** The first node of a row that a touched cell has for a corner; beyond the last node when there is none. */
function firstNode(cells: usize, columns: i32, rows: i32, row: i32): i32 {
  const count = columns - 1;
  const above = row > 0 ? firstTouched(cells + <usize>((row - 1) * count), count) : count;
  const below = row < rows - 1 ? firstTouched(cells + <usize>(row * count), count) : count;
  const first = min(above, below);
  return first == count ? columns : first;
}

function lastNode(cells: usize, columns: i32, rows: i32, row: i32): i32 {
  const count = columns - 1;
  const above = row > 0 ? lastTouched(cells + <usize>((row - 1) * count), count) : -1;
  const below = row < rows - 1 ? lastTouched(cells + <usize>(row * count), count) : -1;
  const last = max(above, below);
  return last == -1 ? -1 : last + 1;
}

export function writeReadings(
  x: usize, y: usize, columns: i32, rows: i32, cells: usize,
  fieldX: usize, fieldY: usize, first: usize, firstFactor: f64, second: usize, secondFactor: f64,
  left: f64, top: f64, width: i32, height: i32,
): void {
  const perNode = f64x2.splat(0.125 + <f64>nothing());
  const last = pair(<f64>(columns - 1), <f64>(rows - 1));
  const lastCell = f64x2.sub(last, f64x2.splat(1));
  const origin = pair(left, top);
  const lastPixel = pair(<f64>(width - 1), <f64>(height - 1));
  const reach = f64x2.splat(OUTER_REACH + <f64>nothing());
  const rowBytes = <usize>columns << 2;
  for (let row = 0; row < rows; row++) {
    const stop = lastNode(cells, columns, rows, row);
    for (let column = firstNode(cells, columns, rows, row); column <= stop; column++) {
      const node = <usize>(row * columns + column) << 3;
      const position = loadPosition(x + node, y + node);
      const inside = clampTo(f64x2.mul(position, perNode), last);
      const cell = f64x2.pmin(f64x2.floor(inside), lastCell);
      const offset = offsetOf(cell, columns);
      const shift = vectorAt(fieldX + offset, fieldY + offset, rowBytes, f64x2.sub(inside, cell));
      const one = f64x2.add(position, f64x2.mul(f64x2.splat(firstFactor), shift));
      storeUnits(first + node, f64x2.sub(one, origin), lastPixel, reach);
      if (second) {
        const other = f64x2.add(position, f64x2.mul(f64x2.splat(secondFactor), shift));
        storeUnits(second + node, f64x2.sub(other, origin), lastPixel, reach);
      }
    }
  }
}

/** MOST_TONE and the scale of offsets in ../flow-map-kernels-typescript.ts. */
const WHOLE_Q15: f64 = 32767;
const MOST_TONE: f64 = 16383;
const TONE_OFFSET_SCALE: f64 = 256;

// @ts-ignore: decorator
@inline
function storeTone(at: usize, k: f64, c: f64): void {
  store<i16>(at, <i16><i32>Math.floor(WHOLE_Q15 * k + 0.5));
  store<i16>(at + 2, <i16><i32>Math.floor(c + 0.5));
}

// @ts-ignore: decorator
@inline
function toneAt(values: usize, offset: usize, rowBytes: usize, way: v128): f64 {
  return values ? valueAt(values + offset, rowBytes, way) : 0;
}

export function writeTones(
  x: usize, y: usize, columns: i32, rows: i32, cells: usize,
  share: usize, luma: usize, cb: usize, cr: usize, gain: usize, contrastGain: f64,
  toLuma: usize, toCb: usize, toCr: usize,
): void {
  const perNode = f64x2.splat(0.125 + <f64>nothing());
  const last = pair(<f64>(columns - 1), <f64>(rows - 1));
  const lastCell = f64x2.sub(last, f64x2.splat(1));
  const rowBytes = <usize>columns << 2;
  const scale = -contrastGain * TONE_OFFSET_SCALE;
  for (let row = 0; row < rows; row++) {
    const stop = lastNode(cells, columns, rows, row);
    for (let column = firstNode(cells, columns, rows, row); column <= stop; column++) {
      const node = <usize>(row * columns + column);
      const inside = clampTo(f64x2.mul(loadPosition(x + (node << 3), y + (node << 3)), perNode), last);
      const cell = f64x2.pmin(f64x2.floor(inside), lastCell);
      const offset = offsetOf(cell, columns);
      const way = f64x2.sub(inside, cell);
      const restored = contrastGain * toneAt(share, offset, rowBytes, way);
      const lit = restored + toneAt(gain, offset, rowBytes, way);
      const most = MOST_TONE / WHOLE_Q15;
      storeTone(toLuma + (node << 2), lit < most ? lit : most, scale * toneAt(luma, offset, rowBytes, way));
      storeTone(toCb + (node << 2), restored, scale * toneAt(cb, offset, rowBytes, way));
      storeTone(toCr + (node << 2), restored, scale * toneAt(cr, offset, rowBytes, way));
    }
  }
}
