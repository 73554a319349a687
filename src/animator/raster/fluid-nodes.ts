/** The nodes of one fluid layer at one frame: where the cells that it touches read its plate, and how its light changes there. */
import type { Beyond } from './beyond.ts';
import type { FluidSource, FluidState, FluidTone } from './fluid-source.ts';
import type { KernelMemory } from './kernels.ts';
import type { MapKernels } from './map-kernels.ts';
import type { MemoryLayout } from './memory-layout.ts';
import type { NodeCount, SourceMap } from './source-map.ts';

export interface FluidNodeAddresses extends NodeCount {
  readonly first: number;
  readonly second: number;
  readonly tones: { readonly luma: number; readonly cb: number; readonly cr: number };
  /** Where a tone's values are put while a kernel reads them, Float32. */
  readonly values: {
    readonly share: number;
    readonly luma: number;
    readonly cb: number;
    readonly cr: number;
    readonly gain: number;
  };
}

export function reserveFluidNodes(layout: MemoryLayout, { columns, rows }: NodeCount): FluidNodeAddresses {
  const nodes = columns * rows;
  const four = () => layout.reserve(4 * nodes);
  return {
    columns,
    rows,
    first: layout.reserve(8 * nodes),
    second: layout.reserve(8 * nodes),
    tones: { luma: four(), cb: four(), cr: four() },
    values: { share: four(), luma: four(), cb: four(), cr: four(), gain: four() },
  };
}

export class FluidNodes {
  readonly addresses: FluidNodeAddresses;
  readonly #kernels: MapKernels;
  readonly #memory: KernelMemory;

  constructor(addresses: FluidNodeAddresses, kernels: MapKernels, memory: KernelMemory) {
    this.addresses = addresses;
    this.#kernels = kernels;
    this.#memory = memory;
  }

  /** Writes whatever the touched of the cells at an address need. */
  write(state: FluidState, source: FluidSource, beyond: Beyond, cells: number, sourceMap: SourceMap): void {
    const { first, second } = this.addresses;
    const { left, top, plate } = source;
    const { width, height } = plate;
    this.#kernels.writeReadings(sourceMap.nodes, cells, {
      field: sourceMap.placeField(state.field),
      first,
      firstFactor: state.firstFactor,
      second: state.second && { address: second, factor: state.second.factor },
      left: left - beyond.x,
      top: top - beyond.y,
      width,
      height,
    });
    if (state.tone !== undefined) this.#writeTone(state.tone, cells, sourceMap);
  }

  #writeTone({ contrast, contrastGain, gain }: FluidTone, cells: number, { nodes }: SourceMap): void {
    const { tones, values } = this.addresses;
    this.#kernels.writeTones(nodes, cells, {
      share: this.#place(values.share, contrast?.share),
      luma: this.#place(values.luma, contrast?.luma),
      cb: this.#place(values.cb, contrast?.cb),
      cr: this.#place(values.cr, contrast?.cr),
      gain: this.#place(values.gain, gain),
      contrastGain,
      toLuma: tones.luma,
      toCb: tones.cb,
      toCr: tones.cr,
    });
  }

  /** 0, which stands for zeros, without values. */
  #place(address: number, values: Float32Array | undefined): number {
    if (values === undefined) return 0;
    new Float32Array(this.#memory.buffer, address, values.length).set(values);
    return address;
  }
}
