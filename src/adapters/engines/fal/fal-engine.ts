/** fal's queue. */
import { AnimaticError } from '#domain/errors.ts';
import {
  type HostedEngineOptions,
  type HostedEnginePorts,
  openHostedEngine,
  type ServiceDefaults,
} from '../upstream/hosted-engine.ts';
import type { UpstreamEngine } from '../upstream/upstream-engine.ts';
import { FalService } from './fal-service.ts';
import { FAL_MODELS, type FalModel } from './models.ts';

const BASE_URL = 'https://queue.fal.run';

/** fal's own clients ask twice a second; a clip takes a minute or more. */
const PACE = { firstMs: 5000, everyMs: 4000, longestMs: 60_000 };

const defaultsOf = (model: FalModel): ServiceDefaults => ({
  baseUrl: BASE_URL,
  pace: PACE,
  authorize: (apiKey) => `Key ${apiKey}`,
  price: { kind: 'perMillionTokens', withAudio: model.price, silent: model.price },
});

/** @throws AnimaticError `bad_setting` for a model that is not in the table. */
export function createFalEngine(options: HostedEngineOptions, ports: HostedEnginePorts): UpstreamEngine {
  const model = FAL_MODELS.find(({ id }) => id === options.model);
  if (model === undefined) {
    throw new AnimaticError(
      'bad_setting',
      `The engine "${options.name}" names the fal model "${options.model}", which is not known; use one of ${FAL_MODELS.map(({ id }) => id).join(', ')}.`,
    );
  }
  return openHostedEngine(options, ports, defaultsOf(model), (parts) => new FalService(parts, model));
}
