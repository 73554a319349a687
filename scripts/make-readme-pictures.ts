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
import { FRAME_RATE } from '#domain/media/clip-spec.ts';
import { frameSize } from '#domain/media/frame-size.ts';
import { toRgb } from '../quality/to-rgb.ts';

const PICTURES = [{ still: 'lakeside.jpg', prompt: 'slow push in, gentle waves', file: 'lakeside.webp' }];
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
