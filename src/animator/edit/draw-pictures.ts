/** Draws the frames of a plan from one set of its pictures: the cut, what moves in them, the air before them, the light over them. */
import { FRAME_RATE } from '#domain/media/clip-spec.ts';
import { createAtmosphere } from '../atmosphere/atmosphere.ts';
import type { Plan } from '../director/plan.ts';
import { createClipMotion, type MovingPicture } from '../fluid/clip-motion.ts';
import type { SceneMatch } from '../morph/correspondence.ts';
import type { I420Frame } from '../raster/picture.ts';
import type { Sampling } from '../raster/picture-planes.ts';
import { createRasteriser } from '../raster/rasteriser.ts';
import type { Veil } from '../raster/veil.ts';
import { createEdit } from './edit.ts';
import type { FramedPictures, Picture } from './framed-pictures.ts';

/** Grain fades in from the exact first frame and out to the exact last one. */
const GRAIN_FADE_FRAMES = FRAME_RATE / 2;

export interface DrawingInput {
  readonly plan: Plan;
  readonly framed: FramedPictures;
  /** How the last picture and the end still lie on each other; needed for a morph. */
  readonly match: SceneMatch | undefined;
  readonly sampling: Sampling;
  readonly hasGrain: boolean;
  /** Changes what veils a frame, or begins a veil where nothing does. */
  readonly light?: ((index: number, veil: Veil | undefined) => Veil | undefined) | undefined;
}

/** Draws frame `index` into `out`, which has the size of the pictures. */
export type DrawFrame = (index: number, out: I420Frame) => void;

export function createDrawing({ plan, framed, match, sampling, hasGrain, light }: DrawingInput): DrawFrame {
  const motion = createClipMotion(movingPictures(plan, framed.pictures), plan.seed);
  const edit = createEdit(plan, framed, motion, match);
  const images = framed.pictures.map(({ image }) => image);
  const rasteriser = createRasteriser({
    size: plan.size,
    stills: framed.pictures.map(({ image, surroundings = image }) => surroundings),
    sampling,
    seed: plan.seed,
    blurred: edit.blurred,
    fluids: motion.sources,
  });
  const atmosphere = createAtmosphere(
    plan,
    images,
    framed.pictures.map(({ scene }) => scene),
  );
  return (index, out) => {
    const grainStrength = hasGrain ? grainStrengthAt(plan, index) : 0;
    const { view, over, leak } = edit.at(index);
    const air = atmosphere.at(index, view, over);
    const leaked = leak === undefined ? air?.veil : leak(air?.veil);
    const veil = light === undefined ? leaked : light(index, leaked);
    rasteriser.render({ view, over, veil, grainStrength, frameIndex: index }, out);
    air?.paint(out);
  };
}

/** Parts of a still move as the whole of it does. */
function movingPictures({ fluids }: Plan, pictures: readonly Picture[]): readonly MovingPicture[] {
  return pictures.map(({ image, surroundings, scene, stillIndex }) => ({
    still: image,
    surroundings,
    scene,
    fluids: fluids.filter((fluid) => fluid.stillIndex === stillIndex),
  }));
}

/** 0 on the first frame, and on the last where that has to be the end still itself. */
function grainStrengthAt({ frameCount, arrival }: Plan, index: number): number {
  const framesLeft = arrival === undefined ? GRAIN_FADE_FRAMES : frameCount - 1 - index;
  return Math.min(1, index / GRAIN_FADE_FRAMES, framesLeft / GRAIN_FADE_FRAMES);
}
