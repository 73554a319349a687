import type { JsonObject, JsonValue } from '#domain/json.ts';

const PICTURE = 'https://example.com/picture.jpg';

/** By form hint or format, where the type alone says too little. */
const EXAMPLES: Readonly<Record<string, JsonValue>> = {
  uploader: PICTURE,
  uploaders: [PICTURE],
  textarea: 'slow push in',
  uri: 'https://example.com/hook',
};

/** A value that fits a schema, with the properties that must be there and a prompt. */
export function exampleValue(schema: JsonObject): JsonValue {
  const hint = schema['x-ui-component'] ?? schema.format;
  const known = typeof hint === 'string' ? EXAMPLES[hint] : undefined;
  if (known !== undefined) return known;
  if (schema.default !== undefined) return schema.default;
  if (Array.isArray(schema.enum)) return schema.enum[0] as JsonValue;
  switch (schema.type) {
    case 'object':
      return exampleObject(schema);
    case 'array':
      return [exampleValue(schema.items as JsonObject)];
    case 'integer':
    case 'number':
      return Math.max(1, Number(schema.minimum ?? 1));
    case 'boolean':
      return true;
    default:
      return '...';
  }
}

function exampleObject({ properties = {}, required = [] }: JsonObject): JsonObject {
  const names = new Set([...(required as readonly string[]), 'prompt']);
  const entries = Object.entries(properties as JsonObject).filter(([name]) => names.has(name));
  return Object.fromEntries(entries.map(([name, schema]) => [name, exampleValue(schema as JsonObject)]));
}
