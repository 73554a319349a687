/** The Seedance models that Ark sells. A new model is a row. Prices are list prices in USD per million tokens. */
import type { Resolution } from '#domain/media/frame-size.ts';
import { type MicroDollars, usd } from '#domain/money.ts';

export interface ArkModel {
  /** BytePlus' and Volcengine's names of the same model. */
  readonly ids: readonly string[];
  readonly resolutions: readonly Resolution[];
  readonly durationSeconds: { readonly shortest: number; readonly longest: number };
  /** Pictures that serve as references; 1 where only a first frame is taken. */
  readonly maxImages: number;
  readonly takesCameraFixed: boolean;
  readonly webSearch: boolean;
  readonly price: { readonly withAudio: MicroDollars; readonly silent: MicroDollars };
}

const one = (price: string) => ({ withAudio: usd(price), silent: usd(price) });

const SEEDANCE_2 = {
  durationSeconds: { shortest: 4, longest: 15 },
  maxImages: 9,
  takesCameraFixed: false,
  webSearch: true,
} as const;

export const ARK_MODELS: readonly ArkModel[] = [
  {
    ids: ['seedance-1-5-pro-251215', 'doubao-seedance-1-5-pro-251215'],
    resolutions: ['480p', '720p', '1080p'],
    durationSeconds: { shortest: 4, longest: 12 },
    maxImages: 1,
    takesCameraFixed: true,
    webSearch: false,
    price: { withAudio: usd('2.4'), silent: usd('1.2') },
  },
  {
    ids: ['dreamina-seedance-2-0-260128', 'doubao-seedance-2-0-260128'],
    resolutions: ['480p', '720p', '1080p'],
    ...SEEDANCE_2,
    price: one('7'),
  },
  {
    ids: ['dreamina-seedance-2-0-fast-260128', 'doubao-seedance-2-0-fast-260128'],
    resolutions: ['480p', '720p'],
    ...SEEDANCE_2,
    price: one('5.6'),
  },
  {
    ids: ['dreamina-seedance-2-0-mini-260615', 'doubao-seedance-2-0-mini-260615'],
    resolutions: ['480p', '720p'],
    ...SEEDANCE_2,
    price: one('3.5'),
  },
];
