import { AnimaticError } from '#domain/errors.ts';
import { ASPECT_RATIOS, type AspectRatio, nearestAspectRatio } from '#domain/media/aspect-ratio.ts';
import { frameSize } from '#domain/media/frame-size.ts';
import type { MediaRole } from '#domain/task/generation-request.ts';
import type { EngineCapabilities, EngineJob } from '#ports/engine.ts';

/**
 * Refuses a job that the engine has not declared to be able to do, before it is paid for.
 * @throws AnimaticError `unsupported_by_engine`, its details naming `role` and `index` of a picture at fault.
 */
export function checkJob(engine: string, job: EngineJob, capabilities: EngineCapabilities): void {
  const refuse = (what: string, role?: MediaRole, index = 0): never => {
    const details = role === undefined ? {} : { details: { role, index } };
    throw new AnimaticError('unsupported_by_engine', `The engine "${engine}" ${what}.`, details);
  };
  const { maxImages, needsImage, lastImage, resolutions, durationSeconds } = capabilities;
  const { length } = job.imagePaths;
  if (length > maxImages) refuse(`takes at most ${maxImages} pictures; send fewer`, 'images', maxImages);
  if (length === 0 && needsImage) refuse('animates pictures and needs at least one');
  if (job.lastImagePath !== undefined) {
    if (!lastImage) refuse('cannot end on a given picture', 'lastImage');
    if (length === 0) refuse('ends on a given picture only when it also begins with one', 'lastImage');
    if (length > 1) refuse('takes either several pictures or one to end on', 'lastImage');
  }
  if (!resolutions.includes(job.resolution))
    refuse(`does not make ${job.resolution}; ask for ${resolutions.join(' or ')}`);
  const { shortest, longest, auto } = durationSeconds;
  if (job.durationSeconds === 'auto') {
    if (!auto) refuse(`does not choose the length itself; ask for ${shortest} to ${longest} seconds`);
  } else if (job.durationSeconds < shortest || job.durationSeconds > longest) {
    refuse(`makes clips of ${shortest} to ${longest} seconds`);
  }
}

/** The ratio that was sold: a table size belongs to exactly one. */
export function soldAspectRatio({ aspectRatio, resolution, size }: EngineJob): AspectRatio {
  if (aspectRatio !== undefined) return aspectRatio;
  const ofTable = ASPECT_RATIOS.find((ratio) => {
    const { width, height } = frameSize(resolution, ratio);
    return width === size.width && height === size.height;
  });
  return ofTable ?? nearestAspectRatio(size.width, size.height);
}
