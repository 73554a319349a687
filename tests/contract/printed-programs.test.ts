/**
 * The JavaScript of fal's model page, run by Node with the real client: nothing is changed but key, picture and receiver; the client's
 * own hosts lead here. The page's Python is run by `npm run contract:python`.
 */
import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { createDevelopmentCertificate } from '#apps/development-certificate.ts';
import { VIRTUAL_HOSTS } from '#protocols/http/virtual-hosts.ts';
import { type Interception, interceptTls } from '#tests/fixtures/intercepted-fetch.ts';
import { makePicture } from '#tests/fixtures/picture.ts';
import { runProgram } from '#tests/fixtures/run-program.ts';
import { TestServer } from '#tests/fixtures/test-server.ts';
import { assertFalSignature } from '#tests/fixtures/verify-webhook.ts';
import { WebhookReceiver } from '#tests/fixtures/webhook-receiver.ts';

interface Initiated {
  readonly upload_url: string;
  readonly file_url: string;
}

interface KeySet {
  readonly keys: readonly Readonly<Record<string, string>>[];
}

const PROGRAMS = new URL('../fixtures/printed-programs/', import.meta.url);
const LEAD_HOSTS_HERE = new URL('../fixtures/lead-hosts-here.ts', import.meta.url);

describe("the JavaScript of fal's page", { timeout: 60_000 }, () => {
  let server: TestServer;
  let hosts: Interception;
  let folder: string;
  let pictureUrl: string;
  before(async () => {
    const { authority, ...tls } = await createDevelopmentCertificate([...VIRTUAL_HOSTS.keys()]);
    server = await TestServer.start({ tls });
    hosts = interceptTls(Number(new URL(server.url).port), authority);
    folder = await mkdtemp(path.join(tmpdir(), 'animatic-printed-programs-'));
    await writeFile(path.join(folder, 'authority.pem'), authority);
    const begun = await hosts.fetch('https://rest.fal.ai/storage/upload/initiate', {
      method: 'POST',
      headers: { authorization: `Key ${server.customer.key}`, 'content-type': 'application/json' },
      body: '{"file_name": "cat.png"}',
    });
    const { upload_url, file_url } = (await begun.json()) as Initiated;
    await hosts.fetch(upload_url, { method: 'PUT', body: new Uint8Array(await makePicture()) });
    pictureUrl = file_url;
  });
  after(async () => {
    await hosts.close();
    await server.close();
    await rm(folder, { recursive: true });
  });

  const run = async (name: string, receiverUrl = ''): Promise<string> => {
    const printed = await readFile(new URL(name, PROGRAMS), 'utf8');
    const program = printed
      .replaceAll('https://your-host.com/cat.jpg', pictureUrl)
      .replaceAll('https://your-server.com/webhook', receiverUrl);
    const { exitCode, stdout, stderr } = await runProgram(
      process.execPath,
      ['--import', LEAD_HOSTS_HERE.href, '--input-type=module', '--eval', program],
      {
        FAL_KEY: server.customer.key,
        LEAD_TO_PORT: new URL(server.url).port,
        LEAD_AUTHORITY: path.join(folder, 'authority.pem'),
      },
    );
    assert.equal(exitCode, 0, stderr);
    return stdout.trim().split('\n').at(-1)!;
  };
  const clipAt = async (url: string) => (await hosts.fetch(url)).text();

  test('subscribe, with its logs', async () => {
    const url = await run('subscribe.mjs');
    assert.match(url, /^https:\/\/v3\.fal\.media\/files\/.*\.mp4$/);
    assert.equal(await clipAt(url), 'a scripted clip');
  });

  test('submit with a webhook, status and result', async () => {
    await using receiver = await WebhookReceiver.open();
    const url = await run('queue.mjs', receiver.url);
    assert.equal(await clipAt(url), 'a scripted clip');
    const [webhook] = await receiver.untilReceived(1);
    assert.equal(webhook!.json.payload.video.url, url);
    const keySet = await hosts.fetch('https://rest.fal.ai/.well-known/jwks.json');
    assertFalSignature(webhook!, ((await keySet.json()) as KeySet).keys);
  });
});
