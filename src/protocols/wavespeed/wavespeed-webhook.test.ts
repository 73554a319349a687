import assert from 'node:assert/strict';
import { it } from 'node:test';
import { signWavespeedWebhook } from './wavespeed-webhook.ts';

it('signs as the receivers of WaveSpeed check it', () => {
  const signature = signWavespeedWebhook({
    secret: 'whsec_dGVzdC1zZWNyZXQ=',
    id: 'w1',
    timestamp: '1700000000',
    body: '{"id":"w1","status":"completed"}',
  });
  assert.equal(signature, 'v3,16e0066548f06ba564e6731acf08fe92aea952779c17123347e58c124b78bcc8');
});
