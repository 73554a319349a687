import type { EndpointKey } from '#domain/endpoint-key.ts';
import type { Engine } from './engine.ts';

/** Which engine stands behind which endpoint: the operator's choice. */
export interface EngineDirectory {
  engineFor(endpoint: EndpointKey): Engine;
  /** The engine that a task was bound to; undefined when the operator has removed it since. */
  byName(name: string): Engine | undefined;
}
