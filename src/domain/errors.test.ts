import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { it } from 'node:test';
import { AnimaticError, ERROR_CODES, fromStoredError, InputError, toStoredError } from './errors.ts';

it('docs/errors.md lists exactly the codes there are, with their meanings', () => {
  const page = readFileSync(new URL('../../docs/errors.md', import.meta.url), 'utf8');
  const rows = [...page.matchAll(/^\| `(\w+)` \| (.+?) \| (.+?) \|$/gm)].map((match) => [match[1], match[2]]);
  assert.deepEqual(Object.fromEntries(rows), ERROR_CODES);
});

it('an error survives being stored', () => {
  const error = new AnimaticError('media_too_large', 'Too large.', {
    path: ['images', 1],
    details: { limit: 3 },
  });
  const back = fromStoredError(JSON.parse(JSON.stringify(toStoredError(error))));
  assert.deepEqual(
    [back.code, back.message, back.path, back.details],
    [error.code, error.message, error.path, error.details],
  );
});

it('an unexpected error is stored without its text, which may hold secrets', () => {
  assert.deepEqual(toStoredError(new Error('password=1')).code, 'internal');
  assert.ok(!JSON.stringify(toStoredError(new Error('password=1'))).includes('password'));
});

it('an input error speaks for its first fault', () => {
  const error = new InputError([
    { code: 'missing_parameter', message: 'First.', path: ['image'] },
    { code: 'invalid_parameter', message: 'Second.', path: ['seed'] },
  ]);
  assert.deepEqual([error.code, error.message, error.path], ['missing_parameter', 'First.', ['image']]);
});
