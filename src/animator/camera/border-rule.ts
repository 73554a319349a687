/**
 * The border rule: how far a frame must be magnified so that no output pixel reads past the picture's edge. Everything
 * here is smooth in the camera's travel and 1 at rest, so the magnification follows the move without a jerk and the
 * first frame is untouched.
 */
import type { FrameSize } from '#domain/media/frame-size.ts';
import type { Beyond } from '../raster/beyond.ts';
import type { EdgeDepth, Edges } from './stage.ts';

/** How far a camera reaches along one axis, in output pixels, all at least 0. */
export interface AxisReach {
  readonly pan: number;
  readonly truck: number;
  /** Distance of the point that a zoom is aimed at from the centre. */
  readonly aim: number;
}

export interface Reach {
  readonly x: AxisReach;
  readonly y: AxisReach;
  /** Radians. */
  readonly roll: number;
  /** Backward travel, as a positive number. */
  readonly backward: number;
  readonly pivot: number;
}

/**
 * Beyond this a frame would be more enlargement than move; moves that ask for it at once leave the rest to the elastic
 * border.
 */
const LARGEST_ZOOM = 2.5;

/** The least magnification, at least 1, that keeps every edge covered; what there is beyond the frame is used up first. */
export function coveringZoom(reach: Reach, edges: Edges, size: FrameSize, beyond: Beyond): number {
  const halfX = (size.width - 1) / 2;
  const halfY = (size.height - 1) / 2;
  const sine = Math.sin(Math.abs(reach.roll));
  const cosine = Math.cos(reach.roll);
  return Math.max(
    1,
    axisZoom(reach.x, edges.x, halfX + beyond.x, halfX * cosine + halfY * sine, reach),
    axisZoom(reach.y, edges.y, halfY + beyond.y, halfY * cosine + halfX * sine, reach),
  );
}

/**
 * Solves for A: (turned / A + aim * (1 - 1 / A) + pan) * (1 + backward * nearest) + truck * |w - pivot| = half, where
 * `turned` is half the side of the box around the rotated frame, and `half` that of the picture.
 */
function axisZoom(axis: AxisReach, edge: EdgeDepth, half: number, turned: number, reach: Reach): number {
  const parallax = Math.max(edge.nearest - reach.pivot, reach.pivot - edge.farthest, 0);
  const room = (half - axis.truck * parallax) / (1 + reach.backward * edge.nearest) - axis.pan - axis.aim;
  const needed = turned - axis.aim;
  return room * LARGEST_ZOOM <= needed ? LARGEST_ZOOM : needed / room;
}

/** A smooth upper envelope of two magnifications of at least 1: equals the other one where one of them is 1. */
export function envelope(first: number, second: number): number {
  const a = first - 1;
  const b = second - 1;
  return 1 + (a ** 4 + b ** 4) ** 0.25;
}
