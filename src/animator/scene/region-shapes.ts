/** Shape, colour and neighbours of every region: what the rules about standing and saliency ask for. */
import type { Regions } from './regions.ts';
import type { Grid } from './scene.ts';
import type { WorkGrid } from './work-grid.ts';

export interface RegionShape {
  readonly cells: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  /** The row that 96 % of the cells lie above: where the region stands, a few stray cells aside. */
  readonly foot: number;
  readonly light: number;
  readonly blue: number;
  readonly red: number;
  /** Mean contrast to the neighbouring regions along the common borders. */
  readonly contrast: number;
  /** Region -> length of the common border in cells. */
  readonly neighbours: ReadonlyMap<number, number>;
}

const FOOT_SHARE = 0.96;

export function colourDistance(a: Pick<RegionShape, 'light' | 'blue' | 'red'>, b: typeof a): number {
  return Math.hypot(a.light - b.light, 2 * (a.blue - b.blue), 2 * (a.red - b.red));
}

export function measureRegions(work: WorkGrid, { count, labels }: Regions): readonly RegionShape[] {
  const shapes = Array.from({ length: count }, () => ({
    cells: 0,
    left: work.width,
    right: 0,
    top: work.height,
    bottom: 0,
    foot: 0,
    light: 0,
    blue: 0,
    red: 0,
    contrast: 0,
    neighbours: new Map<number, number>(),
  }));
  for (let y = 0; y < work.height; y++) {
    for (let x = 0; x < work.width; x++) {
      const i = y * work.width + x;
      const shape = shapes[labels[i]!]!;
      shape.cells++;
      shape.left = Math.min(shape.left, x);
      shape.right = Math.max(shape.right, x);
      shape.top = Math.min(shape.top, y);
      shape.bottom = Math.max(shape.bottom, y);
      shape.light += work.luma.data[i]!;
      shape.blue += work.blue.data[i]!;
      shape.red += work.red.data[i]!;
      if (x + 1 < work.width) meet(shapes, labels[i]!, labels[i + 1]!);
      if (y + 1 < work.height) meet(shapes, labels[i]!, labels[i + work.width]!);
    }
  }
  for (const shape of shapes) {
    shape.light /= shape.cells;
    shape.blue /= shape.cells;
    shape.red /= shape.cells;
  }
  findFeet(work, labels, shapes);
  for (const shape of shapes) shape.contrast = contrastOf(shape, shapes);
  return shapes;
}

function meet(shapes: readonly { neighbours: Map<number, number> }[], a: number, b: number): void {
  if (a === b) return;
  shapes[a]!.neighbours.set(b, (shapes[a]!.neighbours.get(b) ?? 0) + 1);
  shapes[b]!.neighbours.set(a, (shapes[b]!.neighbours.get(a) ?? 0) + 1);
}

function findFeet(
  work: WorkGrid,
  labels: Int32Array,
  shapes: readonly { cells: number; foot: number }[],
): void {
  const below = new Int32Array(shapes.length);
  const done = new Uint8Array(shapes.length);
  for (let y = work.height - 1; y >= 0; y--) {
    for (let x = 0; x < work.width; x++) {
      const label = labels[y * work.width + x]!;
      const shape = shapes[label]!;
      below[label]!++;
      if (done[label] === 0 && below[label]! >= (1 - FOOT_SHARE) * shape.cells) {
        shape.foot = y;
        done[label] = 1;
      }
    }
  }
}

function contrastOf(shape: RegionShape, shapes: readonly RegionShape[]): number {
  let [length, sum] = [0, 0];
  for (const [neighbour, border] of shape.neighbours) {
    length += border;
    sum += border * colourDistance(shape, shapes[neighbour]!);
  }
  return length === 0 ? 0 : sum / length;
}

/** The mean of `mask` over every region. */
export function shareOfRegions(
  mask: Grid,
  { labels }: Regions,
  shapes: readonly RegionShape[],
): Float32Array {
  const share = new Float32Array(shapes.length);
  for (let i = 0; i < labels.length; i++) share[labels[i]!]! += mask.data[i]!;
  return share.map((sum, i) => sum / shapes[i]!.cells);
}
