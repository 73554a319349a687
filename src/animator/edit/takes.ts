/** One take for every run of shots between two cuts: where its camera is at any of its frames, and what its lens is set to. */
import type { FrameSize } from '#domain/media/frame-size.ts';
import { createCameraPath } from '../camera/camera-path.ts';
import { MOVE_PARAMETERS } from '../camera/grammar.ts';
import type { Pose } from '../camera/pose.ts';
import { exposeFrame } from '../camera/shutter.ts';
import { WHIP_FRAMES, type Whip, whipPose } from '../camera/whip.ts';
import type { FocusPull, Shot } from '../director/plan.ts';
import { type Beyond, NOTHING_BEYOND } from '../raster/beyond.ts';
import type { View } from '../raster/view-painter.ts';
import { LIMITER_KAPPA, limitSlope } from '../scene/limit-slope.ts';
import type { Grid, Scene } from '../scene/scene.ts';

export interface Take {
  readonly firstFrame: number;
  /** The first frame after it. */
  readonly endFrame: number;
  readonly stillIndex: number;
  /** Limited for the largest move of the take, so that nothing jumps between its shots. */
  readonly depth: Grid;
  /** Output pixels between near and far. */
  readonly parallaxPx: number;
  readonly focus: FocusPull | undefined;
  /** Frames are counted in the clip, parts of frames included. */
  poseAt(frame: number): Pose;
  /** The view at a frame, streaked where the camera is too fast for the eye. */
  viewAt(frame: number): View;
}

export interface TakeInput {
  readonly shots: readonly Shot[];
  /** One for every still that a shot names. */
  readonly scenes: readonly Scene[];
  /** What there is of each still beyond the frame; nothing when omitted. */
  readonly beyond?: readonly Beyond[];
  readonly size: FrameSize;
  readonly seed: number;
  /** A whip pan at the end of the last take, to what comes after it. */
  readonly endWhip: Whip | undefined;
}

export function createTakes(input: TakeInput): readonly Take[] {
  const { shots, scenes, beyond = [], size, seed, endWhip } = input;
  const runs = splitAtCuts(shots);
  return runs.map((run, i) => {
    const [first, next] = [run[0]!, runs[i + 1]?.[0]];
    const whips = {
      in: first.whip && { frame: first.firstFrame, side: first.whip },
      out: next === undefined ? endWhip : next.whip && { frame: next.firstFrame, side: next.whip },
    };
    const place = {
      scene: scenes[first.stillIndex]!,
      beyond: beyond[first.stillIndex] ?? NOTHING_BEYOND,
      size,
    };
    return createTake(run, place, seed, whips);
  });
}

/** The swings at either end of a take. */
interface Whips {
  readonly in: Whip | undefined;
  readonly out: Whip | undefined;
}

/** Where a take is shot. */
interface TakePlace {
  readonly scene: Scene;
  readonly beyond: Beyond;
  readonly size: FrameSize;
}

function createTake(
  run: readonly Shot[],
  { scene, beyond, size }: TakePlace,
  seed: number,
  whips: Whips,
): Take {
  const { firstFrame, stillIndex, focus } = run[0]!;
  const paths = run.map((shot) => createCameraPath(shot, scene, size, seed, beyond));
  const parallaxPx = Math.max(...paths.map((path) => path.parallaxPx));
  const depth = limitSlope(scene.depth, { parallaxPx, size, kappa: LIMITER_KAPPA });
  const poseAt = (frame: number): Pose => {
    const shot = Math.max(
      0,
      run.findLastIndex((one) => one.firstFrame <= frame),
    );
    const pose = paths[shot]!.poseAt(frame - run[shot]!.firstFrame);
    const swung = whips.in === undefined ? pose : whipPose(pose, frame, whips.in, 'in', size);
    return whips.out === undefined ? swung : whipPose(swung, frame, whips.out, 'out', size);
  };
  const last = run.at(-1)!;
  const isFastAt = fastFrames(run, whips);
  return {
    firstFrame,
    endFrame: last.firstFrame + last.frameCount,
    stillIndex,
    depth,
    parallaxPx,
    focus,
    poseAt,
    viewAt(frame) {
      const exposure = isFastAt(frame) ? exposeFrame(poseAt, frame, size) : { pose: poseAt(frame) };
      return { stillIndex, depth, ...exposure };
    },
  };
}

/** Which frames can be fast enough to streak: those of shots that snap, and those beside a whip. */
function fastFrames(run: readonly Shot[], whips: Whips): (frame: number) => boolean {
  const snapping = run.filter(({ moves }) => moves.some(({ name }) => MOVE_PARAMETERS[name].snaps));
  return (frame) =>
    snapping.some((shot) => frame > shot.firstFrame && frame < shot.firstFrame + shot.frameCount) ||
    [whips.in, whips.out].some((whip) => whip !== undefined && Math.abs(frame - whip.frame) <= WHIP_FRAMES);
}

/** Shots grouped such that only a group's first one starts with a cut. */
function splitAtCuts(shots: readonly Shot[]): readonly (readonly Shot[])[] {
  const runs: Shot[][] = [];
  for (const shot of shots) {
    if (shot.after === undefined || runs.length === 0) runs.push([shot]);
    else runs.at(-1)!.push(shot);
  }
  return runs;
}
