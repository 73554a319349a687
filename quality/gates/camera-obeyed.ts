/**
 * Gate "camera obeyed": what tracked points did between the first frame and the last, against what the named move promises
 * (its sign, from this table alone) and what the plan's pose says (its size).
 */
import type { Pose } from '#animator/camera/pose.ts';
import type { MoveName } from '#animator/director/plan.ts';
import type { Grid } from '#animator/scene/scene.ts';
import type { FrameSize } from '#domain/media/frame-size.ts';
import { depthAt, landing } from './landing.ts';
import type { Measurement } from './measurement.ts';
import { fitSimilarity } from './similarity-fit.ts';
import type { Point } from './track-points.ts';

/** The one figure of each move that a viewer would name it by, and the way it goes; undefined for moves that have none. */
const PROMISES: Readonly<
  Record<MoveName, { readonly of: keyof CameraFigures; readonly sign: 1 | -1 } | undefined>
> = {
  static: undefined,
  'push-in': { of: 'growth', sign: 1 },
  'pull-out': { of: 'growth', sign: -1 },
  'zoom-in': { of: 'growth', sign: 1 },
  'zoom-out': { of: 'growth', sign: -1 },
  'pan-left': { of: 'shiftX', sign: 1 },
  'pan-right': { of: 'shiftX', sign: -1 },
  'tilt-up': { of: 'shiftY', sign: 1 },
  'tilt-down': { of: 'shiftY', sign: -1 },
  'truck-left': { of: 'parallaxX', sign: 1 },
  'truck-right': { of: 'parallaxX', sign: -1 },
  'pedestal-up': { of: 'parallaxY', sign: 1 },
  'pedestal-down': { of: 'parallaxY', sign: -1 },
  'orbit-left': { of: 'parallaxX', sign: 1 },
  'orbit-right': { of: 'parallaxX', sign: -1 },
  'dolly-zoom': { of: 'farGrowth', sign: 1 },
  'roll-left': { of: 'roll', sign: 1 },
  'roll-right': { of: 'roll', sign: -1 },
  'crash-zoom': { of: 'growth', sign: 1 },
  'whip-left': { of: 'shiftX', sign: 1 },
  'whip-right': { of: 'shiftX', sign: -1 },
  walk: undefined,
  handheld: undefined,
};

interface CameraFigures {
  /** Change of size, as pixels at the end of the half diagonal. */
  readonly growth: number;
  /** The same among the farther half of the points. */
  readonly farGrowth: number;
  /** Turn of the picture, clockwise, as pixels at the end of the half diagonal. */
  readonly roll: number;
  readonly shiftX: number;
  readonly shiftY: number;
  /** How much further the nearest points went than the farthest, pixels. */
  readonly parallaxX: number;
  readonly parallaxY: number;
}

export interface CameraObservation {
  readonly move: MoveName;
  readonly size: FrameSize;
  /** Of the last frame. */
  readonly pose: Pose;
  /** As the frames were drawn with it. */
  readonly depth: Grid;
  /** Points of the first frame, which is the still, and where they are in the last one. */
  readonly from: readonly Point[];
  readonly to: readonly Point[];
  /** Turns pixels into pixels at 1280x720. */
  readonly scale: number;
}

/** Below this a promise is too small to be measured: the picture is flat or the move damped. */
const SMALLEST_PROMISE_PX = 3;

/** Empty for moves without a promise of their own, and where the plan's pose shows less than the tracker can tell. */
export function judgeCamera(observation: CameraObservation): readonly Measurement[] {
  const promise = PROMISES[observation.move];
  if (promise === undefined) return [];
  const { from, to, scale } = observation;
  const depths = from.map((point) => depthAt(observation, point));
  const expected = figuresOf(
    observation,
    from.map((point, i) => landing(observation, point, depths[i]!)),
    depths,
  );
  const measured = figuresOf(observation, to, depths);
  const [wanted, got] = [expected[promise.of], measured[promise.of]];
  if (!(scale * Math.abs(wanted) >= SMALLEST_PROMISE_PX)) return [];
  return [
    { gate: 'camera, direction', value: promise.sign * Math.sign(got), unit: '', atLeast: 1 },
    { gate: 'camera, size against the plan', value: got / wanted, unit: 'x', atLeast: 0.75, atMost: 1.25 },
  ];
}

function figuresOf(
  { from, size }: CameraObservation,
  to: readonly Point[],
  depths: readonly number[],
): CameraFigures {
  const centre = { x: (size.width - 1) / 2, y: (size.height - 1) / 2 };
  const all = fitSimilarity(from, to, centre);
  const middle = depths.toSorted((a, b) => a - b)[depths.length >> 1]!;
  const isFar = (_: Point, i: number): boolean => depths[i]! <= middle;
  const far = fitSimilarity(from.filter(isFar), to.filter(isFar), centre);
  const half = Math.hypot(size.width, size.height) / 2;
  return {
    growth: half * (all.zoom - 1),
    farGrowth: half * (far.zoom - 1),
    roll: (half * all.rollDegrees * Math.PI) / 180,
    shiftX: all.shiftX,
    shiftY: all.shiftY,
    parallaxX: parallaxOf(from, to, depths, centre, 'x'),
    parallaxY: parallaxOf(from, to, depths, centre, 'y'),
  };
}

/**
 * The slope c of shift = a + b * position + c * w by least squares, times the points' range of w.
 */
function parallaxOf(
  from: readonly Point[],
  to: readonly Point[],
  depths: readonly number[],
  centre: Point,
  axis: 'x' | 'y',
): number {
  const shifts = from.map((point, i) => to[i]![axis] - point[axis]);
  const positions = from.map((point) => point[axis] - centre[axis]);
  const flatShift = withoutTrend(shifts, positions);
  const flatDepth = withoutTrend(depths, positions);
  let [products, squares] = [0, 0];
  for (const [i, depth] of flatDepth.entries()) {
    products += depth * flatShift[i]!;
    squares += depth * depth;
  }
  return (products / squares) * (Math.max(...depths) - Math.min(...depths));
}

/** What is left of values when a straight line over positions is taken out. */
function withoutTrend(values: readonly number[], positions: readonly number[]): readonly number[] {
  const n = values.length;
  const meanValue = values.reduce((sum, value) => sum + value, 0) / n;
  const meanPosition = positions.reduce((sum, value) => sum + value, 0) / n;
  let [products, squares] = [0, 0];
  for (const [i, value] of values.entries()) {
    products += (value - meanValue) * (positions[i]! - meanPosition);
    squares += (positions[i]! - meanPosition) ** 2;
  }
  const slope = products / squares;
  return values.map((value, i) => value - meanValue - slope * (positions[i]! - meanPosition));
}
