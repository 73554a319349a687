/**
 * What an installation has from its first start: an account with credit, the command line's own key, a sample still to try it
 * with, and a key for its first person. Safe to run at every start.
 */
import { readFile } from 'node:fs/promises';
import { AnimaticError } from '#domain/errors.ts';
import { type AccountId, assetId } from '#domain/ids.ts';
import type { Ports } from '#ports/ports.ts';
import { authenticate, createApiKey } from '#services/api-keys.ts';
import { openAccount } from '#services/open-account.ts';
import { readCommandLineKey, writeCommandLineKey } from './data-folder.ts';
import type { Settings } from './settings.ts';

const COMMAND_LINE_KEY_NAME = 'command line';
const SAMPLE_STILL = new URL('../../examples/stills/lakeside.jpg', import.meta.url);
/** Not secret: everybody has this picture. */
const SAMPLE_ID = assetId('5a3b1e00000000000000000000000001');
const SAMPLE_NAME = 'lakeside.jpg';
/** Where every installation serves it. */
export const SAMPLE_URL_PATH = `/files/${SAMPLE_ID}/${SAMPLE_NAME}`;

export interface FirstAccount {
  readonly accountId: AccountId;
  readonly commandLineKey: string;
  readonly sampleUrlPath: string;
}

type FirstAccountPorts = Pick<Ports, 'accounts' | 'assets' | 'clock' | 'ids' | 'ledger'>;

/** @throws AnimaticError `bad_setting` for a bootstrap key that cannot be used. */
export async function openFirstAccount(ports: FirstAccountPorts, settings: Settings): Promise<FirstAccount> {
  const [oldest] = await ports.accounts.listAccounts();
  const accountId =
    oldest?.id ?? (await openAccount(ports, { name: 'first account', credit: settings.bootstrapCredit }));
  const commandLineKey = await keepCommandLineKey(ports, settings, accountId);
  if (settings.bootstrapKey !== undefined) await keepBootstrapKey(ports, accountId, settings.bootstrapKey);
  return { accountId, commandLineKey, sampleUrlPath: await keepSampleStill(ports) };
}

/** The first key for people, to be shown at once; undefined when one was made before. */
export async function makeFirstKey(
  ports: FirstAccountPorts,
  accountId: AccountId,
): Promise<string | undefined> {
  const keys = await ports.accounts.listApiKeys();
  if (keys.some((apiKey) => apiKey.name !== COMMAND_LINE_KEY_NAME)) return undefined;
  return (await createApiKey(ports, { accountId, name: 'first key', role: 'admin' })).key;
}

async function keepCommandLineKey(
  ports: FirstAccountPorts,
  settings: Settings,
  owner: AccountId,
): Promise<string> {
  const known = readCommandLineKey(settings.dataFolder);
  if (known !== undefined && (await isValid(ports, known))) return known;
  const { key } = await createApiKey(ports, { accountId: owner, name: COMMAND_LINE_KEY_NAME, role: 'admin' });
  writeCommandLineKey(settings.dataFolder, key);
  return key;
}

async function keepBootstrapKey(ports: FirstAccountPorts, owner: AccountId, key: string): Promise<void> {
  if (await isValid(ports, key)) return;
  try {
    await createApiKey(ports, { accountId: owner, name: 'bootstrap', role: 'admin', key });
  } catch (cause) {
    if (!(cause instanceof AnimaticError)) throw cause;
    throw new AnimaticError(cause.code, `ANIMATIC_BOOTSTRAP_KEY: ${cause.message}`, { cause });
  }
}

function isValid(ports: FirstAccountPorts, key: string): Promise<boolean> {
  return authenticate(ports, key).then(
    () => true,
    (error: unknown) => {
      if (error instanceof AnimaticError && error.code === 'unauthorized') return false;
      throw error;
    },
  );
}

async function keepSampleStill(ports: FirstAccountPorts): Promise<string> {
  const stored =
    (await ports.assets.find(SAMPLE_ID)) ??
    (await ports.assets.write(SAMPLE_ID, await readFile(SAMPLE_STILL), SAMPLE_NAME));
  return `/files/${stored.id}/${stored.fileName}`;
}
