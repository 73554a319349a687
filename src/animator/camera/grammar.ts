/**
 * The camera grammar: what each move does over its shot, at strength 1. Lengths are shares of the frame, so a move
 * looks the same at every size; signs follow pose.ts, where a pan to the left reads the picture further left.
 */
import type { MoveName } from '../director/plan.ts';

export interface MoveParameters {
  /** Magnification at the end; grows geometrically with strength. */
  readonly zoom?: number;
  /** Share of the width. */
  readonly panX?: number;
  /** Share of the height. */
  readonly panY?: number;
  /** Share of the width. */
  readonly truckX?: number;
  /** Share of the height. */
  readonly truckY?: number;
  readonly dolly?: number;
  readonly rollDegrees?: number;
  /** What a truck leaves in place: the far distance, or the subject it turns around. */
  readonly pivot?: 'horizon' | 'subject';
  /** Zoom is aimed at the subject, so that it stays where it is in the frame. */
  readonly aimsAtSubject?: true;
  /** Zoom undoes the dolly at the subject's depth: it keeps its size while the background swells. */
  readonly keepsSubjectSize?: true;
  /** May read past the picture's edge; the rasteriser's elastic border covers the overshoot. */
  readonly opensBorder?: true;
  /** Adds the noise of a camera on a shoulder. */
  readonly handheld?: true;
  /** Adds the bob of a camera that walks. */
  readonly walks?: true;
  /** Done in an instant (see `snapProgress`), whatever the rest of the shot does. */
  readonly snaps?: true;
}

export const MOVE_PARAMETERS: Readonly<Record<MoveName, MoveParameters>> = {
  static: {},
  'push-in': { dolly: 0.16, zoom: 1.04 },
  'pull-out': { dolly: -0.05, zoom: 1 / 1.1, opensBorder: true },
  'zoom-in': { zoom: 1.18 },
  'zoom-out': { zoom: 1 / 1.1, opensBorder: true },
  'pan-left': { panX: -0.055 },
  'pan-right': { panX: 0.055 },
  'tilt-up': { panY: -0.06 },
  'tilt-down': { panY: 0.06 },
  'truck-left': { truckX: -0.04, pivot: 'horizon' },
  'truck-right': { truckX: 0.04, pivot: 'horizon' },
  'pedestal-up': { truckY: -0.05, panY: 0.02, pivot: 'horizon' },
  'pedestal-down': { truckY: 0.05, panY: -0.02, pivot: 'horizon' },
  'orbit-left': { truckX: -0.04, zoom: 1.05, rollDegrees: -0.2, pivot: 'subject', aimsAtSubject: true },
  'orbit-right': { truckX: 0.04, zoom: 1.05, rollDegrees: 0.2, pivot: 'subject', aimsAtSubject: true },
  'roll-left': { rollDegrees: -4 },
  'roll-right': { rollDegrees: 4 },
  'dolly-zoom': { dolly: -0.26, keepsSubjectSize: true },
  'crash-zoom': { zoom: 1.35, aimsAtSubject: true, snaps: true },
  'whip-left': { panX: -0.1, snaps: true },
  'whip-right': { panX: 0.1, snaps: true },
  handheld: { zoom: 1.035, handheld: true },
  walk: { walks: true },
};

/**
 * A camera on a shoulder at strength 1: amplitudes as shares of the width (roll in degrees) and rates in swings a
 * second.
 */
export const HANDHELD = {
  panX: { amplitude: 0.0055, hertz: 1.1 },
  panY: { amplitude: 0.0055, hertz: 1.3 },
  truckX: { amplitude: 0.008, hertz: 0.7 },
  rollDegrees: { amplitude: 0.25, hertz: 0.9 },
  fadeSeconds: 1,
} as const;

/** A walking camera at strength 1: it dips with every step, by this share of the height. */
export const WALK = { stepsPerSecond: 1.9, bob: 0.0015 } as const;

/** A picture that is itself flat gets this share less of every move. */
export const FLAT_DAMPING = 0.7;

/** Pairs that undo each other: played one after the other, and the second takes back what the first one gave. */
const OPPOSITES: readonly (readonly [MoveName, MoveName])[] = [
  ['push-in', 'pull-out'],
  ['zoom-in', 'zoom-out'],
  ['pan-left', 'pan-right'],
  ['tilt-up', 'tilt-down'],
  ['truck-left', 'truck-right'],
  ['pedestal-up', 'pedestal-down'],
  ['orbit-left', 'orbit-right'],
  ['roll-left', 'roll-right'],
  ['whip-left', 'whip-right'],
];

/** The move that undoes `name`; undefined for those that have none. */
export function oppositeOf(name: MoveName): MoveName | undefined {
  for (const [first, second] of OPPOSITES) {
    if (name === first) return second;
    if (name === second) return first;
  }
  return undefined;
}
