import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { formatUsd, usd } from '#domain/money.ts';
import type { ClipFacts } from '../../media/clip-prober.ts';
import { clipDifferences, soldSeconds } from './compare-clip.ts';
import type { SoldClip } from './upstream-handle.ts';
import { clipPrice, fromUsdNumber, tokenPrice, type UpstreamPrice } from './upstream-price.ts';

const SOLD: SoldClip = {
  resolution: '720p',
  aspectRatio: '16:9',
  size: { width: 1280, height: 720 },
  durationSeconds: 5,
  longestDurationSeconds: 5,
  generateAudio: true,
};
const FACTS: ClipFacts = {
  container: 'mp4',
  videoCodec: 'h264',
  size: { width: 1280, height: 720 },
  frameCount: 121,
  framesPerSecond: 24,
  durationSeconds: 121 / 24,
  hasSound: true,
};

describe('a clip beside what was sold', () => {
  it('of one frame more is as long as it was sold', () => {
    assert.equal(soldSeconds(FACTS, SOLD), 5);
    assert.deepEqual(clipDifferences(FACTS, SOLD), []);
  });

  it('is never billed longer than it was sold, and in whole seconds', () => {
    assert.equal(soldSeconds({ ...FACTS, durationSeconds: 12.04 }, SOLD), 5);
    assert.equal(soldSeconds({ ...FACTS, durationSeconds: 4.04 }, SOLD), 4);
    assert.equal(soldSeconds({ ...FACTS, durationSeconds: 0.2 }, undefined), 1);
    const free = { ...SOLD, durationSeconds: undefined, longestDurationSeconds: 15 };
    assert.equal(soldSeconds({ ...FACTS, durationSeconds: 12.04 }, free), 12);
  });

  it('is described where it differs', () => {
    const other = { ...FACTS, size: { width: 864, height: 496 }, durationSeconds: 10, hasSound: false };
    assert.deepEqual(clipDifferences({ ...other, framesPerSecond: 30 }, SOLD), [
      'it has 864x496 pixels instead of 1280x720',
      'it lasts 10 s instead of 5 s',
      'it has 30 frames per second instead of 24',
      'it has no sound',
    ]);
    assert.deepEqual(clipDifferences({ ...FACTS, size: { width: 1282, height: 720 } }, SOLD), []);
    assert.deepEqual(clipDifferences(other, undefined), []);
  });
});

describe('what a service charges', () => {
  const clip = {
    resolution: '720p',
    size: SOLD.size,
    durationSeconds: 5,
    frameCount: 121,
    hasSound: true,
  } as const;
  const tokens: UpstreamPrice = { kind: 'perMillionTokens', withAudio: usd('2.4'), silent: usd('1.2') };

  it('by tokens, as it counts them', () => {
    assert.equal(formatUsd(clipPrice(tokens, clip)!), '0.26136');
    assert.equal(clipPrice(tokens, clip), tokenPrice(tokens, 108_900, true));
    assert.equal(formatUsd(tokenPrice(tokens, 108_900, false)!), '0.13068');
  });

  it('by the second, where the list has the resolution', () => {
    const rates = { '720p': { withAudio: usd('0.1'), silent: usd('0.05') } };
    const price: UpstreamPrice = { kind: 'perSecond', rates };
    assert.equal(formatUsd(clipPrice(price, clip)!), '0.50');
    assert.equal(formatUsd(clipPrice(price, { ...clip, hasSound: false })!), '0.25');
    assert.equal(clipPrice(price, { ...clip, resolution: '1080p' }), undefined);
    assert.equal(tokenPrice(price, 108_900, true), undefined);
  });

  it('as a number of USD, whatever floating point made of it', () => {
    assert.equal(formatUsd(fromUsdNumber(0.1 + 0.2)), '0.30');
  });
});
