import { createArkEngine } from '#adapters/engines/ark/ark-engine.ts';
import { createFalEngine } from '#adapters/engines/fal/fal-engine.ts';
import { createReplicateEngine } from '#adapters/engines/replicate/replicate-engine.ts';
import type { HostedEnginePorts } from '#adapters/engines/upstream/hosted-engine.ts';
import { createWavespeedEngine } from '#adapters/engines/wavespeed/wavespeed-engine.ts';
import type { Engine } from '#ports/engine.ts';
import type { HostedEngineSettings, HostedKind } from './engine-settings.ts';

const OPENERS: Readonly<
  Record<HostedKind, (settings: HostedEngineSettings, ports: HostedEnginePorts) => Engine>
> = {
  ark: createArkEngine,
  fal: createFalEngine,
  wavespeed: createWavespeedEngine,
  replicate: createReplicateEngine,
};

/** @throws AnimaticError `bad_setting` for a model that the service is not known to have. */
export const openEngine = (settings: HostedEngineSettings, ports: HostedEnginePorts): Engine =>
  OPENERS[settings.kind](settings, ports);
