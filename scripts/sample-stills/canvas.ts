/** A picture in linear light with a depth for every pixel, drawn at twice the final size and averaged down. */
import sharp from 'sharp';
import { type Colour, lattice } from './noise.ts';

export const SUPERSAMPLING = 2;

export interface Canvas {
  readonly width: number;
  readonly height: number;
  /** Linear red, green, blue. */
  readonly light: Float32Array;
  /** Distance from the camera, metres; infinite where nothing was drawn. */
  readonly distance: Float32Array;
}

/** @param width,height Final size in pixels; the canvas is larger. */
export function createCanvas(width: number, height: number): Canvas {
  const pixels = width * height * SUPERSAMPLING ** 2;
  return {
    width: width * SUPERSAMPLING,
    height: height * SUPERSAMPLING,
    light: new Float32Array(3 * pixels),
    distance: new Float32Array(pixels).fill(Number.POSITIVE_INFINITY),
  };
}

/** Sets a pixel; outside the canvas, or behind what is there, nothing happens. */
export function plot(canvas: Canvas, x: number, y: number, distance: number, colour: Colour): void {
  if (x < 0 || y < 0 || x >= canvas.width || y >= canvas.height) return;
  const i = y * canvas.width + x;
  if (distance > canvas.distance[i]!) return;
  canvas.distance[i] = distance;
  canvas.light[3 * i] = colour[0];
  canvas.light[3 * i + 1] = colour[1];
  canvas.light[3 * i + 2] = colour[2];
}

export function pixelAt({ width, height, light }: Canvas, x: number, y: number): Colour {
  const column = Math.min(width - 1, Math.max(0, Math.round(x)));
  const i = 3 * (Math.min(height - 1, Math.max(0, Math.round(y))) * width + column);
  return [light[i]!, light[i + 1]!, light[i + 2]!];
}

/** Fills a convex or simple polygon; `shade` gives the colour of a pixel, undefined leaves it. */
export function fillPolygon(
  canvas: Canvas,
  corners: readonly (readonly [x: number, y: number])[],
  distance: number,
  shade: (x: number, y: number) => Colour | undefined,
): void {
  const top = Math.max(0, Math.ceil(Math.min(...corners.map(([, y]) => y))));
  const bottom = Math.min(canvas.height - 1, Math.floor(Math.max(...corners.map(([, y]) => y))));
  for (let y = top; y <= bottom; y++) {
    const crossings: number[] = [];
    for (const [i, [x0, y0]] of corners.entries()) {
      const [x1, y1] = corners[(i + 1) % corners.length]!;
      if (y0 > y !== y1 > y) crossings.push(x0 + ((y - y0) / (y1 - y0)) * (x1 - x0));
    }
    crossings.sort((a, b) => a - b);
    for (let pair = 0; pair + 1 < crossings.length; pair += 2) {
      for (let x = Math.ceil(crossings[pair]!); x <= crossings[pair + 1]!; x++) {
        const colour = shade(x, y);
        if (colour !== undefined) plot(canvas, x, y, distance, colour);
      }
    }
  }
}

/** A stroke that narrows from one end to the other. */
export function stroke(
  canvas: Canvas,
  from: readonly [x: number, y: number],
  to: readonly [x: number, y: number],
  widths: readonly [from: number, to: number],
  distance: number,
  shade: (along: number, across: number) => Colour,
): void {
  const length = Math.hypot(to[0] - from[0], to[1] - from[1]);
  const steps = Math.max(1, Math.ceil(length * 1.5));
  const [nx, ny] = length === 0 ? [1, 0] : [-(to[1] - from[1]) / length, (to[0] - from[0]) / length];
  for (let step = 0; step <= steps; step++) {
    const along = step / steps;
    const half = (widths[0] + (widths[1] - widths[0]) * along) / 2;
    for (let side = -half; side <= half; side += 0.6) {
      const x = Math.round(from[0] + (to[0] - from[0]) * along + nx * side);
      const y = Math.round(from[1] + (to[1] - from[1]) * along + ny * side);
      plot(canvas, x, y, distance, shade(along, half === 0 ? 0 : side / half));
    }
  }
}

/** Highlights roll off softly towards white, in the manner of film. */
const film = (value: number): number => {
  const v = Math.max(0, value);
  return (v * (2.51 * v + 0.03)) / (v * (2.43 * v + 0.59) + 0.14);
};

const toByte = (linear: number): number => {
  const v = Math.min(1, Math.max(0, linear));
  return 255 * (v <= 0.0031308 ? 12.92 * v : 1.055 * v ** (1 / 2.4) - 0.055);
};

/** Averages down, develops and writes a JPEG. Grain of half a level keeps gradients from banding. */
export async function writeJpeg(canvas: Canvas, path: string, quality: number): Promise<void> {
  const width = canvas.width / SUPERSAMPLING;
  const height = canvas.height / SUPERSAMPLING;
  const bytes = Buffer.alloc(3 * width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const edge = Math.hypot(x / width - 0.5, 0.8 * (y / height - 0.5));
      const vignette = 1 - 0.55 * Math.max(0, edge - 0.25) ** 1.5;
      for (let channel = 0; channel < 3; channel++) {
        let sum = 0;
        for (let sy = 0; sy < SUPERSAMPLING; sy++) {
          for (let sx = 0; sx < SUPERSAMPLING; sx++) {
            const i = (y * SUPERSAMPLING + sy) * canvas.width + x * SUPERSAMPLING + sx;
            sum += film(canvas.light[3 * i + channel]! * vignette);
          }
        }
        const grain = 1.2 * (lattice(x, y, 900) - 0.5);
        bytes[3 * (y * width + x) + channel] = Math.round(
          Math.min(255, Math.max(0, toByte(sum / SUPERSAMPLING ** 2) + grain)),
        );
      }
    }
  }
  await sharp(bytes, { raw: { width, height, channels: 3 } })
    .jpeg({ quality, mozjpeg: true })
    .toFile(path);
}
