/** What a person reads when the server has started: where it is, how to get in, and a line to paste. */
import { ENDPOINTS } from '#catalogue/index.ts';
import { formatUsd } from '#domain/money.ts';
import type { RunningServer } from './server.ts';
import type { Settings } from './settings.ts';

export function describeStart(server: RunningServer, settings: Settings): string {
  const address = settings.publicUrl ?? server.url;
  const lines = ['', `Animatic is listening on ${address}`, `Data folder: ${settings.dataFolder}`];
  if (server.firstKey === undefined) {
    lines.push(
      'Keys: "npm run animatic -- keys list" shows them, "npm run animatic -- keys create" makes one.',
      '',
    );
    return `${lines.join('\n')}\n`;
  }
  lines.push(
    '',
    `A first account was made, with $${formatUsd(settings.bootstrapCredit)} of local credit. Its API key, shown only now:`,
    '',
    `    ${server.firstKey}`,
    '',
    'Paste this to animate the sample picture (a URL, a data: URI or an uploaded file of yours goes the same way):',
    '',
    curlLines(address, server.firstKey, server.sampleUrlPath),
    '',
    'It answers when the clip is ready, with its address under "outputs".',
    `Programs written for WaveSpeed use ${address} as base URL with this key; the README has the lines for fal clients.`,
    '',
  );
  return `${lines.join('\n')}\n`;
}

function curlLines(address: string, key: string, sampleUrlPath: string): string {
  const body = {
    image: address + sampleUrlPath,
    prompt: 'slow push in',
    duration: 5,
    enable_sync_mode: true,
  };
  return [
    `    curl -s ${address}/api/v3/${ENDPOINTS[0]!.id} \\`,
    `      -H "Authorization: Bearer ${key}" -H "Content-Type: application/json" \\`,
    `      -d '${JSON.stringify(body)}'`,
  ].join('\n');
}
