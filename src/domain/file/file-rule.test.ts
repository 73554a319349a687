import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { accountId } from '../ids.ts';
import { addMs, instant } from '../instant.ts';
import { decideReading, type FileAccess, ruleFrom } from './file-rule.ts';

const NOW = instant(1_800_000_000_000);
const [OWNER, FRIEND, FOE] = [accountId('owner'), accountId('friend'), accountId('foe')];
const ACCESS: FileAccess = {
  default: 'hide',
  exceptions: [
    { accountId: FRIEND, decision: 'allow' },
    { accountId: FOE, decision: 'forbid' },
  ],
};

describe('file rules', () => {
  it('without a wish, anybody reads for ever', () => {
    const rule = ruleFrom({}, OWNER, NOW);
    assert.equal(decideReading(rule, undefined, addMs(NOW, 1e12)), 'allow');
  });

  it('a lifetime ends for everybody, the owner too', () => {
    const rule = ruleFrom({ lifetimeSeconds: 60 }, OWNER, NOW);
    assert.equal(decideReading(rule, undefined, addMs(NOW, 59_999)), 'allow');
    for (const reader of [undefined, OWNER])
      assert.equal(decideReading(rule, reader, addMs(NOW, 60_000)), 'hide');
  });

  it('access is for the owner, then as the exceptions say, then as the default says', () => {
    const rule = ruleFrom({ access: ACCESS }, OWNER, NOW);
    const readers = [OWNER, FRIEND, FOE, accountId('stranger'), undefined];
    assert.deepEqual(
      readers.map((reader) => decideReading(rule, reader, NOW)),
      ['allow', 'allow', 'forbid', 'hide', 'hide'],
    );
  });
});
