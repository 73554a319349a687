/**
 * The engines as the configuration file has them, read again when it changes. A file that cannot be used changes nothing. Engines whose
 * settings are as before are kept, and so are replaced ones until the program ends: workers may still follow their jobs.
 */
import { existsSync, unwatchFile, watchFile } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { EmulatedEngine } from '#adapters/engines/emulated/emulated-engine.ts';
import { type EnginePlan, EngineRoutes, type ListedEngine } from '#adapters/engines/routing/engine-routes.ts';
import type { HostedEnginePorts } from '#adapters/engines/upstream/hosted-engine.ts';
import { AnimaticError } from '#domain/errors.ts';
import type { Engine } from '#ports/engine.ts';
import type { EngineDirectory } from '#ports/engine-directory.ts';
import { EMBEDDED, type HostedEngineSettings } from './engine-settings.ts';
import { openEngine } from './open-engine.ts';
import { type Routing, readRouting } from './read-routing.ts';

export interface EngineRoomOptions {
  readonly configurationPath: string;
  /** Holds the keys that the file names. */
  readonly environment: NodeJS.ProcessEnv;
  /** Clips that the embedded engine makes at once. */
  readonly workers: number;
  /** Made when it is first needed. */
  readonly embedded: () => Engine;
  readonly hosted: HostedEnginePorts;
}

interface OpenEngine {
  readonly settings: HostedEngineSettings;
  readonly listed: ListedEngine;
}

const LOOK_INTERVAL_MS = 1000;

export class EngineRoom {
  readonly #options: EngineRoomOptions;
  readonly #routes: EngineRoutes;
  /** Every engine that was ever opened. */
  readonly #opened: Engine[] = [];
  #current = new Map<string, OpenEngine>();
  readonly #onChange = () => this.reload();

  /** @throws AnimaticError `bad_setting`. */
  constructor(options: EngineRoomOptions) {
    this.#options = options;
    this.#routes = new EngineRoutes(this.#plan(), options.hosted.clock);
  }

  get directory(): EngineDirectory {
    return this.#routes;
  }

  /** Looks for changes of the file once a second, until it is closed; keeps no program running. */
  watch(): void {
    const { configurationPath: path } = this.#options;
    watchFile(path, { interval: LOOK_INTERVAL_MS, persistent: false }, this.#onChange);
  }

  /** Never throws: a file that cannot be used is told to the operator. */
  reload(): void {
    const { configurationPath: path, hosted } = this.#options;
    const { log } = hosted;
    try {
      if (!existsSync(path)) {
        log.warn({ path }, 'The configuration file is gone; engines and routes stay as they were.');
        return;
      }
      this.#routes.replace(this.#plan());
      const engines = this.#routes.list().map(({ engine }) => engine.name);
      log.info({ path, engines }, 'Engines and routes were read again.');
    } catch (error) {
      const reason = error instanceof AnimaticError ? error.message : error;
      log.error(
        { path, reason },
        'The configuration file cannot be used; engines and routes stay as they were.',
      );
    }
  }

  async close(): Promise<void> {
    unwatchFile(this.#options.configurationPath, this.#onChange);
    await Promise.all(this.#opened.map((engine) => engine.close()));
  }

  /** Nothing is changed when the file cannot be used. @throws AnimaticError `bad_setting`. */
  #plan(): EnginePlan {
    const { configurationPath, environment } = this.#options;
    const routing = readRouting(configurationPath, environment);
    const current = new Map(routing.engines.map((settings) => [settings.name, this.#open(settings)]));
    this.#current = current;
    const hosted = [...current.values()].map(({ listed }) => listed);
    return { engines: [this.#embedded(routing), ...hosted], routes: routing.routes, otherwise: EMBEDDED };
  }

  /** Its limit is that of the workers; it has to be told only where there are more of those for other engines. */
  #embedded({ engines }: Routing): ListedEngine {
    const { workers, hosted } = this.#options;
    const make = () => new EmulatedEngine(this.#options.embedded(), hosted.clock);
    let engine: Engine | undefined;
    return {
      name: EMBEDDED,
      get engine() {
        engine ??= make();
        return engine;
      },
      ...(engines.length === 0 ? {} : { mostJobs: workers }),
    };
  }

  #open(settings: HostedEngineSettings): OpenEngine {
    const known = this.#current.get(settings.name);
    if (known !== undefined && isDeepStrictEqual(known.settings, settings)) return known;
    const { hosted } = this.#options;
    const opened = openEngine(settings, hosted);
    this.#opened.push(opened);
    // In between as with the embedded engine: what a task asks of the emulator holds for every engine.
    const engine = new EmulatedEngine(opened, hosted.clock);
    return { settings, listed: { name: settings.name, engine, mostJobs: settings.mostJobs } };
  }
}
