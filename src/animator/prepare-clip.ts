/**
 * From stills and a request to frames: looks at the pictures, has the director plan the clip, and draws any frame of the
 * plan. Everything is a pure function of the input, so frames may be drawn in any order and by any worker, and equal input
 * gives equal bytes. The first frame is the fitted still itself; with a last image, the last frame is that one itself.
 */
import type { ClipQuality } from '#domain/media/clip-quality.ts';
import { type ShotSource, wantedEnlargement } from './director/choose-framing.ts';
import { type DirectorInput, direct } from './director/direct.ts';
import type { Plan } from './director/plan.ts';
import { readSceneHints } from './director/read-scene-hints.ts';
import type { DrawFrame } from './edit/draw-pictures.ts';
import { framePictures } from './edit/framed-pictures.ts';
import { type Correspondence, findCorrespondence } from './morph/correspondence.ts';
import type { I420Frame, RgbaImage } from './raster/picture.ts';
import type { Sampling } from './raster/picture-planes.ts';
import { analyseScene } from './scene/analyse-scene.ts';
import { findPointsOfInterest } from './scene/points-of-interest.ts';
import type { Grid } from './scene/scene.ts';
import { createGradedDrawing } from './tone/graded-drawing.ts';

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
  /**
   * The same pictures with what the crop to the clip's ratio cut off, where it cut anything: larger than the still by an even number of pixels on
   * both sides, with the still in their middle. A camera that moves finds real pixels there.
   */
  readonly surroundings?: readonly (RgbaImage | undefined)[];
  /**
   * Relative inverse depth of each of the stills, where somebody has measured it: larger is nearer, of any scale and number of cells over
   * the whole still. It stands in for the estimate.
   */
  readonly depths?: readonly (Grid | undefined)[];
  readonly request: ClipRequest;
  readonly quality: ClipQuality;
}

export interface PreparedClip {
  readonly plan: Plan;
  /** Sets the drawing up when first called, so that whoever needs the plan alone has it early. Draws frame `index` of `plan.frameCount` into `out`, which has the size of the stills. */
  renderFrame(index: number, out: I420Frame): void;
}

interface QualitySetting {
  readonly sampling: Sampling;
  readonly hasGrain: boolean;
}

/**
 * Measured at 1280x720: doubling luma takes 1 ms a still and 0.1 ms a frame, for 12 dB at the worst sub-pixel phase, so every
 * tier has it. Doubled chroma takes 1 ms a still and 0.2 ms a frame for another 9 dB of colour, grain 0.4 ms a frame and
 * more of the encoder's time: that is the standard tiers' picture.
 */
const QUALITY_SETTINGS: Readonly<Record<ClipQuality, QualitySetting>> = {
  quick: { sampling: { luma: 2, chroma: 1 }, hasGrain: false },
  high: { sampling: { luma: 2, chroma: 2 }, hasGrain: true },
};

export function prepareClip({
  stills,
  largeStills = [],
  surroundings = [],
  depths = [],
  request,
  quality,
}: ClipInput): PreparedClip {
  const { sampling, hasGrain } = QUALITY_SETTINGS[quality];
  const hints = readSceneHints(request.prompt);
  const scenes = stills.map((still, index) => analyseScene(still, depths[index], hints));
  const correspondence = findCorrespondences(stills);
  const plan = direct({
    ...request,
    scenes,
    size: { width: stills[0]!.width, height: stills[0]!.height },
    details:
      wantedEnlargement(request) === 1 ? [] : stills.map((still, i) => detailOf(still, largeStills[i])),
    correspondence: (stillIndex) => correspondence(stillIndex).share,
  });
  const framed = framePictures(plan.shots, { stills, largeStills, surroundings }, scenes);
  const match =
    plan.arrival?.kind === 'morph' ? correspondence(plan.shots.at(-1)!.stillIndex).match : undefined;
  let drawFrame: DrawFrame | undefined;
  return {
    plan,
    renderFrame(index, out) {
      if (!(index >= 0 && index < plan.frameCount)) {
        throw new RangeError(`There is no frame ${index} in a clip of ${plan.frameCount}.`);
      }
      drawFrame ??= createGradedDrawing({ plan, framed, match, sampling, hasGrain });
      drawFrame(index, out);
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
