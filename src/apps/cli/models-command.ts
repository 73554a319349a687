import type { Command } from 'commander';
import type { Endpoint } from '#catalogue/endpoint.ts';
import { ENDPOINTS } from '#catalogue/index.ts';
import { formatUsd } from '#domain/money.ts';
import { quotePrice } from '#services/quote-price.ts';

export function addModelsCommand(program: Command): void {
  program
    .command('models')
    .description('list the endpoints, their inputs and prices')
    .option('--json', 'as one JSON document, with the schema of each input')
    .action(({ json }: { json?: true }) => {
      process.stdout.write(
        json === true
          ? `${JSON.stringify(ENDPOINTS.map(endpointJson), null, 2)}\n`
          : ENDPOINTS.map(endpointText).join('\n'),
      );
    });
}

function endpointText(endpoint: Endpoint): string {
  const { price, exact, explanation } = quotePrice(endpoint, {});
  const inputs = endpoint.fields.map((field) => (field.required ? `${field.name}*` : field.name)).join(', ');
  return [
    `${endpoint.id}  (${endpoint.protocol})`,
    `  ${endpoint.description}`,
    `  inputs: ${inputs}`,
    `  with its defaults: ${exact ? '' : 'at most '}$${formatUsd(price)} (${explanation})`,
    '',
  ].join('\n');
}

/** @returns What a program needs to choose an endpoint and fill its inputs in. */
function endpointJson({ protocol, id, title, description, tier, fields }: Endpoint) {
  const { price, exact, explanation } = quotePrice({ protocol, id }, {});
  return {
    protocol,
    id,
    title,
    description,
    tier,
    inputs: fields.map(({ name, required, schema }) => ({ name, required, schema })),
    /** Of a request that leaves everything at its default. */
    defaultPrice: { price: formatUsd(price), exact, explanation },
  };
}
