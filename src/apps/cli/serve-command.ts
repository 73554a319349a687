import { once } from 'node:events';
import type { Command } from 'commander';
import { describeStart } from '../describe-start.ts';
import { startServer } from '../server.ts';
import { readSettings, type Settings } from '../settings.ts';
import { stopSignal } from './stop-signal.ts';

export function addServeCommand(program: Command): void {
  program
    .command('serve')
    .description(
      'serve the endpoints until stopped (settings: ANIMATIC_HOST, ANIMATIC_PORT, ANIMATIC_DATA, ...)',
    )
    .option(
      '--tls',
      'serve HTTPS, with a certificate made for development unless ANIMATIC_TLS_CERT and _KEY name one',
    )
    .action(serve);
}

async function serve(options: { readonly tls?: true }): Promise<void> {
  const stop = stopSignal();
  const read = readSettings(process.env);
  const settings: Settings = options.tls === true ? { ...read, tls: 'on' } : read;
  const server = await startServer(settings, { announce: true, work: true });
  process.stdout.write(describeStart(server, settings));
  if (!stop.aborted) await once(stop, 'abort');
  process.stdout.write('Stopping: tasks that are running go back to the queue.\n');
  await server.close();
}
