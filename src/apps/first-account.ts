/**
 * What an installation has from its first start: an account with credit, the command line's own key, a key for its first
 * person, and a sample still to try it with. Safe to run at every start.
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

export interface FirstAccount {
  readonly commandLineKey: string;
  /** Set when a person's first key was made just now. */
  readonly firstKey: string | undefined;
  readonly sampleUrlPath: string;
}

type FirstAccountPorts = Pick<Ports, 'accounts' | 'assets' | 'clock' | 'ids' | 'ledger'>;

/** @param options.withPersonalKey Also makes the first key for people, if none was made yet. */
export async function openFirstAccount(
  ports: FirstAccountPorts,
  settings: Settings,
  options: { readonly withPersonalKey: boolean },
): Promise<FirstAccount> {
  const [oldest] = await ports.accounts.listAccounts();
  const owner =
    oldest?.id ?? (await openAccount(ports, { name: 'first account', credit: settings.bootstrapCredit }));
  const commandLineKey = await keepCommandLineKey(ports, settings, owner);
  if (settings.bootstrapKey !== undefined) await keepBootstrapKey(ports, owner, settings.bootstrapKey);
  const firstKey = options.withPersonalKey ? await makeFirstKey(ports, owner) : undefined;
  return { commandLineKey, firstKey, sampleUrlPath: await keepSampleStill(ports) };
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
  await createApiKey(ports, { accountId: owner, name: 'bootstrap', role: 'admin', key });
}

async function makeFirstKey(ports: FirstAccountPorts, owner: AccountId): Promise<string | undefined> {
  const keys = await ports.accounts.listApiKeys();
  if (keys.some((apiKey) => apiKey.name !== COMMAND_LINE_KEY_NAME)) return undefined;
  return (await createApiKey(ports, { accountId: owner, name: 'first key', role: 'admin' })).key;
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
    (await ports.assets.write(SAMPLE_ID, await readFile(SAMPLE_STILL), 'lakeside.jpg'));
  return `/files/${stored.id}/${stored.fileName}`;
}
