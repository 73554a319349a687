/** How an endpoint's price follows from what is sold. Rates are exact micro-dollars; the arithmetic is in `price.ts`. */
import type { Resolution } from '#domain/media/frame-size.ts';
import type { MicroDollars } from '#domain/money.ts';

/** USD per second of clip, by resolution and by whether it has sound. */
export interface PerSecondRule {
  readonly kind: 'perSecond';
  readonly rates: Readonly<
    Partial<Record<Resolution, { readonly withAudio: MicroDollars; readonly silent: MicroDollars }>>
  >;
  /** Set where the page prints no table for a cell and this project filled it in; says how. */
  readonly ownReading?: string;
}

/** USD per 1,000 tokens; tokens = height x width x seconds x 24 / 1024 of the real output. Sound costs nothing extra. */
export interface PerTokenRule {
  readonly kind: 'perToken';
  readonly ratePerThousandTokens: MicroDollars;
}

export type PriceRule = PerSecondRule | PerTokenRule;
