import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { Field } from '#catalogue/field.ts';
import { addCatalogueFlags, endpointOfWords, inputOfFlags } from './catalogue-flags.ts';
import { describeClip, generateClip } from './generate-clip.ts';
import { addServerOption, type ServerOption, withServer } from './with-server.ts';

export function addGenerateCommand(program: Command, words: readonly string[]): void {
  const command = addServerOption(program.command('generate'))
    .description('animate a picture and save the clip; flags are those of the model')
    .argument('<image>', 'a picture file or its URL')
    .argument('[prompt]', 'what happens in the clip')
    .option('-o, --output <file>', 'where the clip goes', 'clip.mp4');
  if (words[0] !== 'generate') return;
  const endpoint = endpointOfWords(words);
  const imageField = endpoint.fields.find((field) => field.role === 'images' || field.role === 'image');
  const promptField = endpoint.fields.find((field) => field.role === 'prompt');
  addCatalogueFlags(
    command,
    endpoint,
    [imageField, promptField].filter((field): field is Field => field !== undefined),
  );
  command.action(
    async (
      image: string,
      prompt: string | undefined,
      options: ServerOption & { output: string } & Record<string, unknown>,
    ) => {
      const input = {
        ...inputOfFlags(endpoint, options),
        ...(imageField === undefined
          ? {}
          : { [imageField.name]: imageField.role === 'images' ? [image] : image }),
        ...(promptField === undefined || prompt === undefined ? {} : { [promptField.name]: prompt }),
      };
      const clip = await withServer(options, (client) =>
        generateClip(client, { endpoint, input, outputPath: resolve(options.output) }),
      );
      process.stdout.write(describeClip(clip));
    },
  );
}
