/**
 * A plan says everything about a clip before a pixel is drawn: plain JSON, a pure function of prompt, scenes, clip and seed.
 * Any worker can draw any frame from it.
 */
import type { FrameSize } from '#domain/media/frame-size.ts';

/** A camera move as the prompt names it. */
export const MOVES = [
  'static',
  'push-in',
  'pull-out',
  'zoom-in',
  'zoom-out',
  'pan-left',
  'pan-right',
  'tilt-up',
  'tilt-down',
  'truck-left',
  'truck-right',
  'pedestal-up',
  'pedestal-down',
  'orbit-left',
  'orbit-right',
  'dolly-zoom',
  'handheld',
] as const;
export type MoveName = (typeof MOVES)[number];

export interface Move {
  readonly name: MoveName;
  /** 1 as in the grammar's table, 0.5 subtle, 1.8 bold. */
  readonly strength: number;
}

/** How speed is spread over a shot: `glide` cruises between soft ends, `ramp` surges in the middle. */
export type Easing = 'glide' | 'ramp';

/** A run of frames over one still. Shots cover the clip in order, without gap or overlap. */
export interface Shot {
  readonly firstFrame: number;
  readonly frameCount: number;
  /** Which of the given stills is shown. */
  readonly stillIndex: number;
  /** Played together; moves that contradict each other were split into shots' halves by the director. */
  readonly moves: readonly Move[];
  /**
   * Moves of earlier shots over the same still, in order: the shot starts from where they ended, so there is no cut before it.
   * Absent at a cut and at the start, where the camera is at rest.
   */
  readonly after?: readonly Move[];
  readonly easing: Easing;
}

/** A dissolve towards another still that ends exactly on it, camera at rest: how `last_image` is reached. */
export interface Arrival {
  readonly stillIndex: number;
  /** Frames over which the dissolve runs; the clip's last frame is the fitted still itself. */
  readonly firstFrame: number;
  readonly frameCount: number;
  /** Magnification from which the still settles to rest; 1.12 when absent, 1 when the camera may not move. */
  readonly startZoom?: number;
}

export type AmbienceName =
  | 'wind'
  | 'rain'
  | 'waves'
  | 'river'
  | 'fire'
  | 'city'
  | 'forest'
  | 'night'
  | 'room'
  | 'pad';

export interface Ambience {
  readonly name: AmbienceName;
  /** Level relative to the clip's loudness target, decibels, at most 0. */
  readonly levelDecibels: number;
}

/** A sound on a moment: picture and sound read the same list. */
export interface SoundEvent {
  readonly timeSeconds: number;
  readonly kind: 'whoosh' | 'impact' | 'thunder' | 'footstep' | 'heartbeat';
  /** 0..1. */
  readonly strength: number;
}

/** One line for the task's log: what the director made of a wish. */
export interface DirectorNote {
  /** `understood`: done as asked. `clamped`: done in part, the message says which part. `ignored`: not done at all. */
  readonly kind: 'understood' | 'clamped' | 'ignored';
  readonly message: string;
}

export interface Plan {
  readonly size: FrameSize;
  readonly frameCount: number;
  readonly seed: number;
  readonly style: 'natural' | 'spicy';
  readonly shots: readonly Shot[];
  readonly arrival: Arrival | undefined;
  readonly ambience: readonly Ambience[];
  readonly events: readonly SoundEvent[];
  readonly notes: readonly DirectorNote[];
}
