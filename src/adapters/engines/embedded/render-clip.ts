/**
 * One job from stills to a finished file, within a render process. Hands the process's loop over to events after every frame,
 * so that a wish to stop is seen within a frame.
 */
import { stat } from 'node:fs/promises';
import { setImmediate as yieldToEvents } from 'node:timers/promises';
import { chooseDuration } from '#animator/director/choose-duration.ts';
import { wantedEnlargement } from '#animator/director/choose-framing.ts';
import type { DirectorNote, Plan } from '#animator/director/plan.ts';
import { createClipWriter } from '#animator/encode/clip-writer.ts';
import { decodeStill } from '#animator/encode/decode-still.ts';
import { decodeSurroundings } from '#animator/encode/decode-surroundings.ts';
import { renderSound } from '#animator/sound/render-sound.ts';
import { AnimaticError } from '#domain/errors.ts';
import { FRAME_RATE } from '#domain/media/clip-spec.ts';
import type { MediaRole } from '#domain/task/generation-request.ts';
import type { LogLevel } from '#domain/task/task.ts';
import type { EngineClip, EngineJob } from '#ports/engine.ts';
import { systemClock } from '../../system/system-clock.ts';
import type { DepthSource } from './depth/depth-source.ts';
import { type BeginDrawing, type Drawing, drawHere } from './drawing.ts';
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
export async function renderClip(
  job: EngineJob,
  depthSource: DepthSource,
  news: RenderNews,
  signal: AbortSignal,
  beginDrawing: BeginDrawing = drawHere,
): Promise<EngineClip> {
  const drawing = await begin(job, depthSource, news, signal, beginDrawing);
  try {
    logPlan(drawing.plan, job, news);
    await yieldToEvents();
    signal.throwIfAborted();
    await writeFrames(drawing, job, news, signal);
  } finally {
    await drawing.end();
  }
  const { size, frameCount } = drawing.plan;
  const { size: byteLength } = await stat(job.outputPath);
  return { size, durationSeconds: frameCount / FRAME_RATE, byteLength };
}

/** From files to a plan. The decoded pictures are whoever draws them alone: 8 MB each at 1080p, which this thread would keep for nothing. */
async function begin(
  job: EngineJob,
  depthSource: DepthSource,
  news: RenderNews,
  signal: AbortSignal,
  beginDrawing: BeginDrawing,
): Promise<Drawing> {
  const surrounded = await decodeAll(job, (path) => decodeSurroundings(path, job.size));
  const stills = surrounded.map(({ still }) => still);
  const enlargement = wantedEnlargement(job);
  const largeStills =
    enlargement === 1 ? [] : await decodeAll(job, (path) => decodeStill(path, job.size, enlargement));
  signal.throwIfAborted();
  const depth = await depthSource.measure(stills, signal, (measured) =>
    news.progress((PREPARATION_SHARE * measured) / stills.length),
  );
  for (const line of depth.lines) news.log(line);
  return beginDrawing({
    stills,
    largeStills,
    // A camera at rest sees nothing of them.
    surroundings: job.cameraFixed ? [] : surrounded.map(({ surroundings }) => surroundings),
    depths: depth.depths,
    request: {
      prompt: job.prompt,
      durationSeconds: durationOf(job),
      cameraFixed: job.cameraFixed,
      hasLastImage: job.lastImagePath !== undefined,
      seed: job.seed,
      style: job.style,
    },
    quality: job.quality,
  });
}

function durationOf({ durationSeconds, longestDurationSeconds, prompt }: EngineJob): number {
  if (durationSeconds !== 'auto') return durationSeconds;
  return Math.min(longestDurationSeconds, chooseDuration(prompt));
}

/** The pictures in order, then the last image: as `prepareClip` takes them. */
async function decodeAll<Decoded>(
  { imagePaths, lastImagePath }: EngineJob,
  decode: (path: string) => Promise<Decoded>,
): Promise<readonly Decoded[]> {
  const stills: Decoded[] = [];
  // One after another: a picture of 40 megapixels takes 160 MB while it is decoded.
  for (const [index, path] of imagePaths.entries()) stills.push(await naming('images', index, decode(path)));
  if (lastImagePath !== undefined) stills.push(await naming('lastImage', 0, decode(lastImagePath)));
  return stills;
}

/** Has a fault say which picture it is in. */
async function naming<Decoded>(role: MediaRole, index: number, decoded: Promise<Decoded>): Promise<Decoded> {
  try {
    return await decoded;
  } catch (error) {
    if (!(error instanceof AnimaticError)) throw error;
    throw new AnimaticError(error.code, error.message, {
      details: { ...error.details, role, index },
      cause: error,
    });
  }
}

function logPlan(plan: Plan, job: EngineJob, news: RenderNews): void {
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
  drawing: Drawing,
  job: EngineJob,
  news: RenderNews,
  signal: AbortSignal,
): Promise<void> {
  const { frameCount, size } = drawing.plan;
  const sound = job.generateAudio ? renderSound(drawing.plan) : undefined;
  const writer = createClipWriter({ path: job.outputPath, size, frameCount, sound, quality: job.quality });
  try {
    let reportedAt = 0;
    for (let index = 0; index < frameCount; index += 1) {
      const now = systemClock.now();
      if (now - reportedAt >= PROGRESS_INTERVAL_MS) {
        reportedAt = now;
        news.progress(PREPARATION_SHARE + (1 - PREPARATION_SHARE) * (index / frameCount));
      }
      writer.addFrame(await drawing.frame(index));
      await yieldToEvents();
      signal.throwIfAborted();
    }
    writer.finish();
  } finally {
    // Of a finished clip nothing is abandoned.
    writer.abandon();
  }
}
