import type { Command } from 'commander';
import type { Endpoint } from '#catalogue/endpoint.ts';
import type { Quote } from '#catalogue/price.ts';
import { formatUsd } from '#domain/money.ts';
import { quotePrice } from '#services/quote-price.ts';
import { addCatalogueFlags, endpointOfWords, inputOfFlags, isAbout } from './catalogue-flags.ts';

export function addPriceCommand(program: Command, words: readonly string[]): void {
  const command = program
    .command('price')
    .description('what a request would cost; flags as for generate')
    .option('--json', 'as one JSON document');
  if (!isAbout(words, 'price')) return;
  const endpoint = endpointOfWords(words);
  addCatalogueFlags(command, endpoint, []).action((options: Record<string, unknown>) => {
    const quoted = quotePrice(endpoint, inputOfFlags(endpoint, options));
    process.stdout.write(options.json === true ? priceJson(endpoint, quoted) : priceText(endpoint, quoted));
  });
}

const priceText = ({ id, protocol }: Endpoint, { price, exact, explanation }: Quote): string =>
  `${exact ? '' : 'at most '}$${formatUsd(price)}  (${explanation})  ${id} (${protocol})\n`;

const priceJson = ({ id, protocol }: Endpoint, { price, exact, explanation }: Quote): string =>
  `${JSON.stringify({ protocol, id, price: formatUsd(price), exact, explanation }, null, 2)}\n`;
