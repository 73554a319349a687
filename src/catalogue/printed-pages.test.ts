/** The catalogue against the pages it was read from: every price cell, default, range and order. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { InputError } from '#domain/errors.ts';
import { formatUsd, usd } from '#domain/money.ts';
import { PRINTED_PAGES, type PrintedField, type PrintedPage } from '#tests/fixtures/printed-pages.ts';
import type { Endpoint } from './endpoint.ts';
import { findEndpoint } from './index.ts';
import { inputSchema } from './input-schema.ts';
import { quote } from './price.ts';
import { readInput } from './read-input.ts';

const priceOf = (endpoint: Endpoint, input: PrintedPage['minimalInput'] | Record<string, unknown>): string =>
  formatUsd(quote(endpoint, readInput(endpoint, input as never).request).price);

for (const page of PRINTED_PAGES) {
  const endpoint = findEndpoint(page);
  describe(`${page.protocol} ${page.id}`, () => {
    for (const { input, price } of page.prices) {
      it(`costs $${price} for ${JSON.stringify(input)}`, () => {
        assert.equal(priceOf(endpoint, { ...page.minimalInput, ...input }), formatUsd(usd(price)));
      });
    }
    for (const field of page.fields)
      it(`takes ${field.name} as printed`, () => assertField(endpoint, page, field));
    it('shows its fields in the printed order', () => {
      const shown = inputSchema(endpoint)['x-order-properties'] as readonly string[];
      const printed = page.fields.map((field) => field.name);
      assert.deepEqual(
        shown.filter((name) => printed.includes(name)),
        printed,
      );
      assert.deepEqual(shown.slice(0, printed.length), printed, 'what the page does not print comes last');
    });
    it('refuses the printed sample, naming what it leaves out', () => {
      const missing = page.fields.filter((field) => field.required).map((field) => field.name);
      assert.throws(
        () => readInput(endpoint, page.sampleBody),
        (error: unknown) => {
          assert.ok(error instanceof InputError);
          const named = error.faults.map((fault) => fault.path[0]);
          assert.ok(error.faults.every((fault) => fault.code === 'missing_parameter'));
          assert.ok(named.includes(missing[0]), `${named} should hold ${missing[0]}`);
          return true;
        },
      );
      assert.doesNotThrow(() => readInput(endpoint, { ...page.minimalInput, ...page.sampleBody }));
    });
  });
}

function assertField(endpoint: Endpoint, page: PrintedPage, printed: PrintedField): void {
  const schema = inputSchema(endpoint);
  const property = (schema.properties as Record<string, Record<string, unknown>>)[printed.name];
  assert.ok(property, `${printed.name} is not published`);
  assert.equal(property.type, printed.type === 'enum' ? 'string' : printed.type);
  assert.equal((schema.required as readonly string[]).includes(printed.name), printed.required);
  assert.equal(property.default, printed.default);
  const read = (value: unknown) =>
    readInput(endpoint, { ...page.minimalInput, [printed.name]: value } as never).input[printed.name];
  if (printed.values !== undefined) {
    assert.deepEqual(property.enum, printed.values);
    for (const value of printed.values) assert.equal(read(value), value);
    assert.throws(() => read('17:3'), /must be/);
  }
  if (printed.range !== undefined) {
    const [minimum, maximum] = printed.range;
    assert.deepEqual([property.minimum, property.maximum], printed.range);
    for (const value of printed.range) assert.equal(read(value), value);
    assert.throws(() => read(minimum - 1), new RegExp(`at least ${minimum}`));
    assert.throws(() => read(maximum + 1), new RegExp(`at most ${maximum}`));
  }
  if (printed.default !== undefined)
    assert.equal(readInput(endpoint, page.minimalInput).input[printed.name], printed.default);
}
