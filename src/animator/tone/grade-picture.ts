/**
 * Grades a picture once, before it is drawn: detail and glow, then a curve over luma, then colour around it. Colours that would leave the range
 * give up saturation and keep their brightness. A pure function of picture and grade.
 */
import type { RgbaImage } from '../raster/picture.ts';
import type { Grid } from '../scene/scene.ts';
import { coarsen, detailOf, glowOf } from './light-and-detail.ts';
import type { Grade } from './looks.ts';
import { CURVE_STEPS, toneCurve } from './tone-curve.ts';

/** 80 ms for a still of 1280x720. */
export function gradePicture(image: RgbaImage, grade: Grade): RgbaImage {
  const lit = lightUp(image, grade);
  const fitted = fitToPicture(grade, lit);
  const curve = toneCurve(fitted, histogramOf(lit.luma), lit.mean);
  return { ...image, data: colour(lit, curve, fitted) };
}

/** A picture with detail and glow: luma and colour differences 0..1 and about -0.5..0.5, pixel by pixel. */
interface LitPicture {
  readonly width: number;
  /** Of the picture's luma before. */
  readonly mean: number;
  readonly luma: Float32Array;
  readonly blue: Float32Array;
  readonly red: Float32Array;
}

function lightUp(image: RgbaImage, grade: Grade): LitPicture {
  const { width, height, data } = image;
  const [luma, blue, red] = [0, 0, 0].map(() => new Float32Array(width * height)) as [
    Float32Array,
    Float32Array,
    Float32Array,
  ];
  const hasSurroundings = grade.detail !== 0 || grade.glow !== 0;
  const coarse = hasSurroundings ? coarsen(image) : undefined;
  const detail = coarse && detailOf(coarse, grade);
  const glow = coarse && glowOf(coarse, grade);
  const reader = coarse && new CellReader(coarse.luma, width, height);
  let sum = 0;
  for (let y = 0, pixel = 0; y < height; y += 1) {
    reader?.toRow(y);
    for (let x = 0; x < width; x += 1, pixel += 1) {
      let r = data[4 * pixel]! / 255;
      let g = data[4 * pixel + 1]! / 255;
      let b = data[4 * pixel + 2]! / 255;
      sum += 0.2126 * r + 0.7152 * g + 0.0722 * b;
      reader?.toColumn(x);
      if (glow !== undefined) {
        r += (1 - r) * reader!.read(glow.red);
        g += (1 - g) * reader!.read(glow.green);
        b += (1 - b) * reader!.read(glow.blue);
      }
      const light = 0.2126 * r + 0.7152 * g + 0.0722 * b;
      blue[pixel] = (b - light) / 1.8556;
      red[pixel] = (r - light) / 1.5748;
      luma[pixel] =
        detail === undefined ? light : light * reader!.read(detail.slope) + reader!.read(detail.offset);
    }
  }
  return { width, mean: sum / luma.length, luma, blue, red };
}

/** Reads grids that cover a picture evenly at its pixels, bilinear. */
class CellReader {
  readonly #shape: Pick<Grid, 'width' | 'height'>;
  readonly #perX: number;
  readonly #perY: number;
  #at = 0;
  #row = 0;
  #across = 0;
  #down = 0;

  constructor(shape: Pick<Grid, 'width' | 'height'>, width: number, height: number) {
    this.#shape = shape;
    this.#perX = shape.width / width;
    this.#perY = shape.height / height;
  }

  toRow(y: number): void {
    const { width, height } = this.#shape;
    const place = Math.max(0, Math.min(height - 1, (y + 0.5) * this.#perY - 0.5));
    const row = Math.min(height - 2, Math.floor(place));
    this.#row = row * width;
    this.#down = place - row;
  }

  toColumn(x: number): void {
    const { width } = this.#shape;
    const place = Math.max(0, Math.min(width - 1, (x + 0.5) * this.#perX - 0.5));
    const column = Math.min(width - 2, Math.floor(place));
    this.#at = this.#row + column;
    this.#across = place - column;
  }

  read({ data, width }: Grid): number {
    const at = this.#at;
    const top = data[at]! + (data[at + 1]! - data[at]!) * this.#across;
    const below = at + width;
    const bottom = data[below]! + (data[below + 1]! - data[below]!) * this.#across;
    return top + (bottom - top) * this.#down;
  }
}

function histogramOf(luma: Float32Array): Float64Array {
  const histogram = new Float64Array(CURVE_STEPS);
  for (const value of luma)
    histogram[Math.max(0, Math.min(CURVE_STEPS - 1, Math.floor(value * CURVE_STEPS)))]! += 1;
  return histogram;
}

/** Every so many pixels are measured. */
const MEASURED = 17;
/** A picture this colourful, this warm or this contrasty has all that a look would give it; a little of the look is left. */
const COLOURFUL = 0.17;
const WARM = 0.11;
const CONTRASTY = 0.3;
const LEAST_SHARE = 0.35;

/** Takes back what the picture has already: a sunset is not made orange twice. */
function fitToPicture(grade: Grade, { luma, blue, red }: LitPicture): Grade {
  let [count, mean, squares, warmth, colours] = [0, 0, 0, 0, 0];
  for (let i = 0; i < luma.length; i += MEASURED) {
    count += 1;
    mean += luma[i]!;
    squares += luma[i]! * luma[i]!;
    warmth += (red[i]! - blue[i]!) / 2;
    colours += Math.sqrt(red[i]! * red[i]! + blue[i]! * blue[i]!);
  }
  const deviation = Math.sqrt(Math.max(0, squares / count - (mean / count) ** 2));
  const left = (has: number, full: number) => Math.max(LEAST_SHARE, Math.min(1, 1.3 - has / full));
  const more = (wish: number, share: number) => (wish > 0 ? wish * share : wish);
  const warm = (Math.sign(grade.warmth) * warmth) / count;
  return {
    ...grade,
    saturation: more(grade.saturation, left(colours / count, COLOURFUL)),
    contrast: more(grade.contrast, left(deviation, CONTRASTY)),
    warmth: grade.warmth * left(warm, WARM),
  };
}

/** Chroma steps of a frame for one of the colour differences. */
const CHROMA_STEPS = 224;
/** Colours follow the light by this power: brighter places become a little more colourful, darker ones less. */
const COLOUR_FOLLOWS = 0.5;
/** Beyond this length a colour is as strong as it should be: more saturation goes to what is pale. */
const FULL_COLOUR = 0.42;
/** Orange and teal lie on this axis of the colour differences, blue and red. */
const AXIS = { blue: -0.72, red: 0.694 };

function colour({ width, luma, blue, red }: LitPicture, curve: Float32Array, grade: Grade): Uint8Array {
  const data = new Uint8Array(4 * luma.length);
  const tints = tintsByLuma(grade);
  for (let pixel = 0; pixel < luma.length; pixel += 1) {
    const light = Math.max(0, Math.min(1, luma[pixel]!));
    const place = light * CURVE_STEPS;
    const step = Math.min(CURVE_STEPS - 1, place | 0);
    const toned = curve[step]! + (curve[step + 1]! - curve[step]!) * (place - step);
    let b = blue[pixel]!;
    let r = red[pixel]!;
    if (grade.twoColours > 0) {
      const along = b * AXIS.blue + r * AXIS.red;
      b += grade.twoColours * (along * AXIS.blue - b);
      r += grade.twoColours * (along * AXIS.red - r);
    }
    const gain = colourGain(grade.saturation, Math.abs(b) + Math.abs(r), toned, light);
    const tint = (toned * CURVE_STEPS) | 0;
    b = gain * b + tints.blue[tint]!;
    r = gain * r + tints.red[tint]!;
    write(data, pixel, width, toned, b, r);
  }
  return data;
}

function colourGain(saturation: number, length: number, toned: number, light: number): number {
  const paleness = saturation > 0 ? Math.max(0, 1 - length / FULL_COLOUR) : 1;
  const ratio = Math.max(0.6, Math.min(1.5, (toned + 0.02) / (light + 0.02)));
  return (1 + saturation * paleness) * (1 + COLOUR_FOLLOWS * (ratio - 1));
}

/** Warmth and split tone as colour differences, for every luma; pure black and pure white stay so. */
function tintsByLuma({ warmth, shadows, highlights }: Grade) {
  const [blue, red] = [new Float32Array(CURVE_STEPS + 1), new Float32Array(CURVE_STEPS + 1)];
  for (let i = 0; i <= CURVE_STEPS; i += 1) {
    const t = i / CURVE_STEPS;
    const dark = (1 - t) * (1 - t) * Math.min(1, t / 0.1);
    const bright = t * t * Math.min(1, (1 - t) / 0.06);
    const all = Math.min(1, t / 0.25) * (t > 0.9 ? 1 - 4 * (t - 0.9) : 1);
    blue[i] = (-warmth * all + shadows.blue * dark + highlights.blue * bright) / CHROMA_STEPS;
    red[i] = (0.75 * warmth * all + shadows.red * dark + highlights.red * bright) / CHROMA_STEPS;
  }
  return { blue, red };
}

/** Colour is given up where a channel would leave its range; an ordered dither keeps slow gradients from showing steps. */
function write(
  data: Uint8Array,
  pixel: number,
  width: number,
  luma: number,
  blue: number,
  red: number,
): void {
  const toRed = 1.5748 * red;
  const toBlue = 1.8556 * blue;
  const toGreen = -0.4681 * red - 0.1873 * blue;
  const room = Math.min(roomFor(toRed, luma), roomFor(toGreen, luma), roomFor(toBlue, luma));
  const row = Math.floor(pixel / width);
  const threshold = DITHER[8 * (row & 7) + ((pixel - row * width) & 7)]!;
  data[4 * pixel] = Math.min(255, 255 * (luma + room * toRed) + threshold);
  data[4 * pixel + 1] = Math.min(255, 255 * (luma + room * toGreen) + threshold);
  data[4 * pixel + 2] = Math.min(255, 255 * (luma + room * toBlue) + threshold);
  data[4 * pixel + 3] = 255;
}

/** Share 0..1 of a channel's distance from luma that stays within 0..1. */
function roomFor(distance: number, luma: number): number {
  if (distance > 0) return Math.min(1, (1 - luma) / distance);
  return distance < 0 ? Math.min(1, -luma / distance) : 1;
}

/** Thresholds of an ordered dither (Bayer 1973), 0..1, none of them at either end. */
const DITHER = Float32Array.from({ length: 64 }, (_, index) => {
  let threshold = 0;
  for (let bit = 0; bit < 3; bit += 1) {
    const x = (index >> bit) & 1;
    const y = (index >> (3 + bit)) & 1;
    threshold = 4 * threshold + 2 * (x ^ y) + y;
  }
  return (threshold + 0.5) / 64;
});
