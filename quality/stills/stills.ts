/**
 * The stills that the engine is judged on: the samples of examples/stills and drawings made in code, each in a file format
 * that people send and read back by the engine's own decoder. The same code gives the same pictures.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { decodeStill } from '#animator/encode/decode-still.ts';
import { inspectStill } from '#animator/encode/inspect-still.ts';
import type { RgbaImage } from '#animator/raster/picture.ts';
import { type FrameSize, ownRatioFrameSize, type Resolution } from '#domain/media/frame-size.ts';
import { bouncingBall, dotGrid, flatLay, night, poster, product, thumbnail } from './graphics.ts';
import { closeFace, cutOut } from './people.ts';
import { highKey, interior, panorama, sea, street, tallWood } from './places.ts';
import { type Drawing, toSvg } from './svg.ts';

type Source = string | ((file: string) => Promise<unknown>);

const render = (drawing: Drawing): Sharp => sharp(Buffer.from(toSvg(drawing)));
const jpeg = (drawing: Drawing) => (file: string) =>
  render(drawing).flatten().jpeg({ quality: 92 }).toFile(file);
const png = (drawing: Drawing) => (file: string) => render(drawing).png().toFile(file);
const webp = (drawing: Drawing) => (file: string) => render(drawing).webp({ quality: 92 }).toFile(file);

async function animatedGif(file: string): Promise<unknown> {
  const phases = [0, 0.5, 1].map((phase) => render(bouncingBall(phase)).png().toBuffer());
  return sharp(await Promise.all(phases), { join: { animated: true } })
    .gif({ delay: [120, 120, 120] })
    .toFile(file);
}

const SOURCES = {
  lakeside: 'lakeside.jpg',
  dusk: 'lakeside-dusk.jpg',
  portrait: 'portrait.jpg',
  'close face': jpeg(closeFace()),
  sea: jpeg(sea()),
  street: jpeg(street()),
  interior: webp(interior()),
  product: jpeg(product()),
  poster: png(poster()),
  'flat lay': jpeg(flatLay()),
  night: webp(night()),
  'high key': jpeg(highKey()),
  thumbnail: png(thumbnail()),
  panorama: jpeg(panorama()),
  'tall wood': jpeg(tallWood()),
  'cut-out': png(cutOut()),
  gif: animatedGif,
  'dot grid': png(dotGrid()),
} as const satisfies Readonly<Record<string, Source>>;

export type StillName = keyof typeof SOURCES;
export const STILLS = Object.keys(SOURCES) as readonly StillName[];

const EXAMPLES = join(import.meta.dirname, '..', '..', 'examples', 'stills');

/** A still cropped to `size`, or at its own ratio with the area of `resolution`. */
export async function loadStill(name: StillName, size: FrameSize | Resolution): Promise<RgbaImage> {
  const source: Source = SOURCES[name];
  if (typeof source === 'string') return decode(join(EXAMPLES, source), size);
  const folder = await mkdtemp(join(tmpdir(), 'animatic-still-'));
  try {
    const file = join(folder, 'still');
    await source(file);
    return await decode(file, size);
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function decode(file: string, size: FrameSize | Resolution): Promise<RgbaImage> {
  if (typeof size !== 'string') return decodeStill(file, size);
  const { width, height } = await inspectStill(file);
  return decodeStill(file, ownRatioFrameSize(size, width, height));
}
