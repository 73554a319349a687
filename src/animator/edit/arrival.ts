/**
 * The way to the end still: what is shown while it arrives, in each of the four ways. In every one the clip's last frame is the end still itself, and
 * nothing of it is seen before the arrival's first frame.
 */
import { FRAME_RATE } from '#domain/media/clip-spec.ts';
import type { FrameSize } from '#domain/media/frame-size.ts';
import { createArrivalPath } from '../camera/arrival-path.ts';
import { easedProgress } from '../camera/easing.ts';
import type { Pose } from '../camera/pose.ts';
import { smootherstep } from '../camera/seeded-noise.ts';
import { settlePose } from '../camera/settle-pose.ts';
import { exposeFrame } from '../camera/shutter.ts';
import { WHIP_FRAMES, whipPose } from '../camera/whip.ts';
import type { Arrival } from '../director/plan.ts';
import type { SceneMatch } from '../morph/correspondence.ts';
import { Morph } from '../morph/morph.ts';
import type { Over } from '../raster/rasteriser.ts';
import type { View } from '../raster/view-painter.ts';
import { LIMITER_KAPPA, limitSlope } from '../scene/limit-slope.ts';
import type { Scene } from '../scene/scene.ts';
import { LEAK_PEAK } from './light-leak.ts';
import { createFadeOrder, fadeAt } from './near-first.ts';
import type { Take } from './takes.ts';

/** What a frame shows, all but its grain. */
export interface FrameViews {
  readonly view: View;
  readonly over: Over | undefined;
  /** Progress 0..1 of a light leak over all of it. */
  readonly leak?: number;
}

export interface ArrivalInput {
  readonly arrival: Arrival;
  /** The last take. */
  readonly take: Take;
  readonly scenes: readonly Scene[];
  /** How the last picture and the end still lie on each other; needed for a morph. */
  readonly match: SceneMatch | undefined;
  readonly frameCount: number;
  readonly size: FrameSize;
  readonly seed: number;
}

/** What frame `index` shows from the arrival's first frame on; `view` is what the last take shows there. */
export type Arriving = (index: number, view: View) => FrameViews;

export function createArriving(input: ArrivalInput): Arriving {
  switch (input.arrival.kind) {
    case 'morph':
      return morphing(input);
    case 'dissolve':
      return dissolving(input);
    case 'light-leak':
      return leaking(input);
    case 'whip-pan':
      return whipping(input);
  }
}

/** The end still settling to rest. */
function settling({ arrival, scenes, size }: ArrivalInput): (index: number) => View {
  const path = createArrivalPath(arrival, size);
  const { stillIndex, firstFrame } = arrival;
  const { depth } = scenes[stillIndex]!;
  return (index) => ({ stillIndex, depth, pose: path.poseAt(index - firstFrame) });
}

/** The last picture is pushed at while it goes, to the size that the end still comes from. */
const LAST_PUSH = 1.12;
/** Share of the clip that a dissolve takes, and of the arrival at most. */
const DISSOLVE_SHARE = 0.2;
const LARGEST_DISSOLVE = 0.75;

function dissolving(input: ArrivalInput): Arriving {
  const { arrival, take, scenes, frameCount, seed } = input;
  const settled = settling(input);
  const frames = Math.round(Math.min(DISSOLVE_SHARE * frameCount, LARGEST_DISSOLVE * arrival.frameCount));
  const order = createFadeOrder(scenes[take.stillIndex]!.depth, seed);
  const push = Math.log(arrival.startZoom === 1 ? 1 : LAST_PUSH);
  return (index, view) => {
    const progress = (index - arrival.firstFrame + 1) / frames;
    const over = settled(index);
    if (progress >= 1) return { view: over, over: undefined };
    const zoom = view.pose.zoom * Math.exp(push * progress ** 3);
    const pushed = { ...view, pose: { ...view.pose, zoom: Math.round(zoom * 1e6) / 1e6 } };
    return { view: pushed, over: { view: over, weight: progress, weights: fadeAt(order, progress) } };
  };
}

/** A light leak lasts at most so long. */
const LEAK_SECONDS = 1.2;
/** Frames of the fade under its peak. */
const LEAK_FADE_FRAMES = 4;

function leaking(input: ArrivalInput): Arriving {
  const { arrival } = input;
  const settled = settling(input);
  const frames = Math.min(arrival.frameCount - 1, LEAK_SECONDS * FRAME_RATE);
  const cut = arrival.firstFrame + LEAK_PEAK * frames;
  return (index, view) => {
    const weight = smootherstep((index - cut) / LEAK_FADE_FRAMES + 0.5);
    const leak = (index - arrival.firstFrame) / frames;
    const over = settled(index);
    if (weight === 1) return { view: over, over: undefined, leak };
    return { view, over: weight === 0 ? undefined : { view: over, weight }, leak };
  };
}

function whipping(input: ArrivalInput): Arriving {
  const { arrival, size } = input;
  const settled = settling({ ...input, arrival: { ...arrival, startZoom: 1 } });
  const whip = { frame: arrival.firstFrame, side: arrival.side };
  const poseAt = (frame: number) => whipPose(settled(frame).pose, frame, whip, 'in', size);
  return (index) => {
    const view = settled(index);
    if (index - arrival.firstFrame > WHIP_FRAMES) return { view, over: undefined };
    return { view: { ...view, ...exposeFrame(poseAt, index, size) }, over: undefined };
  };
}

/** From this share of the way on the camera goes back to rest. */
const TURNING_POINT = 0.5;
/** Between two pictures depths stretch by up to 1.64, so their slopes are limited by as much more. */
const MORPH_KAPPA = LIMITER_KAPPA / 1.64;

function morphing({ arrival, take, scenes, match, size }: ArrivalInput): Arriving {
  if (match === undefined) throw new RangeError('A morph needs two pictures of one scene.');
  const { firstFrame, frameCount, stillIndex } = arrival;
  const limited = (scene: Scene) =>
    limitSlope(scene.depth, { parallaxPx: take.parallaxPx, size, kappa: MORPH_KAPPA });
  const depths = [limited(scenes[take.stillIndex]!), limited(scenes[stillIndex]!)] as const;
  const morph = new Morph(match, depths, size);
  return (index, { pose }) => {
    const share = (index - firstFrame) / (frameCount - 1);
    const stage = morph.at(easedProgress('glide', share));
    const settled = settlePose(pose, smootherstep((share - TURNING_POINT) / (1 - TURNING_POINT)));
    const { zoom, panX, panY } = stage.window;
    const windowed: Pose = {
      ...settled,
      zoom: settled.zoom * zoom,
      panX: settled.panX / zoom + panX * size.width,
      panY: settled.panY / zoom + panY * size.height,
    };
    const seen = { pose: windowed, depth: stage.depth };
    const weights = stage.weights;
    const weight = weights.data.reduce((sum, value) => sum + value, 0) / weights.data.length;
    return {
      view: { ...seen, stillIndex: take.stillIndex, displacement: stage.first },
      over: { view: { ...seen, stillIndex, displacement: stage.second }, weight, weights },
    };
  };
}
