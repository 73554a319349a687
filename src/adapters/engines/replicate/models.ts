/** The Seedance models that Replicate runs. A new model is a row. */
import type { Resolution } from '#domain/media/frame-size.ts';

export interface ReplicateModel {
  /** `owner/name`, or `owner/name:version` for a model that is not an official one. */
  readonly id: string;
  readonly resolutions: readonly Resolution[];
  /** Has an input `resolution`; otherwise it makes the one that the row names. */
  readonly takesResolution: boolean;
  readonly takesAudio: boolean;
  readonly durationSeconds: { readonly shortest: number; readonly longest: number };
}

export const REPLICATE_MODELS: readonly ReplicateModel[] = [
  {
    id: 'bytedance/seedance-1.5-pro',
    resolutions: ['720p'],
    takesResolution: false,
    takesAudio: true,
    durationSeconds: { shortest: 2, longest: 12 },
  },
  {
    id: 'bytedance/seedance-1-pro',
    resolutions: ['480p', '720p', '1080p'],
    takesResolution: true,
    takesAudio: false,
    durationSeconds: { shortest: 2, longest: 12 },
  },
];
