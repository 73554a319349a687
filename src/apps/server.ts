/** The whole program: HTTP, workers and reaper around one composition. Starts in order, stops in reverse. */
import type { FastifyInstance } from 'fastify';
import { destination, type Logger, pino } from 'pino';
import { AnimaticError } from '#domain/errors.ts';
import type { Ports } from '#ports/ports.ts';
import { createHttpServer } from '#protocols/http/create-http-server.ts';
import { recoverTasks } from '#services/reap-stale-tasks.ts';
import { type Composition, compose } from './compose.ts';
import { openDataFolder, removeServerNotice, writeServerNotice } from './data-folder.ts';
import { type FirstAccount, openFirstAccount } from './first-account.ts';
import type { Settings } from './settings.ts';
import { startWork } from './start-work.ts';

export interface RunningServer extends FirstAccount {
  /** Origin on which it listens. */
  readonly url: string;
  readonly ports: Ports;
  close(): Promise<void>;
}

/**
 * @param options.announce Notes the address in the data folder for the command line, and makes a first key for people.
 * @throws AnimaticError `data_folder_in_use`, `bad_setting` (also when the port is taken).
 */
export async function startServer(settings: Settings, options = { announce: false }): Promise<RunningServer> {
  const log = createLog(settings);
  const composition = await compose(settings, openDataFolder(settings.dataFolder), log);
  try {
    return await serve(composition, settings, { ...options, log });
  } catch (error) {
    await composition.close();
    throw error;
  }
}

async function serve(
  { ports, close }: Composition,
  settings: Settings,
  { announce, log }: { readonly announce: boolean; readonly log: Logger },
): Promise<RunningServer> {
  const account = await openFirstAccount(ports, settings, {
    withPersonalKey: announce && settings.bootstrapKey === undefined,
  });
  await recoverTasks(ports);
  const http = await createHttpServer({ ...ports, publicUrl: settings.publicUrl }, { logger: log });
  const url = await listen(http, settings);
  const work = startWork(ports, settings);
  if (announce) writeServerNotice(settings.dataFolder, url);
  return {
    ...account,
    url,
    ports,
    close: async () => {
      if (announce) removeServerNotice(settings.dataFolder);
      await http.close();
      await work.stop();
      await close();
    },
  };
}

async function listen(http: FastifyInstance, settings: Settings): Promise<string> {
  try {
    return await http.listen({ host: settings.host, port: settings.port });
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code;
    const why = code === 'EADDRINUSE' ? 'is in use by another program' : `cannot be listened on (${code})`;
    throw new AnimaticError(
      'bad_setting',
      `${settings.host}:${settings.port} ${why}; set ANIMATIC_HOST or ANIMATIC_PORT.`,
      { cause },
    );
  }
}

/** Warnings and errors go to stderr, so that a command's own output stays clean. */
function createLog(settings: Settings): Logger {
  return pino(
    { level: settings.logLevel, redact: ['req.headers.authorization', '*.key', '*.authorization'] },
    destination({ fd: 2, sync: true }),
  );
}
