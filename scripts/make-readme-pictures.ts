/**
 * Makes the README's moving pictures: renders clips of the sample stills with the embedded engine's own functions and writes
 * them as small looping WebP files to docs/images/.
 */
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { decodeStill } from '#animator/encode/decode-still.ts';
import { prepareClip } from '#animator/prepare-clip.ts';
import { createFrame } from '#animator/raster/create-frame.ts';
import type { I420Frame } from '#animator/raster/picture.ts';
import { FRAME_RATE } from '#domain/media/clip-spec.ts';
import { frameSize } from '#domain/media/frame-size.ts';

const PICTURES = [{ still: 'lakeside.jpg', prompt: 'slow push in', file: 'lakeside.webp' }];
const SIZE = frameSize('480p', '16:9');
const SHOWN_WIDTH = 640;
/** Every second frame is enough for a page. */
const FRAME_STEP = 2;

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));
mkdirSync(path('../docs/images'), { recursive: true });

for (const { still, prompt, file } of PICTURES) {
  const image = await decodeStill(path(`../examples/stills/${still}`), SIZE);
  const clip = prepareClip({
    stills: [image],
    request: {
      prompt,
      durationSeconds: 5,
      cameraFixed: false,
      hasLastImage: false,
      seed: 3,
      style: 'natural',
    },
    quality: 'high',
  });
  const frame = createFrame(SIZE);
  const frames: Buffer[] = [];
  for (let index = 0; index < clip.plan.frameCount; index += FRAME_STEP) {
    clip.renderFrame(index, frame);
    frames.push(
      await sharp(toRgb(frame), { raw: { ...SIZE, channels: 3 } })
        .resize(SHOWN_WIDTH)
        .png()
        .toBuffer(),
    );
  }
  const target = path(`../docs/images/${file}`);
  const { size } = await sharp(frames, { join: { animated: true } })
    .webp({
      quality: 50,
      effort: 4,
      loop: 0,
      delay: frames.map(() => Math.round((1000 * FRAME_STEP) / FRAME_RATE)),
    })
    .toFile(target);
  console.log(`${target}: ${frames.length} frames, ${Math.round(size / 1000)} kB`);
}

/** BT.709 limited range to RGB; chroma by nearest neighbour is good enough at the size shown. */
function toRgb({ y, u, v, width, height }: I420Frame): Buffer {
  const rgb = Buffer.alloc(width * height * 3);
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const luma = (255 / 219) * (y.data[row * y.stride + column]! - 16);
      const chroma = (row >> 1) * u.stride + (column >> 1);
      const blue = (255 / 224) * (u.data[chroma]! - 128);
      const red = (255 / 224) * (v.data[chroma]! - 128);
      const at = 3 * (row * width + column);
      rgb[at] = clamp(luma + 1.5748 * red);
      rgb[at + 1] = clamp(luma - 0.1873 * blue - 0.4681 * red);
      rgb[at + 2] = clamp(luma + 1.8556 * blue);
    }
  }
  return rgb;
}

function clamp(value: number): number {
  return Math.max(0, Math.min(255, Math.round(value)));
}
