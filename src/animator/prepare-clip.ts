/**
 * From stills and a request to frames: looks at the pictures, has the director plan the clip, and draws any frame of the
 * plan. Everything is a pure function of the input, so frames may be drawn in any order and by any worker, and equal input
 * gives equal bytes. The first frame is the fitted still itself; with a last image, the last frame is that one itself.
 */
import type { ClipQuality } from '#domain/media/clip-quality.ts';
import { FRAME_RATE } from '#domain/media/clip-spec.ts';
import { createArrivalPath } from './camera/arrival-path.ts';
import { type CameraPath, createCameraPath } from './camera/camera-path.ts';
import { smootherstep } from './camera/seeded-noise.ts';
import { type DirectorInput, direct } from './director/direct.ts';
import type { Plan, Shot } from './director/plan.ts';
import type { I420Frame, RgbaImage } from './raster/picture.ts';
import type { Sampling } from './raster/picture-planes.ts';
import { createRasteriser, type FrameRecipe, type View } from './raster/rasteriser.ts';
import { analyseScene } from './scene/analyse-scene.ts';
import { LIMITER_KAPPA, limitSlope } from './scene/limit-slope.ts';
import type { Grid, Scene } from './scene/scene.ts';

/** What the director needs to know beyond the pictures. */
export type ClipRequest = Omit<DirectorInput, 'scenes' | 'size'>;

export interface ClipInput {
  /** The pictures in order, then the last image when `request.hasLastImage`; all fitted to the clip's size. */
  readonly stills: readonly RgbaImage[];
  readonly request: ClipRequest;
  readonly quality: ClipQuality;
}

export interface PreparedClip {
  readonly plan: Plan;
  /** Draws frame `index` of `plan.frameCount` into `out`, which has the size of the stills. */
  renderFrame(index: number, out: I420Frame): void;
}

interface QualitySetting {
  readonly sampling: Sampling;
  readonly hasGrain: boolean;
}

/**
 * Measured at 1280x720: doubling luma takes 25 ms a still and 0.1 ms a frame, for 12 dB at the worst sub-pixel phase, so every
 * tier has it. Doubled chroma takes 10 ms a still and 0.2 ms a frame for another 9 dB of colour, grain 0.4 ms a frame and
 * more of the encoder's time: that is the standard tiers' picture.
 */
const QUALITY_SETTINGS: Readonly<Record<ClipQuality, QualitySetting>> = {
  quick: { sampling: { luma: 2, chroma: 1 }, hasGrain: false },
  high: { sampling: { luma: 2, chroma: 2 }, hasGrain: true },
};

/** Grain fades in from the exact first frame and out to the exact last one. */
const GRAIN_FADE_FRAMES = FRAME_RATE / 2;

/** A camera over one still, from `firstFrame` on. */
interface Take {
  readonly firstFrame: number;
  readonly stillIndex: number;
  readonly path: CameraPath;
  readonly depth: Grid;
}

export function prepareClip({ stills, request, quality }: ClipInput): PreparedClip {
  const { sampling, hasGrain } = QUALITY_SETTINGS[quality];
  const rasteriser = createRasteriser({ stills, sampling, seed: request.seed });
  const { width, height } = stills[0]!;
  const scenes = stills.map((still) => analyseScene(still));
  const plan = direct({ ...request, scenes, size: { width, height } });
  const takes = prepareTakes(plan, scenes);
  const overAt = prepareArrival(plan, scenes);
  return {
    plan,
    renderFrame(index, out) {
      if (!(index >= 0 && index < plan.frameCount)) {
        throw new RangeError(`There is no frame ${index} in a clip of ${plan.frameCount}.`);
      }
      const take = takes.findLast(({ firstFrame }) => firstFrame <= index)!;
      const grainStrength = hasGrain ? grainStrengthAt(plan, index) : 0;
      rasteriser.render(
        { view: viewAt(take, index), over: overAt(index), grainStrength, frameIndex: index },
        out,
      );
    },
  };
}

function viewAt({ firstFrame, stillIndex, path, depth }: Take, index: number): View {
  return { stillIndex, pose: path.poseAt(index - firstFrame), depth };
}

/** One take per shot. Shots without a cut between them share one depth, limited for the largest move, so that nothing jumps. */
function prepareTakes({ shots, size, seed }: Plan, scenes: readonly Scene[]): Take[] {
  const takes: Take[] = [];
  for (const run of splitAtCuts(shots)) {
    const scene = scenes[run[0]!.stillIndex]!;
    const paths = run.map((shot) => createCameraPath(shot, scene, size, seed));
    const parallaxPx = Math.max(...paths.map((path) => path.parallaxPx));
    const depth = limitSlope(scene.depth, { parallaxPx, size, kappa: LIMITER_KAPPA });
    takes.push(
      ...run.map(({ firstFrame, stillIndex }, i) => ({ firstFrame, stillIndex, path: paths[i]!, depth })),
    );
  }
  return takes;
}

/** Shots grouped such that only a group's first one starts with a cut. */
function splitAtCuts(shots: readonly Shot[]): Shot[][] {
  const runs: Shot[][] = [];
  for (const shot of shots) {
    if (shot.after === undefined || runs.length === 0) runs.push([shot]);
    else runs.at(-1)!.push(shot);
  }
  return runs;
}

/** What lies over the shots at a frame: the end still, from the arrival's first frame on. */
function prepareArrival(
  { arrival, size }: Plan,
  scenes: readonly Scene[],
): (index: number) => FrameRecipe['over'] {
  if (arrival === undefined) return () => undefined;
  const { firstFrame, frameCount, stillIndex } = arrival;
  const path = createArrivalPath(arrival, size);
  const { depth } = scenes[stillIndex]!;
  return (index) => {
    if (index < firstFrame) return undefined;
    const weight = smootherstep((index - firstFrame + 1) / frameCount);
    return { view: viewAt({ firstFrame, stillIndex, path, depth }, index), weight };
  };
}

/** 0 on the first frame, and on the last where that has to be the end still itself. */
function grainStrengthAt({ frameCount, arrival }: Plan, index: number): number {
  const framesLeft = arrival === undefined ? GRAIN_FADE_FRAMES : frameCount - 1 - index;
  return Math.min(1, index / GRAIN_FADE_FRAMES, framesLeft / GRAIN_FADE_FRAMES);
}
