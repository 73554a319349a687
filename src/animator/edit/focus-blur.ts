/**
 * A lens with little depth of field: what lies before or behind the focus is drawn from blurred copies of the picture, the further off the more
 * blurred. It blurs in over a second, so a shot's first frame is sharp throughout.
 */
import { FRAME_RATE } from '#domain/media/clip-spec.ts';
import { smootherstep } from '../camera/seeded-noise.ts';
import { blurPicture } from '../raster/blur-picture.ts';
import type { RgbaImage } from '../raster/picture.ts';
import type { View } from '../raster/view-painter.ts';
import type { Grid } from '../scene/scene.ts';
import type { Picture } from './framed-pictures.ts';
import type { Take } from './takes.ts';

/** Standard deviations of the two blurred copies at a height of 720, pixels. */
const BLURS = [2.2, 5.5] as const;
/** Inverse depths this close to the focus are sharp, this much further off fully blurred. */
const SHARP_RANGE = 0.08;
const BLUR_RANGE = 0.45;
const FADE_SECONDS = 1;
/** A pull takes a second around this share of the take. */
const PULL_SECONDS = 1;
const PULL_MIDDLE = 0.5;

export interface FocusBlur {
  /** For the rasteriser. */
  readonly blurred: readonly RgbaImage[];
  /** The blurs of a take's view; none where its lens keeps everything sharp. */
  at(take: Take, frame: number): Pick<View, 'blurs'>;
}

export function createFocusBlur(takes: readonly Take[], pictures: readonly Picture[]): FocusBlur {
  const soft = [
    ...new Set(takes.filter(({ focus }) => focus !== undefined).map(({ stillIndex }) => stillIndex)),
  ];
  const blurred = soft.flatMap((picture) => {
    const { image, surroundings = image } = pictures[picture]!;
    return BLURS.map((sigma) =>
      blurPicture(surroundings, (sigma * Math.min(image.width, image.height)) / 720),
    );
  });
  return {
    blurred,
    at(take, frame) {
      if (take.focus === undefined || frame === take.firstFrame) return {};
      const first = BLURS.length * soft.indexOf(take.stillIndex);
      const { depth } = pictures[take.stillIndex]!.scene;
      const coarseness = blurAt(take, depth, frame);
      return {
        blurs: BLURS.map((_, level) => ({
          blurred: first + level,
          weights: {
            ...depth,
            data: coarseness.map((blur) => Math.min(1, Math.max(0, BLURS.length * blur - level))),
          },
        })),
      };
    },
  };
}

/** 0..1 for every cell of the depth: how far it is out of focus. */
function blurAt({ focus, firstFrame, endFrame }: Take, depth: Grid, frame: number): Float32Array {
  const seconds = (frame - firstFrame) / FRAME_RATE;
  const middle = (PULL_MIDDLE * (endFrame - firstFrame)) / FRAME_RATE;
  const pulled = smootherstep((seconds - middle) / PULL_SECONDS + 0.5);
  const focused = focus!.from + (focus!.to - focus!.from) * pulled;
  const strength = smootherstep(seconds / FADE_SECONDS);
  return depth.data.map((w) => strength * smootherstep((Math.abs(w - focused) - SHARP_RANGE) / BLUR_RANGE));
}
