/** The lines of `animatic connect`, pasted: what can be run here is run against a server as it is printed, but for the key. */
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { CLIENT_GUIDES, type GuideStep, KEY_PLACEHOLDER, type ServerAddress } from '#apps/client-guides.ts';
import { SAMPLE_URL_PATH } from '#apps/first-account.ts';
import { McpClient } from '#tests/fixtures/mcp-client.ts';
import { makePicture } from '#tests/fixtures/picture.ts';
import { runProgram } from '#tests/fixtures/run-program.ts';
import { TestServer } from '#tests/fixtures/test-server.ts';

const COMMAND = path.resolve(import.meta.dirname, '../../bin/animatic.js');
const TOOLS = path.resolve(import.meta.dirname, '../../node_modules/.bin');

const stepsOf = (name: string, address: ServerAddress): readonly GuideStep[] => {
  const guide = CLIENT_GUIDES.find((candidate) => candidate.name === name);
  assert.ok(guide, name);
  return guide.steps(address);
};

describe('the printed lines, run', { timeout: 60_000 }, () => {
  let server: TestServer;
  let address: ServerAddress;
  let home: string;
  before(async () => {
    server = await TestServer.start();
    home = await mkdtemp(path.join(tmpdir(), 'animatic-connect-'));
    const form = new FormData();
    form.append('file', new Blob([Buffer.from(await makePicture())], { type: 'image/png' }), 'a.png');
    const { body } = await server.customer.client.post('/api/v3/media/upload/binary', form);
    const pictureUrl = body.data.download_url;
    address = { url: server.url, pictureUrl, authorityPath: path.join(home, 'none.pem'), needsTrust: false };
  });
  after(async () => {
    await rm(home, { recursive: true });
    await server.close();
  });

  const paste = async ({ language, lines }: GuideStep): Promise<string> => {
    const text = lines.join('\n').replaceAll(KEY_PLACEHOLDER, server.customer.key);
    const [program, flags] =
      language === 'shell'
        ? (['sh', ['-e', '-c', text]] as const)
        : ([process.execPath, ['--input-type=module', '--eval', text]] as const);
    const environment = { HOME: home, XDG_CONFIG_HOME: home, PATH: `${TOOLS}:${process.env.PATH}` };
    const { exitCode, stdout, stderr } = await runProgram(program, flags, environment);
    assert.equal(exitCode, 0, stderr + stdout);
    return stdout;
  };
  const clipAt = async (url: string) => (await fetch(url.trim())).text();

  test('connect curl', async () => {
    const [wavespeed, fal] = stepsOf('curl', address);
    const answer = JSON.parse(await paste(wavespeed!));
    assert.equal(await clipAt(answer.data.outputs[0]), 'a scripted clip');
    const submitted = JSON.parse(await paste(fal!));
    assert.equal((await server.untilEnded(submitted.request_id)).state, 'completed');
  });

  for (const name of ['wavespeed-js', 'fal-js']) {
    test(`connect ${name}`, async () => {
      const [step] = stepsOf(name, address);
      assert.equal(await clipAt(await paste(step!)), 'a scripted clip');
    });
  }

  test('connect wavespeed-mcp', async () => {
    const [step] = stepsOf('wavespeed-mcp', address);
    const text = step!.lines.join('\n').replaceAll(KEY_PLACEHOLDER, server.customer.key);
    const { command, args, env } = JSON.parse(text).mcpServers.wavespeed;
    assert.deepEqual([command, args], ['npx', ['-y', '@wavespeed/mcp']]);
    // What npx would fetch and start.
    const program = path.resolve(TOOLS, '../@wavespeed/mcp/dist/index.js');
    const assistant = await McpClient.start(program, { ...env, HOME: home, XDG_CONFIG_HOME: home });
    const balance = await assistant.call('get_balance', {});
    await assistant.close();
    assert.equal(balance.isError, false, balance.text);
    assert.ok(JSON.parse(balance.text).balance > 0);
  });

  test('connect ai-sdk', async () => {
    const [step] = stepsOf('ai-sdk', address);
    assert.equal((await paste(step!)).trim(), String('a scripted clip'.length));
  });

  test('connect wavespeed-cli', async () => {
    const [step] = stepsOf('wavespeed-cli', address);
    const printed = await paste(step!);
    assert.match(printed, new RegExp(`${server.url}/files/[0-9a-f]{32}/\\w+\\.mp4`));
  });
});

describe('the printed lines', () => {
  const at = (url: string, needsTrust: boolean): ServerAddress => ({
    url,
    pictureUrl: url + SAMPLE_URL_PATH,
    authorityPath: '/data/tls/authority.pem',
    needsTrust,
  });
  const textOf = (name: string, address: ServerAddress) =>
    stepsOf(name, address)
      .flatMap(({ text, lines }) => [text, ...lines])
      .join('\n');

  test('every client has its own name, and lines with the key’s place', () => {
    assert.equal(new Set(CLIENT_GUIDES.map(({ name }) => name)).size, CLIENT_GUIDES.length);
    for (const { name } of CLIENT_GUIDES) {
      const text = textOf(name, at('http://localhost:8787', false));
      assert.ok(text.includes(KEY_PLACEHOLDER), name);
      assert.ok(!/undefined|\[object/.test(text), text);
    }
  });

  test('a development certificate is trusted as each client’s runtime has it, and only where there is one', () => {
    for (const { name } of CLIENT_GUIDES)
      assert.ok(textOf(name, at('https://localhost:8787', true)).includes('/data/tls/authority.pem'), name);
    for (const name of ['curl', 'wavespeed-js', 'fal-python', 'ai-sdk'])
      assert.ok(!textOf(name, at('https://clips.example', false)).includes('authority.pem'), name);
  });

  test('clients with built-in hosts are told what has to lead here, and on which port', () => {
    assert.match(textOf('n8n', at('https://localhost:8787', true)), /^127\.0\.0\.1 api\.wavespeed\.ai$/m);
    assert.match(
      textOf('comfyui', at('https://10.0.0.7', true)),
      /^10\.0\.0\.7 api\.wavespeed\.ai wavespeed\.ai$/m,
    );
    assert.match(textOf('comfyui', at('https://[::1]:8787', true)), /^::1 api/m);
    assert.match(textOf('n8n', at('https://clips.example', false)), /^<address of clips\.example> api/m);
    assert.match(textOf('n8n', at('http://localhost:8787', false)), /ANIMATIC_PORT=443 .*serve --tls/);
  });

  test('Python’s fal client is told that it needs TLS', () => {
    assert.match(
      textOf('fal-python', at('http://localhost:8787', false)),
      /HTTPS only: start the server with --tls/,
    );
    const text = textOf('fal-python', at('https://localhost:8787', true));
    assert.ok(!text.includes('--tls'));
    assert.match(text, /FAL_RUN_HOST=localhost:8787\/fal\/run FAL_QUEUE_RUN_HOST=localhost:8787\/fal\/queue/);
  });
});

describe('animatic connect', { timeout: 30_000 }, () => {
  const connect = (...words: string[]) =>
    runProgram(process.execPath, [COMMAND, 'connect', ...words], {
      ANIMATIC_DATA: path.join(tmpdir(), 'animatic-no-such-folder'),
      ANIMATIC_PUBLIC_URL: '',
    });

  test('lists the clients, and refuses others with the list', async () => {
    const { exitCode, stdout } = await connect();
    assert.equal(exitCode, 0);
    for (const { name } of CLIENT_GUIDES) assert.match(stdout, new RegExp(`^${name} `, 'm'));
    const refused = await connect('telex');
    assert.equal(refused.exitCode, 2);
    assert.match(refused.stderr, /no client "telex"[\s\S]*wavespeed-js/);
  });

  test('prints the lines with the address that is named, else with that of the settings', async () => {
    const named = await connect('wavespeed-js', '--server', 'https://clips.example/');
    assert.match(named.stdout, /baseUrl: 'https:\/\/clips\.example' \}/);
    const own = await connect('wavespeed-js');
    assert.match(own.stdout, /baseUrl: 'http:\/\/127\.0\.0\.1:8787' \}/);
    assert.ok(own.stdout.includes(SAMPLE_URL_PATH));
  });
});
