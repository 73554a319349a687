import assert from 'node:assert/strict';
import { it } from 'node:test';
import { AnimaticError, type ErrorCode, type ErrorDetails, InputError } from '#domain/errors.ts';
import { FAL_FAILURES, falErrorBody } from './fal-error.ts';

it('fal errors: a status at which clients repeat the request is used only where that helps, or with the mark that stops them', () => {
  const repeated = [408, 409, 429, 502, 503, 504];
  const found = Object.entries(FAL_FAILURES).filter(([, { httpStatus }]) => repeated.includes(httpStatus));
  assert.deepEqual(
    found.map(([code, { isWorthRetrying, timeoutType }]) => [code, isWorthRetrying, timeoutType]),
    [
      ['engine_busy', true, undefined],
      ['engine_unavailable', true, undefined],
      ['start_timeout', undefined, 'user'],
      ['queue_full', true, undefined],
      ['rate_limited', true, undefined],
      ['unavailable', true, undefined],
    ],
  );
});

it('a picture inline is not sent back with its fault', () => {
  const error = new AnimaticError('media_unreadable', 'Damaged.', { path: ['image_url'] });
  const body = falErrorBody(error, { image_url: `data:image/png;base64,${'A'.repeat(1000)}` });
  assert.deepEqual(body.detail, [
    {
      loc: ['body', 'image_url'],
      msg: 'Damaged.',
      type: 'image_load_error',
      url: 'https://docs.fal.ai/errors/#image_load_error',
    },
  ]);
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

it('fal model errors: limits and formats of files are told as fal tells them', () => {
  const detailOf = (code: ErrorCode, details: ErrorDetails) => {
    const error = new AnimaticError(code, 'Unfit.', { path: ['image_url'], details });
    const [detail] = falErrorBody(error, {}).detail as { type: string; ctx: unknown }[];
    return [detail?.type, detail?.ctx];
  };
  for (const limit of ['maxBytes', 'maxByteLength'])
    assert.deepEqual(detailOf('media_too_large', { [limit]: 10 }), ['file_too_large', { max_size: 10 }]);
  assert.deepEqual(detailOf('media_too_large', { width: 16, height: 9, maxPixels: 36 }), [
    'image_too_large',
    { max_width: 8, max_height: 4, max_pixels: 36 },
  ]);
  assert.deepEqual(detailOf('media_unsupported', { acceptedFormats: ['png'] }), [
    'unsupported_image_format',
    { supported_formats: ['png'] },
  ]);
});
