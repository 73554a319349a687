/**
 * Draws frames from stills: warps one still, or dissolves between two, and hands out the picture cropped to its size.
 * Everything is allocated once. A frame is a pure function of its recipe, so frames may be drawn in any order.
 */
import type { FrameSize } from '#domain/media/frame-size.ts';
import type { Pose } from '../camera/pose.ts';
import type { Grid } from '../scene/scene.ts';
import { type FrameBuffer, presentFrame, reserveFrameBuffer } from './frame-buffer.ts';
import { createGrainTile, grainAt } from './grain.ts';
import { FULL_WEIGHT, type Grain, type Kernels, type WarpMap } from './kernels.ts';
import { type LoadedKernels, loadKernels } from './load-kernels.ts';
import { MemoryLayout, type PaddedPlane } from './memory-layout.ts';
import type { I420Frame, RgbaImage } from './picture.ts';
import { type PicturePlanes, paintPicture, reservePicture, type Sampling } from './picture-planes.ts';
import { SourceMap } from './source-map.ts';

/** One still as the camera sees it. */
export interface View {
  readonly stillIndex: number;
  readonly pose: Pose;
  /** Inverse depth, its slope limited for the move. */
  readonly depth: Grid;
}

export interface FrameRecipe {
  readonly view: View;
  /** A second view laid over the first: weight 0 shows none of it, weight 1 nothing else, both exactly. */
  readonly over: { readonly view: View; readonly weight: number } | undefined;
  /** 0..1; without grain a camera at rest gives the still sample for sample. */
  readonly grainStrength: number;
  /** Decides where the grain falls. */
  readonly frameIndex: number;
}

export interface Rasteriser {
  /** Draws into `out`, which has the size of the stills and may have any stride. */
  render(recipe: FrameRecipe, out: I420Frame): void;
}

export interface RasteriserOptions {
  /** At least one, all of one size with even sides. */
  readonly stills: readonly RgbaImage[];
  readonly sampling: Sampling;
  readonly seed: number;
  /** The fastest kernels that the host offers when omitted. */
  readonly load?: (byteLength: number) => LoadedKernels;
}

export function createRasteriser({
  stills,
  sampling,
  seed,
  load = loadKernels,
}: RasteriserOptions): Rasteriser {
  const size = commonSize(stills);
  const sourceMap = new SourceMap(size);
  const { columns, rows } = sourceMap;
  const layout = new MemoryLayout();
  const pictures = stills.map(() => reservePicture(layout, size, sampling));
  const map = { address: layout.reserve(8 * columns * rows), columns };
  const front = reserveFrameBuffer(layout, columns - 1, rows - 1);
  const back = reserveFrameBuffer(layout, columns - 1, rows - 1);
  const tile = createGrainTile(seed);
  const tileAddress = layout.reserve(tile.byteLength);

  const { kernels, memory } = load(layout.byteLength);
  const bytes = new Uint8Array(memory.buffer);
  const nodes = new Int32Array(memory.buffer, map.address, 2 * columns * rows);
  new Int8Array(memory.buffer, tileAddress).set(tile);
  for (const [index, still] of stills.entries()) paintPicture(bytes, pictures[index]!, still);

  const draw = ({ stillIndex, pose, depth }: View, buffer: FrameBuffer, grain: Grain | undefined) => {
    sourceMap.solve(pose, depth, nodes);
    warp(kernels, pictures[stillIndex]!, map, buffer, grain);
  };
  return {
    render({ view, over, grainStrength, frameIndex }, out) {
      if (out.width !== size.width || out.height !== size.height) {
        throw new RangeError(
          `A frame of ${out.width}x${out.height} cannot take a picture of ${size.width}x${size.height}.`,
        );
      }
      const grain = grainAt(tileAddress, seed, frameIndex, grainStrength);
      const weight = Math.round((over?.weight ?? 0) * FULL_WEIGHT);
      if (weight < FULL_WEIGHT) draw(view, front, grain);
      if (over !== undefined && weight > 0) draw(over.view, back, grain);
      if (weight > 0 && weight < FULL_WEIGHT)
        kernels.dissolve(front.address, back.address, front.byteLength, weight);
      presentFrame(bytes, weight < FULL_WEIGHT ? front : back, out);
    },
  };
}

function warp(
  kernels: Kernels,
  picture: PicturePlanes,
  map: WarpMap,
  to: FrameBuffer,
  grain: Grain | undefined,
): void {
  // The map counts in samples of a doubled luma plane; chroma has half as many.
  const source = ({ address, stride }: PaddedPlane, halvings: number) => ({ address, stride, halvings });
  const lumaHalvings = 2 - picture.sampling.luma;
  const chromaHalvings = 3 - picture.sampling.chroma;
  kernels.warpLuma(source(picture.y, lumaHalvings), map, to.y, grain);
  kernels.warpChroma(source(picture.cb, chromaHalvings), map, to.u);
  kernels.warpChroma(source(picture.cr, chromaHalvings), map, to.v);
}

function commonSize(stills: readonly RgbaImage[]): FrameSize {
  const first = stills[0];
  if (first === undefined) throw new RangeError('A clip needs at least one still.');
  const { width, height } = first;
  if (width % 2 !== 0 || height % 2 !== 0)
    throw new RangeError(`The sides of a ${width}x${height} still are not even.`);
  for (const still of stills) {
    if (still.width !== width || still.height !== height) {
      throw new RangeError(
        `A still of ${still.width}x${still.height} is not of the first one's size, ${width}x${height}.`,
      );
    }
  }
  return { width, height };
}
