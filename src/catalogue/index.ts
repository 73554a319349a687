/** Every endpoint that is served. Adding a model is one file of data and one line here. */
import { type EndpointKey, type Protocol, sameEndpoint } from '#domain/endpoint-key.ts';
import { AnimaticError } from '#domain/errors.ts';
import type { Endpoint } from './endpoint.ts';
import { SEEDANCE_2_0_FAL } from './seedance-2.0-fal.ts';
import { SEEDANCE_2_0_WAVESPEED } from './seedance-2.0-wavespeed.ts';
import { SEEDANCE_V1_5_PRO } from './seedance-v1.5-pro.ts';

export const ENDPOINTS: readonly Endpoint[] = [
  ...SEEDANCE_2_0_WAVESPEED,
  ...SEEDANCE_V1_5_PRO,
  ...SEEDANCE_2_0_FAL,
];

export const endpointsOf = (protocol: Protocol): readonly Endpoint[] =>
  ENDPOINTS.filter((endpoint) => endpoint.protocol === protocol);

/**
 * The endpoint by its id or an alias of it.
 * @throws AnimaticError `unknown_endpoint`, naming what is there instead.
 */
export function findEndpoint(key: EndpointKey): Endpoint {
  const endpoint =
    ENDPOINTS.find((candidate) => sameEndpoint(candidate, key)) ??
    endpointsOf(key.protocol).find(({ aliases }) => aliases?.includes(key.id));
  if (endpoint !== undefined) return endpoint;
  const known = endpointsOf(key.protocol).map((candidate) => candidate.id);
  throw new AnimaticError(
    'unknown_endpoint',
    `There is no model "${key.id}" here. Models of this protocol: ${known.join(', ')}.`,
  );
}
