/**
 * How far a set of moves carries the camera when they are done, as one vector. Moves of a shot add; the path then
 * scales the vector by the eased progress, so everything a viewer sees moves in step.
 */
import type { FrameSize } from '#domain/media/frame-size.ts';
import type { Move, MoveName } from '../director/plan.ts';
import { FLAT_DAMPING, MOVE_PARAMETERS, type MoveParameters, oppositeOf } from './grammar.ts';
import type { Stage } from './stage.ts';

export interface Travel {
  /** Natural logarithm of the magnification: what the moves wish inside the picture (>= 0), and beyond its edge (<= 0). */
  readonly zoomInLog: number;
  readonly zoomOutLog: number;
  /** Output pixels. */
  readonly panX: number;
  readonly panY: number;
  readonly truckX: number;
  readonly truckY: number;
  /** Dolly that the border rule must cover, that it need not, and that the zoom undoes at the subject's depth. */
  readonly dolly: number;
  readonly openDolly: number;
  readonly lockedDolly: number;
  /** Radians. */
  readonly roll: number;
  /** 0..1: how much of the zoom is aimed at the subject instead of at the centre. */
  readonly aim: number;
}

const TRAVEL_KEYS = [
  'zoomInLog',
  'zoomOutLog',
  'panX',
  'panY',
  'truckX',
  'truckY',
  'dolly',
  'openDolly',
  'lockedDolly',
  'roll',
  'aim',
] as const satisfies readonly (keyof Travel)[];

export const NO_TRAVEL: Travel = {
  zoomInLog: 0,
  zoomOutLog: 0,
  panX: 0,
  panY: 0,
  truckX: 0,
  truckY: 0,
  dolly: 0,
  openDolly: 0,
  lockedDolly: 0,
  roll: 0,
  aim: 0,
};

/** `from + share * change`, entry by entry. */
export function addTravel(from: Travel, change: Travel, share: number): Travel {
  const sum: Record<keyof Travel, number> = { ...from };
  for (const key of TRAVEL_KEYS) sum[key] += share * change[key];
  return sum;
}

/** Parallax that a face which fills the frame bears before it looks like rubber: 45 px at 1280x720. */
const FACE_PARALLAX = 45 / Math.hypot(1280, 720);

function truckOf(
  name: MoveName,
  parameters: MoveParameters,
  strength: number,
  stage: Stage,
  size: FrameSize,
) {
  const x = (parameters.truckX ?? 0) * strength * size.width;
  const y = (parameters.truckY ?? 0) * strength * size.height;
  const isOrbit = name === 'orbit-left' || name === 'orbit-right';
  const limit = FACE_PARALLAX * Math.hypot(size.width, size.height);
  const share = isOrbit && stage.subjectFillsFrame && Math.abs(x) > limit ? limit / Math.abs(x) : 1;
  return { x: x * share, y: y * share };
}

function travelOfMove(move: Move, pivot: number, stage: Stage, size: FrameSize): Travel {
  const parameters = MOVE_PARAMETERS[move.name];
  const strength = move.strength * (1 - FLAT_DAMPING * stage.flat);
  const truck = truckOf(move.name, parameters, strength, stage, size);
  // A truck around another pivot than the shot's is the same truck plus a constant shift.
  const pivotShift = pivot - stage.pivotDepth(parameters.pivot);
  const zoomLog = parameters.handheld ? 0 : strength * Math.log(parameters.zoom ?? 1);
  const dolly = strength * (parameters.dolly ?? 0);
  const isFree = !parameters.opensBorder && !parameters.keepsSubjectSize;
  return {
    zoomInLog: Math.max(0, zoomLog),
    zoomOutLog: Math.min(0, zoomLog),
    panX: (parameters.panX ?? 0) * strength * size.width + truck.x * pivotShift,
    panY: (parameters.panY ?? 0) * strength * size.height + truck.y * pivotShift,
    truckX: truck.x,
    truckY: truck.y,
    dolly: isFree ? dolly : 0,
    openDolly: parameters.opensBorder ? dolly : 0,
    lockedDolly: parameters.keepsSubjectSize ? dolly : 0,
    roll: (strength * (parameters.rollDegrees ?? 0) * Math.PI) / 180,
    aim: parameters.aimsAtSubject ? 1 : 0,
  };
}

/** The inverse depth that the shot's trucks leave in place: that of the first move that has one. */
export function pivotOf(moves: readonly Move[], stage: Stage): number {
  const first = moves.find((move) => MOVE_PARAMETERS[move.name].pivot !== undefined);
  return stage.pivotDepth(first === undefined ? undefined : MOVE_PARAMETERS[first.name].pivot);
}

/** The sum of `moves` in order, a move after its opposite taking back exactly what that one gave. */
export function travelOf(moves: readonly Move[], pivot: number, stage: Stage, size: FrameSize): Travel {
  const standing: Move[] = [];
  for (const move of moves) {
    const undone = standing.findLastIndex((earlier) => earlier.name === oppositeOf(move.name));
    if (undone === -1) standing.push(move);
    else standing.splice(undone, 1);
  }
  const sum = standing.reduce(
    (total, move) => addTravel(total, travelOfMove(move, pivot, stage, size), 1),
    NO_TRAVEL,
  );
  return { ...sum, aim: Math.min(1, sum.aim) };
}
