/**
 * The values of list requests. They come in a JSON body or in a query, numbers as numbers or as text, and `null` or `""` for what
 * is not given.
 */
import { AnimaticError } from '#domain/errors.ts';
import { type Instant, instant } from '#domain/instant.ts';
import type { JsonObject } from '#domain/json.ts';

/** How a page is asked for; pages are numbered from 1. */
export interface PageRequest {
  readonly page: number;
  readonly limit: number;
  readonly offset: number;
}

/** Most items on a page. */
const LARGEST_PAGE = 100;
/** What is older than so many pages is found by a time span. */
const LAST_PAGE = 10_000;

export function pageOf(input: JsonObject, usualSize: number): PageRequest {
  const page = wholeNumberOf(input, 'page', { minimum: 1, maximum: LAST_PAGE }) ?? 1;
  const limit = wholeNumberOf(input, 'page_size', { minimum: 1, maximum: LARGEST_PAGE }) ?? usualSize;
  return { page, limit, offset: (page - 1) * limit };
}

export function textOf(input: JsonObject, name: string): string | undefined {
  const value = input[name];
  if (value === undefined || value === null || value === '') return undefined;
  if (typeof value === 'object') throw invalid(name, 'must be a text');
  return String(value);
}

/** A list of texts; a single text counts as a list of one. */
export function textsOf(input: JsonObject, name: string): readonly string[] {
  const value = input[name];
  if (value === undefined || value === null || value === '') return [];
  const values = Array.isArray(value) ? value : [value];
  if (values.every((item) => typeof item === 'string')) return values;
  throw invalid(name, 'must be a list of texts');
}

/** ISO 8601, or milliseconds since 1970 as a number or text. */
export function instantOf(input: JsonObject, name: string): Instant | undefined {
  const text = textOf(input, name);
  if (text === undefined) return undefined;
  const epochMs = /^\d+$/.test(text) ? Number(text) : Date.parse(text);
  if (Math.abs(epochMs) <= LAST_EPOCH_MS) return instant(epochMs);
  throw invalid(name, 'must be a time such as 2026-04-01T12:34:56Z, or milliseconds since 1970');
}

/** Of a `Date`, by ECMA-262. */
const LAST_EPOCH_MS = 8.64e15;

/** Switches come as text from clients that keep every value as text. */
export const isOn = (input: JsonObject, name: string): boolean =>
  input[name] === true || input[name] === 'true';

export const invalid = (name: string, requirement: string): AnimaticError =>
  new AnimaticError('invalid_parameter', `"${name}" ${requirement}.`, { path: [name] });

function wholeNumberOf(
  input: JsonObject,
  name: string,
  { minimum, maximum }: { readonly minimum: number; readonly maximum: number },
): number | undefined {
  const text = textOf(input, name);
  if (text === undefined) return undefined;
  const value = Number(text);
  if (Number.isInteger(value) && value >= minimum && value <= maximum) return value;
  throw invalid(name, `must be a whole number from ${minimum} to ${maximum}`);
}
