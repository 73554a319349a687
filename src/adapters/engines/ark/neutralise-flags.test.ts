import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { neutraliseFlags } from './neutralise-flags.ts';

const FORMS = [
  ['resolution', 'rs'],
  ['ratio', 'rt'],
  ['duration', 'dur'],
  ['framespersecond', 'fps'],
  ['seed'],
  ['camerafixed', 'cf'],
  ['watermark', 'wm'],
].flat();

describe('prompt flags', () => {
  for (const name of FORMS) {
    it(`--${name} becomes a word, wherever it stands`, () => {
      assert.equal(neutraliseFlags(`--${name} 1080p`), `${name} 1080p`);
      assert.equal(neutraliseFlags(`a lake --${name} 9 at dusk`), `a lake ${name} 9 at dusk`);
      assert.equal(neutraliseFlags(`a lake\n--${name}=9`), `a lake\n${name}=9`);
      assert.equal(neutraliseFlags(`a lake--${name.toUpperCase()}9`), `a lake ${name.toUpperCase()}9`);
    });
  }

  it('knows other dashes, and such as hide between invisible characters', () => {
    for (const dashes of ['——', '––', '−−', '－－', '-–', '—', '－', '-\u200b-', '-\u00ad-', '----'])
      assert.equal(neutraliseFlags(`a lake ${dashes}rs 1080p`), 'a lake rs 1080p', dashes);
  });

  it('leaves ordinary words alone', () => {
    for (const prompt of [
      'a half-seed rolls down the well-trodden path',
      'she waits -- then runs',
      'the seed — of hope — grows',
      'a list:\n-seed\n- ratio',
      'what --seeds they are, --ratios',
      'Zoom--slowly--out',
    ])
      assert.equal(neutraliseFlags(prompt), prompt);
  });

  it('leaves no flag behind, and nothing to do for a second pass', () => {
    const piece = fc.oneof(
      fc.constantFrom('-', '--', '–', '—', '\u200b', ' ', 'a', '9', ...FORMS),
      fc.string({ maxLength: 3 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const once = neutraliseFlags(pieces.join(''));
        assert.doesNotMatch(once, new RegExp(`--(${FORMS.join('|')})(?!\\p{L})`, 'iu'));
        assert.equal(neutraliseFlags(once), once);
      }),
    );
  });
});
