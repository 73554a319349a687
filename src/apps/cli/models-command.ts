import type { Command } from 'commander';
import type { Endpoint } from '#catalogue/endpoint.ts';
import { ENDPOINTS } from '#catalogue/index.ts';
import { quote } from '#catalogue/price.ts';
import { readPartialInput } from '#catalogue/read-input.ts';
import { formatUsd } from '#domain/money.ts';

export function addModelsCommand(program: Command): void {
  program
    .command('models')
    .description('list the endpoints, their inputs and prices')
    .action(() => {
      process.stdout.write(ENDPOINTS.map(describeEndpoint).join('\n'));
    });
}

function describeEndpoint(endpoint: Endpoint): string {
  const price = quote(endpoint, readPartialInput(endpoint, {}).request);
  const inputs = endpoint.fields.map((field) => (field.required ? `${field.name}*` : field.name)).join(', ');
  return [
    `${endpoint.id}  (${endpoint.protocol})`,
    `  ${endpoint.description}`,
    `  inputs: ${inputs}`,
    `  with its defaults: ${price.exact ? '' : 'at most '}$${formatUsd(price.price)} (${price.explanation})`,
    '',
  ].join('\n');
}
