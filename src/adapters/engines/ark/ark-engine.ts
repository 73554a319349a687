/** ByteDance's own service: BytePlus ModelArk, or Volcengine Ark in China. */
import { AnimaticError } from '#domain/errors.ts';
import {
  type HostedEngineOptions,
  type HostedEnginePorts,
  openHostedEngine,
  type ServiceDefaults,
} from '../upstream/hosted-engine.ts';
import type { UpstreamEngine } from '../upstream/upstream-engine.ts';
import { ArkService } from './ark-service.ts';
import { ARK_MODELS, type ArkModel } from './models.ts';

export interface ArkEngineOptions extends HostedEngineOptions {
  /** `ep-...`: stands in for the model where the operator has set up a deployment of it. */
  readonly deployment?: string;
}

/** International; Volcengine's is `https://ark.cn-beijing.volces.com/api/v3`, with its own keys and model ids. */
const BASE_URL = 'https://ark.ap-southeast.bytepluses.com/api/v3';

/** As the service recommends: first after 20 to 30 s, then every 10 to 20 s. */
const PACE = { firstMs: 25_000, everyMs: 15_000, longestMs: 120_000 };

const defaultsOf = (model: ArkModel): ServiceDefaults => ({
  baseUrl: BASE_URL,
  pace: PACE,
  authorize: (apiKey) => `Bearer ${apiKey}`,
  price: { kind: 'perMillionTokens', ...model.price },
});

/** @throws AnimaticError `bad_setting` for a model that is not in the table. */
export function createArkEngine(options: ArkEngineOptions, ports: HostedEnginePorts): UpstreamEngine {
  const model = ARK_MODELS.find(({ ids }) => ids.includes(options.model));
  if (model === undefined) {
    throw new AnimaticError(
      'bad_setting',
      `The engine "${options.name}" names the Ark model "${options.model}", which is not known; use one of ${ARK_MODELS.flatMap(({ ids }) => ids).join(', ')}.`,
    );
  }
  const modelId = options.deployment ?? options.model;
  return openHostedEngine(
    options,
    ports,
    defaultsOf(model),
    (parts) => new ArkService(parts, model, modelId),
  );
}
