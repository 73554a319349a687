/**
 * Makes the README's moving pictures: renders clips of the sample stills with the embedded engine's own functions and writes
 * them as small looping WebP files to docs/images/.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { decodeStill } from '#animator/encode/decode-still.ts';
import { prepareClip } from '#animator/prepare-clip.ts';
import { createFrame } from '#animator/raster/create-frame.ts';
import type { RgbaImage } from '#animator/raster/picture.ts';
import { FRAME_RATE } from '#domain/media/clip-spec.ts';
import { frameSize } from '#domain/media/frame-size.ts';
import { toRgb } from '../quality/to-rgb.ts';
import { animatedWebp } from './animated-webp.ts';

interface MovingPicture {
  /** A start frame, and perhaps an end frame. */
  readonly stills: readonly [start: string, end?: string];
  readonly prompt: string;
  readonly style: 'natural' | 'spicy';
  readonly file: string;
}

const PICTURES: readonly MovingPicture[] = [
  {
    stills: ['lakeside.jpg'],
    prompt: 'slow push in, gentle waves',
    style: 'natural',
    file: 'lakeside.webp',
  },
  {
    stills: ['lakeside.jpg', 'lakeside-dusk.jpg'],
    prompt: 'slow push in',
    style: 'natural',
    file: 'nightfall.webp',
  },
  {
    stills: ['lakeside-dusk.jpg'],
    prompt: 'truck right, embers rise',
    style: 'spicy',
    file: 'embers.webp',
  },
];
const SIZE = frameSize('480p', '16:9');
const SHOWN = { width: 480, height: 276 };
/** Every third frame is enough for a page. */
const FRAME_STEP = 3;

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));
mkdirSync(path('../docs/images'), { recursive: true });

for (const { stills, prompt, style, file } of PICTURES) {
  const images: RgbaImage[] = [];
  for (const still of stills) images.push(await decodeStill(path(`../examples/stills/${still}`), SIZE));
  const clip = prepareClip({
    stills: images,
    request: {
      prompt,
      durationSeconds: 5,
      cameraFixed: false,
      hasLastImage: stills.length > 1,
      seed: 3,
      style,
    },
    quality: 'high',
  });
  const frame = createFrame(SIZE);
  const frames: Buffer[] = [];
  for (let index = 0; index < clip.plan.frameCount; index += FRAME_STEP) {
    clip.renderFrame(index, frame);
    frames.push(
      await sharp(toRgb(frame), { raw: { ...SIZE, channels: 3 } })
        .resize(SHOWN)
        .webp({ quality: 55, effort: 6 })
        .toBuffer(),
    );
  }
  const target = path(`../docs/images/${file}`);
  const bytes = animatedWebp(frames, SHOWN, (1000 * FRAME_STEP) / FRAME_RATE);
  writeFileSync(target, bytes);
  console.log(`${target}: ${frames.length} frames, ${Math.round(bytes.length / 1000)} kB`);
}
