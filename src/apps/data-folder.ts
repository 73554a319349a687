/**
 * The data folder: database, files, and the secrets of this installation. Only its owner can read them.
 *
 *     animatic.sqlite   the database        files/              uploads and results
 *     signing.key       signs upload links, yields webhook secrets
 *     webhook.key       signs fal's webhooks
 *     command-line.key  lets the command line in without asking
 *     server.json       address of the server that is running, for the command line
 *     tls/              certificate for development, and the authority to trust
 */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ed25519WebhookKey } from '#adapters/webhooks/ed25519-webhook-key.ts';
import { AnimaticError } from '#domain/errors.ts';

const SIGNING_KEY_BYTES = 32;

export interface DataFolder {
  readonly databasePath: string;
  readonly filesPath: string;
  readonly signingKey: Uint8Array;
  /** PEM of a private Ed25519 key. */
  readonly webhookKey: string;
}

/**
 * A folder that is made here is its owner's alone; of one that was there before, the mode is left as it is.
 * @throws AnimaticError `bad_setting` when the folder or a key in it cannot be used.
 */
export function openDataFolder(path: string): DataFolder {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    return {
      databasePath: join(path, 'animatic.sqlite'),
      filesPath: join(path, 'files'),
      signingKey: openSigningKey(join(path, 'signing.key')),
      webhookKey: readOrCreateSecret(join(path, 'webhook.key'), Ed25519WebhookKey.generatePem),
    };
  } catch (cause) {
    throw new AnimaticError(
      'bad_setting',
      `The data folder ${path} cannot be used: ${(cause as Error).message}. Mend that, or set ANIMATIC_DATA to another folder.`,
      { cause },
    );
  }
}

function openSigningKey(path: string): Uint8Array {
  const text = readOrCreateSecret(path, () => randomBytes(SIGNING_KEY_BYTES).toString('hex'));
  const key = Buffer.from(text, 'hex');
  // A shorter key, or none, would sign for everybody.
  if (key.byteLength !== SIGNING_KEY_BYTES)
    throw new Error(`${path} is damaged; remove it to have a new one made`);
  return key;
}

function readOrCreateSecret(path: string, create: () => string): string {
  if (!existsSync(path)) writePrivateFile(path, create());
  return readFileSync(path, 'utf8').trim();
}

/** Whole or not at all, whoever reads it at the time and whenever the machine stops. */
function writePrivateFile(path: string, text: string): void {
  const partPath = `${path}.${process.pid}.part`;
  writeFileSync(partPath, text, { mode: 0o600, flush: true });
  renameSync(partPath, path);
}

const commandLineKeyPath = (folder: string) => join(folder, 'command-line.key');

export function readCommandLineKey(folder: string): string | undefined {
  const path = commandLineKeyPath(folder);
  return existsSync(path) ? readFileSync(path, 'utf8').trim() : undefined;
}

export function writeCommandLineKey(folder: string, key: string): void {
  writePrivateFile(commandLineKeyPath(folder), key);
}

interface ServerNotice {
  readonly url: string;
  readonly processId: number;
}

const noticePath = (folder: string) => join(folder, 'server.json');

/** Tells the command line where the server of this folder listens. */
export function writeServerNotice(folder: string, url: string): void {
  const notice: ServerNotice = { url, processId: process.pid };
  writePrivateFile(noticePath(folder), JSON.stringify(notice));
}

export function removeServerNotice(folder: string): void {
  rmSync(noticePath(folder), { force: true });
}

/** The address that the server of this folder noted; undefined when it left none or its process is gone. */
export function readServerNotice(folder: string): string | undefined {
  const notice = parseNotice(folder);
  return notice !== undefined && isAlive(notice.processId) ? notice.url : undefined;
}

function parseNotice(folder: string): ServerNotice | undefined {
  try {
    return JSON.parse(readFileSync(noticePath(folder), 'utf8')) as ServerNotice;
  } catch {
    return undefined;
  }
}

/** A killed server leaves its notice, and by now somebody else may listen at its address. */
function isAlive(processId: number): boolean {
  try {
    // Signal 0 only asks.
    process.kill(processId, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
