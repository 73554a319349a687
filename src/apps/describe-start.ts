/** What a person reads when the server has started: where it is, how to get in, and a line to paste. */
import { ENDPOINTS } from '#catalogue/index.ts';
import { formatUsd } from '#domain/money.ts';
import type { RunningServer } from './server.ts';
import type { Settings } from './settings.ts';

export function describeStart(server: RunningServer, settings: Settings): string {
  const address = settings.publicUrl ?? server.url;
  const lines = ['', `Animatic is listening on ${address}`, `Data folder: ${settings.dataFolder}`];
  lines.push(
    server.signInUrl === undefined
      ? `Playground: ${address}, with an API key.`
      : `Playground: ${server.signInUrl} (signs you in once; "npm run animatic -- sign-in" prints another link)`,
  );
  if (server.authorityPath !== undefined)
    lines.push(
      `Clients have to trust ${server.authorityPath}; "npm run animatic -- connect <client>" says how each does.`,
    );
  if (settings.depthModel !== undefined)
    lines.push(
      `Depth network: ${settings.depthModel}. The log says whether it could be loaded; where it cannot, depth is estimated.`,
    );
  if (settings.emulatorControls === 'on')
    lines.push(
      'Emulator controls are on: requests may ask for delays and failures (docs/how-to/test-your-error-handling.md).',
    );
  if (server.firstKey === undefined) {
    lines.push(
      'Keys: "npm run animatic -- keys list" shows them, "npm run animatic -- keys create" makes one.',
      '',
    );
    return `${lines.join('\n')}\n`;
  }
  lines.push(
    '',
    `The first account has $${formatUsd(server.credit)} of local credit. Its API key, shown only now:`,
    '',
    `    ${server.firstKey}`,
    '',
    'Paste this to animate the sample picture (a URL, a data: URI or an uploaded file of yours goes the same way):',
    '',
    curlLines(address, server, server.firstKey),
    '',
    'It answers when the clip is ready, with its address under "outputs".',
    `Programs written for WaveSpeed use ${address} as base URL with this key; "npm run animatic -- connect" has the lines for every client.`,
    '',
  );
  return `${lines.join('\n')}\n`;
}

function curlLines(
  address: string,
  { sampleUrlPath, authorityPath }: Pick<RunningServer, 'sampleUrlPath' | 'authorityPath'>,
  key: string,
): string {
  const trust = authorityPath === undefined ? '' : ` --cacert "${authorityPath}"`;
  const body = {
    image: address + sampleUrlPath,
    prompt: 'slow push in',
    duration: 5,
    enable_sync_mode: true,
  };
  return [
    `    curl -s${trust} ${address}/api/v3/${ENDPOINTS[0]!.id} \\`,
    `      -H "Authorization: Bearer ${key}" -H "Content-Type: application/json" \\`,
    `      -d '${JSON.stringify(body)}'`,
  ].join('\n');
}
