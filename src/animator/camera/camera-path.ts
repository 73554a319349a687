/**
 * The camera's path through one shot. It starts exactly at rest (or where the shot before it ended, when `after` says
 * so), is smooth in every entry of the pose, and never reads past the picture's edge unless the move pulls out.
 */
import { FRAME_RATE } from '#domain/media/clip-spec.ts';
import type { FrameSize } from '#domain/media/frame-size.ts';
import type { Shot } from '../director/plan.ts';
import { type Beyond, NOTHING_BEYOND } from '../raster/beyond.ts';
import type { Scene } from '../scene/scene.ts';
import { type AxisReach, coveringZoom, envelope } from './border-rule.ts';
import { easedProgress, snapProgress } from './easing.ts';
import { MOVE_PARAMETERS } from './grammar.ts';
import { createHandheld, type Shake } from './handheld.ts';
import { type Pose, REST_POSE } from './pose.ts';
import { createStage, type Stage } from './stage.ts';
import { addTravel, pivotOf, type Travel, travelOf } from './travel.ts';

export interface CameraPath {
  /** The pose of a frame, counted from the shot's first. Frames past either end get the pose at that end. */
  poseAt(frameInShot: number): Pose;
  /** The largest shift between w = 0 and w = 1 anywhere in the shot, output pixels: the bound for the slope limiter. */
  readonly parallaxPx: number;
}

/** Sideways travel is bent towards these shares of a side, so that bold combinations do not eat the picture up. */
const LARGEST_PAN = 0.12;
const LARGEST_TRUCK = 0.08;
/**
 * What a push in moves forward at most; the rest of it is made by the zoom, so that the subject comes as near as it was meant to. Beyond
 * this the slope limiter would level the ground, and lift the feet of what stands on it but not their heads.
 */
const LARGEST_DOLLY = 0.2;

/** `value`, but never beyond `limit`; within 3 % of `value` up to 0.8 of the limit. */
const bend = (value: number, limit: number): number => value / (1 + (value / limit) ** 8) ** 0.125;

/** Poses are rounded so that they do not depend on how an engine computes its sines and powers; adding 0 turns -0 into 0. */
const round = (value: number): number => Math.round(value * 1e6) / 1e6 + 0;

/** @param beyond What there is of the picture beyond the frame: the path goes there before it magnifies anything. */
export function createCameraPath(
  shot: Shot,
  scene: Scene,
  size: FrameSize,
  seed: number,
  beyond: Beyond = NOTHING_BEYOND,
): CameraPath {
  const stage = createStage(scene, size, beyond);
  const before = shot.after ?? [];
  const all = [...before, ...shot.moves];
  const pivot = pivotOf(all, stage);
  const start = travelOf(before, pivot, stage, size);
  const change = addTravel(travelOf(all, pivot, stage, size), start, -1);
  const snapping = [...before, ...shot.moves.filter(({ name }) => MOVE_PARAMETERS[name].snaps)];
  const snap = addTravel(travelOf(snapping, pivot, stage, size), start, -1);
  const rest = addTravel(change, snap, -1);
  const shake = createHandheld(shot, stage.flat, size, seed);
  const parallaxPx = Math.max(
    parallaxOf(start, shake.largest, size),
    parallaxOf(addTravel(start, change, 1), shake.largest, size),
  );
  const lastFrame = Math.max(1, shot.frameCount - 1);
  return {
    parallaxPx,
    poseAt(frameInShot) {
      const frame = Math.min(lastFrame, Math.max(0, frameInShot));
      const eased = addTravel(start, rest, easedProgress(shot.easing, frame / lastFrame));
      const travel = addTravel(eased, snap, snapProgress(frame / lastFrame, lastFrame / FRAME_RATE));
      if (frame === 0 && before.length === 0) return REST_POSE;
      const shaken = shake.at((shot.firstFrame + frame) / FRAME_RATE, frame / FRAME_RATE);
      return poseOf(travel, shaken, pivot, stage, size);
    },
  };
}

function parallaxOf(travel: Travel, shake: number, size: FrameSize): number {
  const truck = Math.hypot(
    bend(travel.truckX, LARGEST_TRUCK * size.width),
    bend(travel.truckY, LARGEST_TRUCK * size.height),
  );
  const dolly = Math.abs(dollyOf(travel));
  return truck + shake + (dolly * Math.hypot(size.width, size.height)) / 2;
}

/** Forwards is positive. A dolly that the zoom undoes is meant to swell the background, and is left as it is. */
const dollyOf = ({ dolly, openDolly, lockedDolly }: Travel): number =>
  bend(dolly, LARGEST_DOLLY) + openDolly + lockedDolly;

/** How much more the subject would grow if nothing were bent. */
const lostGrowth = ({ dolly }: Travel, { subjectDepth }: Stage): number =>
  (1 - bend(dolly, LARGEST_DOLLY) * subjectDepth) / (1 - dolly * subjectDepth);

function poseOf(travel: Travel, shake: Shake, pivot: number, stage: Stage, size: FrameSize): Pose {
  const panX = bend(travel.panX, LARGEST_PAN * size.width);
  const panY = bend(travel.panY, LARGEST_PAN * size.height);
  const truckX = bend(travel.truckX, LARGEST_TRUCK * size.width);
  const truckY = bend(travel.truckY, LARGEST_TRUCK * size.height);
  const subject = { x: travel.aim * stage.subjectX, y: travel.aim * stage.subjectY };
  const reachX: AxisReach = {
    pan: Math.abs(panX) + shake.reach.panX,
    truck: Math.abs(truckX) + shake.reach.truckX,
    aim: Math.abs(subject.x),
  };
  const reachY: AxisReach = {
    pan: Math.abs(panY) + shake.reach.panY,
    truck: Math.abs(truckY),
    aim: Math.abs(subject.y),
  };
  const covering = coveringZoom(
    {
      x: reachX,
      y: reachY,
      roll: Math.abs(travel.roll) + shake.reach.roll,
      backward: Math.max(0, -(travel.dolly + travel.lockedDolly)),
      pivot,
    },
    stage.edges,
    size,
    stage.beyond,
  );
  const wished =
    Math.exp(travel.zoomInLog + shake.zoomLog) *
    (1 - travel.lockedDolly * stage.subjectDepth) *
    lostGrowth(travel, stage);
  const zoom = Math.exp(travel.zoomOutLog) * envelope(wished, covering);
  return {
    zoom: round(zoom),
    panX: round(panX + shake.panX + subject.x * (1 - 1 / zoom)),
    panY: round(panY + shake.panY + subject.y * (1 - 1 / zoom)),
    roll: round(travel.roll + shake.roll),
    truckX: round(truckX + shake.truckX),
    truckY: round(truckY),
    dolly: round(dollyOf(travel)),
    // Without a truck the pivot means nothing; 0 makes a camera at rest equal to REST_POSE.
    pivot: truckX === 0 && truckY === 0 && shake.reach.truckX === 0 ? 0 : round(pivot),
  };
}
