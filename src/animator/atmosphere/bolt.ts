/**
 * A lightning bolt in the sky of one picture: as far away as the sky itself, so it moves with it, and whatever stands before the sky hides it. Where
 * it strikes follows from the seed; a picture without enough sky has none.
 */

import { seededUnit } from '../camera/seeded-noise.ts';
import { drawMatte } from '../fluid/matte.ts';
import { CELL_SIDE } from '../raster/kernels.ts';
import type { I420Frame, RgbaImage } from '../raster/picture.ts';
import type { Grid } from '../scene/scene.ts';
import { type BoltPiece, boltShape } from './bolt-shape.ts';
import type { Outlook } from './outlook.ts';
import type { Point } from './projection.ts';
import type { Space } from './strata.ts';

/** Colour of the channel, as in a frame: white with a breath of blue. */
const WHITE = { luma: 235, blue: 134, red: 126 };
/** Radius of the channel and of the glow around it, as shares of the picture's shorter side. */
const CORE_RADIUS = 0.0022;
const GLOW_RADIUS = 0.035;
const GLOW = 0.5;
const THINNEST_PX = 0.75;
/** A bolt needs this much sky above the skyline, as a share of the height, and keeps this far from the sides. */
const LEAST_SKY = 0.12;
const MARGIN = 0.08;
/** How far it may strike from straight below its start, as a share of the height it falls. */
const LARGEST_SLANT = 0.35;
/** It goes on behind the skyline, and comes from above what is seen. */
const BEHIND = 0.03;
/** Share of the width within which the sky beside the bolt is lit by half. */
const LIT_REACH = 0.13;

/** A bolt within its picture. */
export class Bolt {
  /** Opacity 0..1, one value a pixel of the box. */
  readonly #opacity: Float32Array;
  readonly #box: {
    readonly left: number;
    readonly top: number;
    readonly width: number;
    readonly height: number;
  };
  readonly #picture: { readonly width: number; readonly height: number };
  readonly #channel: readonly BoltPiece[];

  constructor(pieces: readonly BoltPiece[], picture: RgbaImage, matte: Uint8Array) {
    const { width, height } = picture;
    const short = Math.min(width, height);
    const reach = Math.ceil(GLOW_RADIUS * short);
    const xs = pieces.flatMap(({ from, to }) => [from.x, to.x]);
    const ys = pieces.flatMap(({ from, to }) => [from.y, to.y]);
    const left = Math.max(0, Math.floor(Math.min(...xs)) - reach);
    const top = Math.max(0, Math.floor(Math.min(...ys)) - reach);
    const right = Math.min(width, Math.ceil(Math.max(...xs)) + reach + 1);
    const bottom = Math.min(height, Math.ceil(Math.max(...ys)) + reach + 1);
    this.#box = { left, top, width: Math.max(1, right - left), height: Math.max(1, bottom - top) };
    this.#picture = { width, height };
    this.#channel = pieces.filter(({ isChannel }) => isChannel);
    this.#opacity = new Float32Array(this.#box.width * this.#box.height);
    for (const piece of pieces) this.#draw(piece, short);
    for (let y = 0; y < this.#box.height; y += 1)
      for (let x = 0; x < this.#box.width; x += 1)
        this.#opacity[y * this.#box.width + x]! *= matte[(y + top) * width + x + left]! / 255;
  }

  /** How much the sky around a place is lit by it, 0..1; shares of the picture's sides. */
  lightAt(x: number, y: number): number {
    const { width, height } = this.#picture;
    let nearest = Number.POSITIVE_INFINITY;
    // One piece in eight: the light is much softer than the channel is jagged.
    for (let i = 0; i < this.#channel.length; i += 8) {
      const { from } = this.#channel[i]!;
      nearest = Math.min(nearest, (x * width - from.x) ** 2 + (y * height - from.y) ** 2);
    }
    return 1 / (1 + nearest / (LIT_REACH * width) ** 2);
  }

  /** Draws the bolt as the camera sees it; `level` 0..1. */
  paint(outlook: Outlook, level: number, frame: I420Frame): void {
    const { columns, rows } = outlook.nodes;
    for (let row = 0; row + 1 < rows; row += 1) {
      for (let column = 0; column + 1 < columns; column += 1) {
        const node = row * columns + column;
        if (this.#isNear(outlook, node) || this.#isNear(outlook, node + columns + 1))
          this.#paintCell(outlook, node, level, frame);
      }
    }
  }

  #isNear({ sourceX, sourceY }: Outlook, node: number): boolean {
    const { left, top, width, height } = this.#box;
    const x = sourceX[node]! * this.#picture.width - left;
    const y = sourceY[node]! * this.#picture.height - top;
    return x > -CELL_SIDE && x < width + CELL_SIDE && y > -CELL_SIDE && y < height + CELL_SIDE;
  }

  #paintCell(
    { nodes: { columns }, sourceX, sourceY }: Outlook,
    node: number,
    level: number,
    frame: I420Frame,
  ): void {
    const firstX = CELL_SIDE * (node % columns);
    const firstY = CELL_SIDE * Math.floor(node / columns);
    const { y: luma, u, v } = frame;
    const at = (source: Float32Array, side: number, across: number, down: number) => {
      const upper = source[node]! + (source[node + 1]! - source[node]!) * across;
      const lower =
        source[node + columns]! + (source[node + columns + 1]! - source[node + columns]!) * across;
      return (upper + (lower - upper) * down) * side;
    };
    for (let y = firstY; y < Math.min(frame.height, firstY + CELL_SIDE); y += 1) {
      for (let x = firstX; x < Math.min(frame.width, firstX + CELL_SIDE); x += 1) {
        const [across, down] = [(x - firstX) / CELL_SIDE, (y - firstY) / CELL_SIDE];
        const opacity =
          level *
          this.#opacityAt(
            at(sourceX, this.#picture.width, across, down),
            at(sourceY, this.#picture.height, across, down),
          );
        if (opacity < 0.004) continue;
        const place = y * luma.stride + x;
        luma.data[place] = luma.data[place]! + opacity * (WHITE.luma - luma.data[place]!) + 0.5;
        if ((x & 1) === 1 || (y & 1) === 1) continue;
        const chroma = (y / 2) * u.stride + x / 2;
        u.data[chroma] = u.data[chroma]! + opacity * (WHITE.blue - u.data[chroma]!) + 0.5;
        v.data[chroma] = v.data[chroma]! + opacity * (WHITE.red - v.data[chroma]!) + 0.5;
      }
    }
  }

  /** Bilinear, at a place of the picture in pixels. */
  #opacityAt(x: number, y: number): number {
    const { left, top, width, height } = this.#box;
    const [insideX, insideY] = [x - left, y - top];
    if (insideX < 0 || insideY < 0 || insideX >= width - 1 || insideY >= height - 1) return 0;
    const [column, row] = [insideX | 0, insideY | 0];
    const place = row * width + column;
    const data = this.#opacity;
    const upper = data[place]! + (data[place + 1]! - data[place]!) * (insideX - column);
    const below = place + width;
    const lower = data[below]! + (data[below + 1]! - data[below]!) * (insideX - column);
    return upper + (lower - upper) * (insideY - row);
  }

  #draw({ from, to, width, light }: BoltPiece, short: number): void {
    const core = Math.max(THINNEST_PX, CORE_RADIUS * short * width);
    const glow = Math.max(core, GLOW_RADIUS * short * width);
    const { left, top, width: columns, height: rows } = this.#box;
    const firstX = Math.max(0, Math.floor(Math.min(from.x, to.x) - glow) - left);
    const lastX = Math.min(columns - 1, Math.ceil(Math.max(from.x, to.x) + glow) - left);
    const firstY = Math.max(0, Math.floor(Math.min(from.y, to.y) - glow) - top);
    const lastY = Math.min(rows - 1, Math.ceil(Math.max(from.y, to.y) + glow) - top);
    for (let y = firstY; y <= lastY; y += 1) {
      for (let x = firstX; x <= lastX; x += 1) {
        const distance = distanceTo({ x: x + left, y: y + top }, from, to);
        const inside = Math.max(0, Math.min(1, core + 0.5 - distance));
        const around = Math.max(0, 1 - distance / glow);
        const opacity = light * Math.max(inside, GLOW * width * around * around * around);
        const at = y * columns + x;
        if (opacity > this.#opacity[at]!) this.#opacity[at] = opacity;
      }
    }
  }
}

function distanceTo({ x, y }: Point, from: Point, to: Point): number {
  const [alongX, alongY] = [to.x - from.x, to.y - from.y];
  const length = alongX * alongX + alongY * alongY;
  const share = length === 0 ? 0 : ((x - from.x) * alongX + (y - from.y) * alongY) / length;
  const t = Math.max(0, Math.min(1, share));
  const [dx, dy] = [x - from.x - t * alongX, y - from.y - t * alongY];
  return Math.sqrt(dx * dx + dy * dy);
}

/** Makes the bolts of one picture; `bolt` tells those of a clip apart. Undefined where there is too little sky to strike in. */
export function createBolts(
  still: RgbaImage,
  { sky }: Pick<Space, 'sky'>,
  seed: number,
): ((bolt: number) => Bolt) | undefined {
  const spans = skySpans(sky);
  const open = spans.flatMap((span, column) => {
    const x = (column + 0.5) / sky.width;
    return x > MARGIN && x < 1 - MARGIN && span.bottom - span.top >= LEAST_SKY ? [{ ...span, x }] : [];
  });
  if (open.length === 0) return undefined;
  const matte = drawMatte(still, sky);
  return (bolt) => {
    const start = open[Math.floor(seededUnit(seed, 'bolt start', bolt) * open.length)]!;
    const slant = LARGEST_SLANT * (2 * seededUnit(seed, 'bolt slant', bolt) - 1);
    const wished = start.x + (slant * (start.bottom - start.top) * still.height) / still.width;
    const end = open.reduce((best, one) =>
      Math.abs(one.x - wished) < Math.abs(best.x - wished) ? one : best,
    );
    const toPixels = (x: number, y: number) => ({ x: x * still.width, y: y * still.height });
    const pieces = boltShape(
      toPixels(start.x, start.top - BEHIND),
      toPixels(end.x, end.bottom + BEHIND),
      seed,
      bolt,
    );
    return new Bolt(pieces, still, matte);
  };
}

/** From where to where there is sky in each column, as shares of the height: its first unbroken run. */
function skySpans({ width, height, data }: Grid): readonly { top: number; bottom: number }[] {
  return Array.from({ length: width }, (_, column) => {
    const isSky = (row: number) => row < height && data[row * width + column]! > 0.5;
    let top = 0;
    while (top < height && !isSky(top)) top += 1;
    let bottom = top;
    while (isSky(bottom)) bottom += 1;
    return { top: top / height, bottom: bottom / height };
  });
}
