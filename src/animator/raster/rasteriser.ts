/**
 * Draws frames from stills: warps one still, or dissolves between two, and hands out the picture cropped to its size.
 * Everything is allocated once. A frame is a pure function of its recipe, so frames may be drawn in any order.
 */
import type { FrameSize } from '#domain/media/frame-size.ts';
import type { Grid } from '../scene/scene.ts';
import type { FluidSource } from './fluid-source.ts';
import { type FrameBuffer, presentFrame, reserveFrameBuffer } from './frame-buffer.ts';
import { createGrainTile, grainAt } from './grain.ts';
import { FULL_WEIGHT, type Grain } from './kernels.ts';
import { type LoadedKernels, loadKernels } from './load-kernels.ts';
import { MemoryLayout } from './memory-layout.ts';
import type { I420Frame, RgbaImage } from './picture.ts';
import type { Sampling } from './picture-planes.ts';
import { countNodes } from './source-map.ts';
import type { Veil } from './veil.ts';
import { createVeilLayer, reserveVeil } from './veil-layer.ts';
import { reserveViewPainter, type View } from './view-painter.ts';

/** A second view laid over the first: weight 0 shows none of it, weight 1 nothing else, both exactly. */
export interface Over {
  readonly view: View;
  readonly weight: number;
  /** Where the second view is seen more and where less, 0..1 place by place of what the first one's camera sees; `weight` is their mean. */
  readonly weights?: Grid;
}

export interface FrameRecipe {
  readonly view: View;
  readonly over: Over | undefined;
  /** Laid over the finished picture. */
  readonly veil?: Veil | undefined;
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
  /** Of the frames; that of the first still when omitted. Even sides. */
  readonly size?: FrameSize;
  /** At least one. The frame shows the middle of each, and what lies beyond it when the camera moves there. */
  readonly stills: readonly RgbaImage[];
  readonly sampling: Sampling;
  readonly seed: number;
  /** Of their stills' sizes, and drawn soft: what a view's `blurs` name; none when omitted. */
  readonly blurred?: readonly RgbaImage[];
  /** What a view's `motion` may name; none when omitted. */
  readonly fluids?: readonly FluidSource[];
  /** The fastest kernels that the host offers when omitted. */
  readonly load?: (byteLength: number) => LoadedKernels;
}

export function createRasteriser({
  size: wished,
  stills,
  sampling,
  seed,
  blurred = [],
  fluids = [],
  load = loadKernels,
}: RasteriserOptions): Rasteriser {
  const size = frameSizeOf(wished, stills);
  const nodeCount = countNodes(size);
  const layout = new MemoryLayout();
  const reserveFrame = () => reserveFrameBuffer(layout, nodeCount.columns - 1, nodeCount.rows - 1);
  const createPainter = reserveViewPainter(layout, { size, stills, blurred, fluids }, sampling);
  const [front, back] = [reserveFrame(), reserveFrame()];
  const tile = createGrainTile(seed);
  const tileAddress = layout.reserve(tile.byteLength);
  const reservedVeil = reserveVeil(layout, nodeCount);

  const { kernels, memory } = load(layout.byteLength);
  const bytes = new Uint8Array(memory.buffer);
  new Int8Array(memory.buffer, tileAddress).set(tile);
  const painter = createPainter(kernels, memory);
  const veilLayer = createVeilLayer(reservedVeil, kernels, memory);

  /** The buffer with both views in it. */
  const compose = (view: View, over: Over | undefined, grain: Grain | undefined): FrameBuffer => {
    const weight = Math.round((over?.weight ?? 0) * FULL_WEIGHT);
    const isEven = over?.weights === undefined;
    if (over === undefined || (isEven ? weight === 0 : over.weight === 0)) {
      painter.paint(view, front, grain);
      return front;
    }
    painter.paint(over.view, back, grain);
    if (isEven ? weight === FULL_WEIGHT : over.weight === 1) return back;
    painter.paint(view, front, grain);
    if (over.weights !== undefined) painter.mix(front, back, over.weights, view);
    else kernels.dissolve(front.address, back.address, front.byteLength, weight);
    return front;
  };
  return {
    render({ view, over, veil, grainStrength, frameIndex }, out) {
      if (out.width !== size.width || out.height !== size.height) {
        throw new RangeError(
          `A frame of ${out.width}x${out.height} cannot take a picture of ${size.width}x${size.height}.`,
        );
      }
      const finished = compose(view, over, grainAt(tileAddress, seed, frameIndex, grainStrength));
      if (veil !== undefined) veilLayer.draw(veil, finished);
      presentFrame(bytes, finished, out);
    },
  };
}

function frameSizeOf(wished: FrameSize | undefined, stills: readonly RgbaImage[]): FrameSize {
  const first = stills[0];
  if (first === undefined) throw new RangeError('A clip needs at least one still.');
  const { width, height } = wished ?? first;
  if (width % 2 !== 0 || height % 2 !== 0)
    throw new RangeError(`The sides of a ${width}x${height} frame are not even.`);
  return { width, height };
}
