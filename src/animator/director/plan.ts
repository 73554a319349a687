/**
 * A plan says everything about a clip before a pixel is drawn: plain JSON, a pure function of prompt, scenes, clip and seed.
 * Any worker can draw any frame from it.
 */
import type { FrameSize } from '#domain/media/frame-size.ts';
import type { AreaName } from '../scene/areas.ts';

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
  'roll-left',
  'roll-right',
  'dolly-zoom',
  'crash-zoom',
  'whip-left',
  'whip-right',
  'handheld',
  'walk',
] as const;
export type MoveName = (typeof MOVES)[number];

export interface Move {
  readonly name: MoveName;
  /** 1 as in the grammar's table, 0.5 subtle, 1.8 bold. */
  readonly strength: number;
}

/** How speed is spread over a shot: `glide` cruises between soft ends, `ramp` surges in the middle. */
export type Easing = 'glide' | 'ramp';

/** How much of a still a shot shows. */
export type FramingName = 'wide' | 'medium' | 'close' | 'detail';

/** The part of a still that a shot takes for its whole picture. */
export interface Framing {
  readonly name: Exclude<FramingName, 'wide'>;
  /** Sides of the still in sides of the frame, above 1. */
  readonly zoom: number;
  /** Its centre as shares of the still's width and height; the frame lies within the still. */
  readonly x: number;
  readonly y: number;
}

export type Side = 'left' | 'right';

/** A run of frames over one still. Shots cover the clip in order, without gap or overlap. */
export interface Shot {
  readonly firstFrame: number;
  readonly frameCount: number;
  /** Which of the given stills is shown. */
  readonly stillIndex: number;
  /** Played together; moves that contradict each other were split into shots' halves by the director. */
  readonly moves: readonly Move[];
  /**
   * Moves of earlier shots over the same still, in order: the shot starts from where they ended, so there is no cut
   * before it. Absent at a cut and at the start, where the camera is at rest.
   */
  readonly after?: readonly Move[];
  readonly easing: Easing;
  /** The part of the still that is shown; the whole of it when absent. */
  readonly framing?: Framing;
  /** The cut before the shot is hidden in a whip pan to this side, which both shots share. */
  readonly whip?: Side;
  /** What the lens is set to, until the next cut; everything is sharp when absent. */
  readonly focus?: FocusPull;
}

/** What a lens with little depth of field is set to: it blurs in over the shot's first second. */
export interface FocusPull {
  /** Inverse depths in focus at the shot's start and end; equal where focus stays. */
  readonly from: number;
  readonly to: number;
}

/**
 * How the last picture becomes the end still: `morph` moves the one into the other, which takes pictures of one scene; `dissolve` fades
 * near things first, `light-leak` under a flare, and `whip-pan` hides a cut.
 */
export type ArrivalKind = 'morph' | 'dissolve' | 'light-leak' | 'whip-pan';

/** The way to the end still, camera at rest in the clip's last frame, which is the fitted still itself. */
export interface Arrival {
  readonly kind: ArrivalKind;
  readonly stillIndex: number;
  /** The frames from the first in which the end still may be seen, or which lead there, to the clip's last. */
  readonly firstFrame: number;
  readonly frameCount: number;
  /** Magnification from which the still settles to rest; 1.12 when absent, 1 when the camera may not move. */
  readonly startZoom?: number;
  /** Where a light leak comes from, or a whip pan goes. */
  readonly side: Side;
}

/** Something in a picture that moves by itself. */
export const FLUIDS = [
  'clouds',
  'water',
  'river',
  'smoke',
  'fire',
  'foliage',
  'hair',
  'cloth',
  'breathing',
] as const;
export type FluidKind = (typeof FLUIDS)[number];

/** A direction in the picture. */
export type Heading = 'left' | 'right' | 'up' | 'down';

export interface Fluid {
  readonly stillIndex: number;
  readonly kind: FluidKind;
  /** Which of the scene's areas it moves in. */
  readonly area: AreaName;
  /** Where it drifts, flows or is blown. A river follows its bed where that is not across this. */
  readonly heading: Heading;
  /** Its speed or height in parts of the usual: 0.5 calm, 1.6 rough. */
  readonly strength: number;
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

/** A run of frames of the clip. */
export interface FrameSpan {
  readonly firstFrame: number;
  readonly frameCount: number;
}

export interface Ambience {
  readonly name: AmbienceName;
  /** Level relative to the clip's loudness target, decibels, at most 0. */
  readonly levelDecibels: number;
  /** Where it is heard; throughout the clip when absent. */
  readonly spans?: readonly FrameSpan[];
}

/** What falls, floats or shines in the air between camera and scene; `gloom` is the light under a storm. */
export type AtmosphereKind = 'gloom' | 'fog' | 'rays' | 'rain' | 'snow' | 'dust' | 'embers';

export interface AtmosphereEffect {
  readonly kind: AtmosphereKind;
  /** 1 as designed, 0.4 a trace of it, 1.8 the most. */
  readonly strength: number;
  /** -1..1, positive blows to the right; 1 is a storm. */
  readonly wind: number;
  /** The shots that it is in, from cut to cut; all of them when absent. */
  readonly span?: FrameSpan;
}

/** A sound on a moment. */
export interface SoundEvent {
  readonly timeSeconds: number;
  readonly kind: 'whoosh' | 'impact' | 'thunder' | 'footstep' | 'heartbeat';
  /** 0..1. */
  readonly strength: number;
}

/** A flash that lights the picture; its thunder is an event of its own, a little later. */
export interface LightningEvent {
  readonly timeSeconds: number;
  readonly kind: 'lightning';
  /** 0..1. */
  readonly strength: number;
}

/** Picture and sound read the same list. */
export type ClipEvent = SoundEvent | LightningEvent;

/** One line for the task's log: what the director made of a wish. */
export interface DirectorNote {
  /** `understood`: done as asked. `clamped`: done in part, the message says which part. `ignored`: not done at all. */
  readonly kind: 'understood' | 'clamped' | 'ignored';
  readonly message: string;
}

/** What the light and the colours of a clip are graded to. */
export const LOOK_NAMES = [
  'cinematic',
  'spicy',
  'warm',
  'cold',
  'teal-orange',
  'noir',
  'monochrome',
  'sepia',
  'vintage',
  'contrast',
  'dreamy',
  'neon',
  'moody',
  'bright',
  'muted',
  'vivid',
] as const;
export type LookName = (typeof LOOK_NAMES)[number];

export interface Look {
  readonly name: LookName;
  /** 1 as designed, 0.5 a touch of it, 1.5 the most. */
  readonly strength: number;
}

export interface Plan {
  readonly size: FrameSize;
  readonly frameCount: number;
  readonly seed: number;
  readonly style: 'natural' | 'spicy';
  readonly shots: readonly Shot[];
  readonly arrival: Arrival | undefined;
  /** What moves in the stills, the end still's included. */
  readonly fluids: readonly Fluid[];
  readonly ambience: readonly Ambience[];
  readonly events: readonly ClipEvent[];
  readonly atmosphere: readonly AtmosphereEffect[];
  /** Laid over each other; the pictures stay as they are where there is none. */
  readonly looks: readonly Look[];
  readonly notes: readonly DirectorNote[];
}
