/** What a service charges its customer for a clip. */
import type { FrameSize, Resolution } from '#domain/media/frame-size.ts';
import { type MicroDollars, microDollars, multiplyRoundHalfUp } from '#domain/money.ts';

/** Prices with and without sound, which some services distinguish. */
export interface SoundPrices {
  readonly withAudio: MicroDollars;
  readonly silent: MicroDollars;
}

export type UpstreamPrice =
  /** Per million tokens: width x height x frames / 1024. */
  | ({ readonly kind: 'perMillionTokens' } & SoundPrices)
  /** Per second of the clip. */
  | { readonly kind: 'perSecond'; readonly rates: Readonly<Partial<Record<Resolution, SoundPrices>>> };

export interface PricedClip {
  readonly resolution: Resolution;
  readonly size: FrameSize;
  readonly durationSeconds: number;
  /** As the service counts them. */
  readonly frameCount: number;
  readonly hasSound: boolean;
}

const PIXELS_PER_TOKEN = 1024n;
const MILLION = 1_000_000n;

/** Whole tokens per clip, rounded half up. */
const tokensOf = ({ size, frameCount }: PricedClip): bigint => {
  const pixels = BigInt(size.width) * BigInt(size.height) * BigInt(frameCount);
  return (2n * pixels + PIXELS_PER_TOKEN) / (2n * PIXELS_PER_TOKEN);
};

const rateOf = (prices: SoundPrices, hasSound: boolean): MicroDollars =>
  hasSound ? prices.withAudio : prices.silent;

/** Rounded half up to a micro-dollar; undefined where the price list says nothing. */
export function clipPrice(price: UpstreamPrice, clip: PricedClip): MicroDollars | undefined {
  if (price.kind === 'perMillionTokens') {
    return multiplyRoundHalfUp(rateOf(price, clip.hasSound), tokensOf(clip), MILLION);
  }
  const rates = price.rates[clip.resolution];
  if (rates === undefined) return undefined;
  // In thousandths, so that a clip of half a second more is not billed as a whole one.
  const milliseconds = BigInt(Math.round(clip.durationSeconds * 1000));
  return multiplyRoundHalfUp(rateOf(rates, clip.hasSound), milliseconds, 1000n);
}

/** The price of tokens that the service itself has counted. */
export function tokenPrice(
  price: UpstreamPrice,
  tokens: number,
  hasSound: boolean,
): MicroDollars | undefined {
  if (price.kind !== 'perMillionTokens') return undefined;
  return multiplyRoundHalfUp(rateOf(price, hasSound), BigInt(Math.ceil(tokens)), MILLION);
}

/** For prices that come as a number of USD. */
export const fromUsdNumber = (amount: number): MicroDollars => microDollars(BigInt(Math.round(amount * 1e6)));
