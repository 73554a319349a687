import type { Heading } from '../director/plan.ts';
import type { Vector } from './moving-field.ts';

const VECTORS: Readonly<Record<Heading, Vector>> = {
  left: [-1, 0],
  right: [1, 0],
  up: [0, -1],
  down: [0, 1],
};

/** A unit vector in the picture, y downwards. */
export const headingVector = (heading: Heading): Vector => VECTORS[heading];
