import type { JsonValue } from '../wire/json.ts';
import { KEY_PLACEHOLDER, type WriteCode } from './language.ts';

/** With the public client of the model's protocol; fal's speaks HTTPS alone, so that a plain server is asked by hand. */
export const pythonOf: WriteCode = ({ protocol, id }, input, { origin, key = KEY_PLACEHOLDER }) => {
  const literal = pythonLiteral(input, 0);
  if (protocol === 'wavespeed') return wavespeedProgram(id, literal, origin, key);
  return origin.startsWith('https:')
    ? falProgram(id, literal, new URL(origin).host, key)
    : queueProgram(id, literal, origin, key);
};

const wavespeedProgram = (id: string, literal: string, origin: string, key: string): string =>
  [
    'from wavespeed import Client',
    '',
    `client = Client(api_key="${key}", base_url="${origin}")`,
    `output = client.run("${id}", ${literal})`,
    'print(output["outputs"][0])',
  ].join('\n');

const falProgram = (id: string, literal: string, host: string, key: string): string =>
  [
    'import os',
    '',
    `os.environ["FAL_KEY"] = "${key}"`,
    `os.environ["FAL_RUN_HOST"] = "${host}/fal/run"`,
    `os.environ["FAL_QUEUE_RUN_HOST"] = "${host}/fal/queue"`,
    '',
    'import fal_client',
    '',
    `result = fal_client.subscribe("${id}", ${literal})`,
    'print(result["video"]["url"])',
  ].join('\n');

const queueProgram = (id: string, literal: string, origin: string, key: string): string =>
  [
    'import time',
    'import requests  # fal-client itself speaks HTTPS only',
    '',
    `headers = {"Authorization": "Key ${key}"}`,
    `request = requests.post("${origin}/fal/queue/${id}", headers=headers, json=${literal}).json()`,
    'while requests.get(request["status_url"], headers=headers).json()["status"] != "COMPLETED":',
    '    time.sleep(1)',
    'result = requests.get(request["response_url"], headers=headers).json()',
    'print(result["video"]["url"])',
  ].join('\n');

const WORDS = new Map<JsonValue, string>([
  [true, 'True'],
  [false, 'False'],
  [null, 'None'],
]);

function pythonLiteral(value: JsonValue, depth: number): string {
  const word = WORDS.get(value);
  if (word !== undefined) return word;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const isList = Array.isArray(value);
  const parts = isList
    ? value.map((item: JsonValue) => pythonLiteral(item, depth + 1))
    : Object.entries(value).map(
        ([name, item]) => `${JSON.stringify(name)}: ${pythonLiteral(item, depth + 1)}`,
      );
  if (parts.length === 0) return isList ? '[]' : '{}';
  const inner = '    '.repeat(depth + 1);
  const body = parts.map((part) => `${inner}${part},\n`).join('');
  const close = '    '.repeat(depth);
  return isList ? `[\n${body}${close}]` : `{\n${body}${close}}`;
}
