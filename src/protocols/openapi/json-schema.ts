/** Short ways to write JSON Schema (draft 2020-12), as OpenAPI 3.1 takes it. */
import type { JsonObject, JsonValue } from '#domain/json.ts';

type Extras = Readonly<Record<string, JsonValue>>;

export const text = (description: string, extras: Extras = {}): JsonObject => ({
  type: 'string',
  description,
  ...extras,
});

export const integer = (description: string, extras: Extras = {}): JsonObject => ({
  type: 'integer',
  description,
  ...extras,
});

export const decimal = (description: string, extras: Extras = {}): JsonObject => ({
  type: 'number',
  description,
  ...extras,
});

export const flag = (description: string, extras: Extras = {}): JsonObject => ({
  type: 'boolean',
  description,
  ...extras,
});

export const moment = (description: string): JsonObject => text(description, { format: 'date-time' });

export const address = (description: string): JsonObject => text(description, { format: 'uri' });

export const oneOf = (description: string, values: readonly string[]): JsonObject =>
  text(description, { enum: values });

export const list = (items: JsonObject, description?: string): JsonObject => ({
  type: 'array',
  ...(description === undefined ? {} : { description }),
  items,
});

/** Every property is required that is not named in `optional`. */
export function object(
  properties: Readonly<Record<string, JsonObject>>,
  {
    optional = [],
    description,
  }: { readonly optional?: readonly string[]; readonly description?: string } = {},
): JsonObject {
  const required = Object.keys(properties).filter((name) => !optional.includes(name));
  return {
    type: 'object',
    ...(description === undefined ? {} : { description }),
    properties,
    ...(required.length === 0 ? {} : { required }),
  };
}

/** One of the document's own schemas. */
export const ref = (name: string): JsonObject => ({ $ref: `#/components/schemas/${name}` });
