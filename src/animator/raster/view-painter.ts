/**
 * Paints one view of a still into a frame buffer: the still through the camera, what moves in it, what is out of focus, and all of it
 * once more for every pose that an open shutter saw. Also lays one painted view over another.
 */
import type { FrameSize } from '#domain/media/frame-size.ts';
import type { Pose } from '../camera/pose.ts';
import type { Grid } from '../scene/scene.ts';
import { type Beyond, beyondOf, NOTHING_BEYOND } from './beyond.ts';
import type { Displacement } from './displacement.ts';
import { FluidLayers, reserveFluids } from './fluid-layers.ts';
import type { FluidSource, FluidState } from './fluid-source.ts';
import { type FrameBuffer, reserveFrameBuffer } from './frame-buffer.ts';
import { FULL_WEIGHT, type Grain, type KernelMemory, type Kernels } from './kernels.ts';
import type { AllKernels } from './load-kernels.ts';
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
import { reserveSourceMap, SourceMap } from './source-map.ts';

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
  /** Of the frame. */
  readonly size: FrameSize;
  /** At least one; the frame shows the middle of each, and a camera that moves what lies around it. */
  readonly stills: readonly RgbaImage[];
  /** Of the size of their stills, and drawn soft: what a view's `blurs` name. */
  readonly blurred: readonly RgbaImage[];
  /** What a view's `motion` may name. */
  readonly fluids: readonly FluidSource[];
}

interface ReservedPicture {
  readonly planes: PicturePlanes;
  readonly beyond: Beyond;
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
  { size, stills, blurred, fluids }: ViewSources,
  sampling: Sampling,
): (kernels: AllKernels, memory: KernelMemory) => ViewPainter {
  const room = reserveSourceMap(layout, size);
  const { columns, rows } = room.nodes;
  const reserved = (images: readonly RgbaImage[], as: Sampling): readonly ReservedPicture[] =>
    images.map((image) => ({ planes: reservePicture(layout, image, as), beyond: beyondOf(image, size) }));
  const pictures = reserved(stills, sampling);
  const softPictures = reserved(blurred, SOFT_SAMPLING);
  const weightsAddress = layout.reserve(2 * columns * rows);
  const exposed = reserveFrameBuffer(layout, columns - 1, rows - 1);
  const soft = reserveFrameBuffer(layout, columns - 1, rows - 1);
  const reservedFluids = reserveFluids(layout, fluids, { size, stills }, sampling);
  return (kernels, memory) => {
    const bytes = new Uint8Array(memory.buffer);
    for (const [i, still] of stills.entries()) paintPicture(bytes, pictures[i]!.planes, still, kernels);
    for (const [i, picture] of blurred.entries())
      paintPicture(bytes, softPictures[i]!.planes, picture, kernels);
    return new Painter({
      kernels,
      sourceMap: new SourceMap(size, { room, kernels, memory }),
      pictures,
      softPictures,
      exposed,
      soft,
      fluidLayers: new FluidLayers(reservedFluids, kernels, memory),
      weightsAddress,
      weightNodes: new Int16Array(memory.buffer, weightsAddress, columns * rows),
    });
  };
}

interface Parts {
  readonly kernels: Kernels;
  readonly sourceMap: SourceMap;
  readonly pictures: readonly ReservedPicture[];
  readonly softPictures: readonly ReservedPicture[];
  /** Where a further exposure and where a blurred picture is painted. */
  readonly exposed: FrameBuffer;
  readonly soft: FrameBuffer;
  readonly fluidLayers: FluidLayers;
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

  mix(target: FrameBuffer, over: FrameBuffer, weights: Grid, view: View): void {
    const { sourceMap, weightsAddress } = this.#parts;
    sourceMap.place(view.pose, view.depth, this.#beyondOf(view));
    sourceMap.weigh(weights, weightsAddress);
    this.#mix(target, over);
  }

  #expose(view: View, pose: Pose, buffer: FrameBuffer, grain: Grain | undefined): void {
    const { sourceMap, pictures, softPictures, fluidLayers, soft, weightNodes, weightsAddress } = this.#parts;
    const { stillIndex, depth, motion, displacement, blurs = [] } = view;
    sourceMap.place(pose, depth, this.#beyondOf(view));
    for (const [i, { weights }] of blurs.entries()) {
      sourceMap.weigh(weights, weightsAddress);
      this.#softness[i] ??= new Int16Array(weightNodes.length);
      this.#softness[i].set(weightNodes);
    }
    sourceMap.write(motion?.sway, displacement);
    const fluids = motion?.fluids ?? [];
    this.#warp(pictures[stillIndex]!, buffer, grain, fluidLayers.place(fluids, sourceMap));
    for (const fluid of fluids) fluidLayers.draw(fluid, { sourceMap, buffer, grain });
    for (const [i, { blurred }] of blurs.entries()) {
      this.#warp(softPictures[blurred]!, soft, grain);
      weightNodes.set(this.#softness[i]!);
      this.#mix(buffer, soft);
    }
  }

  /** On the way to another picture a still is nothing but what the frame shows of it at rest. */
  #beyondOf({ stillIndex, displacement }: View): Beyond {
    return displacement === undefined ? this.#parts.pictures[stillIndex]!.beyond : NOTHING_BEYOND;
  }

  /** @param covered See `FluidLayers.place`. */
  #warp(picture: ReservedPicture, to: FrameBuffer, grain: Grain | undefined, covered?: number): void {
    const { kernels, sourceMap } = this.#parts;
    const { map } = sourceMap;
    const { y, cb, cr } = sourcesOf(picture.planes, picture.beyond);
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
