/**
 * The embedded engine end to end (still, depth, plan, frames, sound, file) against the physical limit: encoding the same
 * frames alone. Also the two tiers against each other, in time and in picture.
 */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClipWriter } from '#animator/encode/clip-writer.ts';
import { decodeStill } from '#animator/encode/decode-still.ts';
import { type PreparedClip, prepareClip } from '#animator/prepare-clip.ts';
import { createFrame } from '#animator/raster/create-frame.ts';
import type { I420Frame, Plane } from '#animator/raster/picture.ts';
import { renderSound } from '#animator/sound/render-sound.ts';
import type { ClipQuality } from '#domain/media/clip-quality.ts';
import { frameSize, RESOLUTIONS, type Resolution } from '#domain/media/frame-size.ts';

const STILL = new URL('../examples/stills/lakeside.jpg', import.meta.url).pathname;
const DURATION_SECONDS = 5;
const ROUNDS = 3;

const folder = mkdtempSync(join(tmpdir(), 'animatic-bench-'));

interface Timing {
  readonly engineMs: number;
  readonly encodeMs: number;
  readonly bytes: number;
}

async function prepare(resolution: Resolution, quality: ClipQuality): Promise<PreparedClip> {
  const still = await decodeStill(STILL, frameSize(resolution, '16:9'));
  return prepareClip({
    stills: [still],
    request: {
      prompt: 'push in, orbit left, gentle waves, wind',
      durationSeconds: DURATION_SECONDS,
      cameraFixed: false,
      hasLastImage: false,
      seed: 1,
      style: 'natural',
    },
    quality,
  });
}

async function measureOnce(resolution: Resolution, quality: ClipQuality): Promise<Timing> {
  const path = join(folder, 'clip.mp4');
  const startedMs = performance.now();
  const clip = await prepare(resolution, quality);
  const { size, frameCount } = clip.plan;
  const sound = renderSound(clip.plan);
  write(clip, path, quality, sound, (index, frame) => clip.renderFrame(index, frame));
  const engineMs = performance.now() - startedMs;
  const bytes = statSync(path).size;

  // The same frames again, drawn beforehand; a second of them at a time, because 1080p frames fill memory fast.
  const kept = Array.from({ length: frameCount }, (_, index) => {
    const frame = createFrame(size);
    clip.renderFrame(index, frame);
    return frame;
  });
  const encodingStartedMs = performance.now();
  write(clip, path, quality, sound, (index, frame) => copyFrame(kept[index]!, frame));
  return { engineMs, encodeMs: performance.now() - encodingStartedMs, bytes };
}

function write(
  { plan }: PreparedClip,
  path: string,
  quality: ClipQuality,
  sound: ReturnType<typeof renderSound>,
  paint: (index: number, frame: I420Frame) => void,
): void {
  const writer = createClipWriter({ path, size: plan.size, frameCount: plan.frameCount, sound, quality });
  for (let index = 0; index < plan.frameCount; index++) writer.addFrame((frame) => paint(index, frame));
  writer.finish();
}

function copyFrame(from: I420Frame, to: I420Frame): void {
  copyPlane(from.y, to.y);
  copyPlane(from.u, to.u);
  copyPlane(from.v, to.v);
}

function copyPlane(from: Plane, to: Plane): void {
  for (let row = 0; row < from.height; row++) {
    to.data.set(from.data.subarray(row * from.stride, row * from.stride + from.width), row * to.stride);
  }
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;

console.log(
  `${DURATION_SECONDS} s clip, median of ${ROUNDS} rounds; ratio = engine end to end / encoding alone`,
);
console.log('resolution  tier   engine s  encode s  ratio   x real time  MB');
for (const resolution of RESOLUTIONS) {
  for (const quality of ['quick', 'high'] as const) {
    const rounds: Timing[] = [];
    for (let round = 0; round < ROUNDS; round++) rounds.push(await measureOnce(resolution, quality));
    const engineSeconds = median(rounds.map((round) => round.engineMs)) / 1000;
    const encodeSeconds = median(rounds.map((round) => round.encodeMs)) / 1000;
    const ratio = median(rounds.map((round) => round.engineMs / round.encodeMs));
    const cells = [
      resolution.padEnd(11),
      quality.padEnd(6),
      engineSeconds.toFixed(2).padStart(8),
      encodeSeconds.toFixed(2).padStart(9),
      ratio.toFixed(2).padStart(6),
      (DURATION_SECONDS / engineSeconds).toFixed(2).padStart(12),
      (rounds[0]!.bytes / 1e6).toFixed(2).padStart(4),
    ];
    console.log(cells.join(' '));
  }
}
rmSync(folder, { recursive: true });
