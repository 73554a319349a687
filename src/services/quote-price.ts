import { findEndpoint } from '#catalogue/index.ts';
import { type Quote, quote } from '#catalogue/price.ts';
import { readPartialInput } from '#catalogue/read-input.ts';
import type { EndpointKey } from '#domain/endpoint-key.ts';
import type { JsonObject } from '#domain/json.ts';

/**
 * What a request would cost, free of charge. Inputs may be incomplete; defaults stand in.
 * @throws AnimaticError `unknown_endpoint`; InputError for values that could never be submitted.
 */
export function quotePrice(key: EndpointKey, body: JsonObject): Quote {
  const endpoint = findEndpoint(key);
  return quote(endpoint, readPartialInput(endpoint, body).request);
}
