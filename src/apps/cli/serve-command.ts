import type { Command } from 'commander';
import { describeStart } from '../describe-start.ts';
import { startServer } from '../server.ts';
import { readSettings } from '../settings.ts';

export function addServeCommand(program: Command): void {
  program
    .command('serve')
    .description(
      'serve the endpoints until stopped (settings: ANIMATIC_HOST, ANIMATIC_PORT, ANIMATIC_DATA, ...)',
    )
    .action(serve);
}

async function serve(): Promise<void> {
  const settings = readSettings(process.env);
  const server = await startServer(settings, { announce: true });
  process.stdout.write(describeStart(server, settings));
  const { promise: stopped, resolve } = Promise.withResolvers<void>();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  await stopped;
  process.stdout.write('Stopping: tasks that are running go back to the queue.\n');
  await server.close();
}
