/** The `animatic` command: each subcommand in its own file, errors turned into one readable line and an exit code. */
import { Command, CommanderError } from 'commander';
import { AnimaticError } from '#domain/errors.ts';
import { addCreditCommand } from './credit-command.ts';
import { addGenerateCommand } from './generate-command.ts';
import { addKeysCommand } from './keys-command.ts';
import { addLedgerCommand } from './ledger-command.ts';
import { addModelsCommand } from './models-command.ts';
import { addPriceCommand } from './price-command.ts';
import { addServeCommand } from './serve-command.ts';

/** @returns The exit code: 0 when the command did its work, 1 when not, 2 when it was called wrongly. */
export async function runCommandLine(words: readonly string[]): Promise<number> {
  const program = new Command('animatic')
    .description(
      'Self-hosted image-to-video: serves the Seedance endpoints over the WaveSpeed and fal protocols.',
    )
    .version('0.1.0')
    .exitOverride()
    .showHelpAfterError('(add --help to see how the command is used)')
    .configureOutput({ outputError: (text, write) => write(text.replace(/^error: /, '')) });
  addServeCommand(program);
  addGenerateCommand(program, words);
  addModelsCommand(program);
  addPriceCommand(program, words);
  addKeysCommand(program);
  addCreditCommand(program);
  addLedgerCommand(program);
  try {
    await program.parseAsync(words, { from: 'user' });
    return Number(process.exitCode ?? 0);
  } catch (error) {
    return exitCodeOf(error);
  }
}

function exitCodeOf(error: unknown): number {
  // Commander has printed its own message, or the help that was asked for.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (error instanceof AnimaticError) {
    process.stderr.write(`${error.message} [${error.code}]\n`);
    return 1;
  }
  throw error;
}
