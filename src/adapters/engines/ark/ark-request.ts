/** The body of a task as Ark takes it: settings as JSON fields alone, which are checked strictly there. */
import type { JsonObject, JsonValue } from '#domain/json.ts';
import type { EngineJob } from '#ports/engine.ts';
import { correlationMark } from '../upstream/correlation-mark.ts';
import { type JobPictures, toDataUri } from '../upstream/job-pictures.ts';
import type { SoldClip } from '../upstream/upstream-handle.ts';
import type { ArkModel } from './models.ts';
import { neutraliseFlags } from './neutralise-flags.ts';

/** Lets the model choose. */
const AUTO_DURATION = -1;
/** What is asked for when the model must not choose, because it could make more than was sold. */
const PLAIN_DURATION_SECONDS = 5;

export interface ArkRequest {
  readonly modelId: string;
  readonly model: ArkModel;
  readonly job: EngineJob;
  readonly sold: SoldClip;
  readonly pictures: JobPictures;
}

export async function arkRequest({ modelId, model, job, sold, pictures }: ArkRequest): Promise<JsonObject> {
  return {
    model: modelId,
    content: await contentOf(job, pictures),
    resolution: job.resolution,
    ratio: sold.aspectRatio,
    duration: durationOf(job, model),
    seed: job.seed,
    generate_audio: job.generateAudio,
    ...(model.takesCameraFixed ? { camera_fixed: job.cameraFixed } : {}),
    watermark: false,
    ...(job.webSearch && model.webSearch ? { tools: [{ type: 'web_search' }] } : {}),
    safety_identifier: correlationMark(job.correlationId),
  };
}

/** First frame, first and last frame, or references: Ark takes one of the three. */
async function contentOf(job: EngineJob, { images, last }: JobPictures): Promise<readonly JsonValue[]> {
  const text = neutraliseFlags(job.prompt).trim();
  const content: JsonValue[] = text === '' ? [] : [{ type: 'text', text }];
  const firstRole = images.length === 1 ? 'first_frame' : 'reference_image';
  for (const image of images)
    content.push({ type: 'image_url', image_url: { url: await toDataUri(image) }, role: firstRole });
  if (last !== undefined)
    content.push({ type: 'image_url', image_url: { url: await toDataUri(last) }, role: 'last_frame' });
  return content;
}

function durationOf({ durationSeconds, longestDurationSeconds }: EngineJob, model: ArkModel): number {
  if (durationSeconds !== 'auto') return durationSeconds;
  const { shortest, longest } = model.durationSeconds;
  if (longestDurationSeconds >= longest) return AUTO_DURATION;
  return Math.max(shortest, Math.min(PLAIN_DURATION_SECONDS, longestDurationSeconds));
}
