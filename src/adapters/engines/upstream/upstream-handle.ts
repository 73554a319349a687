/**
 * The note of a bought job that is stored with its task: all that another process needs to follow it, and no key. It names the key
 * that started the job.
 */
import { type Instant, instant } from '#domain/instant.ts';
import type { JsonObject, JsonValue } from '#domain/json.ts';
import type { AspectRatio } from '#domain/media/aspect-ratio.ts';
import type { FrameSize, Resolution } from '#domain/media/frame-size.ts';
import type { EngineJob } from '#ports/engine.ts';
import { asNumber, asObject, asText } from './json-reading.ts';

/** What was asked for; absent of jobs that were found again without it. */
export interface SoldClip {
  readonly resolution: Resolution;
  readonly aspectRatio: AspectRatio;
  readonly size: FrameSize;
  /** Undefined: the service was free to choose. */
  readonly durationSeconds: number | undefined;
  readonly longestDurationSeconds: number;
  readonly generateAudio: boolean;
}

export interface UpstreamHandle {
  /** Of the service: `ark`. */
  readonly service: string;
  /** The service's own id of the job. */
  readonly id: string;
  /** Name of the key that started it. */
  readonly credential: string;
  readonly startedAt: Instant;
  readonly sold: SoldClip | undefined;
  /** Whatever else this service's adapter needs. */
  readonly notes: JsonObject;
}

export function soldClip(job: EngineJob, aspectRatio: AspectRatio): SoldClip {
  return {
    resolution: job.resolution,
    aspectRatio,
    size: job.size,
    durationSeconds: job.durationSeconds === 'auto' ? undefined : job.durationSeconds,
    longestDurationSeconds: job.durationSeconds === 'auto' ? job.longestDurationSeconds : job.durationSeconds,
    generateAudio: job.generateAudio,
  };
}

/** As plain JSON. */
export const writeHandle = ({ sold, ...handle }: UpstreamHandle): JsonValue => ({
  ...handle,
  ...(sold === undefined ? {} : { sold: JSON.parse(JSON.stringify(sold)) as JsonObject }),
});

/** Undefined for what no engine on this service has written. */
export function readHandle(handle: JsonValue, service: string): UpstreamHandle | undefined {
  const fields = asObject(handle);
  const id = asText(fields?.id);
  const credential = asText(fields?.credential);
  const startedAt = asNumber(fields?.startedAt);
  if (fields?.service !== service || id === undefined || credential === undefined || startedAt === undefined)
    return undefined;
  return {
    service,
    id,
    credential,
    startedAt: instant(startedAt),
    // Written by this module: its shape is known.
    sold: fields.sold === undefined ? undefined : (fields.sold as unknown as SoldClip),
    notes: asObject(fields.notes) ?? {},
  };
}
