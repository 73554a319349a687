/** Command-line flags read from an endpoint's fields: `generate_audio` is `--generate-audio` and `--no-generate-audio`. */
import { Command, Option } from 'commander';
import type { Endpoint } from '#catalogue/endpoint.ts';
import type { Field } from '#catalogue/field.ts';
import { ENDPOINTS, endpointsOf } from '#catalogue/index.ts';
import { PROTOCOLS, type Protocol } from '#domain/endpoint-key.ts';
import { AnimaticError } from '#domain/errors.ts';
import type { JsonObject, JsonValue } from '#domain/json.ts';

const MODEL_FLAG = '-m, --model <id>';
const protocolOption = () =>
  new Option('--protocol <name>', 'where an id is served by both').choices(PROTOCOLS);

/** Whether the command line runs `command`, or asks for help with it. */
export const isAbout = (words: readonly string[], command: string): boolean =>
  words[0] === command || (words[0] === 'help' && words[1] === command);

/**
 * The endpoint whose flags a command line wants: the one after --model, else the first of the protocol or of the catalogue.
 * @throws AnimaticError `unknown_endpoint` with the ids there are.
 */
export function endpointOfWords(words: readonly string[]): Endpoint {
  const reader = new Command().exitOverride().allowUnknownOption().helpOption(false);
  reader
    .option(MODEL_FLAG)
    .addOption(protocolOption())
    .parseOptions([...words]);
  const { model: id, protocol } = reader.opts<{ model?: string; protocol?: Protocol }>();
  const offered = protocol === undefined ? ENDPOINTS : endpointsOf(protocol);
  const found = id === undefined ? offered[0] : offered.find((endpoint) => endpoint.id === id);
  if (found !== undefined) return found;
  const known = offered.map((endpoint) => `${endpoint.id} (${endpoint.protocol})`).join('\n  ');
  throw new AnimaticError('unknown_endpoint', `There is no model "${id}". Models:\n  ${known}\n`);
}

/** Adds --model, --protocol and a flag for each field that is not given by position. */
export function addCatalogueFlags(
  command: Command,
  endpoint: Endpoint,
  byPosition: readonly (Field | undefined)[],
): Command {
  command.option(MODEL_FLAG, '"animatic models" lists them', endpoint.id).addOption(protocolOption());
  for (const field of endpoint.fields) if (!byPosition.includes(field)) addFlag(command, field);
  return command;
}

function addFlag(command: Command, field: Field): void {
  const { schema } = field;
  const text = [schema.description, rangeText(field), defaultText(field)].filter(Boolean).join(' ');
  const isHidden = schema['x-hidden'] === true;
  const add = (flags: string, description: string) =>
    command.addOption(new Option(flags, description).hideHelp(isHidden));
  const name = field.name.replaceAll('_', '-');
  if (schema.type === 'boolean') {
    add(`--${name}`, text);
    add(`--no-${name}`, `the opposite of --${name}`);
  } else {
    add(schema.type === 'array' ? `--${name} <value...>` : `--${name} <value>`, text);
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
