import assert from 'node:assert/strict';
import { it } from 'node:test';
import { AnimaticError, InputError } from '#domain/errors.ts';
import { FAL_FAILURES, falErrorBody } from './fal-error.ts';

it('no failure has a status that a client repeats the request at', () => {
  const repeated = [408, 409, 429, 502, 503, 504];
  for (const [code, { httpStatus }] of Object.entries(FAL_FAILURES))
    assert.ok(!repeated.includes(httpStatus), code);
});

it('a picture inline is not sent back with its fault', () => {
  const error = new AnimaticError('media_unreadable', 'Damaged.', { path: ['image_url'] });
  const body = falErrorBody(error, { image_url: `data:image/png;base64,${'A'.repeat(1000)}` });
  assert.deepEqual(body.detail, [{ loc: ['body', 'image_url'], msg: 'Damaged.', type: 'image_load_error' }]);
});

it('every fault is listed, and the message tells all of them', () => {
  const error = new InputError([
    { code: 'missing_parameter', message: 'A.', path: ['a'], details: { rule: 'required' } },
    { code: 'invalid_parameter', message: 'B.', path: ['b', 1], details: { rule: 'minLength', limit: 1 } },
  ]);
  const body = falErrorBody(error, { b: ['x', ''] });
  assert.deepEqual(body.detail, [
    { loc: ['body', 'a'], msg: 'A.', type: 'missing' },
    { loc: ['body', 'b', 1], msg: 'B.', type: 'string_too_short', ctx: { min_length: 1 }, input: '' },
  ]);
  assert.equal(body.message, 'A. B.');
});

it('a limit in bytes is told as fal tells it', () => {
  const error = new AnimaticError('media_too_large', 'Too large.', {
    path: ['image_url'],
    details: { maxBytes: 10 },
  });
  const [detail] = falErrorBody(error, {}).detail as { type: string; ctx: unknown }[];
  assert.deepEqual([detail?.type, detail?.ctx], ['file_too_large', { max_size: 10 }]);
});
