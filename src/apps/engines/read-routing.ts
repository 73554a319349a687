/** Engines and routes of the configuration file, checked as a whole. */
import type { PlannedRoute } from '#adapters/engines/routing/engine-routes.ts';
import { readConfigurationFile } from '../configuration-file.ts';
import { ConfigurationValue } from './configuration-value.ts';
import { EMBEDDED, type HostedEngineSettings, readEngines } from './engine-settings.ts';
import { readRoutes } from './route-settings.ts';

export interface Routing {
  /** Beside the embedded one, which is always there. */
  readonly engines: readonly HostedEngineSettings[];
  readonly routes: readonly PlannedRoute[];
}

/**
 * Without a file, or without such members in it, everything goes to the embedded engine.
 * @throws AnimaticError `bad_setting`, naming the path within the file and what to write instead.
 */
export function readRouting(path: string, environment: NodeJS.ProcessEnv): Routing {
  const content = readConfigurationFile(path);
  const engines = readEngines(new ConfigurationValue(content.engines ?? {}, path, 'engines'), environment);
  const names = [EMBEDDED, ...engines.map(({ name }) => name)];
  return { engines, routes: readRoutes(new ConfigurationValue(content.routes ?? {}, path, 'routes'), names) };
}
