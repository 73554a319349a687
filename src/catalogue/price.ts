/** Prices from the catalogue's rules. Exact: every division is in whole micro-dollars and names its rounding. */
import { FRAME_RATE } from '#domain/media/clip-spec.ts';
import { type FrameSize, frameSize, largestFrameArea } from '#domain/media/frame-size.ts';
import { formatUsd, type MicroDollars, multiply, multiplyRoundHalfUp } from '#domain/money.ts';
import type { GenerationRequest } from '#domain/task/generation-request.ts';
import type { Endpoint } from './endpoint.ts';

/** The part of a request that moves its price. */
export type PricedRequest = Pick<
  GenerationRequest<unknown>,
  'resolution' | 'aspectRatio' | 'durationSeconds' | 'longestDurationSeconds' | 'generateAudio'
>;

export interface Quote {
  /** What is held on submit: exact, or the most the clip can cost when engine or picture decide length or shape. */
  readonly price: MicroDollars;
  /** False when the charge may turn out lower than `price`. */
  readonly exact: boolean;
  /** The arithmetic in words: `5 s x $0.20`. */
  readonly explanation: string;
}

/** The price before the run. */
export function quote(endpoint: Endpoint, request: PricedRequest): Quote {
  const durationSeconds =
    request.durationSeconds === 'auto' ? request.longestDurationSeconds : request.durationSeconds;
  const fixedLength = request.durationSeconds !== 'auto';
  const atMost = fixedLength ? '' : 'at most ';
  if (endpoint.price.kind === 'perSecond') {
    const rate = ratePerSecond(endpoint, request);
    const explanation = `${atMost}${durationSeconds} s x $${formatUsd(rate)}`;
    return { price: multiply(rate, BigInt(durationSeconds)), exact: fixedLength, explanation };
  }
  const area =
    request.aspectRatio === undefined
      ? largestFrameArea(request.resolution)
      : areaOf(frameSize(request.resolution, request.aspectRatio));
  const tokens = tokenCount(area, durationSeconds);
  const exact = fixedLength && request.aspectRatio !== undefined;
  return {
    price: priceOfTokens(endpoint.price.ratePerThousandTokens, tokens),
    exact,
    explanation: `${exact ? '' : 'at most '}${tokens} tokens x $${formatUsd(endpoint.price.ratePerThousandTokens)} / 1000`,
  };
}

/** The price of the clip that was really made. Never above the quote of the same request. */
export function settledPrice(
  endpoint: Endpoint,
  request: PricedRequest,
  clip: { readonly size: FrameSize; readonly durationSeconds: number },
): MicroDollars {
  if (endpoint.price.kind === 'perSecond') {
    return multiply(ratePerSecond(endpoint, request), BigInt(clip.durationSeconds));
  }
  return priceOfTokens(
    endpoint.price.ratePerThousandTokens,
    tokenCount(areaOf(clip.size), clip.durationSeconds),
  );
}

/**
 * How much of what the endpoint's rate is printed for went into a clip (seconds, or thousands of tokens), as exact decimal text.
 * Times the rate it is `settledPrice`, but for the rounding of that.
 */
export function billedUnits(
  endpoint: Endpoint,
  clip: { readonly size: FrameSize; readonly durationSeconds: number },
): string {
  if (endpoint.price.kind === 'perSecond') return String(clip.durationSeconds);
  const tokens = tokenCount(areaOf(clip.size), clip.durationSeconds);
  const thousandths = (tokens % 1000n).toString().padStart(3, '0').replace(/0+$/, '');
  return thousandths === '' ? `${tokens / 1000n}` : `${tokens / 1000n}.${thousandths}`;
}

function ratePerSecond(endpoint: Endpoint, request: PricedRequest): MicroDollars {
  if (endpoint.price.kind !== 'perSecond') throw new Error(`${endpoint.id} is not priced by the second.`);
  const rates = endpoint.price.rates[request.resolution];
  if (rates === undefined) throw new Error(`${endpoint.id} has no price for ${request.resolution}.`);
  return request.generateAudio ? rates.withAudio : rates.silent;
}

const areaOf = (size: FrameSize): number => size.width * size.height;

/** Whole tokens per clip, rounded half up. */
function tokenCount(areaPixels: number, durationSeconds: number): bigint {
  const numerator = BigInt(areaPixels) * BigInt(durationSeconds) * BigInt(FRAME_RATE);
  return (2n * numerator + 1024n) / 2048n;
}

/** Rounded half up to a micro-dollar. */
const priceOfTokens = (ratePerThousand: MicroDollars, tokens: bigint): MicroDollars =>
  multiplyRoundHalfUp(ratePerThousand, tokens, 1000n);
