/** The Seedance models that fal sells. A new model is a row. Prices are list prices in USD per million tokens. */
import type { Resolution } from '#domain/media/frame-size.ts';
import { type MicroDollars, usd } from '#domain/money.ts';

export interface FalModel {
  readonly id: string;
  /** A start frame, or several pictures as references. */
  readonly pictures: 'startFrame' | 'references' | 'none';
  readonly resolutions: readonly Resolution[];
  readonly durationSeconds: { readonly shortest: number; readonly longest: number };
  readonly price: MicroDollars;
}

const DURATIONS = { shortest: 4, longest: 15 };
const STANDARD = {
  resolutions: ['480p', '720p', '1080p'],
  durationSeconds: DURATIONS,
  price: usd('14'),
} as const;
const FAST = { resolutions: ['480p', '720p'], durationSeconds: DURATIONS, price: usd('11.2') } as const;
const MINI = { resolutions: ['480p', '720p'], durationSeconds: DURATIONS, price: usd('7') } as const;

export const FAL_MODELS: readonly FalModel[] = [
  { id: 'bytedance/seedance-2.0/image-to-video', pictures: 'startFrame', ...STANDARD },
  { id: 'bytedance/seedance-2.0/reference-to-video', pictures: 'references', ...STANDARD },
  { id: 'bytedance/seedance-2.0/text-to-video', pictures: 'none', ...STANDARD },
  { id: 'bytedance/seedance-2.0/fast/image-to-video', pictures: 'startFrame', ...FAST },
  { id: 'bytedance/seedance-2.0/fast/reference-to-video', pictures: 'references', ...FAST },
  { id: 'bytedance/seedance-2.0/fast/text-to-video', pictures: 'none', ...FAST },
  { id: 'bytedance/seedance-2.0/mini/image-to-video', pictures: 'startFrame', ...MINI },
  { id: 'bytedance/seedance-2.0/mini/reference-to-video', pictures: 'references', ...MINI },
  { id: 'bytedance/seedance-2.0/mini/text-to-video', pictures: 'none', ...MINI },
];
