import type { Endpoint } from '#catalogue/endpoint.ts';
import { findEndpoint } from '#catalogue/index.ts';
import { type Quote, quote } from '#catalogue/price.ts';
import { readInput, readPartialInput } from '#catalogue/read-input.ts';
import type { EndpointKey } from '#domain/endpoint-key.ts';
import { AnimaticError, InputError, type InputFault } from '#domain/errors.ts';
import type { AccountId } from '#domain/ids.ts';
import type { JsonObject } from '#domain/json.ts';
import type { Ports } from '#ports/ports.ts';
import { capableStops } from './choose-engines.ts';

export interface CheckRequest {
  readonly key: EndpointKey;
  /** Of the caller: engines may be set up for some alone. */
  readonly accountId: AccountId;
  readonly body: JsonObject;
}

export interface RequestCheck {
  /** Absent when a value that could move the price is itself wrong. */
  readonly quote?: Quote;
  /** Everything that a submit would refuse before it looks at files, in its words; empty for a request that can be sent. */
  readonly faults: readonly InputFault[];
}

/** What a request would cost and what is still wrong with it. Nothing is stored or charged. @throws AnimaticError `unknown_endpoint`. */
export function checkRequest(
  ports: Pick<Ports, 'engines'>,
  { key, accountId, body }: CheckRequest,
): RequestCheck {
  const endpoint = findEndpoint(key);
  const faults = faultsOf(() => {
    const { request, inputPaths } = readInput(endpoint, body);
    capableStops(ports, { endpoint, request, inputPaths, accountId });
  });
  const price = priceOf(endpoint, body);
  return { ...(price === undefined ? {} : { quote: price }), faults };
}

function priceOf(endpoint: Endpoint, body: JsonObject): Quote | undefined {
  try {
    return quote(endpoint, readPartialInput(endpoint, body).request);
  } catch (error) {
    if (error instanceof InputError) return undefined;
    throw error;
  }
}

function faultsOf(check: () => void): readonly InputFault[] {
  try {
    check();
    return [];
  } catch (error) {
    if (error instanceof InputError) return error.faults;
    if (!(error instanceof AnimaticError)) throw error;
    const { code, message, path = [], details } = error;
    return [{ code, message, path, ...(details === undefined ? {} : { details }) }];
  }
}
