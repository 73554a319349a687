import type { Command } from 'commander';
import type { JsonObject } from '#domain/json.ts';
import { addServerOption, type ServerOption, withServer } from './with-server.ts';

export function addKeysCommand(program: Command): void {
  const keys = program.command('keys').description('make, list and revoke API keys');
  addServerOption(keys.command('create').description('make a key and show it, once'))
    .argument('[name]', 'what the key is for', 'unnamed')
    .option('--role <role>', 'member (generates) or admin (manages too)', 'member')
    .option('--account <id>', 'account it belongs to; left out: the account of your own key')
    .action(createKey);
  addServerOption(keys.command('list').description('list all keys')).action(listKeys);
  addServerOption(keys.command('revoke').description('make a key useless at once'))
    .argument('<id>', 'id of the key, as "keys list" shows it')
    .action(revokeKey);
}

async function createKey(
  name: string,
  options: ServerOption & { role: string; account?: string },
): Promise<void> {
  const body = {
    name,
    role: options.role,
    ...(options.account === undefined ? {} : { accountId: options.account }),
  };
  const made = await withServer(options, (client) => client.post('/admin/keys', body), { work: false });
  process.stdout.write(`${made.key}\nKeep it: it is stored only as a hash and cannot be shown again.\n`);
}

async function listKeys(options: ServerOption): Promise<void> {
  const answer = await withServer(options, (client) => client.get('/admin/keys'), { work: false });
  for (const key of answer.keys as readonly JsonObject[]) {
    const state = key.revokedAt === undefined ? 'active' : `revoked ${key.revokedAt}`;
    process.stdout.write(
      `${key.id}  ${key.prefix}...  ${key.role}  ${state}  account ${key.accountId}  ${key.name}\n`,
    );
  }
}

async function revokeKey(id: string, options: ServerOption): Promise<void> {
  const path = `/admin/keys/${encodeURIComponent(id)}`;
  await withServer(options, (client) => client.delete(path), { work: false });
  process.stdout.write(`Key ${id} is revoked.\n`);
}
