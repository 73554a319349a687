import { indentRest, KEY_PLACEHOLDER, type WriteCode } from './language.ts';

/** With the public client of the model's protocol, pointed at this server. */
export const javascriptOf: WriteCode = ({ protocol, id }, input, { origin, key = KEY_PLACEHOLDER }) => {
  const literal = JSON.stringify(input, null, 2);
  return protocol === 'fal'
    ? falProgram(id, literal, origin, key)
    : wavespeedProgram(id, literal, origin, key);
};

const wavespeedProgram = (id: string, literal: string, origin: string, key: string): string =>
  [
    "import { Client } from 'wavespeed';",
    '',
    `const client = new Client('${key}', { baseUrl: '${origin}' });`,
    `const { outputs } = await client.run('${id}', ${literal});`,
    'console.log(outputs[0]);',
  ].join('\n');

const falProgram = (id: string, literal: string, origin: string, key: string): string =>
  [
    "import { createFalClient } from '@fal-ai/client';",
    '',
    'const fal = createFalClient({',
    `  credentials: '${key}',`,
    `  proxyUrl: { url: '${origin}/fal/proxy', when: 'always' },`,
    '});',
    `const { data } = await fal.subscribe('${id}', {`,
    `  input: ${indentRest(literal, 2)},`,
    '  logs: true,',
    '});',
    'console.log(data.video.url);',
  ].join('\n');
