import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { AnimaticError } from '#domain/errors.ts';
import { patiently } from './patiently.ts';

const unreachable = new AnimaticError('server_unreachable', 'No server answers.');

describe('patience', () => {
  /** Asks once for each answer; an error is thrown. */
  async function ask(answers: readonly unknown[], stop = new AbortController()) {
    let asked = 0;
    let waited = 0;
    const answer = patiently(
      async () => {
        const next = answers[asked];
        asked += 1;
        if (asked === answers.length) stop.abort();
        if (next instanceof Error) throw next;
        return next;
      },
      {
        onWaiting: () => {
          waited += 1;
        },
        stop: stop.signal,
      },
    );
    const outcome = await answer.catch((error: unknown) => error);
    return { outcome, asked, waited };
  }

  it('asks again until a server answers, and says once that it waits', async () => {
    assert.deepEqual(await ask([unreachable, unreachable, 'there']), {
      outcome: 'there',
      asked: 3,
      waited: 1,
    });
    assert.deepEqual(await ask(['there']), { outcome: 'there', asked: 1, waited: 0 });
  });

  it('takes an answer for an answer', async () => {
    const refusal = new AnimaticError('unauthorized', 'Who are you?');
    assert.deepEqual(await ask([refusal, 'never']), { outcome: refusal, asked: 1, waited: 0 });
    const defect = new Error('defect');
    assert.deepEqual(await ask([unreachable, defect, 'never']), { outcome: defect, asked: 2, waited: 1 });
  });

  it('ends when it is stopped', async () => {
    assert.deepEqual(await ask([unreachable, unreachable]), { outcome: unreachable, asked: 2, waited: 1 });
  });
});
