import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import { taskId } from '#domain/ids.ts';
import type { EngineJob } from '#ports/engine.ts';
import { renderClip } from './render-clip.ts';

/** Noise on grey, so that no stage finds nothing to do. */
const PICTURE = {
  width: 640,
  height: 360,
  channels: 3,
  background: '#808080',
  noise: { type: 'gaussian', mean: 128, sigma: 30 },
} as const;

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
export async function warmUp(): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'animatic-warm-up-'));
  const removeFolder = () => rmSync(folder, { recursive: true, force: true });
  // The server may end this process before it is warm.
  process.once('exit', removeFolder);
  try {
    const picture = path.join(folder, 'still.png');
    await sharp({ create: PICTURE }).png().toFile(picture);
    const job: EngineJob = { ...JOB, imagePaths: [picture], outputPath: path.join(folder, 'clip.mp4') };
    await renderClip(job, { progress: () => {}, log: () => {} }, new AbortController().signal);
  } finally {
    removeFolder();
    process.off('exit', removeFolder);
  }
}
