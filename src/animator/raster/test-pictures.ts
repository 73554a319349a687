/** Pictures made by formula, for tests and benchmarks: what they show is known at every point, not only at the samples. */
import type { FrameSize } from '#domain/media/frame-size.ts';
import type { Grid } from '../scene/scene.ts';
import type { RgbaImage } from './picture.ts';

/** Red, green and blue, 0..255, at a point given in pixels from the centre of the first pixel. */
export type Colour = (x: number, y: number) => readonly [red: number, green: number, blue: number];

export function drawPicture({ width, height }: FrameSize, colour: Colour): RgbaImage {
  const data = new Uint8Array(4 * width * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) data.set([...colour(x, y).map(Math.round), 255], 4 * (y * width + x));
  }
  return { width, height, data };
}

/** A grey surface of waves in several directions, none shorter than four pixels. */
export function waves(x: number, y: number): number {
  return (
    126 +
    30 * Math.sin(0.9 * x + 0.3 * y) +
    25 * Math.sin(0.2 * x - 1.1 * y + 1) +
    35 * Math.sin(0.11 * x + 0.07 * y + 2) +
    20 * Math.sin(1.3 * x - 0.5 * y + 3)
  );
}

/** The same waves in colour: each channel sees them from another place. */
export const colouredWaves: Colour = (x, y) => [
  waves(x, y),
  waves(x + 40, y + 9),
  waves(0.5 * x, 0.5 * y + 70),
];

/** Centres of the dots of `dots`, in pixels. */
export function dotCentres(
  { width, height }: FrameSize,
  spacing: number,
): (readonly [x: number, y: number])[] {
  const centres: (readonly [number, number])[] = [];
  for (let y = spacing; y <= height - spacing; y += spacing) {
    for (let x = spacing; x <= width - spacing; x += spacing) centres.push([x + 0.3, y - 0.2]);
  }
  return centres;
}

/** Soft bright dots of a standard deviation of 2.5 pixels on a dark ground. */
export function dots(size: FrameSize, spacing: number): RgbaImage {
  const centres = dotCentres(size, spacing);
  return drawPicture(size, (x, y) => {
    const sum = centres.reduce(
      (total, [cx, cy]) => total + Math.exp(-((x - cx) ** 2 + (y - cy) ** 2) / 12.5),
      0,
    );
    return [20 + 200 * sum, 20 + 200 * sum, 20 + 200 * sum];
  });
}

/** A depth of 32 x 18 cells by formula over shares of width and height. */
export function drawDepth(depth: (x: number, y: number) => number): Grid {
  const width = 32;
  const height = 18;
  const data = new Float32Array(width * height);
  for (let index = 0; index < data.length; index += 1) {
    data[index] = depth(((index % width) + 0.5) / width, (Math.floor(index / width) + 0.5) / height);
  }
  return { width, height, data };
}

/** Every point at the same distance. */
export const flatDepth = (w: number): Grid => drawDepth(() => w);
