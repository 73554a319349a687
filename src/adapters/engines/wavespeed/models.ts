/** The Seedance models that WaveSpeed sells. A new model is a row; prices are asked of the service itself. */
import type { Resolution } from '#domain/media/frame-size.ts';

/** Inputs that a model may take besides `prompt`, `image` and `duration`. */
export type WavespeedInput =
  | 'last_image'
  | 'aspect_ratio'
  | 'resolution'
  | 'generate_audio'
  | 'camera_fixed'
  | 'seed'
  | 'enable_web_search';

export interface WavespeedModel {
  readonly id: string;
  readonly takes: readonly WavespeedInput[];
  readonly resolutions: readonly Resolution[];
  readonly durationSeconds: { readonly shortest: number; readonly longest: number };
}

const ALL_RESOLUTIONS = ['480p', '720p', '1080p'] as const;
const SEEDANCE_2 = {
  resolutions: ALL_RESOLUTIONS,
  durationSeconds: { shortest: 4, longest: 15 },
} as const;
const SEEDANCE_1_5 = {
  resolutions: ALL_RESOLUTIONS,
  durationSeconds: { shortest: 4, longest: 12 },
} as const;
const SPICY = ['last_image', 'aspect_ratio', 'resolution', 'generate_audio', 'seed'] as const;
const PLAIN = ['last_image', 'aspect_ratio', 'resolution', 'generate_audio', 'enable_web_search'] as const;

export const WAVESPEED_MODELS: readonly WavespeedModel[] = [
  { id: 'bytedance/seedance-2.0/image-to-video', takes: PLAIN, ...SEEDANCE_2 },
  { id: 'bytedance/seedance-2.0-mini/image-to-video', takes: PLAIN, ...SEEDANCE_2 },
  { id: 'bytedance/seedance-2.0/image-to-video-spicy', takes: SPICY, ...SEEDANCE_2 },
  { id: 'bytedance/seedance-2.0-fast/image-to-video-spicy', takes: SPICY, ...SEEDANCE_2 },
  {
    id: 'bytedance/seedance-v1.5-pro/image-to-video-spicy',
    takes: [...SPICY, 'camera_fixed'],
    ...SEEDANCE_1_5,
  },
  {
    id: 'bytedance/seedance-v1.5-pro/image-to-video-fast',
    takes: [...SPICY, 'camera_fixed'],
    ...SEEDANCE_1_5,
  },
];
