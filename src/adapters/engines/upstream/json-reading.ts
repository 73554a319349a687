/** Reads what services answer: nothing is taken on trust, what is absent or of another type is undefined. */
import type { JsonObject, JsonValue } from '#domain/json.ts';

/** A service's words are quoted no longer than this. */
const LONGEST_QUOTE = 300;

export const asObject = (value: JsonValue | undefined): JsonObject | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : undefined;

export const asArray = (value: JsonValue | undefined): readonly JsonValue[] | undefined =>
  Array.isArray(value) ? (value as readonly JsonValue[]) : undefined;

/** The objects among a list's elements. */
export const objectsIn = (value: JsonValue | undefined): readonly JsonObject[] =>
  (asArray(value) ?? []).flatMap((element) => {
    const object = asObject(element);
    return object === undefined ? [] : [object];
  });

/** Not empty. */
export const asText = (value: JsonValue | undefined): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

export const asNumber = (value: JsonValue | undefined): number | undefined =>
  typeof value === 'number' && Number.isFinite(value) ? value : undefined;

/** The value at the end of a path of keys. */
export function at(value: JsonValue | undefined, ...path: readonly string[]): JsonValue | undefined {
  return path.reduce<JsonValue | undefined>((inner, key) => {
    const object = asObject(inner);
    return object !== undefined && Object.hasOwn(object, key) ? object[key] : undefined;
  }, value);
}

/** One line of a service's own words, cut to a length that fits a message. */
export function quote(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: exactly those are taken out.
  const line = text.replace(/[\u0000-\u001f\u007f\s]+/g, ' ').trim();
  return line.length > LONGEST_QUOTE ? `${line.slice(0, LONGEST_QUOTE - 3)}...` : line;
}
