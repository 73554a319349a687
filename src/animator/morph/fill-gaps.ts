/**
 * Fills in what is not known from what is known around it: sums are gathered on ever coarser grids, and each finer one takes from the coarser
 * what it lacks (push-pull, after Gortler et al., "The Lumigraph", 1996).
 */
import type { FlowField } from '../raster/displacement.ts';
import { sampleBilinear } from './flow-field.ts';

/** A flow of which every cell is known as well as its weight says. */
export interface WeightedFlow extends FlowField {
  readonly weight: Float32Array;
}

/** What a cell takes from the coarser grid counts as much as this weight of its own. */
const COARSE_WEIGHT = 0.15;
/** Of the sum of four cells' weights: less than all, because guesses side by side tend to be wrong together. */
const POOLING = 0.4;
/** A cell is known for certain from this weight on. */
const FULL_WEIGHT = 1;

/** Known cells keep their values but for a little smoothing; where nothing at all is known the flow is 0. */
export function fillGaps(flow: WeightedFlow): FlowField {
  const { width, height } = flow;
  if (width <= 2 || height <= 2)
    return settle(
      flow,
      () => 0,
      () => 0,
    );
  const coarse = fillGaps(halved(flow));
  const at = (data: Float32Array) => (x: number, y: number) =>
    sampleBilinear(
      data,
      coarse.width,
      coarse.height,
      ((x + 0.5) * coarse.width) / width - 0.5,
      ((y + 0.5) * coarse.height) / height - 0.5,
    );
  return settle(flow, at(coarse.dx), at(coarse.dy));
}

function settle(
  { width, height, dx, dy, weight }: WeightedFlow,
  coarseX: (x: number, y: number) => number,
  coarseY: (x: number, y: number) => number,
): FlowField {
  const filled = { width, height, dx: new Float32Array(dx.length), dy: new Float32Array(dy.length) };
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const cell = y * width + x;
      const own = Math.min(FULL_WEIGHT, weight[cell]!);
      const share = own / (own + COARSE_WEIGHT);
      filled.dx[cell] = share * dx[cell]! + (1 - share) * coarseX(x, y);
      filled.dy[cell] = share * dy[cell]! + (1 - share) * coarseY(x, y);
    }
  }
  return filled;
}

/**
 * The weighted means over the cells that fall into each of half as many columns and rows. Displacements stay in the units of `flow`.
 */
export function halved(flow: WeightedFlow): WeightedFlow {
  const width = Math.ceil(flow.width / 2);
  const height = Math.ceil(flow.height / 2);
  const count = width * height;
  const sums = { dx: new Float64Array(count), dy: new Float64Array(count), weight: new Float64Array(count) };
  for (let y = 0; y < flow.height; y++) {
    const row = Math.floor((y * height) / flow.height) * width;
    for (let x = 0; x < flow.width; x++) {
      const from = y * flow.width + x;
      const to = row + Math.floor((x * width) / flow.width);
      const weight = flow.weight[from]!;
      sums.weight[to]! += weight;
      sums.dx[to]! += weight * flow.dx[from]!;
      sums.dy[to]! += weight * flow.dy[from]!;
    }
  }
  const mean = (sum: Float64Array) => Float32Array.from(sum, (value, i) => value / (sums.weight[i]! + 1e-12));
  return {
    width,
    height,
    dx: mean(sums.dx),
    dy: mean(sums.dy),
    weight: Float32Array.from(sums.weight, (sum) => POOLING * sum),
  };
}
