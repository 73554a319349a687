/** The noise of a camera on a shoulder: fades in over a second, so a shot's first frame is exact, and runs on across shots that continue. */
import type { FrameSize } from '#domain/media/frame-size.ts';
import type { Move, Shot } from '../director/plan.ts';
import { FLAT_DAMPING, HANDHELD, MOVE_PARAMETERS } from './grammar.ts';
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
const levelOf = (moves: readonly Move[]): number =>
  Math.max(0, ...moves.map((move) => (MOVE_PARAMETERS[move.name].handheld ? move.strength : 0)));

/** `flat` damps the noise as it damps every move. */
export function createHandheld(shot: Shot, flat: number, size: FrameSize, seed: number): Handheld {
  const damping = 1 - FLAT_DAMPING * flat;
  const before = levelOf(shot.after ?? []) * damping;
  const now = levelOf(shot.moves) * damping;
  const zoomLog = Math.log(MOVE_PARAMETERS.handheld.zoom ?? 1);
  const swing = (name: 'panX' | 'panY' | 'truckX' | 'rollDegrees', clipSeconds: number) =>
    HANDHELD[name].amplitude * valueNoise(seed, `handheld ${name}`, clipSeconds * HANDHELD[name].hertz);
  return {
    largest: Math.max(before, now) * HANDHELD.truckX.amplitude * size.width,
    at(clipSeconds, shotSeconds) {
      const level = before + (now - before) * smootherstep(shotSeconds / HANDHELD.fadeSeconds);
      const px = level * size.width;
      const radians = (level * Math.PI) / 180;
      return {
        panX: px * swing('panX', clipSeconds),
        panY: px * swing('panY', clipSeconds),
        truckX: px * swing('truckX', clipSeconds),
        roll: radians * swing('rollDegrees', clipSeconds),
        zoomLog: level * zoomLog,
        reach: {
          panX: px * HANDHELD.panX.amplitude,
          panY: px * HANDHELD.panY.amplitude,
          truckX: px * HANDHELD.truckX.amplitude,
          roll: radians * HANDHELD.rollDegrees.amplitude,
        },
      };
    },
  };
}
