/**
 * Finds the server that a command talks to: the one named by --server, the one that runs on this data folder, or one started
 * in this process for the occasion and stopped after it.
 */
import { existsSync, readFileSync } from 'node:fs';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import type { Command } from 'commander';
import { AnimaticError } from '#domain/errors.ts';
import { readCommandLineKey, readServerNotice } from '../data-folder.ts';
import { authorityPath } from '../load-tls.ts';
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

/** @param needs.work False for what asks about keys and books alone: a server for the occasion then touches no task. */
export async function withServer<Result>(
  option: ServerOption,
  action: (client: ServerClient) => Promise<Result>,
  needs = { work: true },
): Promise<Result> {
  const running = remoteServer(option);
  if (running !== undefined) return action(running);
  const settings = readSettings(process.env);
  const local = await localServer(settings);
  if (local !== undefined) return action(local);
  const occasional = {
    ...settings,
    host: '127.0.0.1',
    port: 0,
    publicUrl: undefined,
    tls: 'off',
    tlsCertificatePath: undefined,
    tlsKeyPath: undefined,
    logLevel: 'warn',
  } as const;
  const server = await startServer(occasional, { announce: false, work: needs.work });
  try {
    return await action(new ServerClient(server.url, server.commandLineKey));
  } finally {
    await server.close();
  }
}

function remoteServer({ server }: ServerOption): ServerClient | undefined {
  if (server === undefined) return undefined;
  const key = process.env.ANIMATIC_KEY;
  if (key === undefined || key === '') {
    throw new AnimaticError('unauthorized', `ANIMATIC_KEY is not set; it must hold an API key of ${server}.`);
  }
  return new ServerClient(server, key);
}

/** The server that noted its address in the data folder, if it still answers. */
async function localServer({ dataFolder }: Settings): Promise<ServerClient | undefined> {
  const url = readServerNotice(dataFolder);
  const key = readCommandLineKey(dataFolder);
  if (url === undefined || key === undefined) return undefined;
  trustAuthority(dataFolder);
  const answers = await fetch(`${url}/healthz`).then(
    (response) => response.ok,
    () => false,
  );
  return answers ? new ServerClient(url, key) : undefined;
}

/** A server with a development certificate is known by the authority beside it. */
function trustAuthority(dataFolder: string): void {
  const path = authorityPath(dataFolder);
  if (existsSync(path))
    setDefaultCACertificates([...getCACertificates('default'), readFileSync(path, 'utf8')]);
}
