/** The fluid passes in plain TypeScript: the reference for those of `assembly/kernels.ts`. */
import { edgeAt, grainColumn, grainRow, multiplyQ15, sampleAt, toByte, withGrain } from './fixed-point.ts';
import {
  CELL_OPAQUE,
  CELL_SIDE,
  CELL_UNTOUCHED,
  type FluidLayer,
  type Grain,
  type KernelMemory,
  type Kernels,
  type WarpSource,
  type WarpTarget,
  WHOLE_Q15,
} from './kernels.ts';

/** White in Q6. */
const WHITE = 255 << 6;

/** How luma and chroma read nodes differently; see the warps in `kernels-typescript.ts`. */
interface PlaneKind {
  /** Samples along a cell. */
  readonly side: number;
  /** A line's place in its cell, in parts of 2^downShift. */
  readonly stepOf: (line: number) => number;
  readonly downShift: number;
  /** side = 2^acrossShift. */
  readonly acrossShift: number;
  /** How far above the map's position the plate is read, in units of the map. */
  readonly rise: number;
}

const LUMA: PlaneKind = {
  side: CELL_SIDE,
  stepOf: (line) => line,
  downShift: 3,
  acrossShift: 3,
  rise: 0,
};
const CHROMA: PlaneKind = {
  side: CELL_SIDE / 2,
  stepOf: (line) => 4 * line + 1,
  downShift: 4,
  acrossShift: 2,
  rise: 0x10000,
};

/** A pair of node values on one line through a cell: at its left edge, and what is added from sample to sample. */
interface Trace {
  u: number;
  v: number;
  du: number;
  dv: number;
}

const createTrace = (): Trace => ({ u: 0, v: 0, du: 0, dv: 0 });

export function createTypeScriptFluidKernels(memory: KernelMemory): Pick<Kernels, 'flowLuma' | 'flowChroma'> {
  const bytes = new Uint8Array(memory.buffer);
  const pass = new FluidPass(memory, bytes);
  return {
    flowLuma: (plate, tone, layer, target, grain) => pass.draw(LUMA, plate, tone, layer, target, grain),
    flowChroma: (plate, tone, layer, target) => pass.draw(CHROMA, plate, tone, layer, target, undefined),
  };
}

class FluidPass {
  readonly #bytes: Uint8Array;
  readonly #grains: Int8Array;
  readonly #maps: Int32Array;
  readonly #tones: Int16Array;
  readonly #base = createTrace();
  readonly #first = createTrace();
  readonly #second = createTrace();
  readonly #tone = createTrace();

  constructor({ buffer }: KernelMemory, bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#grains = new Int8Array(buffer);
    this.#maps = new Int32Array(buffer);
    this.#tones = new Int16Array(buffer);
  }

  draw(
    kind: PlaneKind,
    plate: WarpSource,
    tone: number | undefined,
    layer: FluidLayer,
    target: WarpTarget,
    grain: Grain | undefined,
  ): void {
    const bytes = this.#bytes;
    for (let y = 0; y < target.rows * kind.side; y += 1) {
      const row = Math.floor(y / kind.side);
      const step = kind.stepOf(y % kind.side);
      for (let column = 0; column < target.columns; column += 1) {
        const cell = bytes[layer.cells + row * target.columns + column]!;
        if (cell === CELL_UNTOUCHED) continue;
        this.#traceCell(kind, tone, layer, row * layer.base.columns + column, step);
        const x = column * kind.side;
        const out = target.address + y * target.stride + x;
        for (let i = 0; i < kind.side; i += 1) {
          let value = this.#mixAt(kind, plate, tone, layer, i);
          if (grain !== undefined)
            value = withGrain(value, grain, this.#grains[grainRow(grain, y) + grainColumn(grain, x + i)]!);
          const drawn = bytes[out + i]! << 6;
          bytes[out + i] = toByte(drawn + multiplyQ15(value - drawn, this.#opacityAt(layer, cell, i)));
        }
      }
    }
  }

  #traceCell(kind: PlaneKind, tone: number | undefined, layer: FluidLayer, node: number, step: number): void {
    const { base, first, second } = layer;
    const at = (address: number) => (address >> 2) + 2 * node;
    trace(this.#base, this.#maps, at(base.address), base.columns, step, kind);
    trace(this.#first, this.#maps, at(first), base.columns, step, kind);
    if (second !== undefined) trace(this.#second, this.#maps, at(second.address), base.columns, step, kind);
    if (tone !== undefined) trace(this.#tone, this.#tones, (tone >> 1) + 2 * node, base.columns, step, kind);
  }

  /** The moving plate at sample `i` of the line, Q6. */
  #mixAt(
    { rise }: PlaneKind,
    plate: WarpSource,
    tone: number | undefined,
    { second }: FluidLayer,
    i: number,
  ): number {
    let mix = readAt(this.#bytes, plate, this.#first, i, rise);
    if (second !== undefined)
      mix += multiplyQ15(readAt(this.#bytes, plate, this.#second, i, rise) - mix, second.weight);
    if (tone === undefined) return mix;
    const { u, du, v, dv } = this.#tone;
    const tuned = mix + multiplyQ15(mix, u + i * du) + ((v + i * dv) >> 2);
    return Math.max(0, Math.min(WHITE, tuned));
  }

  /** Q15. */
  #opacityAt({ matte, strength }: FluidLayer, cell: number, i: number): number {
    let opacity = WHOLE_Q15;
    if (cell !== CELL_OPAQUE) {
      const alpha = readAt(this.#bytes, matte, this.#base, i, 0);
      opacity = (alpha << 1) + (alpha >> 7);
    }
    return strength === WHOLE_Q15 ? opacity : multiplyQ15(opacity, strength);
  }
}

function trace(
  into: Trace,
  values: Int32Array | Int16Array,
  node: number,
  columns: number,
  step: number,
  { downShift, acrossShift }: PlaneKind,
): void {
  const below = node + 2 * columns;
  into.u = edgeAt(values, node, below, step, downShift);
  into.v = edgeAt(values, node + 1, below + 1, step, downShift);
  into.du = (edgeAt(values, node + 2, below + 2, step, downShift) - into.u) >> acrossShift;
  into.dv = (edgeAt(values, node + 3, below + 3, step, downShift) - into.v) >> acrossShift;
}

function readAt(
  bytes: Uint8Array,
  { address, stride, halvings }: WarpSource,
  { u, du, v, dv }: Trace,
  i: number,
  rise: number,
): number {
  return sampleAt(bytes, address, stride, (u + i * du) >> halvings, (v - rise + i * dv) >> halvings);
}
