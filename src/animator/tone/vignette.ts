/**
 * The light over a whole frame: less of it towards the corners, and a slow breath in the middle where a look has one. It belongs to the lens, so it
 * stays in the frame while the picture moves through it.
 */
import { FRAME_RATE } from '#domain/media/clip-spec.ts';
import type { FrameSize } from '#domain/media/frame-size.ts';
import { seededUnit } from '../camera/seeded-noise.ts';
import { CELL_SIDE } from '../raster/kernels.ts';
import { countNodes } from '../raster/source-map.ts';
import type { Veil } from '../raster/veil.ts';
import { sineOfTurns } from '../sound/elementary-functions.ts';
import type { Grade } from './looks.ts';

/** Black and grey, as in a frame. */
const BLACK = 16;
const GREY = 128;
/** Of the way from the middle to a corner, up to which nothing is darker. */
const CLEAR = 0.35;
const BREATH_SECONDS = 5.5;

/** 0 in the middle, 1 in the corners of a frame; `x` and `y` in shares of its sides. */
function farness(x: number, y: number): number {
  const distance = Math.sqrt(2 * ((x - 0.5) * (x - 0.5) + (y - 0.5) * (y - 0.5)));
  const t = Math.max(0, Math.min(1, (distance - CLEAR) / (1 - CLEAR)));
  return t * t * (3 - 2 * t);
}

const SAMPLES = 40;
const MEAN_FARNESS =
  Array.from({ length: SAMPLES * SAMPLES }, (_, i) =>
    farness(((i % SAMPLES) + 0.5) / SAMPLES, (Math.floor(i / SAMPLES) + 0.5) / SAMPLES),
  ).reduce((sum, value) => sum + value, 0) /
  (SAMPLES * SAMPLES);

/** Share of a frame's light that a vignette takes on the whole. */
export const lossOf = ({ vignette }: Pick<Grade, 'vignette'>): number => vignette * MEAN_FARNESS;

export interface Vignette {
  /** Lays the light of frame `index` over a veil. */
  add(veil: Veil, index: number): void;
}

/** Undefined where the frame is lit evenly. */
export function createVignette(
  { vignette, breathing }: Grade,
  size: FrameSize,
  seed: number,
): Vignette | undefined {
  if (vignette === 0 && breathing === 0) return undefined;
  const { columns, rows } = countNodes(size);
  const far = Float32Array.from({ length: columns * rows }, (_, node) =>
    farness(
      (CELL_SIDE * (node % columns)) / size.width,
      (CELL_SIDE * Math.floor(node / columns)) / size.height,
    ),
  );
  const phase = seededUnit(seed, 'light breathing') < 0.5 ? 0 : 0.5;
  return {
    add(veil, index) {
      const breath = sineOfTurns(index / FRAME_RATE / BREATH_SECONDS + phase);
      for (let node = 0; node < far.length; node += 1) {
        if (breathing > 0) veil.light(node, 1 + breathing * breath * (1 - far[node]!), 0);
        veil.cover(node, vignette * far[node]!, BLACK, GREY, GREY);
      }
    },
  };
}
