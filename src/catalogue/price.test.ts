import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { ASPECT_RATIOS } from '#domain/media/aspect-ratio.ts';
import { frameSize, ownRatioFrameSize } from '#domain/media/frame-size.ts';
import { formatUsd, multiply, usd } from '#domain/money.ts';
import { ENDPOINTS, endpointsOf, findEndpoint } from './index.ts';
import { type PricedRequest, quote, settledPrice } from './price.ts';

const request = (changes: Partial<PricedRequest> = {}): PricedRequest => ({
  resolution: '720p',
  durationSeconds: 5,
  longestDurationSeconds: 15,
  generateAudio: true,
  ...changes,
});

describe('prices by the second', () => {
  it('are linear between the printed durations', () => {
    for (const endpoint of endpointsOf('wavespeed')) {
      const perSecond = quote(endpoint, request({ durationSeconds: 1 })).price;
      for (let durationSeconds = 4; durationSeconds <= endpoint.longestDurationSeconds; durationSeconds++) {
        assert.equal(
          quote(endpoint, request({ durationSeconds })).price,
          multiply(perSecond, BigInt(durationSeconds)),
        );
      }
    }
  });

  it('hold the longest clip for auto and settle on the real one', () => {
    const [endpoint] = endpointsOf('wavespeed');
    const auto = request({ durationSeconds: 'auto' });
    const held = quote(endpoint!, auto);
    assert.deepEqual([formatUsd(held.price), held.exact], ['3.00', false]);
    const clip = { size: frameSize('720p', '16:9'), durationSeconds: 6 };
    assert.equal(formatUsd(settledPrice(endpoint!, auto, clip)), '1.20');
  });
});

describe('prices by the token', () => {
  const fast = findEndpoint({ protocol: 'fal', id: 'bytedance/seedance-2.0/fast/image-to-video' });

  it('round tokens to whole ones, then the product half up', () => {
    // 560 x 752 x 4 x 24 / 1024 = 39,480 tokens; 834 x 1112 x 7 x 24 / 1024 = 152,152.875 -> 152,153.
    assert.equal(
      quote(fast, request({ resolution: '480p', aspectRatio: '3:4', durationSeconds: 4 })).price,
      usd('0.442176'),
    );
    const odd = quote(fast, request({ aspectRatio: '3:4', durationSeconds: 7 }));
    assert.deepEqual(
      [odd.price, odd.exact],
      [usd('1.704114'), true],
      '152,153 tokens x 11.2 micro-dollars = 1,704,113.6',
    );
  });

  it('never settle above the hold, whatever picture and length come', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...endpointsOf('fal')),
        fc.constantFrom('480p', '720p'),
        fc.option(fc.constantFrom(...ASPECT_RATIOS), { nil: undefined }),
        fc.integer({ min: 1, max: 10000 }),
        fc.integer({ min: 1, max: 10000 }),
        fc.integer({ min: 4, max: 15 }),
        (endpoint, resolution, aspectRatio, width, height, durationSeconds) => {
          const asked = request({
            resolution,
            durationSeconds: 'auto',
            ...(aspectRatio === undefined ? {} : { aspectRatio }),
          });
          const size =
            aspectRatio === undefined
              ? ownRatioFrameSize(resolution, width, height)
              : frameSize(resolution, aspectRatio);
          assert.ok(settledPrice(endpoint, asked, { size, durationSeconds }) <= quote(endpoint, asked).price);
        },
      ),
    );
  });
});

it('every endpoint can be quoted at every resolution it offers', () => {
  for (const endpoint of ENDPOINTS) {
    const field = endpoint.fields.find((candidate) => candidate.role === 'resolution');
    const resolutions = (field?.schema.enum ?? [
      endpoint.fixedResolution,
    ]) as readonly PricedRequest['resolution'][];
    for (const resolution of resolutions) assert.ok(quote(endpoint, request({ resolution })).price > 0n);
  }
});
