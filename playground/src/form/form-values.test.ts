import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { InputRule, InputSchema } from '../wire/catalogue.ts';
import { filesOf, initialValues, toInput } from './form-values.ts';
import { missingFields } from './missing-fields.ts';

const text = (title: string) => ({ type: 'string', title, description: '' }) as const;

const schema: InputSchema = {
  properties: {
    images: { ...text('Images'), type: 'array' },
    prompt: text('Prompt'),
    duration: { ...text('Duration'), type: 'integer', default: 5 },
    image: text('Image'),
    last_image: text('Last image'),
  },
  required: ['images', 'prompt'],
  'x-order-properties': ['images', 'prompt', 'duration', 'image', 'last_image'],
};
const rules: readonly InputRule[] = [
  { kind: 'atLeastOne', names: ['images', 'image'] },
  { kind: 'needs', name: 'last_image', needs: ['image', 'images'] },
];

const missing = (values: Record<string, string | string[]>) =>
  missingFields({ schema, rules } as never, toInput({ schema }, values));

describe('the form', () => {
  it('starts on the defaults and sends neither what is empty nor what the model does not have', () => {
    assert.deepEqual(initialValues({ schema }), { duration: 5 });
    const values = { seed: 3, prompt: '', image: null, images: [], duration: 4 };
    assert.deepEqual(toInput({ schema }, values), { duration: 4 });
  });

  it("sends in the schema's order, and keeps what is falsy but given", () => {
    const input = toInput({ schema }, { last_image: 'b', duration: 0, images: ['a'] });
    assert.deepEqual(Object.entries(input), [
      ['images', ['a']],
      ['duration', 0],
      ['last_image', 'b'],
    ]);
  });

  it('reads one file or several', () => {
    assert.deepEqual(filesOf({ images: ['a', 3, 'b'] }, 'images'), ['a', 'b']);
    assert.deepEqual(filesOf({ image: 'a' }, 'image'), ['a']);
    assert.deepEqual(filesOf({ image: '' }, 'image'), []);
  });
});

describe('what is missing', () => {
  it('is named in the order of the form', () => assert.deepEqual(missing({}), ['images', 'prompt']));

  it('is nothing when one of those that stand in for each other is given', () => {
    assert.deepEqual(missing({ image: 'a', prompt: 'pan' }), []);
    assert.deepEqual(missing({ images: ['a'], prompt: 'pan' }), []);
  });

  it('is what a given field needs beside it', () => {
    assert.deepEqual(missing({ last_image: 'b', prompt: 'pan' }), ['images', 'image']);
  });
});
