/** A JSON Schema as a list to read: name, type, limits, meaning; parts of parts below them. */
import type { JsonObject, JsonValue } from '#domain/json.ts';
import { escapeHtml, inline, paragraphs, slug } from './html.ts';

const isObject = (value: JsonValue | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** `Prediction` of `#/components/schemas/Prediction`; undefined for a schema that stands where it is used. */
export const referredName = (schema: JsonObject): string | undefined =>
  typeof schema.$ref === 'string' ? schema.$ref.split('/').at(-1) : undefined;

/** Values in code, one after another. */
const values = (list: readonly JsonValue[]): string =>
  list.map((value) => `<code>${escapeHtml(String(value))}</code>`).join(' ');

/** `#` stands for the limit. */
const LIMITS: Readonly<Record<string, string>> = {
  minimum: 'at least #',
  maximum: 'at most #',
  minLength: 'at least # characters',
  maxLength: 'at most # characters',
  minItems: 'at least # items',
  maxItems: 'at most # items',
  pattern: 'as #',
};

/** That something is not empty goes without saying. */
const isWorthSaying = (name: string, limit: JsonValue): boolean =>
  !(limit === 1 && (name === 'minLength' || name === 'minItems'));

/** `list of string`, a link to a schema of the page, or `text or list of object`. */
export function typeOf(schema: JsonObject): string {
  const name = referredName(schema);
  if (name !== undefined) return `<a href="#schema-${slug(name)}">${escapeHtml(name)}</a>`;
  if (Array.isArray(schema.anyOf)) return schema.anyOf.filter(isObject).map(typeOf).join(' or ');
  const types = (Array.isArray(schema.type) ? schema.type : [schema.type]).filter(
    (type) => type !== undefined,
  );
  const words = types.map((type) => (type === 'array' ? listType(schema) : String(type)));
  return words.length === 0 ? 'any' : words.join(' or ');
}

const listType = ({ items }: JsonObject): string => (isObject(items) ? `list of ${typeOf(items)}` : 'list');

/** What is true of a value beyond its type. */
function limitsOf(schema: JsonObject): string {
  const parts = Object.entries(LIMITS)
    .filter(([name]) => schema[name] !== undefined && isWorthSaying(name, schema[name]))
    .map(([name, words]) => words.replace('#', () => values([schema[name]!])));
  if (Array.isArray(schema.enum)) parts.push(`one of ${values(schema.enum)}`);
  if (schema.default !== undefined) parts.push(`default ${values([schema.default])}`);
  return parts.length === 0 ? '' : `<p class="limits">${parts.join(' · ')}</p>`;
}

/** One named value: a property, a parameter. */
export function renderValue(
  name: string,
  schema: JsonObject,
  { required, note = '' }: { readonly required: boolean; readonly note?: string },
): string {
  const mark = required ? '<span class="required">required</span>' : '';
  const about = typeof schema.description === 'string' ? paragraphs(schema.description) : '';
  const where = note === '' ? '' : `<span class="place">${inline(note)}</span>`;
  return (
    `<div class="value"><dt><code class="name">${escapeHtml(name)}</code> ` +
    `<span class="type">${typeOf(schema)}</span> ${where}${mark}</dt>` +
    `<dd>${about}${limitsOf(schema)}${renderParts(schema)}</dd></div>`
  );
}

/** The properties of an object, or of the objects in a list; nothing for plain values. */
export function renderParts(schema: JsonObject): string {
  const { properties, items } = schema;
  if (isObject(properties)) {
    const required = Array.isArray(schema.required) ? schema.required : [];
    const entries = Object.entries(properties).filter((entry): entry is [string, JsonObject] =>
      isObject(entry[1]),
    );
    return `<dl>${entries.map(([name, each]) => renderValue(name, each, { required: required.includes(name) })).join('')}</dl>`;
  }
  return isObject(items) ? renderParts(items) : '';
}
