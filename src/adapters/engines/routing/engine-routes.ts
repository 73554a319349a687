/** The operator's engines and routes, which can be replaced as a whole while the program runs. */
import type { EndpointKey } from '#domain/endpoint-key.ts';
import type { Clock } from '#ports/clock.ts';
import type { Engine } from '#ports/engine.ts';
import type {
  EngineDirectory,
  EngineListing,
  Route,
  RouteCondition,
  StartReport,
} from '#ports/engine-directory.ts';
import { CircuitBreaker } from './circuit-breaker.ts';

export interface ListedEngine {
  readonly name: string;
  /** May be made when it is first looked at. */
  readonly engine: Engine;
  readonly mostJobs?: number;
}

/** One engine of a route, by its name. */
export interface PlannedStop {
  readonly engine: string;
  readonly weight?: number;
  readonly when: RouteCondition;
}

export interface PlannedRoute {
  /** `<protocol>:<endpoint id>`, in which a star stands for any characters. */
  readonly pattern: string;
  readonly stops: readonly [PlannedStop, ...PlannedStop[]];
}

export interface EnginePlan {
  readonly engines: readonly ListedEngine[];
  /** An endpoint takes the first that fits; one that names it without a star goes before all patterns. */
  readonly routes: readonly PlannedRoute[];
  /** Name of the engine behind endpoints without a route. */
  readonly otherwise: string;
}

export class EngineRoutes implements EngineDirectory {
  readonly #clock: Clock;
  readonly #breakers = new Map<string, CircuitBreaker>();
  #plan: EnginePlan;
  #engines: ReadonlyMap<string, ListedEngine>;

  /** @throws RangeError when a route names an engine that is not listed. */
  constructor(plan: EnginePlan, clock: Clock) {
    this.#clock = clock;
    this.#plan = plan;
    this.#engines = byName(plan);
  }

  /** Workers go on with the engines that they have. What is known of those that are the same object in both plans is kept. @throws RangeError as the constructor, and nothing is replaced. */
  replace(plan: EnginePlan): void {
    const engines = byName(plan);
    for (const [name, listed] of this.#engines) if (engines.get(name) !== listed) this.#breakers.delete(name);
    this.#plan = plan;
    this.#engines = engines;
  }

  routeOf(endpoint: EndpointKey): Route {
    const key = `${endpoint.protocol}:${endpoint.id}`;
    const { routes, otherwise } = this.#plan;
    const planned =
      routes.find(({ pattern }) => pattern === key) ?? routes.find(({ pattern }) => fits(pattern, key));
    if (planned === undefined) return [{ engine: this.#engineOf(otherwise), when: {} }];
    const [first, ...rest] = planned.stops.map(({ engine, ...stop }) => ({
      engine: this.#engineOf(engine),
      ...stop,
    }));
    return [first!, ...rest];
  }

  byName(name: string): Engine | undefined {
    return this.#engines.get(name)?.engine;
  }

  list(): readonly EngineListing[] {
    return [...this.#engines.values()].map(({ name, engine, mostJobs }) => ({
      engine,
      ...(mostJobs === undefined ? {} : { mostJobs }),
      breaker: this.#breakerOf(name).state,
    }));
  }

  admits(name: string): boolean {
    return this.#breakerOf(name).admits();
  }

  report(name: string, report: StartReport): void {
    this.#breakerOf(name).report(report);
  }

  #engineOf(name: string): Engine {
    return this.#engines.get(name)!.engine;
  }

  #breakerOf(name: string): CircuitBreaker {
    const known = this.#breakers.get(name) ?? new CircuitBreaker(this.#clock);
    this.#breakers.set(name, known);
    return known;
  }
}

/** Whether the endpoint is meant: a star stands for any characters, slashes too. */
export function fits(pattern: string, endpointKey: string): boolean {
  const parts = pattern.split('*').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`).test(endpointKey);
}

function byName({ engines, routes, otherwise }: EnginePlan): ReadonlyMap<string, ListedEngine> {
  const named = new Map(engines.map((listed) => [listed.name, listed]));
  const wanted = [otherwise, ...routes.flatMap(({ stops }) => stops.map(({ engine }) => engine))];
  const missing = wanted.find((name) => !named.has(name));
  if (missing !== undefined) throw new RangeError(`No engine is called "${missing}".`);
  return named;
}
