/**
 * The contract of the frame kernels: integer arithmetic on one block of memory, so that every implementation gives the
 * same bytes on every machine. `kernels-typescript.ts` is the reference; `assembly/kernels.ts` is the same in
 * WebAssembly SIMD.
 *
 * A warp reads the source map (see `source-map.ts`): pairs of 16.16 numbers at every 8th output sample, in samples of a
 * plane at twice the output's size. Inside a cell, with E = top + ((bottom - top) * row >> 3) at the left and right edge,
 *
 *     position(i) = left + i * ((right - left) >> 3)           whole part: address; next 15 bits: weight
 *     value       = lerp of two rows of lerp(a << 6, b << 6)   where lerp(a, b) = a + ((b - a) * weight + 2^14 >> 15)
 *
 * and a value stays in Q6 until the very end: rounded by (value + 32) >> 6 and clamped to a byte.
 *
 * A fluid pass lays a plate that moves over what a warp has drawn. Both of its maps read the plate; the base map reads the
 * opacity. With k and c interpolated like a map, but from Int16 nodes in Q15 and Q8,
 *
 *     mix   = first + ((second - first) * secondWeight)      a product with a Q15 number is (a * b + 2^14) >> 15
 *     tuned = mix + mix * k + (c >> 2)                       clamped to 0..255 in Q6; then grain
 *     value = drawn + (tuned - drawn) * opacity * strength
 *
 * A veil changes what is drawn by factors and sums, interpolated like a map from 16.16 nodes:
 *
 *     value = clamp(drawn * factor + sum + threshold >> 16)      threshold: the dither's, 0..65535
 *
 * so that factor 65536 and sum 0 leave every byte as it is.
 */

/** Where a warp reads: the plane's sample (0, 0), and how often its size halves the map's unit (0 for a doubled luma plane). */
export interface WarpSource {
  readonly address: number;
  readonly stride: number;
  readonly halvings: number;
}

/** The source map's nodes, U and V interleaved as Int32; `columns` is the count of nodes in a row, and odd. */
export interface WarpMap {
  readonly address: number;
  readonly columns: number;
}

/** Where a warp writes: `columns` by `rows` cells of 8 x 8 luma samples, `columns` even. */
export interface WarpTarget {
  readonly address: number;
  readonly stride: number;
  readonly columns: number;
  readonly rows: number;
}

/**
 * Film grain, added in Q6 before the value is rounded, which also dithers slow gradients. The amplitude is
 * `base + slope * 2 * t * (1 - t)` for luma t in 0..1; both are Q15, `base + slope / 2` at most 32767.
 */
export interface Grain {
  /** Address of a `GRAIN_TILE_SIDE` square tile of Int8. */
  readonly address: number;
  readonly base: number;
  readonly slope: number;
  /** Where the frame's top left corner falls in the tile; `offsetX` is a multiple of 8. */
  readonly offsetX: number;
  readonly offsetY: number;
}

/** Side of the grain tile in samples. */
export const GRAIN_TILE_SIDE = 256;

/** Output samples between two nodes of the source map, and the side of a luma cell. */
export const CELL_SIDE = 8;

/** Q15 for a whole: products with it leave a Q6 value as it is. */
export const WHOLE_Q15 = 32_767;

/** What a fluid pass does with a cell: nothing, look up its opacity sample by sample, or take it for opaque throughout. */
export const CELL_UNTOUCHED = 0;
export const CELL_MIXED = 1;
export const CELL_OPAQUE = 2;

/** One moving layer at one frame. Positions in its maps count from the plate's sample (0, 0). */
export interface FluidLayer {
  /** A byte for each cell of the target, row by row; the two cells of a pair (columns 2n, 2n + 1) are alike. */
  readonly cells: number;
  /** Opacity 0..255, a plane of the picture's size, read at the base map. */
  readonly matte: WarpSource;
  readonly base: WarpMap;
  /** Nodes of the map that the plate is read at; as many as the base map has. */
  readonly first: number;
  /** A second reading and its Q15 weight against the first. */
  readonly second: { readonly address: number; readonly weight: number } | undefined;
  /** Q15 share of the layer that is shown. */
  readonly strength: number;
}

/** A veil over one plane. */
export interface VeilNodes {
  /** Factor and sum in turn as Int32 for each node, as many nodes as a map has. */
  readonly address: number;
  readonly columns: number;
  /** Address of `DITHER_SIDE` squared thresholds, Int32. */
  readonly dither: number;
}

/** A larger factor times a byte would leave 32 bits. */
export const MOST_VEIL_FACTOR = 100;

/** Side of the square of dither thresholds in samples; luma and chroma each begin with its first row. */
export const DITHER_SIDE = 8;

/** Weights 0..`FULL_MIX` as Int16 at nodes, row by row, as many as a map has. */
export interface MixWeights {
  readonly address: number;
  readonly columns: number;
}

/** A node's weight that shows only the picture laid over. */
export const FULL_MIX = 4096;

/** A dissolve's weight that shows only the second picture. */
export const FULL_WEIGHT = 256;

/** The part of a wasm memory that both implementations need; a plain `ArrayBuffer` holder will do for the TypeScript one. */
export interface KernelMemory {
  readonly buffer: ArrayBuffer;
}

/** All addresses are byte offsets into the memory that the kernels were made for. */
export interface Kernels {
  /**
   * Draws a luma plane; without grain when `grain` is undefined.
   *
   * @param covered Address of a byte for each cell, in pairs as in `FluidLayer.cells`: those that are `CELL_OPAQUE` need not be drawn.
   */
  warpLuma(
    source: WarpSource,
    map: WarpMap,
    target: WarpTarget,
    grain: Grain | undefined,
    covered?: number,
  ): void;
  /**
   * Draws one chroma plane at half size. Chroma samples sit on the even luma columns and between two luma rows
   * (H.264's default, chroma_sample_loc_type 0), so the map is read half a luma row lower and the position moved back up.
   */
  warpChroma(source: WarpSource, map: WarpMap, target: WarpTarget, covered?: number): void;
  /**
   * Lays a fluid layer over a luma plane that was drawn through the layer's base map.
   *
   * @param tone Address of the nodes' k and c, interleaved; undefined for none.
   */
  flowLuma(
    plate: WarpSource,
    tone: number | undefined,
    layer: FluidLayer,
    target: WarpTarget,
    grain: Grain | undefined,
  ): void;
  /** The same for one chroma plane, without grain. */
  flowChroma(plate: WarpSource, tone: number | undefined, layer: FluidLayer, target: WarpTarget): void;
  veilLuma(target: WarpTarget, nodes: VeilNodes): void;
  veilChroma(target: WarpTarget, nodes: VeilNodes): void;
  /**
   * Lays the plane at `over`, of the target's shape, over a luma plane by weights that run in straight lines between nodes: inside a cell
   * like a map, rounded to 0..256, then as in a dissolve.
   */
  mixLuma(target: WarpTarget, over: number, weights: MixWeights): void;
  /** The same for one chroma plane; its samples take the weight of the luma sample above and to the left. */
  mixChroma(target: WarpTarget, over: number, weights: MixWeights): void;
  /** target = (target * (256 - weight) + over * weight + 128) >> 8 over `byteLength` bytes, a multiple of 16. */
  dissolve(target: number, over: number, byteLength: number, weight: number): void;
}
