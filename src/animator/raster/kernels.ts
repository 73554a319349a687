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

/** A dissolve's weight that shows only the second picture. */
export const FULL_WEIGHT = 256;

/** The part of a wasm memory that both implementations need; a plain `ArrayBuffer` holder will do for the TypeScript one. */
export interface KernelMemory {
  readonly buffer: ArrayBuffer;
}

/** All addresses are byte offsets into the memory that the kernels were made for. */
export interface Kernels {
  /** Draws a luma plane; without grain when `grain` is undefined. */
  warpLuma(source: WarpSource, map: WarpMap, target: WarpTarget, grain: Grain | undefined): void;
  /**
   * Draws one chroma plane at half size. Chroma samples sit on the even luma columns and between two luma rows
   * (H.264's default, chroma_sample_loc_type 0), so the map is read half a luma row lower and the position moved back up.
   */
  warpChroma(source: WarpSource, map: WarpMap, target: WarpTarget): void;
  /** target = (target * (256 - weight) + over * weight + 128) >> 8 over `byteLength` bytes, a multiple of 16. */
  dissolve(target: number, over: number, byteLength: number, weight: number): void;
}
