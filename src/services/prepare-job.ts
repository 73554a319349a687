/**
 * Brings a task's files onto this machine and makes the job of it that an engine is given. Every fault names the caller's input.
 */
import { findEndpoint } from '#catalogue/index.ts';
import { AnimaticError, type InputPath } from '#domain/errors.ts';
import { nearestAspectRatio } from '#domain/media/aspect-ratio.ts';
import { type FrameSize, frameSize, ownRatioFrameSize } from '#domain/media/frame-size.ts';
import { MAX_STILL_BYTES, type StillInfo } from '#domain/media/still-info.ts';
import type { AcceptedRequest, MediaReference } from '#domain/task/generation-request.ts';
import type { Task } from '#domain/task/task.ts';
import type { Engine, EngineJob } from '#ports/engine.ts';
import type { Ports } from '#ports/ports.ts';
import { atPath } from './error-path.ts';

type PreparePorts = Pick<Ports, 'assets' | 'fetcher' | 'stills'>;

interface PreparedStill {
  readonly filePath: string;
  readonly info: StillInfo;
}

/** A task's files on this machine. */
export interface PreparedFiles {
  readonly stills: readonly PreparedStill[];
  readonly last: PreparedStill | undefined;
  /** Where the finished clip goes. */
  readonly outputPath: string;
}

/**
 * @param scratchPaths Receives every file made for this attempt alone, so that the caller can remove them whatever happens.
 * @throws AnimaticError of the media codes, with the path of the input at fault.
 */
export async function prepareFiles(
  ports: PreparePorts,
  task: Task,
  options: { readonly signal: AbortSignal; readonly scratchPaths: string[] },
): Promise<PreparedFiles> {
  const { request } = task;
  const prepare = (reference: MediaReference, path: InputPath | undefined) =>
    atPath(path ?? [], async (): Promise<PreparedStill> => {
      const filePath = await localFile(ports, reference, options);
      return { filePath, info: await ports.stills.inspect(filePath) };
    });
  const stills: PreparedStill[] = [];
  for (const [index, image] of request.images.entries())
    stills.push(await prepare(image, task.inputPaths.images?.[index]));
  const last =
    request.lastImage === undefined
      ? undefined
      : await prepare(request.lastImage, task.inputPaths.lastImage?.[0]);
  const outputPath = await ports.assets.createScratchPath('mp4');
  options.scratchPaths.push(outputPath);
  return { stills, last, outputPath };
}

/** What stands in for the files where a job is only asked about: they do not move its cost. */
export const NO_FILES: PreparedFiles = { stills: [], last: undefined, outputPath: '' };

/** What of a task moves its job; its media come as files. */
export type JobSource = Pick<Task, 'id' | 'attempt' | 'endpoint' | 'emulation'> & {
  readonly request: Omit<AcceptedRequest, 'images' | 'lastImage' | 'referenceVideos' | 'referenceAudios'>;
};

/** The task's job as this engine is given it. */
export function jobFor(
  task: JobSource,
  engine: Engine,
  { stills, last, outputPath }: PreparedFiles,
): EngineJob {
  const { request } = task;
  const endpoint = findEndpoint(task.endpoint);
  return {
    taskId: task.id,
    attempt: task.attempt,
    correlationId: `${task.id}-${task.attempt}`,
    prompt: request.prompt,
    imagePaths: stills.map((still) => still.filePath),
    lastImagePath: last?.filePath,
    resolution: request.resolution,
    aspectRatio: request.aspectRatio,
    size: soldSize(task, engine, stills[0]?.info),
    durationSeconds: request.durationSeconds,
    longestDurationSeconds: request.longestDurationSeconds,
    generateAudio: request.generateAudio,
    cameraFixed: request.cameraFixed,
    webSearch: request.webSearch,
    seed: request.seed,
    quality: endpoint.tier === 'standard' ? 'high' : 'quick',
    style: endpoint.style,
    ...(task.emulation === undefined ? {} : { emulation: task.emulation }),
    outputPath,
  };
}

/** The ratio asked for; otherwise the first picture's own, or the nearest sold one for engines that need one. */
function soldSize(task: JobSource, engine: Engine, first: StillInfo | undefined): FrameSize {
  const { resolution, aspectRatio } = task.request;
  if (aspectRatio !== undefined) return frameSize(resolution, aspectRatio);
  if (first === undefined) return frameSize(resolution, '16:9');
  if (engine.capabilities.ownAspectRatio) return ownRatioFrameSize(resolution, first.width, first.height);
  return frameSize(resolution, nearestAspectRatio(first.width, first.height));
}

async function localFile(
  ports: PreparePorts,
  reference: MediaReference,
  { signal, scratchPaths }: { readonly signal: AbortSignal; readonly scratchPaths: string[] },
): Promise<string> {
  if (reference.kind === 'url') {
    const filePath = await ports.assets.createScratchPath('still');
    scratchPaths.push(filePath);
    await ports.fetcher.fetch(reference.url, filePath, { maxBytes: MAX_STILL_BYTES, signal });
    return filePath;
  }
  const asset = await ports.assets.find(reference.assetId);
  if (asset === undefined)
    throw new AnimaticError('media_access_failed', 'The uploaded file is gone; upload it again.');
  return asset.filePath;
}
