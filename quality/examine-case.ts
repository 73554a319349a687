/** Takes a case's figures: draws what its examinations need and hands it to the gates. */
import { createHash } from 'node:crypto';
import { MOVE_PARAMETERS } from '#animator/camera/grammar.ts';
import type { PreparedClip } from '#animator/prepare-clip.ts';
import type { I420Frame } from '#animator/raster/picture.ts';
import { renderSound } from '#animator/sound/render-sound.ts';
import type { FrameSize, Resolution } from '#domain/media/frame-size.ts';
import {
  type CaseClip,
  drawFrame,
  drawFrames,
  frameIndices,
  makeClip,
  mapAt,
  mapsOf,
  type ShotCamera,
  type StillLoader,
  scenesOf,
  shotCameras,
} from './case-clip.ts';
import type { Examination, QualityCase } from './cases.ts';
import { examineFile } from './examine-file.ts';
import { judgeCamera } from './gates/camera-obeyed.ts';
import { judgeBrightness, judgeStaticFlicker, meanLuma } from './gates/flicker.ts';
import { cameraFlow } from './gates/landing.ts';
import { judgeLikeness, judgeSeeds } from './gates/likeness.ts';
import { lumaPyramid } from './gates/luma-pyramid.ts';
import { judgeMaps, judgeStraightness } from './gates/map-gates.ts';
import type { Measurement } from './gates/measurement.ts';
import {
  FEWEST_TRACKS,
  judgeBackwardSteps,
  judgeDynamicDegree,
  judgeFixedCamera,
  judgeMeanMotion,
  judgeSmoothness,
  VBENCH_FRAME_STEP,
} from './gates/motion-gates.ts';
import { hasOnsets, judgeLoudness, judgeOnsets } from './gates/sound-gates.ts';
import { choosePoints, type Track, trackPoints } from './gates/track-points.ts';
import { judgeUprights } from './gates/uprights.ts';

interface Subject extends CaseClip {
  readonly wish: QualityCase;
  readonly resolution: Resolution;
  readonly load: StillLoader;
}

const EXAMINATIONS: Readonly<
  Record<Examination, (subject: Subject) => readonly Measurement[] | Promise<readonly Measurement[]>>
> = {
  motion: examineMotion,
  uprights: examineUprights,
  camera: examineCamera,
  fixed: examineFixed,
  surge: examineSurge,
  end: examineEnd,
  sound: examineSound,
  seeds: examineSeeds,
  repeat: examineRepeat,
  file: examineFile,
};

/** Every figure of a case, in the order of its examinations. */
export async function examineCase(
  wish: QualityCase,
  resolution: Resolution,
  load: StillLoader,
): Promise<readonly Measurement[]> {
  const subject = { ...(await makeClip(wish, resolution, load)), wish, resolution, load };
  const measurements: Measurement[] = [];
  for (const name of wish.examine) measurements.push(...(await EXAMINATIONS[name](subject)));
  return measurements;
}

/** Turns pixels of a frame into pixels of one with the area of 1280x720, for which the targets are written. */
const scaleOf = ({ width, height }: FrameSize): number => Math.sqrt((1280 * 720) / (width * height));

const centreOf = ({ width, height }: FrameSize) => ({ x: (width - 1) / 2, y: (height - 1) / 2 });

function follow(frames: readonly I420Frame[], margin?: number): readonly Track[] {
  const pyramids = frames.map((frame) => lumaPyramid(frame.y));
  return trackPoints(pyramids, choosePoints(pyramids[0]![0]!, margin));
}

function examineMotion({ wish, clip, stills }: Subject): readonly Measurement[] {
  const { plan } = clip;
  const frames = drawFrames(clip, frameIndices(plan, 1));
  const tracks = follow(frames);
  const scale = scaleOf(plan.size);
  const [camera] = shotCameras(plan, scenesOf(stills));
  const maps = mapsOf(camera!, plan.size, 6);
  const flows = frameIndices(plan, 5)
    .slice(0, -1)
    .map((frame) => flowBetween(camera!, plan.size, frame, frame + 1));
  const measurements = [
    ...judgeLikeness('first frame', frames[0]!, stills[0]!, 'raw'),
    judgeBrightness(frames.map((frame) => meanLuma(frame.y))),
    ...judgeMaps(maps),
    judgeMeanMotion(flows, scale),
    ...(wish.isFlat ? [judgeStraightness(maps, scale)] : []),
  ];
  if (tracks.length < FEWEST_TRACKS) return measurements;
  return [...measurements, ...judgeSmoothness(tracks, scale), judgeBackwardSteps(tracks, scale)];
}

function examineCamera({ wish, clip, stills }: Subject): readonly Measurement[] {
  const { plan } = clip;
  const camera = shotCameras(plan, scenesOf(stills)).at(-1)!;
  // A snap is over within some frames. The elastic border bends the outer sixth; what is judged lies within.
  const step = MOVE_PARAMETERS[wish.move!].snaps ? 1 : 12;
  const tracks = follow(drawFrames(clip, frameIndices(plan, step)), 0.2);
  const maps = mapsOf(camera, plan.size, 4);
  return [
    ...judgeMaps(maps),
    ...judgeCamera({
      move: wish.move!,
      size: plan.size,
      pose: camera.poseAt(camera.shot.frameCount - 1),
      depth: camera.depth,
      from: tracks.map((track) => track[0]!),
      to: tracks.map((track) => track.at(-1)!),
      scale: scaleOf(plan.size),
    }),
  ];
}

function examineUprights({ wish, clip, stills }: Subject): readonly Measurement[] {
  const { plan } = clip;
  const { shot, depth, poseAt } = shotCameras(plan, scenesOf(stills)).at(-1)!;
  return judgeUprights({ size: plan.size, pose: poseAt(shot.frameCount - 1), depth }, wish.uprights!);
}

function examineFixed({ clip }: Subject): readonly Measurement[] {
  const { plan } = clip;
  const tracks = follow(drawFrames(clip, frameIndices(plan, 8)));
  const middle = Array.from({ length: 24 }, (_, i) => Math.floor(plan.frameCount / 2) - 12 + i);
  return [
    ...judgeFixedCamera(tracks, centreOf(plan.size), scaleOf(plan.size)),
    judgeStaticFlicker(drawFrames(clip, middle).map((frame) => frame.y)),
  ];
}

function examineSurge({ clip, stills }: Subject): readonly Measurement[] {
  const { plan } = clip;
  const cameras = shotCameras(plan, scenesOf(stills));
  const frames = frameIndices(plan, VBENCH_FRAME_STEP).slice(0, -1);
  const flows = frames.map((frame) => {
    const [from, to] = [cameraAt(cameras, frame), cameraAt(cameras, frame + VBENCH_FRAME_STEP)];
    const end = { size: plan.size, depth: to.camera.depth, pose: to.camera.poseAt(to.frameInShot) };
    return cameraFlow(mapAt(from.camera, plan.size, from.frameInShot), end);
  });
  return [
    ...judgeMaps(cameras.flatMap((camera) => mapsOf(camera, plan.size, 6))),
    judgeDynamicDegree(flows, Math.min(plan.size.width, plan.size.height)),
  ];
}

/** The shot that a frame of the clip is in. */
function cameraAt(cameras: readonly ShotCamera[], frame: number) {
  const camera = cameras.findLast(({ shot }) => shot.firstFrame <= frame)!;
  return { camera, frameInShot: frame - camera.shot.firstFrame };
}

/** The camera's dense flow. VBench measures flow with a network; the maps know it exactly. */
function flowBetween(camera: ShotCamera, size: FrameSize, earlier: number, later: number): readonly number[] {
  const to = { size, depth: camera.depth, pose: camera.poseAt(later) };
  return cameraFlow(mapAt(camera, size, earlier), to);
}

function examineEnd({ clip, stills }: Subject): readonly Measurement[] {
  const { plan } = clip;
  return [
    ...judgeLikeness('first frame', drawFrame(clip, 0), stills[0]!, 'raw'),
    ...judgeLikeness('last frame', drawFrame(clip, plan.frameCount - 1), stills.at(-1)!, 'raw'),
  ];
}

function examineSound({ clip }: Subject): readonly Measurement[] {
  const sound = renderSound(clip.plan);
  const { events } = clip.plan;
  return [...(hasOnsets(events) ? [judgeOnsets(sound, events, 'raw')] : []), ...judgeLoudness(sound)];
}

async function examineSeeds({ wish, resolution, load, clip }: Subject): Promise<readonly Measurement[]> {
  const other = await makeClip({ ...wish, seed: 1234 }, resolution, load);
  const middle = clip.plan.frameCount >> 1;
  return [judgeSeeds(drawFrame(clip, middle), drawFrame(other.clip, middle))];
}

/** The clip made twice, its frames drawn forwards and backwards. */
async function examineRepeat({ wish, resolution, load, clip }: Subject): Promise<readonly Measurement[]> {
  const again = await makeClip(wish, resolution, load);
  const indices = frameIndices(clip.plan, 7);
  const one = indices.map((index) => digest(clip, index));
  const other = indices.toReversed().map((index) => digest(again.clip, index));
  const differing = one.filter((hash, i) => hash !== other.toReversed()[i]).length;
  const sounds = [clip, again.clip].map(({ plan }) => {
    const { left, right } = renderSound(plan);
    return createHash('sha256').update(left).update(right).digest('hex');
  });
  return [
    { gate: 'determinism, frames that differ', value: differing, unit: '', atMost: 0 },
    { gate: 'determinism, sounds that differ', value: sounds[0] === sounds[1] ? 0 : 1, unit: '', atMost: 0 },
  ];
}

function digest(clip: PreparedClip, index: number): string {
  const { y, u, v } = drawFrame(clip, index);
  return createHash('sha256').update(y.data).update(u.data).update(v.data).digest('hex');
}
