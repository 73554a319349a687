/**
 * One job from stills to a finished file, within a render process. Hands the process's loop over to events after every frame,
 * so that a wish to stop is seen within a frame.
 */
import { stat } from 'node:fs/promises';
import { setImmediate as yieldToEvents } from 'node:timers/promises';
import { chooseDuration } from '#animator/director/choose-duration.ts';
import { wantedEnlargement } from '#animator/director/choose-framing.ts';
import type { DirectorNote } from '#animator/director/plan.ts';
import { createClipWriter } from '#animator/encode/clip-writer.ts';
import { decodeStill } from '#animator/encode/decode-still.ts';
import { type PreparedClip, prepareClip } from '#animator/prepare-clip.ts';
import type { RgbaImage } from '#animator/raster/picture.ts';
import { renderSound } from '#animator/sound/render-sound.ts';
import { AnimaticError } from '#domain/errors.ts';
import type { FrameSize } from '#domain/media/frame-size.ts';
import type { MediaRole } from '#domain/task/generation-request.ts';
import type { LogLevel } from '#domain/task/task.ts';
import type { EngineClip, EngineJob } from '#ports/engine.ts';
import { systemClock } from '../../system/system-clock.ts';
import type { RenderNews } from './render-process.ts';

/** Of the progress that is reported: decoding, looking at the pictures, planning and sound. */
const PREPARATION_SHARE = 0.1;

/** More than ten reports a second show nobody anything. */
const PROGRESS_INTERVAL_MS = 100;

const NOTE_PREFIXES: Readonly<Record<DirectorNote['kind'], readonly [level: LogLevel, prefix: string]>> = {
  understood: ['info', 'Understood'],
  clamped: ['info', 'Adjusted'],
  ignored: ['warn', 'Not done'],
};

/**
 * @throws AnimaticError for a faulty picture, its `details` naming `role` and `index`; the signal's reason when it aborts.
 *   Whatever is thrown, no file stays behind.
 */
export async function renderClip(job: EngineJob, news: RenderNews, signal: AbortSignal): Promise<EngineClip> {
  const stills = await decodeStills(job, 1);
  const enlargement = wantedEnlargement(job);
  const largeStills = enlargement === 1 ? [] : await decodeStills(job, enlargement);
  signal.throwIfAborted();
  const durationSeconds = durationOf(job);
  const clip = prepareClip({
    stills,
    largeStills,
    request: {
      prompt: job.prompt,
      durationSeconds,
      cameraFixed: job.cameraFixed,
      hasLastImage: job.lastImagePath !== undefined,
      seed: job.seed,
      style: job.style,
    },
    quality: job.quality,
  });
  logPlan(clip, job, news);
  await yieldToEvents();
  signal.throwIfAborted();
  await writeFrames(clip, job, news, signal);
  const { size } = clip.plan;
  return { size, durationSeconds, byteLength: (await stat(job.outputPath)).size };
}

function durationOf({ durationSeconds, longestDurationSeconds, prompt }: EngineJob): number {
  if (durationSeconds !== 'auto') return durationSeconds;
  return Math.min(longestDurationSeconds, chooseDuration(prompt));
}

/** The pictures in order, then the last image: as `prepareClip` takes them. */
async function decodeStills(
  { imagePaths, lastImagePath, size }: EngineJob,
  largestScale: number,
): Promise<readonly RgbaImage[]> {
  const stills: RgbaImage[] = [];
  // One after another: a picture of 40 megapixels takes 160 MB while it is decoded.
  for (const [index, path] of imagePaths.entries())
    stills.push(await decodeNamed(path, size, largestScale, 'images', index));
  if (lastImagePath !== undefined)
    stills.push(await decodeNamed(lastImagePath, size, largestScale, 'lastImage', 0));
  return stills;
}

async function decodeNamed(
  path: string,
  size: FrameSize,
  largestScale: number,
  role: MediaRole,
  index: number,
): Promise<RgbaImage> {
  try {
    return await decodeStill(path, size, largestScale);
  } catch (error) {
    if (!(error instanceof AnimaticError)) throw error;
    throw new AnimaticError(error.code, error.message, {
      details: { ...error.details, role, index },
      cause: error,
    });
  }
}

function logPlan({ plan }: PreparedClip, job: EngineJob, news: RenderNews): void {
  for (const { kind, message } of plan.notes) {
    const [level, prefix] = NOTE_PREFIXES[kind];
    news.log({ level, message: `${prefix}: ${message}` });
  }
  const { width, height } = plan.size;
  const sound = job.generateAudio ? 'with sound' : 'without sound';
  news.log({
    level: 'info',
    message: `Rendering ${plan.frameCount} frames of ${width}x${height} ${sound}, seed ${plan.seed}.`,
  });
}

async function writeFrames(
  clip: PreparedClip,
  job: EngineJob,
  news: RenderNews,
  signal: AbortSignal,
): Promise<void> {
  const { frameCount, size } = clip.plan;
  const sound = job.generateAudio ? renderSound(clip.plan) : undefined;
  const writer = createClipWriter({ path: job.outputPath, size, frameCount, sound, quality: job.quality });
  try {
    let reportedAt = 0;
    for (let index = 0; index < frameCount; index += 1) {
      const now = systemClock.now();
      if (now - reportedAt >= PROGRESS_INTERVAL_MS) {
        reportedAt = now;
        news.progress(PREPARATION_SHARE + (1 - PREPARATION_SHARE) * (index / frameCount));
      }
      writer.addFrame((frame) => clip.renderFrame(index, frame));
      await yieldToEvents();
      signal.throwIfAborted();
    }
    writer.finish();
  } finally {
    // Of a finished clip nothing is abandoned.
    writer.abandon();
  }
}
