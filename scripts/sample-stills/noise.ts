/**
 * Value noise and what is made of it: the raw material of the sample stills. Pure functions of position and stream, the
 * same everywhere.
 */

/** 0..1 for a lattice point. */
export function lattice(x: number, y: number, stream = 0): number {
  let hash = Math.imul(x | 0, 0x27d4eb2d) ^ Math.imul(y | 0, 0x165667b1) ^ Math.imul(stream + 1, 0x9e3779b1);
  hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 0x1_0000_0000;
}

export interface Slope {
  /** -1..1. */
  readonly value: number;
  readonly dx: number;
  readonly dy: number;
}

/** Smooth noise in -1..1 with its derivatives. */
export function noiseWithSlope(x: number, y: number, stream = 0): Slope {
  const [ix, iy] = [Math.floor(x), Math.floor(y)];
  const [fx, fy] = [x - ix, y - iy];
  const ux = fx * fx * fx * (fx * (fx * 6 - 15) + 10);
  const uy = fy * fy * fy * (fy * (fy * 6 - 15) + 10);
  const dux = 30 * fx * fx * (fx * (fx - 2) + 1);
  const duy = 30 * fy * fy * (fy * (fy - 2) + 1);
  const a = lattice(ix, iy, stream);
  const b = lattice(ix + 1, iy, stream) - a;
  const c = lattice(ix, iy + 1, stream) - a;
  const d = lattice(ix + 1, iy + 1, stream) - a - b - c;
  return {
    value: 2 * (a + b * ux + c * uy + d * ux * uy) - 1,
    dx: 2 * dux * (b + d * uy),
    dy: 2 * duy * (c + d * ux),
  };
}

/** Smooth noise in -1..1. */
export function noise(x: number, y: number, stream = 0): number {
  const [ix, iy] = [Math.floor(x), Math.floor(y)];
  const [fx, fy] = [x - ix, y - iy];
  const ux = fx * fx * (3 - 2 * fx);
  const uy = fy * fy * (3 - 2 * fy);
  const top = lattice(ix, iy, stream) * (1 - ux) + lattice(ix + 1, iy, stream) * ux;
  const bottom = lattice(ix, iy + 1, stream) * (1 - ux) + lattice(ix + 1, iy + 1, stream) * ux;
  return 2 * (top * (1 - uy) + bottom * uy) - 1;
}

/** A sum of octaves, about -1..1; every octave is turned, so that the lattice does not show. */
export function fractal(x: number, y: number, octaves: number, stream = 0): number {
  let [sum, amplitude, px, py] = [0, 0.5, x, y];
  for (let octave = 0; octave < octaves; octave++) {
    sum += amplitude * noise(px, py, stream + octave);
    [px, py] = [1.6 * px - 1.2 * py + 17.3, 1.2 * px + 1.6 * py - 9.1];
    amplitude *= 0.5;
  }
  return sum;
}

/** Mountains worn by water, 0..1: an octave adds less where those before it are already steep. */
export function eroded(x: number, y: number, octaves: number, stream = 0): number {
  let [sum, amplitude, px, py, slopeX, slopeY, total] = [0, 1, x, y, 0, 0, 0];
  for (let octave = 0; octave < octaves; octave++) {
    const n = noiseWithSlope(px, py, stream + octave);
    slopeX += n.dx;
    slopeY += n.dy;
    sum += (amplitude * (1 - Math.abs(n.value))) / (1 + 0.35 * (slopeX * slopeX + slopeY * slopeY));
    total += amplitude;
    [px, py] = [1.6 * px - 1.2 * py + 4.7, 1.2 * px + 1.6 * py + 12.9];
    amplitude *= 0.5;
  }
  return sum / total;
}

export function smoothstep(from: number, to: number, value: number): number {
  const t = Math.min(1, Math.max(0, (value - from) / (to - from)));
  return t * t * (3 - 2 * t);
}

export const mix = (a: number, b: number, share: number): number => a + (b - a) * share;

export type Colour = readonly [red: number, green: number, blue: number];

export const mixColour = (a: Colour, b: Colour, share: number): Colour => [
  mix(a[0], b[0], share),
  mix(a[1], b[1], share),
  mix(a[2], b[2], share),
];

export const scaleColour = (colour: Colour, factor: number): Colour => [
  colour[0] * factor,
  colour[1] * factor,
  colour[2] * factor,
];
