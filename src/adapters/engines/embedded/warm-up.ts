import { rmSync } from 'node:fs';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import { taskId } from '#domain/ids.ts';
import type { EngineJob } from '#ports/engine.ts';
import { systemClock } from '../../system/system-clock.ts';
import type { DepthSource } from './depth/depth-source.ts';
import type { BeginDrawing } from './drawing.ts';
import { renderClip } from './render-clip.ts';

/** Noise on grey, so that no stage finds nothing to do. */
const PICTURE = {
  width: 640,
  height: 360,
  channels: 3,
  background: '#808080',
  noise: { type: 'gaussian', mean: 128, sigma: 30 },
} as const;

const FOLDER_PREFIX = 'animatic-warm-up-';
/** Longer than any warm-up. */
const LEFTOVER_AGE_MS = 3_600_000;

const JOB: Omit<EngineJob, 'imagePaths' | 'outputPath'> = {
  taskId: taskId('warm-up'),
  attempt: 1,
  correlationId: 'warm-up',
  webSearch: false,
  prompt: 'Push in slowly, then pan left. Rain.',
  lastImagePath: undefined,
  resolution: '480p',
  aspectRatio: '16:9',
  size: { width: 320, height: 180 },
  durationSeconds: 1,
  longestDurationSeconds: 1,
  generateAudio: true,
  cameraFixed: false,
  seed: 1,
  quality: 'high',
  style: 'natural',
};

/**
 * Renders a tiny clip by the very steps of a real one, so that libraries are loaded, kernels compiled and the interpreter's
 * hot paths translated before the first request.
 */
export async function warmUp(depthSource: DepthSource, beginDrawing: BeginDrawing): Promise<void> {
  await removeLeftovers();
  const folder = await mkdtemp(path.join(tmpdir(), FOLDER_PREFIX));
  const removeFolder = () => rmSync(folder, { recursive: true, force: true });
  // The server may end this process before it is warm.
  process.once('exit', removeFolder);
  try {
    const picture = path.join(folder, 'still.png');
    await sharp({ create: PICTURE }).png().toFile(picture);
    const job: EngineJob = { ...JOB, imagePaths: [picture], outputPath: path.join(folder, 'clip.mp4') };
    const news = { progress: () => {}, log: () => {} };
    await renderClip(job, depthSource, news, new AbortController().signal, beginDrawing);
  } finally {
    removeFolder();
    process.off('exit', removeFolder);
  }
}

/** Of processes that were killed while they warmed up. */
async function removeLeftovers(): Promise<void> {
  const names = (await readdir(tmpdir())).filter((name) => name.startsWith(FOLDER_PREFIX));
  for (const folder of names.map((name) => path.join(tmpdir(), name))) {
    try {
      const { mtimeMs } = await stat(folder);
      if (systemClock.now() - mtimeMs > LEFTOVER_AGE_MS) await rm(folder, { recursive: true, force: true });
    } catch {
      // Another process removes it, or owns it.
    }
  }
}
