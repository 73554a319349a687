import type { Command } from 'commander';
import type { ServerClient } from './server-client.ts';
import { addServerOption, type ServerOption, withServer } from './with-server.ts';

export function addCreditCommand(program: Command): void {
  addServerOption(program.command('credit').description('show the balance, or grant credit'))
    .argument('[usd]', 'amount to grant in USD, such as 100 or 12.50; left out: show the balance')
    .option('--account <id>', 'account it is for; left out: the account of your own key')
    .option('--note <text>', 'why, for the books', 'granted on the command line')
    .action(credit);
}

async function credit(
  amount: string | undefined,
  options: ServerOption & { account?: string; note: string },
): Promise<void> {
  const ask = async (client: ServerClient) => {
    const accountId = options.account ?? String((await client.get('/admin/whoami')).accountId);
    const path = `/admin/accounts/${encodeURIComponent(accountId)}`;
    if (amount !== undefined) await client.post(`${path}/credit`, { amount, note: options.note });
    return (await client.get(`${path}/balance`)).balance;
  };
  const balance = await withServer(options, ask, { work: false });
  process.stdout.write(`Balance: $${balance}\n`);
}
