/** Command-line flags read from an endpoint's fields: `generate_audio` is `--generate-audio` and `--no-generate-audio`. */
import { type Command, Option } from 'commander';
import type { Endpoint } from '#catalogue/endpoint.ts';
import type { Field } from '#catalogue/field.ts';
import { ENDPOINTS } from '#catalogue/index.ts';
import type { Protocol } from '#domain/endpoint-key.ts';
import { AnimaticError } from '#domain/errors.ts';
import type { JsonObject, JsonValue } from '#domain/json.ts';

/** The endpoint whose flags a command line wants: the one after --model, else the catalogue's first. */
export function endpointOfWords(words: readonly string[]): Endpoint {
  const model = wordAfter(words, '--model') ?? wordAfter(words, '-m');
  const protocol = wordAfter(words, '--protocol') as Protocol | undefined;
  return findModel(model ?? ENDPOINTS[0]!.id, protocol);
}

function wordAfter(words: readonly string[], flag: string): string | undefined {
  const joined = words.find((word) => word.startsWith(`${flag}=`));
  if (joined !== undefined) return joined.slice(flag.length + 1);
  const index = words.indexOf(flag);
  return index < 0 ? undefined : words[index + 1];
}

/** @throws AnimaticError `unknown_endpoint` with the ids there are. */
function findModel(id: string, protocol: Protocol | undefined): Endpoint {
  const found = ENDPOINTS.find(
    (endpoint) => endpoint.id === id && (protocol === undefined || endpoint.protocol === protocol),
  );
  if (found !== undefined) return found;
  const known = ENDPOINTS.map((endpoint) => `${endpoint.id} (${endpoint.protocol})`).join('\n  ');
  throw new AnimaticError(
    'unknown_endpoint',
    `There is no model "${id}"${protocol === undefined ? '' : ` on ${protocol}`}. Models:\n  ${known}\n`,
  );
}

/** Adds --model, --protocol and a flag for each field that is not given by position. */
export function addCatalogueFlags(
  command: Command,
  endpoint: Endpoint,
  byPosition: readonly Field[],
): Command {
  command.option('-m, --model <id>', '"animatic models" lists them', endpoint.id);
  command.addOption(
    new Option('--protocol <name>', 'where an id is served by both').choices(['wavespeed', 'fal']),
  );
  for (const field of endpoint.fields) if (!byPosition.includes(field)) addFlag(command, field);
  return command;
}

function addFlag(command: Command, field: Field): void {
  const { schema } = field;
  const text = [schema.description, rangeText(field), defaultText(field)].filter(Boolean).join(' ');
  const name = field.name.replaceAll('_', '-');
  if (schema.type === 'boolean') {
    command.option(`--${name}`, text);
    command.option(`--no-${name}`, `the opposite of --${name}`);
  } else {
    command.option(schema.type === 'array' ? `--${name} <value...>` : `--${name} <value>`, text);
  }
}

function rangeText({ schema }: Field): string {
  if (Array.isArray(schema.enum)) return `(${schema.enum.join(', ')})`;
  return schema.minimum === undefined ? '' : `(${schema.minimum} to ${schema.maximum})`;
}

const defaultText = ({ schema }: Field): string =>
  schema.default === undefined ? '' : `[${schema.default}]`;

/** The flags that were given, by wire name; values stay as typed, the server reads them. */
export function inputOfFlags(endpoint: Endpoint, options: Readonly<Record<string, unknown>>): JsonObject {
  const given = endpoint.fields.flatMap((field) => {
    const value = options[camelCase(field.name)];
    return value === undefined ? [] : [[field.name, value as JsonValue]];
  });
  return Object.fromEntries(given);
}

const camelCase = (name: string): string =>
  name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
