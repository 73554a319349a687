/** The `animatic` command: each subcommand in its own file, errors turned into one readable line and an exit code. */
import { Command, CommanderError } from 'commander';
import { AnimaticError } from '#domain/errors.ts';
import { addConnectCommand } from './connect-command.ts';
import { addCreditCommand } from './credit-command.ts';
import { addEnginesCommand } from './engines-command.ts';
import { addGenerateCommand } from './generate-command.ts';
import { addKeysCommand } from './keys-command.ts';
import { addLedgerCommand } from './ledger-command.ts';
import { addModelsCommand } from './models-command.ts';
import { addPriceCommand } from './price-command.ts';
import { addServeCommand } from './serve-command.ts';
import { addSignInCommand } from './sign-in-command.ts';
import { STOPPED_EXIT_CODE } from './stop-signal.ts';
import { addWebhooksCommand } from './webhooks-command.ts';

/**
 * @returns The exit code: 0 when the command did its work, 1 when not, 2 when it was called wrongly, 130 when a person stopped it.
 */
export async function runCommandLine(words: readonly string[]): Promise<number> {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', ignoreBrokenPipe);
  try {
    await createProgram(words).parseAsync(words, { from: 'user' });
    return Number(process.exitCode ?? 0);
  } catch (error) {
    return exitCodeOf(error);
  }
}

function createProgram(words: readonly string[]): Command {
  const program = new Command('animatic')
    .description(
      'Self-hosted image-to-video: serves the Seedance endpoints over the WaveSpeed and fal protocols.',
    )
    .version('0.1.0')
    .exitOverride()
    .showHelpAfterError('(add --help to see how the command is used)')
    .configureOutput({ outputError: (text, write) => write(text.replace(/^error: /, '')) });
  addServeCommand(program);
  addConnectCommand(program);
  addGenerateCommand(program, words);
  addModelsCommand(program);
  addPriceCommand(program, words);
  addKeysCommand(program);
  addCreditCommand(program);
  addLedgerCommand(program);
  addWebhooksCommand(program);
  addEnginesCommand(program);
  addSignInCommand(program);
  return program;
}

/** A reader that has seen enough (`| head`) is no reason to end a server or lose a clip. */
function ignoreBrokenPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
}

function exitCodeOf(error: unknown): number {
  // Commander has printed its own message, or the help that was asked for.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (error instanceof AnimaticError) {
    process.stderr.write(`${error.message} [${error.code}]\n`);
    return error.code === 'cancelled' ? STOPPED_EXIT_CODE : 1;
  }
  throw error;
}
