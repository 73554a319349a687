/**
 * The cheapest line across a picture that has one row in every column (dynamic programming, after Lie 2005). From column to
 * column it may climb or fall, at a cost a row; where something stands in its way it may jump any distance for a fixed cost.
 */

export interface LineSearch {
  readonly columns: number;
  /** Rows that the line may take in every column. */
  readonly rows: number;
  /** Adds what each row costs in column `x` to `costs`. */
  addCosts(x: number, costs: Float32Array): void;
  /** Of a row up or down between neighbouring columns, and the most that any difference costs. */
  readonly stepCost: number;
  readonly jumpCost: number;
}

/** The line's row in every column; the first of several that are as cheap. */
export function cheapestLine({ columns, rows, addCosts, stepCost, jumpCost }: LineSearch): Int32Array {
  const total = new Float32Array(rows);
  const cameFrom = new Int32Array(columns * rows);
  for (let x = 0; x < columns; x++) {
    if (x > 0) spreadCosts(total, cameFrom.subarray(x * rows, (x + 1) * rows), stepCost, jumpCost);
    addCosts(x, total);
  }
  const line = new Int32Array(columns);
  line[columns - 1] = total.indexOf(Math.min(...total));
  for (let x = columns - 1; x > 0; x--) line[x - 1] = cameFrom[x * rows + line[x]!]!;
  return line;
}

/** Replaces each row's cost by the cheapest way to get there from any row of the column before, and notes from which. */
function spreadCosts(total: Float32Array, from: Int32Array, stepCost: number, jumpCost: number): void {
  const rows = total.length;
  let cheapest = 0;
  for (let y = 0; y < rows; y++) {
    from[y] = y;
    if (total[y]! < total[cheapest]!) cheapest = y;
  }
  const jump = total[cheapest]! + jumpCost;
  for (let y = 1; y < rows; y++) step(total, from, y, y - 1, stepCost);
  for (let y = rows - 2; y >= 0; y--) step(total, from, y, y + 1, stepCost);
  for (let y = 0; y < rows; y++) {
    if (total[y]! <= jump) continue;
    total[y] = jump;
    from[y] = cheapest;
  }
}

function step(total: Float32Array, from: Int32Array, to: number, neighbour: number, cost: number): void {
  if (total[neighbour]! + cost >= total[to]!) return;
  total[to] = total[neighbour]! + cost;
  from[to] = from[neighbour]!;
}
