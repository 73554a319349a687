/**
 * From stills and a request to frames: looks at the pictures, has the director plan the clip, and draws any frame of the
 * plan. Everything is a pure function of the input, so frames may be drawn in any order and by any worker, and equal input
 * gives equal bytes. The first frame is the fitted still itself; with a last image, the last frame is that one itself.
 */
import type { ClipQuality } from '#domain/media/clip-quality.ts';
import { FRAME_RATE } from '#domain/media/clip-spec.ts';
import { createAtmosphere } from './atmosphere/atmosphere.ts';
import { type ShotSource, wantedEnlargement } from './director/choose-framing.ts';
import { type DirectorInput, direct } from './director/direct.ts';
import type { Plan } from './director/plan.ts';
import { createEdit } from './edit/edit.ts';
import { framePictures, type Picture } from './edit/framed-pictures.ts';
import { createClipMotion, type MovingPicture } from './fluid/clip-motion.ts';
import { type Correspondence, findCorrespondence } from './morph/correspondence.ts';
import type { I420Frame, RgbaImage } from './raster/picture.ts';
import type { Sampling } from './raster/picture-planes.ts';
import { createRasteriser } from './raster/rasteriser.ts';
import { analyseScene } from './scene/analyse-scene.ts';
import { findPointsOfInterest } from './scene/points-of-interest.ts';

/** What the director needs to know beyond the pictures. */
export type ClipRequest = Omit<DirectorInput, 'scenes' | 'size' | 'details' | 'correspondence'>;

export interface ClipInput {
  /** The pictures in order, then the last image when `request.hasLastImage`; all fitted to the clip's size. */
  readonly stills: readonly RgbaImage[];
  /**
   * The same pictures, fitted likewise but up to `wantedEnlargement` times as large, for closer shots; where omitted these are taken from
   * the stills.
   */
  readonly largeStills?: readonly RgbaImage[];
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

export function prepareClip({ stills, largeStills = [], request, quality }: ClipInput): PreparedClip {
  const { sampling, hasGrain } = QUALITY_SETTINGS[quality];
  const scenes = stills.map((still) => analyseScene(still));
  const correspondence = findCorrespondences(stills);
  const plan = direct({
    ...request,
    scenes,
    size: { width: stills[0]!.width, height: stills[0]!.height },
    details:
      wantedEnlargement(request) === 1 ? [] : stills.map((still, i) => detailOf(still, largeStills[i])),
    correspondence: (stillIndex) => correspondence(stillIndex).share,
  });
  const framed = framePictures(plan.shots, stills, largeStills, scenes);
  const motion = createClipMotion(movingPictures(plan, framed.pictures), request.seed);
  const match =
    plan.arrival?.kind === 'morph' ? correspondence(plan.shots.at(-1)!.stillIndex).match : undefined;
  const edit = createEdit(plan, framed, motion, match);
  const images = framed.pictures.map(({ image }) => image);
  const rasteriser = createRasteriser({
    stills: images,
    sampling,
    seed: request.seed,
    blurred: edit.blurred,
    fluids: motion.sources,
  });
  const atmosphere = createAtmosphere(
    plan,
    images,
    framed.pictures.map(({ scene }) => scene),
  );
  return {
    plan,
    renderFrame(index, out) {
      if (!(index >= 0 && index < plan.frameCount)) {
        throw new RangeError(`There is no frame ${index} in a clip of ${plan.frameCount}.`);
      }
      const grainStrength = hasGrain ? grainStrengthAt(plan, index) : 0;
      const { view, over, leak } = edit.at(index);
      const air = atmosphere.at(index, view, over);
      const veil = leak === undefined ? air?.veil : leak(air?.veil);
      rasteriser.render({ view, over, veil, grainStrength, frameIndex: index }, out);
      air?.paint(out);
    },
  };
}

/** How each picture lies on the last one, found when first asked for. */
function findCorrespondences(stills: readonly RgbaImage[]): (stillIndex: number) => Correspondence {
  const found = new Map<number, Correspondence>();
  return (stillIndex) => {
    const known = found.get(stillIndex) ?? findCorrespondence(stills[stillIndex]!, stills.at(-1)!);
    found.set(stillIndex, known);
    return known;
  };
}

function detailOf(still: RgbaImage, large: RgbaImage | undefined): Omit<ShotSource, 'scene'> {
  return {
    pointsOfInterest: findPointsOfInterest(still),
    enlargement: large === undefined ? 1 : large.width / still.width,
  };
}

/** Parts of a still move as the whole of it does. */
function movingPictures({ fluids }: Plan, pictures: readonly Picture[]): readonly MovingPicture[] {
  return pictures.map(({ image, scene, stillIndex }) => ({
    still: image,
    scene,
    fluids: fluids.filter((fluid) => fluid.stillIndex === stillIndex),
  }));
}

/** 0 on the first frame, and on the last where that has to be the end still itself. */
function grainStrengthAt({ frameCount, arrival }: Plan, index: number): number {
  const framesLeft = arrival === undefined ? GRAIN_FADE_FRAMES : frameCount - 1 - index;
  return Math.min(1, index / GRAIN_FADE_FRAMES, framesLeft / GRAIN_FADE_FRAMES);
}
