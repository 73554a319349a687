/**
 * What changes a whole frame smoothly, such as fog, rays of light or a flash: at every 8th pixel a factor and a sum
 * for luma and for chroma, drawn in one pass with straight lines between. Made of layers, the first one farthest.
 */
import { MOST_VEIL_FACTOR } from './kernels.ts';
import type { NodeCount } from './source-map.ts';

/** Luma of black, and chroma of grey: what factors leave alone. */
const BLACK = 16;
const GREY = 128;
/** Fixed point of the kernels' factors and sums. */
const UNIT = 65_536;

export class Veil {
  readonly columns: number;
  readonly rows: number;
  /** Per node, row by row: luma' = factor * luma + sum, and the same for chroma's distance from grey. */
  readonly #lumaFactor: Float32Array;
  readonly #lumaSum: Float32Array;
  readonly #chromaFactor: Float32Array;
  readonly #blueSum: Float32Array;
  readonly #redSum: Float32Array;

  constructor({ columns, rows }: NodeCount) {
    const nodes = () => new Float32Array(columns * rows);
    this.columns = columns;
    this.rows = rows;
    this.#lumaFactor = nodes();
    this.#lumaSum = nodes();
    this.#chromaFactor = nodes();
    this.#blueSum = nodes();
    this.#redSum = nodes();
    this.clear();
  }

  /** Lets everything through exactly as it is. */
  clear(): void {
    this.#lumaFactor.fill(1);
    this.#chromaFactor.fill(1);
    for (const sums of [this.#lumaSum, this.#blueSum, this.#redSum]) sums.fill(0);
  }

  /** Lays paint of one colour over what a node shows so far; `opacity` 0..1. */
  cover(node: number, opacity: number, luma: number, blue: number, red: number): void {
    const kept = 1 - opacity;
    this.#lumaFactor[node]! *= kept;
    this.#chromaFactor[node]! *= kept;
    this.#lumaSum[node] = this.#lumaSum[node]! * kept + opacity * luma;
    this.#blueSum[node] = this.#blueSum[node]! * kept + opacity * (blue - GREY);
    this.#redSum[node] = this.#redSum[node]! * kept + opacity * (red - GREY);
  }

  /** Multiplies a node's distance from black, then adds `sum` levels of luma and `coldness` of blue. */
  light(node: number, factor: number, sum: number, coldness = 0): void {
    const gain = Math.min(MOST_VEIL_FACTOR, factor);
    this.#lumaFactor[node]! *= gain;
    this.#lumaSum[node] = (this.#lumaSum[node]! - BLACK) * gain + BLACK + sum;
    this.#blueSum[node]! += coldness;
  }

  /** Writes the nodes as the kernels read them: factor and sum in turn. */
  write(luma: Int32Array, blue: Int32Array, red: Int32Array): void {
    writeNodes(luma, this.#lumaFactor, this.#lumaSum, 0);
    writeNodes(blue, this.#chromaFactor, this.#blueSum, GREY);
    writeNodes(red, this.#chromaFactor, this.#redSum, GREY);
  }
}

/** @param centre The value whose distance the factors multiply. */
function writeNodes(nodes: Int32Array, factors: Float32Array, sums: Float32Array, centre: number): void {
  for (let node = 0; node < factors.length; node += 1) {
    const factor = factors[node]!;
    nodes[2 * node] = factor * UNIT;
    nodes[2 * node + 1] = (sums[node]! + centre * (1 - factor)) * UNIT;
  }
}
