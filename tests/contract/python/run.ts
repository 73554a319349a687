/**
 * `npm run contract:python`: fal's and WaveSpeed's Python clients, and the Python of fal's model page, run for real against `serve --tls`. Each
 * program runs twice where both are possible: with the client's settings, and with its built-in hosts led here. It needs a Python
 * with the two packages, which no package manager of this project installs; without them it says so and exits with 2.
 */
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { CLIENT_GUIDES, type GuideStep, KEY_PLACEHOLDER } from '#apps/client-guides.ts';
import { loadTls } from '#apps/load-tls.ts';
import { readSettings } from '#apps/settings.ts';
import { interceptTls } from '#tests/fixtures/intercepted-fetch.ts';
import { makePicture } from '#tests/fixtures/picture.ts';
import { type ProgramResult, runProgram } from '#tests/fixtures/run-program.ts';
import { type ServerProcess, startServerProcess, TEST_KEY } from '#tests/fixtures/server-process.ts';
import { assertFalSignature } from '#tests/fixtures/verify-webhook.ts';
import { WebhookReceiver } from '#tests/fixtures/webhook-receiver.ts';

const HERE = import.meta.dirname;
const PRINTED = path.resolve(HERE, '../../fixtures/printed-programs');
const PYTHON = process.env.PYTHON ?? 'python3';
/** Several clips are made by the embedded engine, on a machine that may be slow. */
const LONGEST_PROGRAM_MS = 300_000;

interface Initiated {
  readonly upload_url: string;
  readonly file_url: string;
}

interface KeySet {
  readonly keys: readonly Readonly<Record<string, string>>[];
}

type Environment = Readonly<Record<string, string>>;

const missing = await whatIsMissing();
if (missing !== undefined) {
  process.stderr.write(
    `${missing}\nThis command runs the public Python clients. It needs Python 3 with both of them:\n\n` +
      '    python3 -m venv /tmp/clients && /tmp/clients/bin/pip install fal-client wavespeed\n' +
      '    PYTHON=/tmp/clients/bin/python npm run contract:python\n',
  );
  process.exit(2);
}
process.exitCode = (await runAll()) === 0 ? 0 : 1;

/** Undefined when everything is there. */
async function whatIsMissing(): Promise<string | undefined> {
  const question = `
import importlib.metadata
for name in ("fal-client", "wavespeed"):
    try:
        print(name, importlib.metadata.version(name))
    except importlib.metadata.PackageNotFoundError:
        print(name, "is missing")
`;
  let answer: ProgramResult;
  try {
    answer = await runProgram(PYTHON, ['-c', question]);
  } catch {
    return `There is no program "${PYTHON}".`;
  }
  if (answer.exitCode !== 0) return `${PYTHON} does not work: ${answer.stderr.trim()}`;
  process.stdout.write(answer.stdout);
  const gaps = answer.stdout.split('\n').filter((line) => line.endsWith('is missing'));
  return gaps.length === 0 ? undefined : `In ${PYTHON}: ${gaps.join(', ')}.`;
}

/** One Python program, or a shell that starts one. */
interface Run {
  readonly title: string;
  readonly words: readonly string[];
  readonly environment: Environment;
  readonly program?: string;
}

/** What the programs are run against, and what they need. */
interface Stage {
  readonly server: ServerProcess;
  readonly receiver: WebhookReceiver;
  readonly fetchHosts: typeof fetch;
  readonly folder: string;
  readonly authorityPath: string;
  readonly picturePath: string;
  /** On fal's own file host. */
  readonly pictureUrl: string;
}

/** How many failed. */
async function runAll(): Promise<number> {
  await using cleanup = new AsyncDisposableStack();
  const stage = await setUp(cleanup);
  let failures = 0;
  for (const each of [...clientRuns(stage), ...printedRuns(stage), ...guideRuns(stage)])
    if (!(await isGood(each))) failures += 1;
  if (!(await isWebhookGood(stage))) failures += 1;
  process.stdout.write(failures === 0 ? '\nEvery program ran.\n' : `\n${failures} failed.\n`);
  return failures;
}

async function setUp(cleanup: AsyncDisposableStack): Promise<Stage> {
  const folder = mkdtempSync(path.join(tmpdir(), 'animatic-python-'));
  cleanup.defer(() => rm(folder, { recursive: true, force: true }));
  // As an earlier start would have left it: this program has to trust the certificate before there is a server.
  const tls = await loadTls(readSettings({ ANIMATIC_DATA: folder, ANIMATIC_TLS: 'on' }, folder));
  const authorityPath = tls!.authorityPath!;
  const authority = readFileSync(authorityPath, 'utf8');
  setDefaultCACertificates([...getCACertificates('default'), authority]);
  const receiver = cleanup.use(await WebhookReceiver.open());
  const settings = { ANIMATIC_ALLOW_PRIVATE_URLS: '127.0.0.1/32', ANIMATIC_EMULATOR_CONTROLS: 'on' };
  const server = await startServerProcess(folder, settings, ['--tls']);
  cleanup.defer(async () => void (await server.stop()));
  const hosts = interceptTls(Number(new URL(server.url).port), authority);
  cleanup.defer(() => hosts.close());
  const picturePath = path.join(folder, 'cat.png');
  writeFileSync(picturePath, await makePicture());
  const pictureUrl = await upload(hosts.fetch, readFileSync(picturePath));
  return { server, receiver, fetchHosts: hosts.fetch, folder, authorityPath, picturePath, pictureUrl };
}

function environmentOf({ server, authorityPath, picturePath }: Stage): Environment {
  return {
    FAL_KEY: TEST_KEY,
    WAVESPEED_API_KEY: TEST_KEY,
    PICTURE_PATH: picturePath,
    SSL_CERT_FILE: authorityPath,
    REQUESTS_CA_BUNDLE: authorityPath,
    LEAD_TO_PORT: new URL(server.url).port,
    PYTHONPATH: HERE,
    PYTHONDONTWRITEBYTECODE: '1',
  };
}

/** Each client twice: by its settings, and with nothing set but the key. */
function clientRuns(stage: Stage): readonly Run[] {
  const environment = environmentOf(stage);
  const { host, origin } = new URL(stage.server.url);
  const bySettings: Environment = {
    ...environment,
    FAL_RUN_HOST: `${host}/fal/run`,
    FAL_QUEUE_RUN_HOST: `${host}/fal/queue`,
    FAL_REST_URL: `${origin}/fal/rest`,
    FAL_CDN_URL: `${origin}/fal/cdn`,
    WAVESPEED_URL: origin,
  };
  return ['fal_sync.py', 'fal_async.py', 'wavespeed_client.py'].flatMap((name) => {
    const program = path.join(HERE, name);
    return [
      { title: `${name}, by the client's settings`, words: [program], environment: bySettings },
      { title: `${name}, by the hosts that it has built in`, words: led(program), environment },
    ];
  });
}

/** Key, picture and receiver are all that is changed in a printed program. */
function printedRuns(stage: Stage): readonly Run[] {
  const names = readdirSync(PRINTED).filter((name) => name.endsWith('.py'));
  return names.map((name) => {
    const program = path.join(stage.folder, name);
    const printed = readFileSync(path.join(PRINTED, name), 'utf8');
    writeFileSync(
      program,
      printed
        .replaceAll(/https:\/\/your-host\.com\/[\w-]+\.jpg/g, stage.pictureUrl)
        .replaceAll('https://your-server.com/webhook', stage.receiver.url),
    );
    return {
      title: `${name}, as fal's page prints it`,
      words: led(program),
      environment: environmentOf(stage),
    };
  });
}

/** The lines of `animatic connect`, pasted into a shell and a file. */
function guideRuns({ server, pictureUrl, authorityPath, folder }: Stage): readonly Run[] {
  const ownPictureUrl = pictureUrl.replace(/^https:\/\/[^/]+/, server.url);
  const address = { url: server.url, pictureUrl: ownPictureUrl, authorityPath, needsTrust: true };
  return ['wavespeed-python', 'fal-python'].map((name) => {
    const steps = CLIENT_GUIDES.find((guide) => guide.name === name)!.steps(address);
    const linesIn = (language: GuideStep['language']): string =>
      steps
        .flatMap((step) => (step.language === language ? step.lines : []))
        .join('\n')
        .replaceAll(KEY_PLACEHOLDER, TEST_KEY);
    const program = path.join(folder, `${name}.py`);
    writeFileSync(program, linesIn('python'));
    const shell = `${linesIn('shell')}\n"${PYTHON}" "${program}"`;
    const title = `animatic connect ${name}, pasted`;
    return { title, words: ['-e', '-c', shell], environment: {}, program: 'sh' };
  });
}

function led(program: string): readonly string[] {
  return ['-m', 'lead_here', program];
}

/** Runs it and tells what came out. */
async function isGood({ title, words, environment, program = PYTHON }: Run): Promise<boolean> {
  const { exitCode, stdout, stderr } = await runProgram(program, words, environment, LONGEST_PROGRAM_MS);
  const isFine = exitCode === 0;
  process.stdout.write(`\n${isFine ? 'ok    ' : 'FAILED'} ${title}\n${indented(lastLines(stdout))}`);
  if (!isFine) process.stdout.write(indented(stderr));
  return isFine;
}

async function upload(fetchHosts: typeof fetch, bytes: Uint8Array): Promise<string> {
  const begun = await fetchHosts('https://rest.fal.ai/storage/upload/initiate', {
    method: 'POST',
    headers: { authorization: `Key ${TEST_KEY}`, 'content-type': 'application/json' },
    body: '{"file_name": "cat.png"}',
  });
  const { upload_url, file_url } = (await begun.json()) as Initiated;
  const sent = await fetchHosts(upload_url, { method: 'PUT', body: new Uint8Array(bytes) });
  assert.equal(sent.status, 201);
  return file_url;
}

/** The page's submit with a webhook must have been told, signed. */
async function isWebhookGood({ receiver, fetchHosts }: Stage): Promise<boolean> {
  try {
    const [webhook] = await receiver.untilReceived(1);
    const keySet = await fetchHosts('https://rest.fal.ai/.well-known/jwks.json');
    assertFalSignature(webhook!, ((await keySet.json()) as KeySet).keys);
    assert.equal(webhook!.json.status, 'OK');
    process.stdout.write('\nok     the webhook of fal_page_queue.py arrived, and its signature is good\n');
    return true;
  } catch (error) {
    process.stdout.write(`\nFAILED the webhook of fal_page_queue.py: ${error}\n`);
    return false;
  }
}

/** A page's program prints its whole log again at every look. */
function lastLines(text: string): string {
  return text.split('\n').slice(-13).join('\n');
}

function indented(text: string): string {
  return text.replace(/^(?=.)/gm, '       ');
}
