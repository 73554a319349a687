import assert from 'node:assert/strict';
import { it } from 'node:test';
import { AnimaticError } from '#domain/errors.ts';
import { parseWishes } from './parse-wishes.ts';

it('controls stand apart by semicolons or blanks, in any order and case', () => {
  const wishes = { queueSeconds: 5, fail: 'engine_failed', webhookLoss: 2 };
  for (const text of [
    'queue=5; fail=engine_failed; webhook-loss=2',
    'webhook-loss=2 queue=5 fail=engine_failed',
    ' Queue=5;FAIL=engine_failed ;; webhook-loss=2; ',
  ]) {
    assert.deepEqual(parseWishes(text), wishes);
  }
  assert.deepEqual(parseWishes(''), {});
});

it('every control takes the values that its documentation names', () => {
  assert.deepEqual(parseWishes('queue=0.25'), { queueSeconds: 0.25 });
  assert.deepEqual(parseWishes('pace=realtime'), { pace: 'realtime' });
  assert.deepEqual(parseWishes('pace=12.5'), { pace: 12.5 });
  assert.deepEqual(parseWishes('status=429 times=3'), { status: 429, times: 3 });
  assert.deepEqual(parseWishes('status=503'), { status: 503 });
  assert.deepEqual(parseWishes('fail=content_moderation'), { fail: 'content_refused' });
});

it('what cannot be read is answered with what is allowed', () => {
  const cases: readonly (readonly [string, RegExp])[] = [
    ['quue=5', /"quue=5" is no control .* queue=<seconds up to 3600>; .*webhook-loss/],
    ['constructor=1', /"constructor=1" is no control/],
    ['queue', /"queue" is not allowed; say queue=</],
    ['queue=-1', /"queue=-1" is not allowed/],
    ['queue=1e3', /"queue=1e3" is not allowed/],
    ['queue=3601', /"queue=3601" is not allowed/],
    ['pace=fast', /say pace=realtime or pace=<seconds/],
    ['fail=lease_lost', /"fail=lease_lost" is not allowed; say fail=<one of .*engine_failed/],
    ['fail=toString', /"fail=toString" is not allowed/],
    ['status=500', /say status=429 or status=503/],
    ['status=503 times=0', /"times=0" is not allowed/],
    ['times=2', /needs "status" beside it/],
    ['queue=1 queue=2', /"queue" is asked for twice/],
    ['webhook-loss=32', /webhook-loss=<1 to 31>/],
  ];
  for (const [text, message] of cases) {
    assert.throws(
      () => parseWishes(text, ['prompt']),
      (error: unknown) => {
        assert.ok(error instanceof AnimaticError);
        assert.deepEqual([error.code, error.path], ['invalid_parameter', ['prompt']]);
        assert.match(error.message, message);
        return true;
      },
    );
  }
});
