/**
 * The moving layers of a clip's stills: keeps their mattes and plates in the kernels' memory, and lays them over a frame that the camera
 * has drawn. Where no matte reaches, the frame stays as it was drawn, byte for byte.
 */
import { type Beyond, beyondOf } from './beyond.ts';
import { countCoverage, reserveCoverage } from './coverage.ts';
import { type FluidNodeAddresses, FluidNodes, reserveFluidNodes } from './fluid-nodes.ts';
import type { FluidSource, FluidState } from './fluid-source.ts';
import type { FrameBuffer } from './frame-buffer.ts';
import { CELL_UNTOUCHED, type FluidLayer, type Grain, type KernelMemory, WHOLE_Q15 } from './kernels.ts';
import type { AllKernels } from './load-kernels.ts';
import type { PlacedCoverage } from './map-kernels.ts';
import { extendEdges, type MemoryLayout, type PaddedPlane, reservePlane } from './memory-layout.ts';
import {
  PICTURE_BORDER,
  type PicturePlanes,
  paintPicture,
  reservePicture,
  type Sampling,
  sourcesOf,
} from './picture-planes.ts';
import { countNodes, type SourceMap } from './source-map.ts';
import type { ViewSources } from './view-painter.ts';

interface ReservedLayer {
  readonly source: FluidSource;
  /** What there is of its still beyond the frame. */
  readonly beyond: Beyond;
  readonly plate: PicturePlanes;
  readonly matte: PaddedPlane;
  readonly coverage: PlacedCoverage;
  /** Address of a byte for every cell. */
  readonly cells: number;
}

/** Room in the kernels' memory; none for a clip in which nothing moves by itself. */
export interface ReservedFluids {
  readonly layers: readonly ReservedLayer[];
  readonly shared: { readonly nodes: FluidNodeAddresses; readonly covered: number } | undefined;
  readonly cellCount: number;
}

export function reserveFluids(
  layout: MemoryLayout,
  sources: readonly FluidSource[],
  { size, stills }: Pick<ViewSources, 'size' | 'stills'>,
  sampling: Sampling,
): ReservedFluids {
  const nodeCount = countNodes(size);
  const cellCount = (nodeCount.columns - 1) * (nodeCount.rows - 1);
  const layers = sources.map((source) => {
    const still = stills[source.stillIndex]!;
    const beyond = beyondOf(still, size);
    return {
      source,
      beyond,
      plate: reservePicture(layout, source.plate, sampling),
      matte: reservePlane(layout, still.width, still.height, PICTURE_BORDER),
      coverage: reserveCoverage(layout, still, beyond),
      cells: layout.reserve(cellCount),
    };
  });
  if (layers.length === 0) return { layers, shared: undefined, cellCount };
  const shared = { nodes: reserveFluidNodes(layout, nodeCount), covered: layout.reserve(cellCount) };
  return { layers, shared, cellCount };
}

interface PaintedLayer extends ReservedLayer {
  readonly planes: ReturnType<typeof sourcesOf>;
}

/** What a frame is drawn with, and what it is drawn into. */
export interface FluidTarget {
  readonly sourceMap: SourceMap;
  readonly buffer: FrameBuffer;
  readonly grain: Grain | undefined;
}

export class FluidLayers {
  readonly #kernels: AllKernels;
  readonly #layers: readonly PaintedLayer[];
  readonly #nodes: FluidNodes | undefined;
  readonly #covered: { readonly address: number; readonly bytes: Uint8Array } | undefined;
  /** The layers that any cell of the frame in hand shows. */
  readonly #seen = new Set<number>();

  /** Fills the reserved room. */
  constructor({ layers, shared, cellCount }: ReservedFluids, kernels: AllKernels, memory: KernelMemory) {
    const bytes = new Uint8Array(memory.buffer);
    this.#kernels = kernels;
    this.#nodes = shared && new FluidNodes(shared.nodes, kernels, memory);
    this.#covered = shared && {
      address: shared.covered,
      bytes: new Uint8Array(memory.buffer, shared.covered, cellCount),
    };
    this.#layers = layers.map((layer) => {
      const { source, plate, matte, coverage } = layer;
      paintPicture(bytes, plate, source.plate, kernels);
      paintMatte(bytes, matte, source.matte);
      countCoverage(memory, coverage, source.matte, matte);
      return { ...layer, planes: sourcesOf(plate) };
    });
  }

  /**
   * Finds the cells that each fluid touches, for `draw`. Returns the address of a byte for every cell, `CELL_OPAQUE` where some fluid will
   * hide all that lies beneath; undefined when none does.
   */
  place(states: readonly FluidState[], sourceMap: SourceMap): number | undefined {
    this.#seen.clear();
    this.#covered?.bytes.fill(CELL_UNTOUCHED);
    for (const { fluid, strength } of states) {
      const { coverage, cells } = this.#layers[fluid]!;
      if (!this.#kernels.classifyCells(sourceMap.nodes, coverage, cells)) continue;
      this.#seen.add(fluid);
      if (strength === 1) this.#kernels.coverCells(sourceMap.nodes, cells, this.#covered!.address);
    }
    return this.#seen.size === 0 ? undefined : this.#covered?.address;
  }

  /** Lays one of the placed fluids over the frame. */
  draw(state: FluidState, { sourceMap, buffer, grain }: FluidTarget): void {
    if (!this.#seen.has(state.fluid)) return;
    const { source, beyond, planes, matte, cells } = this.#layers[state.fluid]!;
    const nodes = this.#nodes!;
    nodes.write(state, source, beyond, cells, sourceMap);
    const { first, second, tones } = nodes.addresses;
    const layer: FluidLayer = {
      cells,
      // The map counts in half pixels.
      matte: {
        address: matte.address + beyond.y * matte.stride + beyond.x,
        stride: matte.stride,
        halvings: 1,
      },
      base: sourceMap.map,
      first,
      second: state.second && { address: second, weight: toQ15(state.second.weight) },
      strength: toQ15(state.strength),
    };
    const toned = (address: number) => (state.tone === undefined ? undefined : address);
    this.#kernels.flowLuma(planes.y, toned(tones.luma), layer, buffer.y, grain);
    this.#kernels.flowChroma(planes.cb, toned(tones.cb), layer, buffer.u);
    this.#kernels.flowChroma(planes.cr, toned(tones.cr), layer, buffer.v);
  }
}

const toQ15 = (share: number): number => Math.round(share * WHOLE_Q15);

function paintMatte(bytes: Uint8Array, plane: PaddedPlane, matte: Uint8Array): void {
  const { address, stride, width, height } = plane;
  for (let y = 0; y < height; y += 1)
    bytes.set(matte.subarray(y * width, (y + 1) * width), address + y * stride);
  extendEdges(bytes, plane);
}
