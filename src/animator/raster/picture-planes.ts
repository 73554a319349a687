/**
 * A still as the kernels read it: planar Y, Cb, Cr of BT.709, limited range (ITU-R BT.709-6, section 3), each plane either
 * at the output's sampling or doubled.
 *
 * Chroma is at half size, its samples on the even luma columns and half a row below the even luma rows: chroma_sample_loc_type
 * 0 of H.264 (Annex E), the position that a decoder assumes when a stream says nothing. Hence the 1-2-1 filter across and
 * the plain mean of two rows.
 *
 * A doubled plane's sample (2i, 2j) is the plain plane's sample (i, j), the others are Lanczos interpolations of it. A
 * camera at rest therefore gives the still byte for byte, and a view that drifts keeps its sharpness: against an ideal shift
 * of fine waves by parts of a pixel, luma stays above 48 dB from doubled planes and falls to 36 dB from plain ones, where it
 * pulses with every pixel of travel; chroma, 44 against 35 dB.
 */
import type { FrameSize } from '#domain/media/frame-size.ts';
import { fillDoubledPlane } from './doubled-plane.ts';
import type { WarpSource } from './kernels.ts';
import { extendEdges, type MemoryLayout, type PaddedPlane, reservePlane } from './memory-layout.ts';
import type { RgbaImage } from './picture.ts';

/** Source samples per output sample, on each axis. */
export interface Sampling {
  readonly luma: 1 | 2;
  readonly chroma: 1 | 2;
}

export interface PicturePlanes {
  readonly y: PaddedPlane;
  readonly cb: PaddedPlane;
  readonly cr: PaddedPlane;
  readonly sampling: Sampling;
}

/** How far around the picture taps may reach, in luma samples: output is drawn in cells of 16, so at most 15 beyond an edge. */
export const PICTURE_BORDER = 24;

export function reservePicture(
  layout: MemoryLayout,
  { width, height }: FrameSize,
  sampling: Sampling,
): PicturePlanes {
  const { luma, chroma } = sampling;
  const chromaPlane = () =>
    reservePlane(layout, (width / 2) * chroma, (height / 2) * chroma, (PICTURE_BORDER / 2) * chroma);
  return {
    y: reservePlane(layout, width * luma, height * luma, PICTURE_BORDER * luma),
    cb: chromaPlane(),
    cr: chromaPlane(),
    sampling,
  };
}

/** The planes as the kernels read them: the map counts in samples of a doubled luma plane, and chroma has half as many. */
export function sourcesOf({ y, cb, cr, sampling }: PicturePlanes): Record<'y' | 'cb' | 'cr', WarpSource> {
  const source = ({ address, stride }: PaddedPlane, halvings: number) => ({ address, stride, halvings });
  const chromaHalvings = 3 - sampling.chroma;
  return {
    y: source(y, 2 - sampling.luma),
    cb: source(cb, chromaHalvings),
    cr: source(cr, chromaHalvings),
  };
}

/** Converts the image into its reserved planes, doubles them where wanted and fills their borders. */
export function paintPicture(bytes: Uint8Array, planes: PicturePlanes, image: RgbaImage): void {
  const { luma, chroma } = planes.sampling;
  paintLuma(bytes, planes.y, luma, image);
  paintChroma(bytes, planes.cb, planes.cr, chroma, image);
  if (luma === 2) fillDoubledPlane(bytes, planes.y);
  if (chroma === 2) for (const plane of [planes.cb, planes.cr]) fillDoubledPlane(bytes, plane);
  for (const plane of [planes.y, planes.cb, planes.cr]) extendEdges(bytes, plane);
}

/** Luma weights of BT.709: Y' = KR R' + (1 - KR - KB) G' + KB B'. */
const KR = 0.2126;
const KB = 0.0722;
const ONE = 1 << 16;
/** Full-range R'G'B' of 0..255 to 219 steps of luma above 16, and to 224 steps of chroma around 128. */
const LUMA_SCALE = (219 / 255) * ONE;
const CHROMA_SCALE = (224 / 255) * ONE;

const RED_TO_Y = Math.round(KR * LUMA_SCALE);
const BLUE_TO_Y = Math.round(KB * LUMA_SCALE);
const GREEN_TO_Y = Math.round(LUMA_SCALE) - RED_TO_Y - BLUE_TO_Y;

/** Cb = (B' - Y') / (2 - 2 KB) and Cr = (R' - Y') / (2 - 2 KR); a row sums to zero so that greys are exactly 128. */
const HALF = Math.round(CHROMA_SCALE / 2);
const RED_TO_CB = Math.round((-KR / (2 - 2 * KB)) * CHROMA_SCALE);
const GREEN_TO_CB = -HALF - RED_TO_CB;
const BLUE_TO_CR = Math.round((-KB / (2 - 2 * KR)) * CHROMA_SCALE);
const GREEN_TO_CR = -HALF - BLUE_TO_CR;

const LUMA_OFFSET = 16 * ONE + ONE / 2;
/** Chroma is converted from a sum of 8 weights, hence three bits more. */
const CHROMA_OFFSET = 8 * (128 * ONE + ONE / 2);

function paintLuma(
  bytes: Uint8Array,
  plane: PaddedPlane,
  step: number,
  { width, height, data }: RgbaImage,
): void {
  let pixel = 0;
  for (let y = 0; y < height; y += 1) {
    let out = plane.address + y * step * plane.stride;
    for (let x = 0; x < width; x += 1) {
      const sum = RED_TO_Y * data[pixel]! + GREEN_TO_Y * data[pixel + 1]! + BLUE_TO_Y * data[pixel + 2]!;
      bytes[out] = (sum + LUMA_OFFSET) >> 16;
      out += step;
      pixel += 4;
    }
  }
}

function paintChroma(
  bytes: Uint8Array,
  cb: PaddedPlane,
  cr: PaddedPlane,
  step: number,
  image: RgbaImage,
): void {
  const { width, height, data } = image;
  const rowBytes = 4 * width;
  for (let y = 0; y < height; y += 2) {
    let outCb = cb.address + (y / 2) * step * cb.stride;
    let outCr = cr.address + (y / 2) * step * cr.stride;
    for (let x = 0; x < width; x += 2) {
      const middle = y * rowBytes + 4 * x;
      const left = x === 0 ? middle : middle - 4;
      const red = weigh121(data, left, middle, rowBytes);
      const green = weigh121(data, left + 1, middle + 1, rowBytes);
      const blue = weigh121(data, left + 2, middle + 2, rowBytes);
      bytes[outCb] = Math.floor(
        (RED_TO_CB * red + GREEN_TO_CB * green + HALF * blue + CHROMA_OFFSET) / (8 * ONE),
      );
      bytes[outCr] = Math.floor(
        (HALF * red + GREEN_TO_CR * green + BLUE_TO_CR * blue + CHROMA_OFFSET) / (8 * ONE),
      );
      outCb += step;
      outCr += step;
    }
  }
}

/** 1-2-1 across, 1-1 down; `left` equals `middle` at the picture's edge. */
function weigh121(data: Uint8Array, left: number, middle: number, rowBytes: number): number {
  const upper = data[left]! + 2 * data[middle]! + data[middle + 4]!;
  return upper + data[left + rowBytes]! + 2 * data[middle + rowBytes]! + data[middle + rowBytes + 4]!;
}
