import assert from 'node:assert/strict';
import { it } from 'node:test';
import { WEBHOOK_SCHEDULES } from '#domain/webhook/backoff.ts';
import { WEBHOOK_LEASE_MS } from './deliver-webhooks.ts';

it('no attempt outlasts its lease, with time to note the answer', () => {
  for (const { firstTimeoutMs, retryTimeoutMs } of Object.values(WEBHOOK_SCHEDULES))
    assert.ok(Math.max(firstTimeoutMs, retryTimeoutMs) + 10_000 < WEBHOOK_LEASE_MS);
});
