/** Replicate's predictions. */
import { AnimaticError } from '#domain/errors.ts';
import {
  type HostedEngineOptions,
  type HostedEnginePorts,
  openHostedEngine,
  type ServiceDefaults,
} from '../upstream/hosted-engine.ts';
import type { UpstreamEngine } from '../upstream/upstream-engine.ts';
import { REPLICATE_MODELS } from './models.ts';
import { ReplicateService } from './replicate-service.ts';

const DEFAULTS: ServiceDefaults = {
  baseUrl: 'https://api.replicate.com/v1',
  pace: { firstMs: 5000, everyMs: 4000, longestMs: 60_000 },
  authorize: (apiKey) => `Bearer ${apiKey}`,
  price: undefined,
};

/** @throws AnimaticError `bad_setting` for a model that is not in the table. */
export function createReplicateEngine(
  options: HostedEngineOptions,
  ports: HostedEnginePorts,
): UpstreamEngine {
  const model = REPLICATE_MODELS.find(({ id }) => id === options.model);
  if (model === undefined) {
    throw new AnimaticError(
      'bad_setting',
      `The engine "${options.name}" names the Replicate model "${options.model}", which is not known; use one of ${REPLICATE_MODELS.map(({ id }) => id).join(', ')}.`,
    );
  }
  return openHostedEngine(options, ports, DEFAULTS, (parts) => new ReplicateService(parts, model));
}
