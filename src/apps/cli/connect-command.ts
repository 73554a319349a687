import { existsSync } from 'node:fs';
import { type Command, Option } from 'commander';
import { CLIENT_GUIDES, type GuideStep, type ServerAddress } from '../client-guides.ts';
import { readServerNotice } from '../data-folder.ts';
import { SAMPLE_URL_PATH } from '../first-account.ts';
import { authorityPath } from '../load-tls.ts';
import { readSettings } from '../settings.ts';

export function addConnectCommand(program: Command): void {
  program
    .command('connect')
    .description('print the lines that point a client at this server')
    .argument('[client]', 'left out: list the clients')
    .addOption(
      new Option('--server <url>', 'address of the server; left out: the local one').env('ANIMATIC_SERVER'),
    )
    .action((name: string | undefined, { server }: { server?: string }, command: Command) => {
      const guide = CLIENT_GUIDES.find((candidate) => candidate.name === name);
      if (guide !== undefined)
        process.stdout.write(guide.steps(serverAddress(server)).map(stepText).join('\n'));
      else if (name === undefined) process.stdout.write(clientList());
      else command.error(`There is no client "${name}". Clients:\n${clientList()}`);
    });
}

function clientList(): string {
  const width = Math.max(...CLIENT_GUIDES.map(({ name }) => name.length));
  return CLIENT_GUIDES.map(({ name, title }) => `${name.padEnd(width)}  ${title}\n`).join('');
}

/** Text for people flush left, lines to paste indented. */
const stepText = ({ text, lines }: GuideStep): string =>
  [
    text,
    ...(lines.length === 0 ? [] : ['']),
    ...lines.map((line) => (line === '' ? '' : `    ${line}`)),
    '',
  ].join('\n');

/** The named server, or the local one: where it runs, else where its settings would have it run. */
function serverAddress(named: string | undefined): ServerAddress {
  const settings = readSettings(process.env);
  const { dataFolder, publicUrl, tls, tlsCertificatePath } = settings;
  const hasTls = tls === 'on' || tlsCertificatePath !== undefined;
  const configured = `${hasTls ? 'https' : 'http'}://${settings.host}:${settings.port}`;
  const address = named ?? publicUrl ?? readServerNotice(dataFolder) ?? configured;
  const url = address.replace(/\/+$/, '');
  const authority = authorityPath(dataFolder);
  return {
    url,
    pictureUrl: url + SAMPLE_URL_PATH,
    authorityPath: authority,
    needsTrust: url.startsWith('https:') && tlsCertificatePath === undefined && existsSync(authority),
  };
}
