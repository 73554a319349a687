/**
 * Makes the clips of the playground's gallery: one for each endpoint, two seconds of a sample still animated by the embedded engine in
 * the endpoint's own style, small, there and back so that they loop without a seam. Writes `<protocol>-<id with dashes>.mp4` and its poster `.jpg` to
 * playground/public/previews/: `node scripts/make-gallery-previews.ts`.
 */
import { mkdirSync, statSync } from 'node:fs';
import path from 'node:path';
import sharp from 'sharp';
import { createClipWriter } from '#animator/encode/clip-writer.ts';
import { prepareClip } from '#animator/prepare-clip.ts';
import { createFrame } from '#animator/raster/create-frame.ts';
import type { I420Frame, Plane, RgbaImage } from '#animator/raster/picture.ts';
import type { Endpoint } from '#catalogue/endpoint.ts';
import { ENDPOINTS } from '#catalogue/index.ts';
import { FRAME_RATE } from '#domain/media/clip-spec.ts';
import { toRgb } from '../quality/to-rgb.ts';

interface Scene {
  readonly still: string;
  readonly prompt: string;
}

/** Given out in the order of the catalogue, and over again where it is longer. */
const SCENES: readonly Scene[] = [
  { still: 'lakeside-dusk.jpg', prompt: 'dramatic push in, embers' },
  { still: 'lakeside.jpg', prompt: 'slow push in, clouds drift, gentle waves' },
  { still: 'portrait.jpg', prompt: 'slow orbit left' },
  { still: 'portrait.jpg', prompt: 'dolly zoom' },
  { still: 'lakeside.jpg', prompt: 'truck right' },
  { still: 'lakeside-dusk.jpg', prompt: 'pedestal up, fog' },
  { still: 'lakeside.jpg', prompt: 'pull out, rays of light' },
  { still: 'portrait.jpg', prompt: 'push in, dust in the light' },
];

/** Drawn at twice the size that is kept. */
const DRAWN = { width: 768, height: 432 };
const KEPT = { width: DRAWN.width / 2, height: DRAWN.height / 2 };
const SECONDS = 2;
/** Of the loop, and of the clip that is drawn: every second frame is shown, on the way there and on the way back. */
const FRAMES = SECONDS * FRAME_RATE;
const SEED = 3;
const MOST_BYTES = 150_000;

const root = path.resolve(import.meta.dirname, '..');
const folder = path.join(root, 'playground/public/previews');

mkdirSync(folder, { recursive: true });
for (const [index, endpoint] of ENDPOINTS.entries()) await make(endpoint, SCENES[index % SCENES.length]!);

async function make(endpoint: Endpoint, scene: Scene): Promise<void> {
  const base = path.join(folder, `${endpoint.protocol}-${endpoint.id.replaceAll('/', '-')}`);
  const draw = await drawing(endpoint, scene);
  const writer = createClipWriter({
    path: `${base}.mp4`,
    size: KEPT,
    frameCount: FRAMES,
    sound: undefined,
    quality: 'quick',
  });
  for (let index = 0; index < FRAMES; index += 1) writer.addFrame((frame) => draw(index, frame));
  writer.finish();
  const first = createFrame(KEPT);
  draw(0, first);
  await sharp(toRgb(first), { raw: { ...KEPT, channels: 3 } })
    .jpeg({ quality: 76, mozjpeg: true })
    .toFile(`${base}.jpg`);
  const { size } = statSync(`${base}.mp4`);
  process.stdout.write(`${path.relative(root, base)}: ${Math.round(size / 1000)} kB\n`);
  if (size > MOST_BYTES) throw new Error(`${base}.mp4 has ${size} bytes; the gallery allows ${MOST_BYTES}.`);
}

/** Draws frame `index` of the loop, as small as it is kept. */
async function drawing(
  endpoint: Endpoint,
  { still, prompt }: Scene,
): Promise<(index: number, out: I420Frame) => void> {
  const clip = prepareClip({
    stills: [await decodeTop(path.join(root, 'examples/stills', still))],
    request: {
      prompt,
      durationSeconds: SECONDS,
      cameraFixed: false,
      hasLastImage: false,
      seed: SEED,
      style: endpoint.style,
    },
    quality: 'quick',
  });
  const frame = createFrame(DRAWN);
  return (index, out) => {
    clip.renderFrame(2 * Math.min(index, FRAMES - 1 - index), frame);
    for (const name of ['y', 'u', 'v'] as const) halve(frame[name], out[name]);
  };
}

/** Upright pictures are cut off below: faces are above. */
async function decodeTop(file: string): Promise<RgbaImage> {
  const data = await sharp(file)
    .resize(DRAWN.width, DRAWN.height, { fit: 'cover', position: 'top', kernel: 'lanczos3' })
    .ensureAlpha()
    .raw()
    .toBuffer();
  return { ...DRAWN, data };
}

/** Each pixel the mean of four. */
function halve({ data, stride }: Plane, out: Plane): void {
  for (let row = 0; row < out.height; row += 1) {
    for (let column = 0; column < out.width; column += 1) {
      const at = 2 * row * stride + 2 * column;
      const sum = data[at]! + data[at + 1]! + data[at + stride]! + data[at + stride + 1]!;
      out.data[row * out.stride + column] = Math.round(sum / 4);
    }
  }
}
