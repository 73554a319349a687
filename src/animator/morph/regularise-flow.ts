/**
 * Makes a flow fit for moving a picture: what was recognised is kept, what was guessed is filled in from around it, and where neighbours part
 * too fast the flow is smoothed until they do not.
 */

import type { FlowField } from '../raster/displacement.ts';
import { percentile } from '../scene/percentile.ts';
import { type AffineFlow, fitAffine } from './affine-flow.ts';
import { fillGaps, halved, type WeightedFlow } from './fill-gaps.ts';
import { emptyFlow, lengthOf } from './flow-field.ts';
import { limitSteepness } from './limit-steepness.ts';

/**
 * The steepest that a regularised flow is, as the largest singular value of its Jacobian. Moved along a part s of the flow, a picture is
 * stretched to 1 - 0.6 s .. 1 + 0.6 s: never folded, and within half and double while it is seen in a morph.
 */
export const LARGEST_STEEPNESS = 0.6;

/**
 * @param trust Of each cell, 0..1.
 * @returns A flow of half the columns and rows, in its own cells: fine enough for a node of the source map.
 */
export function regulariseFlow(flow: FlowField, trust: Float32Array): FlowField {
  const trend = fitAffine(flow, trust);
  const rest = fillGaps(halved(withoutTrend(flow, trust, trend)));
  const result = emptyFlow(rest);
  const scaleX = rest.width / flow.width;
  const scaleY = rest.height / flow.height;
  for (let y = 0; y < rest.height; y++) {
    for (let x = 0; x < rest.width; x++) {
      const cell = y * rest.width + x;
      const { dx, dy } = trendAt(
        trend,
        (x + 0.5) / scaleX - flow.width / 2,
        (y + 0.5) / scaleY - flow.height / 2,
      );
      result.dx[cell] = scaleX * (dx + rest.dx[cell]!);
      result.dy[cell] = scaleY * (dy + rest.dy[cell]!);
    }
  }
  return limitSteepness(result, LARGEST_STEEPNESS);
}

/** A cell may differ from the movement of the whole by this many times what half of them do, or by this many cells, before it is doubted. */
const USUAL_DEVIATIONS = 4;
const FREE_DEVIATION = 1.5;

/**
 * What is left once the movement of the whole picture is taken out: where nothing is known, that alone goes on. The more unusual a cell's own
 * movement is in this picture, the less it is trusted.
 */
function withoutTrend(flow: FlowField, trust: Float32Array, trend: AffineFlow): WeightedFlow {
  const rest = { ...emptyFlow(flow), weight: Float32Array.from(trust) };
  const deviation = new Float32Array(trust.length);
  for (let y = 0; y < flow.height; y++) {
    for (let x = 0; x < flow.width; x++) {
      const cell = y * flow.width + x;
      const { dx, dy } = trendAt(trend, x + 0.5 - flow.width / 2, y + 0.5 - flow.height / 2);
      rest.dx[cell] = flow.dx[cell]! - dx;
      rest.dy[cell] = flow.dy[cell]! - dy;
      deviation[cell] = lengthOf(rest.dx[cell]!, rest.dy[cell]!);
    }
  }
  const trusted = deviation.filter((_, cell) => trust[cell]! > 0);
  const usual = Math.max(FREE_DEVIATION, USUAL_DEVIATIONS * percentile(trusted, 0.5));
  for (let cell = 0; cell < trust.length; cell++) rest.weight[cell]! /= 1 + (deviation[cell]! / usual) ** 2;
  return rest;
}

const trendAt = ({ x0, xx, xy, y0, yx, yy }: AffineFlow, x: number, y: number) => ({
  dx: x0 + xx * x + xy * y,
  dy: y0 + yx * x + yy * y,
});
