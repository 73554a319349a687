import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { PROTOCOLS } from '../endpoint-key.ts';
import { addMs, type Instant, instant } from '../instant.ts';
import { nextAttemptAt, timeoutOf, WEBHOOK_SCHEDULES, type WebhookSchedule } from './backoff.ts';

const QUEUED_AT = instant(1_800_000_000_000);

/** When each attempt begins, in seconds since the event, for a receiver that fails after `answerMs` every time. */
function attemptSeconds(
  schedule: WebhookSchedule,
  answerMs: (attempt: number) => number,
  chance = 0,
): readonly number[] {
  const begun: number[] = [];
  let at: Instant | undefined = QUEUED_AT;
  for (let attempt = 1; at !== undefined; attempt += 1) {
    begun.push((at - QUEUED_AT) / 1000);
    const now = addMs(at, answerMs(attempt));
    at = nextAttemptAt(schedule, { attempt, queuedAt: QUEUED_AT, now, chance });
  }
  return begun;
}

const atOnce = () => 0;

describe('webhook schedules', () => {
  it('WaveSpeed: three retries within twenty minutes', () => {
    assert.deepEqual(attemptSeconds(WEBHOOK_SCHEDULES.wavespeed, atOnce), [0, 10, 110, 1110]);
  });

  it('fal: 31 retries within the hour, doubling from two seconds to two minutes', () => {
    const begun = attemptSeconds(WEBHOOK_SCHEDULES.fal, atOnce);
    assert.equal(begun.length, 32);
    assert.deepEqual(begun.slice(0, 9), [0, 2, 6, 14, 30, 62, 126, 246, 366]);
    assert.ok(begun.at(-1)! <= 3600);
  });

  it('fal: 15 seconds for the first attempt, 120 for the others', () => {
    assert.deepEqual(
      [1, 2, 32].map((attempt) => timeoutOf(WEBHOOK_SCHEDULES.fal, attempt)),
      [15_000, 120_000, 120_000],
    );
  });

  it('chance shortens each pause by up to a quarter, and costs no attempt', () => {
    const { wavespeed, fal } = WEBHOOK_SCHEDULES;
    assert.deepEqual(attemptSeconds(wavespeed, atOnce, 1), [0, 7.5, 82.5, 832.5]);
    assert.deepEqual(attemptSeconds(wavespeed, atOnce, 0.5), [0, 8.75, 96.25, 971.25]);
    for (const chance of [0, 0.3, 1]) assert.equal(attemptSeconds(fal, atOnce, chance).length, 32);
  });

  it('a receiver that hangs every time gets fewer attempts, none after the window', () => {
    for (const protocol of PROTOCOLS) {
      const schedule = WEBHOOK_SCHEDULES[protocol];
      const begun = attemptSeconds(schedule, (attempt) => timeoutOf(schedule, attempt));
      assert.ok(begun.length > 3, `${protocol}: ${begun}`);
      assert.ok(begun.at(-1)! * 1000 <= schedule.windowMs);
    }
    const fal = WEBHOOK_SCHEDULES.fal;
    assert.ok(attemptSeconds(fal, (attempt) => timeoutOf(fal, attempt)).length < fal.maxAttempts);
  });
});
