/**
 * The unrest of a camera that is carried: the noise of a shoulder, and the bob of steps. It fades in over a second, so a
 * shot's first frame is exact, and runs on across shots that continue.
 */
import type { FrameSize } from '#domain/media/frame-size.ts';
import type { Move, Shot } from '../director/plan.ts';
import { FLAT_DAMPING, HANDHELD, MOVE_PARAMETERS, WALK } from './grammar.ts';
import { smootherstep, valueNoise } from './seeded-noise.ts';

/** What the noise adds at one moment; output pixels and radians. */
export interface Shake {
  readonly panX: number;
  readonly panY: number;
  readonly truckX: number;
  readonly roll: number;
  readonly zoomLog: number;
  /** The largest the entries could be at this moment: what the border rule has to cover. */
  readonly reach: {
    readonly panX: number;
    readonly panY: number;
    readonly truckX: number;
    readonly roll: number;
  };
}

export interface Handheld {
  /** The noise follows the clip's clock, its level the shot's. */
  at(clipSeconds: number, shotSeconds: number): Shake;
  /** The largest truck of the whole shot, output pixels. */
  readonly largest: number;
}

/** A shoulder shakes no more for being named twice. */
const levelOf = (moves: readonly Move[], kind: 'handheld' | 'walks'): number =>
  Math.max(0, ...moves.map((move) => (MOVE_PARAMETERS[move.name][kind] ? move.strength : 0)));

/** -1..1, positive where the camera is low: when a foot comes down, half a step after the clip's start and every step after. */
const dip = (clipSeconds: number): number =>
  Math.cos(2 * Math.PI * (WALK.stepsPerSecond * clipSeconds - 0.5));

/** `flat` damps the noise as it damps every move. */
export function createHandheld(shot: Shot, flat: number, size: FrameSize, seed: number): Handheld {
  const damping = 1 - FLAT_DAMPING * flat;
  const levels = (kind: 'handheld' | 'walks') => ({
    before: levelOf(shot.after ?? [], kind) * damping,
    now: levelOf(shot.moves, kind) * damping,
  });
  const shoulder = levels('handheld');
  const walk = levels('walks');
  const zoomLog = Math.log(MOVE_PARAMETERS.handheld.zoom ?? 1);
  const swing = (name: 'panX' | 'panY' | 'truckX' | 'rollDegrees', clipSeconds: number) =>
    HANDHELD[name].amplitude * valueNoise(seed, `handheld ${name}`, clipSeconds * HANDHELD[name].hertz);
  return {
    largest: Math.max(shoulder.before, shoulder.now) * HANDHELD.truckX.amplitude * size.width,
    at(clipSeconds, shotSeconds) {
      const faded = smootherstep(shotSeconds / HANDHELD.fadeSeconds);
      const level = shoulder.before + (shoulder.now - shoulder.before) * faded;
      const bob = (walk.before + (walk.now - walk.before) * faded) * WALK.bob * size.height;
      const px = level * size.width;
      const radians = (level * Math.PI) / 180;
      return {
        panX: px * swing('panX', clipSeconds),
        panY: px * swing('panY', clipSeconds) + bob * dip(clipSeconds),
        truckX: px * swing('truckX', clipSeconds),
        roll: radians * swing('rollDegrees', clipSeconds),
        zoomLog: level * zoomLog,
        reach: {
          panX: px * HANDHELD.panX.amplitude,
          panY: px * HANDHELD.panY.amplitude + bob,
          truckX: px * HANDHELD.truckX.amplitude,
          roll: radians * HANDHELD.rollDegrees.amplitude,
        },
      };
    },
  };
}
