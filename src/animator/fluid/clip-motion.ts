/** The motion inside all pictures of a clip. */
import type { Fluid } from '../director/plan.ts';
import type { FluidSource } from '../raster/fluid-source.ts';
import type { RgbaImage } from '../raster/picture.ts';
import type { Motion } from '../raster/view-painter.ts';
import type { Scene } from '../scene/scene.ts';
import { createStillMotion, type StillMotion } from './still-motion.ts';

export interface MovingPicture {
  readonly still: RgbaImage;
  /** The still with what there is of its picture around it; what the rasteriser has for a still, where there is one. */
  readonly surroundings?: RgbaImage | undefined;
  readonly scene: Scene;
  /** Those of the plan that are about this picture; what its scene does not show stays still. */
  readonly fluids: readonly Fluid[];
}

export interface ClipMotion {
  /** For the rasteriser, whose stills are the pictures in their order. */
  readonly sources: readonly FluidSource[];
  /**
   * A picture's motion `seconds` after, or before, the moment at which it is the exact still; undefined at that moment and
   * where nothing moves.
   */
  at(picture: number, seconds: number): Motion | undefined;
}

export function createClipMotion(pictures: readonly MovingPicture[], seed: number): ClipMotion {
  const sources: FluidSource[] = [];
  const motions: StillMotion[] = [];
  for (const [stillIndex, picture] of pictures.entries()) {
    const motion = createStillMotion({ ...picture, stillIndex, seed, firstFluid: sources.length });
    sources.push(...motion.sources);
    motions.push(motion);
  }
  return { sources, at: (picture, seconds) => motions[picture]!.at(seconds) };
}
