/**
 * Straight edges that run up and down: the silhouettes of trunks, posts, walls and people. An edge is followed by its place
 * alone and not by its sign or its colours, so that it runs on where the background behind it changes; where something crosses
 * it, the pieces on one straight line are joined.
 */
import { boxMean } from './box-filter.ts';
import type { Grid } from './scene.ts';
import { emptyGrid, type WorkGrid } from './work-grid.ts';

export interface UprightEdge {
  readonly top: number;
  readonly bottom: number;
  /** The column of a row: the edge's own where it is seen, on its straight line beyond its ends. */
  readonly columnAt: (row: number) => number;
}

/** Change of colour between neighbouring columns, and how far it stands out from those around it. */
const LEAST_CHANGE = 0.04;
const OUTSTANDING = 1.3;
const SURROUNDINGS = 6;
/** Rows that an edge may skip, and those that pieces to be joined may lie apart: of the height, and of the longer piece. */
const LARGEST_SKIP = 3;
const LARGEST_GAP = 0.08;
const LARGEST_GAP_SHARE = 0.6;
/** Columns, root mean square and at most. */
const STRAIGHT = 0.8;
const IN_LINE = 1.6;
/** Trunks bend a little: columns of misfit for every row of an edge that is joined of pieces, and the turn between two. */
const BENDING = 0.008;
const TURN = 0.1;
/** Columns a row: about 19 degrees from the vertical. */
const LARGEST_LEAN = 0.35;
const SHORTEST_PIECE = 5;
/** Of the height. */
const SHORTEST_EDGE = 0.1;
/** Of its rows an edge is seen in at least. */
const LEAST_SEEN = 0.5;

export function findUprightEdges(work: WorkGrid): readonly UprightEdge[] {
  const pieces = tracePieces(work)
    .map(fitLine)
    .filter(({ misfit }) => misfit <= STRAIGHT)
    .sort((a, b) => b.cells - a.cells);
  const taken = new Set<Piece>();
  const edges: Piece[] = [];
  for (const piece of pieces) {
    if (taken.has(piece)) continue;
    taken.add(piece);
    edges.push(extend(piece, pieces, taken, work.height));
  }
  return edges.filter(({ top, bottom, cells, lean }) => {
    const rows = bottom - top + 1;
    return rows >= SHORTEST_EDGE * work.height && Math.abs(lean) < LARGEST_LEAN && cells > LEAST_SEEN * rows;
  });
}

/** How much the colour changes from the cell before to the cell after, sideways. */
function changeAcross({ width, luma, blue, red }: WorkGrid): Grid {
  const change = emptyGrid(luma);
  for (let cell = 1; cell < change.data.length - 1; cell++) {
    if (cell % width === 0 || cell % width === width - 1) continue;
    const light = luma.data[cell + 1]! - luma.data[cell - 1]!;
    const blueness = blue.data[cell + 1]! - blue.data[cell - 1]!;
    const redness = red.data[cell + 1]! - red.data[cell - 1]!;
    change.data[cell] = Math.sqrt(light * light + 4 * (blueness * blueness + redness * redness));
  }
  return change;
}

type Point = readonly [x: number, y: number];

/** Follows every peak of the change downwards, to the strongest peak of the next rows within a column. */
function tracePieces(work: WorkGrid): readonly (readonly Point[])[] {
  const { width, height } = work;
  const change = changeAcross(work);
  const around = boxMean(change, SURROUNDINGS).data;
  const { data } = change;
  const used = data.map((value, cell) => {
    const isPeak =
      value > LEAST_CHANGE &&
      value > OUTSTANDING * around[cell]! &&
      value >= data[cell - 1]! &&
      value > data[cell + 1]!;
    return isPeak ? 0 : 1;
  });
  const pieces: Point[][] = [];
  for (let start = 0; start < data.length; start++) {
    if (used[start] === 1) continue;
    const piece: Point[] = [];
    for (
      let cell: number | undefined = start;
      cell !== undefined;
      cell = nextBelow(cell, used, data, width)
    ) {
      used[cell] = 1;
      piece.push([cell % width, Math.floor(cell / width)]);
      if (cell + width >= width * height) break;
    }
    if (piece.length >= SHORTEST_PIECE) pieces.push(piece);
  }
  return pieces;
}

function nextBelow(
  cell: number,
  used: Float32Array,
  change: Float32Array,
  width: number,
): number | undefined {
  for (let skip = 1; skip <= LARGEST_SKIP; skip++) {
    let [best, strongest] = [-1, 0];
    for (let other = cell + skip * width - 1; other <= cell + skip * width + 1; other++) {
      if (used[other] !== 0 || change[other]! <= strongest) continue;
      [best, strongest] = [other, change[other]!];
    }
    if (best >= 0) return best;
  }
  return undefined;
}

interface Piece extends UprightEdge {
  readonly points: readonly Point[];
  readonly cells: number;
  /** Columns a row. */
  readonly lean: number;
  /** The column of a row on the straight line that fits best. */
  onLine(row: number): number;
  /** Root mean square of what the straight line leaves, columns. */
  readonly misfit: number;
}

/** @param points In order from top to bottom. */
function fitLine(points: readonly Point[]): Piece {
  const cells = points.length;
  const meanX = points.reduce((sum, [x]) => sum + x, 0) / cells;
  const meanY = points.reduce((sum, [, y]) => sum + y, 0) / cells;
  let [acrossDown, downDown] = [0, 1e-6];
  for (const [x, y] of points) {
    acrossDown += (x - meanX) * (y - meanY);
    downDown += (y - meanY) ** 2;
  }
  const lean = acrossDown / downDown;
  const onLine = (row: number) => meanX + lean * (row - meanY);
  const squares = points.reduce((sum, [x, y]) => sum + (x - onLine(y)) ** 2, 0);
  return {
    points,
    cells,
    lean,
    onLine,
    columnAt: (row) => columnBetween(points, row) ?? onLine(row),
    top: points[0]![1],
    bottom: points.at(-1)![1],
    misfit: Math.sqrt(squares / cells),
  };
}

/** The column at a row between the first point and the last; undefined beyond. */
function columnBetween(points: readonly Point[], row: number): number | undefined {
  const next = points.findIndex(([, y]) => y >= row);
  if (next < 0 || row < points[0]![1]) return undefined;
  const [x, y] = points[next]!;
  if (y === row || next === 0) return x;
  const [fromX, fromY] = points[next - 1]!;
  return fromX + ((x - fromX) * (row - fromY)) / (y - fromY);
}

/** Joins to a piece all that go on in its line, the closest first. */
function extend(start: Piece, pieces: readonly Piece[], taken: Set<Piece>, height: number): Piece {
  let edge = start;
  for (;;) {
    const reach = Math.min(LARGEST_GAP * height, LARGEST_GAP_SHARE * (edge.bottom - edge.top + 1));
    let [next, nearest]: [Piece | undefined, number] = [undefined, reach];
    for (const piece of pieces) {
      const gap = Math.max(piece.top - edge.bottom, edge.top - piece.bottom);
      if (gap <= 0 || gap > nearest || taken.has(piece) || !isInLine(edge, piece)) continue;
      [next, nearest] = [piece, gap];
    }
    if (next === undefined) return edge;
    const points =
      next.top > edge.bottom ? [...edge.points, ...next.points] : [...next.points, ...edge.points];
    const joined = fitLine(points);
    if (joined.misfit > STRAIGHT + BENDING * (joined.bottom - joined.top)) return edge;
    taken.add(next);
    edge = joined;
  }
}

/** The piece begins where the edge's line comes to, and runs nearly as the edge does. */
function isInLine(edge: Piece, piece: Piece): boolean {
  const [x, y] = piece.top > edge.bottom ? piece.points[0]! : piece.points.at(-1)!;
  return Math.abs(edge.onLine(y) - x) <= IN_LINE && Math.abs(piece.lean - edge.lean) <= TURN;
}
