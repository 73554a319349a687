/**
 * A request in the project's own words: what every endpoint's input is read into and every engine works from. Knows no
 * model and no protocol.
 */
import type { AssetId } from '../ids.ts';
import type { AspectRatio } from '../media/aspect-ratio.ts';
import type { Resolution } from '../media/frame-size.ts';

/** A picture, film or sound the user named: a public URL to fetch, or a file already kept here. */
export type MediaReference =
  | { readonly kind: 'url'; readonly url: string }
  | {
      readonly kind: 'asset';
      readonly assetId: AssetId;
      /** The file came inside the request, so that it goes with its task. */
      readonly isInline?: true;
    };

/** `Media` is a plain string while the request is being read, and a reference once its files are known. */
export interface GenerationRequest<Media = MediaReference> {
  readonly prompt: string;
  /** Start frame, or reference pictures in order. */
  readonly images: readonly Media[];
  /** The frame to end on. */
  readonly lastImage?: Media;
  readonly referenceVideos: readonly Media[];
  readonly referenceAudios: readonly Media[];
  readonly resolution: Resolution;
  /** Absent: the picture's own ratio. */
  readonly aspectRatio?: AspectRatio;
  /** Whole seconds; `auto` leaves the length to the engine, up to `longestDurationSeconds`. */
  readonly durationSeconds: number | 'auto';
  /** What a hold assumes for `auto`. */
  readonly longestDurationSeconds: number;
  readonly generateAudio: boolean;
  readonly cameraFixed: boolean;
  readonly webSearch: boolean;
  /** Absent: one is chosen when the task is accepted. */
  readonly seed?: number;
  /** The caller's name for its own user, for reports. */
  readonly endUserId?: string;
}

/** The same once accepted: the seed is known, so that a repeated attempt makes the same clip. */
export type AcceptedRequest = GenerationRequest & { readonly seed: number };

/** Where each file of a request stands in the caller's own input, for error messages. */
export type MediaRole = 'images' | 'lastImage' | 'referenceVideos' | 'referenceAudios';
