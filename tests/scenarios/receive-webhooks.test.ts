/** The receivers' code in docs/how-to/receive-webhooks.md, run as it is printed on what the server really sends. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { before, describe, test } from 'node:test';
import { makePictureUri } from '#tests/fixtures/picture.ts';
import { TestServer } from '#tests/fixtures/test-server.ts';
import { type ReceivedWebhook, WebhookReceiver } from '#tests/fixtures/webhook-receiver.ts';

const SPICY = '/api/v3/bytedance/seedance-2.0-fast/image-to-video-spicy';
const FAST = '/fal/queue/bytedance/seedance-2.0/fast/image-to-video';
const PAGE = readFileSync(new URL('../../docs/how-to/receive-webhooks.md', import.meta.url), 'utf8');

function printedCode(language: string): string {
  const [, block] = PAGE.split(`\n\`\`\`${language}\n`);
  assert.ok(block !== undefined, `the page prints no ${language}`);
  return block.split('\n```\n')[0]!;
}

/** The checks of one language: of a webhook, with the secret or the key set. */
interface Checks {
  isFromWavespeed(webhook: ReceivedWebhook, secret: string): Promise<boolean>;
  isFromFal(webhook: ReceivedWebhook, keys: readonly object[]): Promise<boolean>;
}

async function javascriptChecks(): Promise<Checks> {
  const source = Buffer.from(printedCode('js')).toString('base64');
  const { isFromWavespeed, isFromFal } = await import(`data:text/javascript;base64,${source}`);
  return {
    isFromWavespeed: async ({ headers, body }, secret) => isFromWavespeed(headers, body, secret),
    isFromFal: async ({ headers, body }, keys) => isFromFal(headers, body, keys),
  };
}

function pythonChecks(): Checks {
  const call = (name: string, { headers, body }: ReceivedWebhook, argument: unknown): boolean => {
    const script = `${printedCode('python')}
import json, sys
given = json.load(sys.stdin)
print(${name}(given["headers"], bytes.fromhex(given["body"]), given["argument"]))`;
    const input = JSON.stringify({ headers, body: body.toString('hex'), argument });
    const { stdout, stderr } = spawnSync('python3', ['-c', script], { input, encoding: 'utf8' });
    assert.match(stdout, /^(True|False)\n$/, stderr);
    return stdout === 'True\n';
  };
  return {
    isFromWavespeed: async (webhook, secret) => call('is_from_wavespeed', webhook, secret),
    isFromFal: async (webhook, keys) => call('is_from_fal', webhook, keys),
  };
}

const pythonRuns = (code: string): boolean => spawnSync('python3', ['-c', code]).status === 0;
const HAS_PYTHON = pythonRuns('import sys; assert sys.version_info >= (3, 9)');
const HAS_CRYPTOGRAPHY = HAS_PYTHON && pythonRuns('import cryptography');

/** The same webhook with something about it changed. */
function spoiled(webhook: ReceivedWebhook, headers: Readonly<Record<string, string>> = {}): ReceivedWebhook {
  const body = Buffer.from(webhook.body);
  if (Object.keys(headers).length === 0) body[10] = body[10]! ^ 1;
  return { ...webhook, body, headers: { ...webhook.headers, ...headers } };
}

describe('the printed receivers', { timeout: 60_000 }, () => {
  let wavespeed: ReceivedWebhook;
  let fal: ReceivedWebhook;
  let secret: string;
  let keys: readonly object[];
  before(async () => {
    await using server = await TestServer.start();
    await using receiver = await WebhookReceiver.open();
    const { client, falClient } = server.customer;
    const image = await makePictureUri();
    // Not ASCII, so that counting characters for bytes shows.
    const prompt = 'Nebel über dem Fluß 🌫';
    await client.post(`${SPICY}?webhook=${receiver.url}`, { image, prompt });
    [wavespeed] = (await receiver.untilReceived(1)) as [ReceivedWebhook];
    await falClient.post(`${FAST}?fal_webhook=${receiver.url}`, { image_url: image, prompt });
    [, fal] = (await receiver.untilReceived(2)) as [ReceivedWebhook, ReceivedWebhook];
    secret = (await client.get('/api/v3/webhook/secret')).body.data.secret;
    keys = (await server.anonymous.get('/fal/rest/.well-known/jwks.json')).body.keys;
  });

  const wavespeedTest = async (checks: Checks): Promise<void> => {
    assert.equal(await checks.isFromWavespeed(wavespeed, secret), true);
    assert.equal(await checks.isFromWavespeed(spoiled(wavespeed), secret), false);
    assert.equal(await checks.isFromWavespeed(spoiled(wavespeed, { 'webhook-id': 'x' }), secret), false);
    const old = spoiled(wavespeed, { 'webhook-timestamp': '1700000000' });
    assert.equal(await checks.isFromWavespeed(old, secret), false);
    assert.equal(await checks.isFromWavespeed(wavespeed, 'whsec_dGVzdC1zZWNyZXQ='), false);
  };
  const falTest = async (checks: Checks): Promise<void> => {
    assert.equal(await checks.isFromFal(fal, keys), true);
    assert.equal(await checks.isFromFal(spoiled(fal), keys), false);
    assert.equal(await checks.isFromFal(spoiled(fal, { 'x-fal-webhook-user-id': 'x' }), keys), false);
    assert.equal(await checks.isFromFal(fal, []), false);
  };

  test('JavaScript, WaveSpeed', async () => wavespeedTest(await javascriptChecks()));
  test('JavaScript, fal', async () => falTest(await javascriptChecks()));
  test('Python, WaveSpeed', { skip: HAS_PYTHON ? false : 'there is no Python 3.9' }, () =>
    wavespeedTest(pythonChecks()),
  );
  test('Python, fal', { skip: HAS_CRYPTOGRAPHY ? false : 'Python has no cryptography' }, () =>
    falTest(pythonChecks()),
  );
});
