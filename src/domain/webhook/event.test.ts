import assert from 'node:assert/strict';
import { it } from 'node:test';
import { judgeAnswer } from './event.ts';

it('2xx acknowledges, 3xx ends the delivery, everything else is tried again', () => {
  const verdicts = [200, 202, 204, 299, 301, 302, 308, 400, 404, 410, 429, 500, 503].map((status) => [
    status,
    judgeAnswer({ status }),
  ]);
  assert.deepEqual(Object.fromEntries(verdicts), {
    200: 'acknowledged',
    202: 'acknowledged',
    204: 'acknowledged',
    299: 'acknowledged',
    301: 'final',
    302: 'final',
    308: 'final',
    400: 'retry',
    404: 'retry',
    410: 'retry',
    429: 'retry',
    500: 'retry',
    503: 'retry',
  });
  assert.equal(judgeAnswer({ error: 'no answer within 15 seconds' }), 'retry');
});
