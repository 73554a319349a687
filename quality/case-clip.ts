/** Clips of the table's cases, and the maps that their frames are drawn with. */
import { createCameraPath } from '#animator/camera/camera-path.ts';
import type { Pose } from '#animator/camera/pose.ts';
import type { Plan, Shot } from '#animator/director/plan.ts';
import { type PreparedClip, prepareClip } from '#animator/prepare-clip.ts';
import { createFrame } from '#animator/raster/create-frame.ts';
import type { I420Frame, RgbaImage } from '#animator/raster/picture.ts';
import { SourceMap } from '#animator/raster/source-map.ts';
import { analyseScene } from '#animator/scene/analyse-scene.ts';
import { LIMITER_KAPPA, limitSlope } from '#animator/scene/limit-slope.ts';
import type { Grid, Scene } from '#animator/scene/scene.ts';
import type { ClipQuality } from '#domain/media/clip-quality.ts';
import type { FrameSize, Resolution } from '#domain/media/frame-size.ts';
import type { MapNodes } from './gates/map-gates.ts';
import { loadStill, type StillName } from './stills/stills.ts';

export interface ClipWish {
  readonly still: StillName;
  /** Where the clip has to end. */
  readonly endStill?: StillName;
  readonly prompt: string;
  readonly style?: 'natural' | 'spicy';
  readonly cameraFixed?: boolean;
  readonly seed?: number;
  readonly durationSeconds?: number;
  readonly quality?: ClipQuality;
}

export interface CaseClip {
  readonly stills: readonly RgbaImage[];
  readonly clip: PreparedClip;
}

export type StillLoader = (name: StillName, size: FrameSize | Resolution) => Promise<RgbaImage>;

/** Keeps stills that were drawn before: many cases share one. */
export function createStillLoader(): StillLoader {
  const kept = new Map<string, Promise<RgbaImage>>();
  return (name, size) => {
    const key = `${name} ${typeof size === 'string' ? size : `${size.width}x${size.height}`}`;
    const still = kept.get(key) ?? loadStill(name, size);
    kept.set(key, still);
    return still;
  };
}

export async function makeClip(wish: ClipWish, resolution: Resolution, load: StillLoader): Promise<CaseClip> {
  const first = await load(wish.still, resolution);
  const { width, height } = first;
  const stills =
    wish.endStill === undefined ? [first] : [first, await load(wish.endStill, { width, height })];
  const clip = prepareClip({
    stills,
    request: {
      prompt: wish.prompt,
      durationSeconds: wish.durationSeconds ?? 4,
      cameraFixed: wish.cameraFixed ?? false,
      hasLastImage: wish.endStill !== undefined,
      seed: wish.seed ?? 7,
      style: wish.style ?? 'natural',
    },
    quality: wish.quality ?? 'high',
  });
  return { stills, clip };
}

export function drawFrame({ plan, renderFrame }: PreparedClip, index: number): I420Frame {
  const frame = createFrame(plan.size);
  renderFrame(index, frame);
  return frame;
}

export function drawFrames(clip: PreparedClip, indices: readonly number[]): readonly I420Frame[] {
  return indices.map((index) => drawFrame(clip, index));
}

/** Every `step`th frame's index, and the last one's. */
export function frameIndices({ frameCount }: Pick<Plan, 'frameCount'>, step: number): readonly number[] {
  const indices = Array.from({ length: Math.ceil((frameCount - 1) / step) }, (_, i) => i * step);
  return [...indices, frameCount - 1];
}

/** The camera over one shot with the depth it is drawn with. */
export interface ShotCamera {
  readonly shot: Shot;
  readonly depth: Grid;
  poseAt(frameInShot: number): Pose;
}

/** @param scenes Those of the plan's stills, in order. */
export function shotCameras(
  plan: Pick<Plan, 'shots' | 'size' | 'seed'>,
  scenes: readonly Scene[],
): readonly ShotCamera[] {
  return plan.shots.map((shot) => {
    const scene = scenes[shot.stillIndex]!;
    const path = createCameraPath(shot, scene, plan.size, plan.seed);
    const depth = limitSlope(scene.depth, {
      parallaxPx: path.parallaxPx,
      size: plan.size,
      kappa: LIMITER_KAPPA,
    });
    return { shot, depth, poseAt: (frame) => path.poseAt(frame) };
  });
}

const sceneOf = new WeakMap<RgbaImage, Scene>();

/** Kept for as long as the stills are: many cases share one. */
export function scenesOf(stills: readonly RgbaImage[]): readonly Scene[] {
  return stills.map((still) => {
    const scene = sceneOf.get(still) ?? analyseScene(still);
    sceneOf.set(still, scene);
    return scene;
  });
}

const OPENING: readonly string[] = ['pull-out', 'zoom-out'];

/** The map that a frame of a shot is drawn with. */
export function mapAt({ shot, depth, poseAt }: ShotCamera, size: FrameSize, frameInShot: number): MapNodes {
  const map = new SourceMap(size);
  const pose = poseAt(frameInShot);
  map.solve(pose, depth, new Int32Array(2 * map.columns * map.rows));
  const { columns, rows, sourceX, sourceY } = map;
  const opensBorder = [...shot.moves, ...(shot.after ?? [])].some(({ name }) => OPENING.includes(name));
  return { size, columns, rows, sourceX, sourceY, zoom: pose.zoom, opensBorder };
}

/** The maps at `count` moments of a shot, its last frame among them. */
export function mapsOf(camera: ShotCamera, size: FrameSize, count: number): readonly MapNodes[] {
  const last = camera.shot.frameCount - 1;
  return Array.from({ length: count }, (_, i) => mapAt(camera, size, Math.round(((i + 1) / count) * last)));
}
