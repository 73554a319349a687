/**
 * How a scene's depths divide the air before it: layers where things fall and float, and how much air there is before
 * a point.
 */
import { percentile } from '../scene/percentile.ts';
import type { Scene } from '../scene/scene.ts';

/** What of a scene the air in it depends on. */
export type Space = Pick<Scene, 'depth' | 'sky' | 'confidence' | 'horizon'>;

/** Inverse depths of three layers of air. */
export interface Strata {
  readonly far: number;
  readonly middle: number;
  /** Before everything. */
  readonly near: number;
}

/** Nothing in a scene is nearer than 1, and hiding sets in a little before. */
const BEFORE_ALL = 1.1;

/**
 * The far layer has a good half of the picture behind it, the middle one most of it. A flat picture lies behind all three.
 */
export function placeStrata({ depth, confidence: { flat } }: Space): Strata {
  const between = (low: number, value: number, high: number) =>
    Math.min(BEFORE_ALL, Math.max(low, Math.min(high, value)) + 0.5 * flat);
  return {
    far: between(0.15, percentile(depth.data, 0.55) + 0.08, 0.6),
    middle: between(0.4, percentile(depth.data, 0.8) + 0.1, 0.85),
    near: BEFORE_ALL,
  };
}

/** A scene that spans less than this is not stretched to look deep. */
const LEAST_RANGE = 0.4;

/** 0 for the nearest points of the scene to 1 for its farthest; takes an inverse depth. */
export function remoteness({ depth }: Pick<Space, 'depth'>): (w: number) => number {
  const farthest = percentile(depth.data, 0.03);
  const range = Math.max(LEAST_RANGE, percentile(depth.data, 0.97) - farthest);
  return (w) => Math.max(0, Math.min(1, 1 - (w - farthest) / range));
}
