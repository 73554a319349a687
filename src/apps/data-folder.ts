/**
 * The data folder: database, files, and the secrets of this installation. Only its owner can read it.
 *
 *     animatic.sqlite   the database        files/              uploads and results
 *     signing.key       signs upload links  command-line.key    lets the command line in without asking
 *     server.json       address of the server that is running, for the command line
 */
import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface DataFolder {
  readonly databasePath: string;
  readonly filesPath: string;
  readonly signingKey: Uint8Array;
}

export function openDataFolder(path: string): DataFolder {
  mkdirSync(path, { recursive: true, mode: 0o700 });
  chmodSync(path, 0o700);
  return {
    databasePath: join(path, 'animatic.sqlite'),
    filesPath: join(path, 'files'),
    signingKey: Buffer.from(
      readOrCreateSecret(join(path, 'signing.key'), () => randomBytes(32).toString('hex')),
      'hex',
    ),
  };
}

function readOrCreateSecret(path: string, create: () => string): string {
  if (!existsSync(path)) writeFileSync(path, create(), { mode: 0o600, flag: 'wx' });
  return readFileSync(path, 'utf8').trim();
}

const commandLineKeyPath = (folder: string) => join(folder, 'command-line.key');

export function readCommandLineKey(folder: string): string | undefined {
  const path = commandLineKeyPath(folder);
  return existsSync(path) ? readFileSync(path, 'utf8').trim() : undefined;
}

export function writeCommandLineKey(folder: string, key: string): void {
  writeFileSync(commandLineKeyPath(folder), key, { mode: 0o600 });
}

const noticePath = (folder: string) => join(folder, 'server.json');

/** Tells the command line where the server of this folder listens. */
export function writeServerNotice(folder: string, url: string): void {
  writeFileSync(noticePath(folder), JSON.stringify({ url, processId: process.pid }), { mode: 0o600 });
}

export function removeServerNotice(folder: string): void {
  rmSync(noticePath(folder), { force: true });
}

/** The address a server noted here; it may be gone since. */
export function readServerNotice(folder: string): string | undefined {
  const path = noticePath(folder);
  if (!existsSync(path)) return undefined;
  return (JSON.parse(readFileSync(path, 'utf8')) as { url: string }).url;
}
