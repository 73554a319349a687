import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { Endpoint } from '#catalogue/endpoint.ts';
import type { Field } from '#catalogue/field.ts';
import type { JsonObject } from '#domain/json.ts';
import { addCatalogueFlags, endpointOfWords, inputOfFlags, isAbout } from './catalogue-flags.ts';
import { describeClip, generateClip } from './generate-clip.ts';
import { openOutputFile } from './output-file.ts';
import { stopSignal } from './stop-signal.ts';
import { addServerOption, type ServerOption, withServer } from './with-server.ts';

interface GenerateOptions extends ServerOption {
  readonly output: string;
  readonly json?: true;
}

/** The fields that are given by position. */
interface PositionalFields {
  readonly image: Field | undefined;
  readonly prompt: Field | undefined;
}

export function addGenerateCommand(program: Command, words: readonly string[]): void {
  const command = addServerOption(program.command('generate'))
    .description('animate a picture and save the clip; flags are those of the model')
    .argument('<image>', 'a picture file or its URL')
    .argument('[prompt]', 'what happens in the clip')
    .option('-o, --output <file>', 'where the clip goes', 'clip.mp4')
    .option('--json', 'describe the clip as one JSON document');
  if (!isAbout(words, 'generate')) return;
  const endpoint = endpointOfWords(words);
  const fields: PositionalFields = {
    image: endpoint.fields.find(({ role }) => role === 'images' || role === 'image'),
    prompt: endpoint.fields.find(({ role }) => role === 'prompt'),
  };
  // A list keeps its flag, for the pictures after the first.
  const byPosition = Object.values(fields).filter((field) => field?.role !== 'images');
  addCatalogueFlags(command, endpoint, byPosition);
  command.action((image: string, prompt: string | undefined, options: GenerateOptions) => {
    const flags = inputOfFlags(endpoint, { ...options });
    return generate(endpoint, { ...flags, ...inputOfPosition(fields, flags, { image, prompt }) }, options);
  });
}

async function generate(endpoint: Endpoint, input: JsonObject, options: GenerateOptions): Promise<void> {
  const stop = stopSignal();
  const output = await openOutputFile(resolve(options.output));
  try {
    const clip = await withServer(options, (client) =>
      generateClip(client, { endpoint, input, output, stop }),
    );
    process.stdout.write(options.json === true ? `${JSON.stringify(clip, null, 2)}\n` : describeClip(clip));
  } finally {
    await output.discard();
  }
}

function inputOfPosition(
  fields: PositionalFields,
  flags: JsonObject,
  { image, prompt }: { readonly image: string; readonly prompt: string | undefined },
): JsonObject {
  const input: Record<string, JsonObject[string]> = {};
  if (fields.image?.role === 'image') input[fields.image.name] = image;
  if (fields.image?.role === 'images') {
    const others = flags[fields.image.name];
    input[fields.image.name] = [image, ...(Array.isArray(others) ? others : [])];
  }
  if (fields.prompt !== undefined && prompt !== undefined) input[fields.prompt.name] = prompt;
  return input;
}
