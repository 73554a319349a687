/**
 * The one shape that everything in the air is drawn with: a line with soft sides and soft ends, from a raindrop's
 * streak to a snowflake's disc. Sub-pixel exact in place and size, so that slow flakes glide instead of stepping.
 */
import type { Plane } from '../raster/picture.ts';

/** Lengths in samples of the plane that is drawn into. */
export interface Sprite {
  readonly x: number;
  readonly y: number;
  /** Unit vector along the line. */
  readonly alongX: number;
  readonly alongY: number;
  /**
   * Half the line's length at full opacity, and how far each end fades beyond it. A disc has core 0 and its radius
   * for a cap.
   */
  readonly core: number;
  readonly cap: number;
  /** Where the sides have faded to nothing. */
  readonly radius: number;
  /** 0..1, in the middle. */
  readonly opacity: number;
}

/** For each value underneath, what full opacity adds to it; 256 entries, and value plus entry stays within a byte. */
export type Tint = Float32Array;

/** A line steeper than this is cut out row by row. */
const LEAST_STEEPNESS = 1e-3;

/**
 * 4 ns a sample covered. Opacity falls as (1 - d^2)^2 with the distance d from the core in parts of radius and cap.
 */
export function drawSprite({ data, width, height, stride }: Plane, tint: Tint, sprite: Sprite): void {
  const { x, y, alongX, alongY, core, cap, radius, opacity } = sprite;
  const reachX = Math.abs(alongX) * (core + cap) + radius;
  const reachY = Math.abs(alongY) * (core + cap) + radius;
  const top = Math.max(0, Math.ceil(y - reachY));
  const bottom = Math.min(height - 1, Math.floor(y + reachY));
  const left = Math.max(0, Math.ceil(x - reachX));
  const right = Math.min(width - 1, Math.floor(x + reachX));
  const isSteep = Math.abs(alongY) > LEAST_STEEPNESS;
  const slope = isSteep ? alongX / alongY : 0;
  const halfRow = isSteep ? radius / Math.abs(alongY) : reachX;
  const perCap = 1 / cap;
  const perRadius = 1 / radius;
  for (let row = top; row <= bottom; row += 1) {
    const down = row - y;
    const axis = x + down * slope;
    const first = Math.max(left, Math.ceil(axis - halfRow));
    const last = Math.min(right, Math.floor(axis + halfRow));
    let along = (first - x) * alongX + down * alongY;
    let across = (first - x) * alongY - down * alongX;
    for (let at = row * stride + first; at <= row * stride + last; at += 1) {
      const beyond = Math.abs(along) - core;
      const end = beyond > 0 ? beyond * perCap : 0;
      const side = across * perRadius;
      const inside = 1 - side * side - end * end;
      if (inside > 0) {
        const under = data[at]!;
        data[at] = under + opacity * inside * inside * tint[under]! + 0.5;
      }
      along += alongX;
      across += alongY;
    }
  }
}

/** A thinner sprite would fall between two samples and flicker as it moves. */
const LEAST_RADIUS = 1.1;

/** A sprite's radius and opacity, 0..1: what is too thin to be drawn is drawn fainter instead. */
export function fitToSamples(radius: number, opacity: number): Pick<Sprite, 'radius' | 'opacity'> {
  const share = Math.min(1, radius / LEAST_RADIUS);
  return { radius: radius / share, opacity: share * Math.min(1, opacity) };
}

/** The same sprite on a plane of half the size, whose samples sit between two rows and on the even columns. */
export function halved(sprite: Sprite): Sprite {
  return {
    ...sprite,
    x: sprite.x / 2,
    y: (sprite.y - 0.5) / 2,
    core: sprite.core / 2,
    cap: Math.max(0.75, sprite.cap / 2),
    radius: Math.max(0.75, sprite.radius / 2),
  };
}

/** Paint of one value: full opacity replaces whatever is underneath. */
export function opaqueTint(value: number): Tint {
  return Float32Array.from({ length: 256 }, (_, under) => value - under);
}
