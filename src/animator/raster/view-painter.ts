/**
 * Paints one view of a still into a frame buffer: the still through the camera, what moves in it, what is out of focus, and all of it
 * once more for every pose that an open shutter saw. Also lays one painted view over another.
 */
import type { FrameSize } from '#domain/media/frame-size.ts';
import type { Pose } from '../camera/pose.ts';
import type { Grid } from '../scene/scene.ts';
import type { Displacement } from './displacement.ts';
import { FluidLayers, reserveFluids } from './fluid-layers.ts';
import type { FluidSource, FluidState } from './fluid-source.ts';
import { type FrameBuffer, reserveFrameBuffer } from './frame-buffer.ts';
import { FULL_WEIGHT, type Grain, type KernelMemory, type Kernels } from './kernels.ts';
import type { MemoryLayout } from './memory-layout.ts';
import type { NodeField } from './node-field.ts';
import type { RgbaImage } from './picture.ts';
import {
  type PicturePlanes,
  paintPicture,
  reservePicture,
  type Sampling,
  sourcesOf,
} from './picture-planes.ts';
import { SourceMap } from './source-map.ts';

/** One still as the camera sees it. */
export interface View {
  readonly stillIndex: number;
  readonly pose: Pose;
  /** Inverse depth, its slope limited for the move. */
  readonly depth: Grid;
  /** What moves in the still by itself; undefined where nothing does. */
  readonly motion?: Motion | undefined;
  /** The way to another picture: what the camera sees at a place is found elsewhere in the still. */
  readonly displacement?: Displacement | undefined;
  /** Blurred pictures laid over the still in turn, each by its weights 0..1, place by place of what the camera sees. */
  readonly blurs?: readonly { readonly blurred: number; readonly weights: Grid }[];
  /** More poses while the shutter was open: the view is the mean over all of them. */
  readonly exposures?: readonly Pose[];
}

/** A still's own motion at one frame. */
export interface Motion {
  /** Bends the picture itself; vanishes at its edges. */
  readonly sway: NodeField | undefined;
  /** Laid over the picture in turn. */
  readonly fluids: readonly FluidState[];
}

/** The pictures of a clip. */
export interface ViewSources {
  /** At least one, all of one size. */
  readonly stills: readonly RgbaImage[];
  /** Of the same size, and drawn soft: what a view's `blurs` name. */
  readonly blurred: readonly RgbaImage[];
  /** What a view's `motion` may name. */
  readonly fluids: readonly FluidSource[];
}

export interface ViewPainter {
  paint(view: View, buffer: FrameBuffer, grain: Grain | undefined): void;
  /**
   * Lays `over` over `target`, where `weights` say, 0..1 place by place of what the view's camera sees.
   */
  mix(target: FrameBuffer, over: FrameBuffer, weights: Grid, view: View): void;
}

/** A blurred picture has nothing that doubled planes would keep sharp. */
const SOFT_SAMPLING: Sampling = { luma: 1, chroma: 1 };

/** Reserves the memory, and gives what makes the painter once the memory is there. */
export function reserveViewPainter(
  layout: MemoryLayout,
  { stills, blurred, fluids }: ViewSources,
  sampling: Sampling,
): (kernels: Kernels, memory: KernelMemory) => ViewPainter {
  const size: FrameSize = stills[0]!;
  const sourceMap = new SourceMap(size);
  const { columns, rows } = sourceMap;
  const pictures = stills.map(() => reservePicture(layout, size, sampling));
  const softPictures = blurred.map(() => reservePicture(layout, size, SOFT_SAMPLING));
  const mapAddress = layout.reserve(8 * columns * rows);
  const weightsAddress = layout.reserve(2 * columns * rows);
  const exposed = reserveFrameBuffer(layout, columns - 1, rows - 1);
  const soft = reserveFrameBuffer(layout, columns - 1, rows - 1);
  const reservedFluids = reserveFluids(layout, fluids, size, sampling);
  return (kernels, memory) => {
    const bytes = new Uint8Array(memory.buffer);
    for (const [i, still] of stills.entries()) paintPicture(bytes, pictures[i]!, still);
    for (const [i, picture] of blurred.entries()) paintPicture(bytes, softPictures[i]!, picture);
    return new Painter({
      kernels,
      sourceMap,
      pictures,
      softPictures,
      exposed,
      soft,
      fluidLayers: new FluidLayers(reservedFluids, kernels, memory),
      mapAddress,
      nodes: new Int32Array(memory.buffer, mapAddress, 2 * columns * rows),
      weightsAddress,
      weightNodes: new Int16Array(memory.buffer, weightsAddress, columns * rows),
    });
  };
}

interface Parts {
  readonly kernels: Kernels;
  readonly sourceMap: SourceMap;
  readonly pictures: readonly PicturePlanes[];
  readonly softPictures: readonly PicturePlanes[];
  /** Where a further exposure and where a blurred picture is painted. */
  readonly exposed: FrameBuffer;
  readonly soft: FrameBuffer;
  readonly fluidLayers: FluidLayers;
  readonly mapAddress: number;
  readonly nodes: Int32Array;
  readonly weightsAddress: number;
  readonly weightNodes: Int16Array;
}

class Painter implements ViewPainter {
  readonly #parts: Parts;
  /** The weights of each blur in hand. */
  readonly #softness: Int16Array[] = [];

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  paint(view: View, buffer: FrameBuffer, grain: Grain | undefined): void {
    const { kernels, exposed } = this.#parts;
    this.#expose(view, view.pose, buffer, grain);
    for (const [i, pose] of (view.exposures ?? []).entries()) {
      this.#expose(view, pose, exposed, grain);
      const share = Math.round(FULL_WEIGHT / (i + 2));
      kernels.dissolve(buffer.address, exposed.address, buffer.byteLength, share);
    }
  }

  mix(target: FrameBuffer, over: FrameBuffer, weights: Grid, { pose, depth }: View): void {
    const { sourceMap, weightNodes } = this.#parts;
    sourceMap.place(pose, depth);
    sourceMap.weigh(weights, weightNodes);
    this.#mix(target, over);
  }

  #expose(view: View, pose: Pose, buffer: FrameBuffer, grain: Grain | undefined): void {
    const { sourceMap, pictures, softPictures, fluidLayers, soft, nodes, weightNodes, mapAddress } =
      this.#parts;
    const { stillIndex, depth, motion, displacement, blurs = [] } = view;
    const map = { address: mapAddress, columns: sourceMap.columns };
    sourceMap.place(pose, depth);
    for (const [i, { weights }] of blurs.entries()) {
      this.#softness[i] ??= new Int16Array(weightNodes.length);
      sourceMap.weigh(weights, this.#softness[i]);
    }
    sourceMap.write(nodes, motion?.sway, displacement);
    const fluids = motion?.fluids ?? [];
    this.#warp(pictures[stillIndex]!, buffer, grain, fluidLayers.place(fluids, sourceMap));
    for (const fluid of fluids) fluidLayers.draw(fluid, { sourceMap, map, buffer, grain });
    for (const [i, { blurred }] of blurs.entries()) {
      this.#warp(softPictures[blurred]!, soft, grain);
      weightNodes.set(this.#softness[i]!);
      this.#mix(buffer, soft);
    }
  }

  /** @param covered See `FluidLayers.place`. */
  #warp(picture: PicturePlanes, to: FrameBuffer, grain: Grain | undefined, covered?: number): void {
    const { kernels, sourceMap, mapAddress } = this.#parts;
    const map = { address: mapAddress, columns: sourceMap.columns };
    const { y, cb, cr } = sourcesOf(picture);
    kernels.warpLuma(y, map, to.y, grain, covered);
    kernels.warpChroma(cb, map, to.u, covered);
    kernels.warpChroma(cr, map, to.v, covered);
  }

  #mix(target: FrameBuffer, over: FrameBuffer): void {
    const { kernels, sourceMap, weightsAddress } = this.#parts;
    const weights = { address: weightsAddress, columns: sourceMap.columns };
    kernels.mixLuma(target.y, over.y.address, weights);
    kernels.mixChroma(target.u, over.u.address, weights);
    kernels.mixChroma(target.v, over.v.address, weights);
  }
}
