/**
 * Finds the server that a command talks to: the one named by --server, the one that runs on this data folder, or one started
 * in this process for the occasion and stopped after it.
 */
import type { Command } from 'commander';
import { AnimaticError } from '#domain/errors.ts';
import { readCommandLineKey, readServerNotice } from '../data-folder.ts';
import { startServer } from '../server.ts';
import { readSettings, type Settings } from '../settings.ts';
import { ServerClient } from './server-client.ts';

export interface ServerOption {
  readonly server?: string;
}

export const addServerOption = (command: Command): Command =>
  command.option(
    '--server <url>',
    'server to talk to (its key in ANIMATIC_KEY); left out: the local one, started if need be',
    process.env.ANIMATIC_SERVER,
  );

export async function withServer<Result>(
  option: ServerOption,
  action: (client: ServerClient) => Promise<Result>,
): Promise<Result> {
  const settings = readSettings(process.env);
  const running = remoteServer(option) ?? (await localServer(settings));
  if (running !== undefined) return action(running);
  const server = await startServer({
    ...settings,
    host: '127.0.0.1',
    port: 0,
    publicUrl: undefined,
    logLevel: 'warn',
  });
  try {
    return await action(new ServerClient(server.url, server.commandLineKey));
  } finally {
    await server.close();
  }
}

function remoteServer(option: ServerOption): ServerClient | undefined {
  if (option.server === undefined) return undefined;
  const key = process.env.ANIMATIC_KEY;
  if (key === undefined || key === '') {
    throw new AnimaticError(
      'unauthorized',
      `ANIMATIC_KEY is not set; it must hold an API key of ${option.server}.`,
    );
  }
  return new ServerClient(option.server, key);
}

/** The server that noted its address in the data folder, if it still answers. */
async function localServer(settings: Settings): Promise<ServerClient | undefined> {
  const url = readServerNotice(settings.dataFolder);
  const key = process.env.ANIMATIC_KEY || readCommandLineKey(settings.dataFolder);
  if (url === undefined || key === undefined) return undefined;
  const answers = await fetch(`${url}/healthz`).then(
    (response) => response.ok,
    () => false,
  );
  return answers ? new ServerClient(url, key) : undefined;
}
