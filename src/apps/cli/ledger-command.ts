import type { Command } from 'commander';
import { addServerOption, type ServerOption, withServer } from './with-server.ts';

export function addLedgerCommand(program: Command): void {
  const ledger = program.command('ledger').description('the books');
  addServerOption(
    ledger.command('verify').description('add everything up again and prove that the books balance'),
  ).action(verify);
}

async function verify(options: ServerOption): Promise<void> {
  const report = await withServer(options, (client) => client.get('/admin/ledger/verify'), { work: false });
  const faults = report.faults as readonly string[];
  process.stdout.write(`${report.entryCount} entries, ${report.taskCount} tasks.\n`);
  for (const [account, balance] of Object.entries(report.balances as object))
    process.stdout.write(`  ${account}  ${balance}\n`);
  if (faults.length === 0) {
    process.stdout.write(
      'The books balance: every entry sums to zero, every task has one hold and, once ended, one settlement.\n',
    );
    return;
  }
  for (const fault of faults) process.stderr.write(`FAULT: ${fault}\n`);
  process.exitCode = 1;
}
