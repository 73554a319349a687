import assert from 'node:assert/strict';
import { it } from 'node:test';
import { formatUsd } from '#domain/money.ts';
import { ENDPOINTS, findEndpoint } from './index.ts';
import { quote } from './price.ts';
import { priceFrom } from './price-from.ts';
import { readPartialInput } from './read-input.ts';

it('price from: is the price of a run that can be asked for', () => {
  const fromOf = (protocol: 'wavespeed' | 'fal', id: string) => {
    const { price, explanation } = priceFrom(findEndpoint({ protocol, id }));
    return [formatUsd(price), explanation];
  };
  assert.deepEqual(fromOf('wavespeed', 'bytedance/seedance-2.0/image-to-video'), ['1.20', '5 s x $0.24']);
  assert.deepEqual(fromOf('wavespeed', 'bytedance/seedance-v1.5-pro/image-to-video-spicy'), [
    '0.048',
    '4 s x $0.012',
  ]);
  // The smallest of fal's sizes at 480p for 4 s: 640 x 640 x 4 x 24 / 1024 tokens.
  const fal = priceFrom(findEndpoint({ protocol: 'fal', id: 'bytedance/seedance-2.0/image-to-video' }));
  assert.equal(formatUsd(fal.price), '0.5376');
});

it('price from: is never more than a run with every input at its default', () => {
  for (const endpoint of ENDPOINTS) {
    const usual = quote(endpoint, readPartialInput(endpoint, {}).request);
    const least = priceFrom(endpoint);
    assert.ok(least.exact && least.price > 0n && least.price <= usual.price, endpoint.id);
  }
});
