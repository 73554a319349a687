/**
 * Output sizes in pixels. The table is the public one of the makers' API, on which the token price is computed; a picture's
 * own ratio keeps the pixel area of 16:9.
 */
import type { AspectRatio } from './aspect-ratio.ts';

export const RESOLUTIONS = ['480p', '720p', '1080p'] as const;

export type Resolution = (typeof RESOLUTIONS)[number];

/** Luma samples; both sides are even, because chroma is stored at half size. */
export interface FrameSize {
  readonly width: number;
  readonly height: number;
}

type SizeTable = Readonly<
  Record<Resolution, Readonly<Record<AspectRatio, readonly [width: number, height: number]>>>
>;

const SIZES: SizeTable = {
  '480p': {
    '16:9': [864, 496],
    '4:3': [752, 560],
    '1:1': [640, 640],
    '3:4': [560, 752],
    '9:16': [496, 864],
    '21:9': [992, 432],
  },
  '720p': {
    '16:9': [1280, 720],
    '4:3': [1112, 834],
    '1:1': [960, 960],
    '3:4': [834, 1112],
    '9:16': [720, 1280],
    '21:9': [1470, 630],
  },
  '1080p': {
    '16:9': [1920, 1080],
    '4:3': [1664, 1248],
    '1:1': [1440, 1440],
    '3:4': [1248, 1664],
    '9:16': [1080, 1920],
    '21:9': [2206, 946],
  },
};

/** The most extreme own ratio that is kept; beyond it the picture is cropped to 1:3 or 3:1. */
const WIDEST_OWN_RATIO = 3;

export function frameSize(resolution: Resolution, aspectRatio: AspectRatio): FrameSize {
  const [width, height] = SIZES[resolution][aspectRatio];
  return { width, height };
}

const toEven = (length: number): number => Math.max(2, 2 * Math.round(length / 2));

/** The size that keeps a picture's own ratio (within 1:3 to 3:1) at the area of 16:9, sides rounded to even. */
export function ownRatioFrameSize(
  resolution: Resolution,
  pictureWidth: number,
  pictureHeight: number,
): FrameSize {
  const ratio = Math.min(WIDEST_OWN_RATIO, Math.max(1 / WIDEST_OWN_RATIO, pictureWidth / pictureHeight));
  const { width, height } = frameSize(resolution, '16:9');
  const area = width * height;
  return { width: toEven(Math.sqrt(area * ratio)), height: toEven(Math.sqrt(area / ratio)) };
}

/** The largest area in pixels that any ratio can produce at this resolution: what a hold has to assume. */
export function largestFrameArea(resolution: Resolution): number {
  const sold = Object.values(SIZES[resolution]).map(([width, height]) => width * height);
  const { width, height } = frameSize(resolution, '16:9');
  // Rounding a side to even adds less than a pixel to each: at ratios up to 3:1 that is under 2 * (w + h).
  const own = width * height + 2 * (width + height);
  return Math.max(...sold, own);
}
