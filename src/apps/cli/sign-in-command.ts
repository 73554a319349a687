import type { Command } from 'commander';
import { AnimaticError } from '#domain/errors.ts';
import { readServerNotice } from '../data-folder.ts';
import { readSettings } from '../settings.ts';
import { addServerOption, type ServerOption, withServer } from './with-server.ts';

export function addSignInCommand(program: Command): void {
  addServerOption(
    program.command('sign-in').description('print a link that signs you in at the playground, once'),
  ).action(printLink);
}

async function printLink(options: ServerOption): Promise<void> {
  if (options.server === undefined && readServerNotice(readSettings(process.env).dataFolder) === undefined) {
    throw new AnimaticError(
      'server_unreachable',
      'No server runs here. Start one with "animatic serve": it prints such a link by itself.',
    );
  }
  const { url } = await withServer(options, (client) => client.post('/session/tickets', {}), { work: false });
  process.stdout.write(`${url}\n`);
}
