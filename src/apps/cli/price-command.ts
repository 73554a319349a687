import type { Command } from 'commander';
import { formatUsd } from '#domain/money.ts';
import { quotePrice } from '#services/quote-price.ts';
import { addCatalogueFlags, endpointOfWords, inputOfFlags } from './catalogue-flags.ts';

export function addPriceCommand(program: Command, words: readonly string[]): void {
  const endpoint = words[0] === 'price' ? endpointOfWords(words) : undefined;
  const command = program.command('price').description('what a request would cost; flags as for generate');
  if (endpoint === undefined) return;
  addCatalogueFlags(command, endpoint, []).action((options: Record<string, unknown>) => {
    const quoted = quotePrice(endpoint, inputOfFlags(endpoint, options));
    process.stdout.write(
      `${quoted.exact ? '' : 'at most '}$${formatUsd(quoted.price)}  (${quoted.explanation})  ${endpoint.id}\n`,
    );
  });
}
