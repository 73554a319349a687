import type { JsonObject } from '#domain/json.ts';
import type { EngineJob } from '#ports/engine.ts';
import { type JobPictures, toDataUri } from '../upstream/job-pictures.ts';
import type { SoldClip } from '../upstream/upstream-handle.ts';
import type { FalModel } from './models.ts';

/** A Seedance input of fal's: the duration is text, and a seed of 0 is a seed. */
export async function falRequest(
  model: FalModel,
  job: EngineJob,
  sold: SoldClip,
  { images, last }: JobPictures,
): Promise<JsonObject> {
  const uris = await Promise.all(images.map(toDataUri));
  const pictures: JsonObject =
    model.pictures === 'references'
      ? { image_urls: uris }
      : {
          ...(uris[0] === undefined ? {} : { image_url: uris[0] }),
          ...(last === undefined ? {} : { end_image_url: await toDataUri(last) }),
        };
  return {
    prompt: job.prompt,
    ...pictures,
    resolution: job.resolution,
    duration: durationOf(job, model),
    aspect_ratio: sold.aspectRatio,
    generate_audio: job.generateAudio,
    seed: job.seed,
  };
}

/** What is asked for when the model must not choose, because it could make more than was sold. */
const PLAIN_DURATION_SECONDS = 5;

function durationOf({ durationSeconds, longestDurationSeconds }: EngineJob, model: FalModel): string {
  if (durationSeconds !== 'auto') return String(durationSeconds);
  const { shortest, longest } = model.durationSeconds;
  if (longestDurationSeconds >= longest) return 'auto';
  return String(Math.max(shortest, Math.min(PLAIN_DURATION_SECONDS, longestDurationSeconds)));
}
