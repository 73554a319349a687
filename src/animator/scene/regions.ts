/**
 * Regions of similar colour after Felzenszwalb & Huttenlocher (2004): edges between neighbours are taken in order of
 * contrast, and two regions join where the edge is no stronger than what either holds inside plus a bonus for
 * smallness. Edge weights are quantised, so the order, and with it the result, is the same everywhere.
 */
import { mean3x3 } from './box-filter.ts';
import type { WorkGrid } from './work-grid.ts';

export interface Regions {
  readonly count: number;
  /** Region of every cell, 0..count-1. */
  readonly labels: Int32Array;
}

const LEVELS = 1024;
/** A contrast of this much fills the scale: colour distances in 0..1 hardly exceed it. */
const FULL_SCALE = 1;
/** How strongly small regions are drawn to join; larger values give larger regions. */
const SMALLNESS_BONUS = 0.9;
const SMALLEST_REGION = 60;

export function segmentRegions(work: WorkGrid): Regions {
  const { width, height } = work;
  const edges = sortedEdges(work);
  const forest = createForest(width * height);
  for (const edge of edges.order) {
    const a = forest.find(edges.from[edge]!);
    const b = forest.find(edges.to[edge]!);
    if (a === b) continue;
    const weight = edges.weight[edge]! / LEVELS;
    const bound = Math.min(
      forest.inside[a]! + SMALLNESS_BONUS / forest.size[a]!,
      forest.inside[b]! + SMALLNESS_BONUS / forest.size[b]!,
    );
    if (weight <= bound) forest.join(a, b, weight);
  }
  for (const edge of edges.order) {
    const a = forest.find(edges.from[edge]!);
    const b = forest.find(edges.to[edge]!);
    const isSmall = forest.size[a]! < SMALLEST_REGION || forest.size[b]! < SMALLEST_REGION;
    if (a !== b && isSmall) forest.join(a, b, edges.weight[edge]! / LEVELS);
  }
  return numberRegions(forest, width * height);
}

/** All pairs of neighbours (right, below and both diagonals) with quantised weights, and their order by a counting sort. */
function sortedEdges(work: WorkGrid) {
  const { width, height } = work;
  const planes = [mean3x3(work.luma).data, mean3x3(work.blue).data, mean3x3(work.red).data] as const;
  const most = 4 * width * height;
  const from = new Int32Array(most);
  const to = new Int32Array(most);
  const weight = new Int32Array(most);
  let count = 0;
  const add = (a: number, b: number) => {
    const [l, u, v] = planes;
    // Colour differences are small in natural pictures: they count double.
    const distance = Math.sqrt((l[a]! - l[b]!) ** 2 + 4 * ((u[a]! - u[b]!) ** 2 + (v[a]! - v[b]!) ** 2));
    from[count] = a;
    to[count] = b;
    weight[count++] = Math.min(LEVELS - 1, Math.floor((distance * LEVELS) / FULL_SCALE));
  };
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const i = y * width + x;
      if (x + 1 < width) add(i, i + 1);
      if (y + 1 < height) add(i, i + width);
      if (x + 1 < width && y + 1 < height) add(i, i + width + 1);
      if (x > 0 && y + 1 < height) add(i, i + width - 1);
    }
  }
  return { from, to, weight, order: countingSort(weight.subarray(0, count)) };
}

/** Indices of `keys` (0..LEVELS-1) in ascending order of key, equal keys in order of index. */
function countingSort(keys: Int32Array): Int32Array {
  const starts = new Int32Array(LEVELS + 1);
  for (const key of keys) starts[key + 1]!++;
  for (let level = 0; level < LEVELS; level++) starts[level + 1]! += starts[level]!;
  const order = new Int32Array(keys.length);
  for (let i = 0; i < keys.length; i++) order[starts[keys[i]!]!++] = i;
  return order;
}

function createForest(count: number) {
  const parent = Int32Array.from({ length: count }, (_, i) => i);
  const size = new Int32Array(count).fill(1);
  /** The strongest edge that a region holds inside. */
  const inside = new Float32Array(count);
  return {
    size,
    inside,
    find(cell: number): number {
      let root = cell;
      while (parent[root] !== root) {
        parent[root] = parent[parent[root]!]!;
        root = parent[root]!;
      }
      return root;
    },
    join(a: number, b: number, weight: number): void {
      const [root, child] = size[a]! >= size[b]! ? [a, b] : [b, a];
      parent[child] = root;
      size[root]! += size[child]!;
      inside[root] = Math.max(weight, inside[root]!, inside[child]!);
    },
  };
}

function numberRegions(forest: ReturnType<typeof createForest>, cells: number): Regions {
  const numbers = new Int32Array(cells).fill(-1);
  const labels = new Int32Array(cells);
  let count = 0;
  for (let cell = 0; cell < cells; cell++) {
    const root = forest.find(cell);
    if (numbers[root] === -1) numbers[root] = count++;
    labels[cell] = numbers[root]!;
  }
  return { count, labels };
}
