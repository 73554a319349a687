/**
 * The contract of the kernels that make a picture's planes, once for a clip: integer arithmetic on one block of memory, the same bytes from
 * every implementation. `paint-kernels-typescript.ts` is the reference, `assembly/paint.ts` the same in WebAssembly SIMD.
 */
import type { PaddedPlane } from './memory-layout.ts';

/** A row of RGBA pixels in the memory, and how many. */
export interface PixelRow {
  readonly address: number;
  readonly count: number;
}

export interface PaintKernels {
  /** Writes the row's luma from `out` on, samples `step` bytes apart. */
  paintLuma(row: PixelRow, out: number, step: number): void;
  /** Writes the Cb and Cr of two rows, the second one right after the first: 1-2-1 across, 1-1 down, one sample for every other pixel. */
  paintChroma(rows: PixelRow, outCb: number, outCr: number, step: number): void;
  /** Interpolates a doubled plane from its even samples on even rows. */
  doublePlane(plane: PaddedPlane): void;
}

/** Luma weights of BT.709: Y' = KR R' + (1 - KR - KB) G' + KB B'. */
const KR = 0.2126;
const KB = 0.0722;
const ONE = 1 << 16;
/** Full-range R'G'B' of 0..255 to 219 steps of luma above 16, and to 224 steps of chroma around 128. */
const LUMA_SCALE = (219 / 255) * ONE;
const CHROMA_SCALE = (224 / 255) * ONE;

const redToY = Math.round(KR * LUMA_SCALE);
const blueToY = Math.round(KB * LUMA_SCALE);

/** 16.16 weights; `offset` is that of black, and rounds. */
export const LUMA_WEIGHTS = {
  red: redToY,
  green: Math.round(LUMA_SCALE) - redToY - blueToY,
  blue: blueToY,
  offset: 16 * ONE + ONE / 2,
} as const;

/** Cb = (B' - Y') / (2 - 2 KB) and Cr = (R' - Y') / (2 - 2 KR); a row sums to zero so that greys are exactly 128. */
const half = Math.round(CHROMA_SCALE / 2);
const redToCb = Math.round((-KR / (2 - 2 * KB)) * CHROMA_SCALE);
const blueToCr = Math.round((-KB / (2 - 2 * KR)) * CHROMA_SCALE);

/** Chroma is converted from a sum of 8 weights, hence three bits more. `half` is that of blue for Cb and of red for Cr. */
export const CHROMA_WEIGHTS = {
  redToCb,
  greenToCb: -half - redToCb,
  half,
  greenToCr: -half - blueToCr,
  blueToCr,
  offset: 8 * (128 * ONE + ONE / 2),
} as const;

/** Q14 weights of Lanczos-3 for the six samples around a midpoint, from the outermost pair in; twice their sum is exactly one. */
export const LANCZOS_WEIGHTS = lanczosWeights();

function lanczosWeights(): { readonly outer: number; readonly middle: number; readonly inner: number } {
  const sinc = (x: number) => Math.sin(Math.PI * x) / (Math.PI * x);
  const weightAt = (x: number) => sinc(x) * sinc(x / 3);
  const sum = 2 * (weightAt(0.5) + weightAt(1.5) + weightAt(2.5));
  const outer = Math.round((weightAt(2.5) / sum) * 16_384);
  const middle = Math.round((weightAt(1.5) / sum) * 16_384);
  return { outer, middle, inner: 8192 - outer - middle };
}
