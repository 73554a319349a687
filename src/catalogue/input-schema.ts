/** The published JSON Schema of an endpoint's input: what forms, OpenAPI, command line and model lists are made from. */
import type { JsonObject } from '#domain/json.ts';
import type { Endpoint } from './endpoint.ts';

/** `x-order-properties` is the order in which a form shows the fields. */
export function inputSchema(endpoint: Endpoint): JsonObject {
  const [alternatives] = endpoint.rules.filter((rule) => rule.kind === 'atLeastOne');
  const required = endpoint.fields.filter((field) => field.required).map((field) => field.name);
  return {
    type: 'object',
    properties: Object.fromEntries(endpoint.fields.map((field) => [field.name, field.schema])),
    required: alternatives === undefined ? required : [alternatives.names[0], ...required],
    'x-order-properties': endpoint.fields.map((field) => field.name),
  };
}
