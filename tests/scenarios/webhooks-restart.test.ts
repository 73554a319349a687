/** Webhooks outlive the program: it is killed, or stopped, between an event and its delivery, and the next one delivers. */
import assert from 'node:assert/strict';
import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { makePictureUri } from '#tests/fixtures/picture.ts';
import { runProgram } from '#tests/fixtures/run-program.ts';
import {
  makeTestFolder,
  type ServerProcess,
  startServerProcess,
  TEST_KEY,
  type TestFolder,
} from '#tests/fixtures/server-process.ts';
import { TestClient } from '#tests/fixtures/test-client.ts';
import { assertFalSignature, assertWavespeedSignature } from '#tests/fixtures/verify-webhook.ts';
import { WebhookReceiver } from '#tests/fixtures/webhook-receiver.ts';

const SPICY = '/api/v3/bytedance/seedance-2.0-fast/image-to-video-spicy';
const COMMAND = resolve(import.meta.dirname, '../../bin/animatic.js');
const FAST = '/fal/queue/bytedance/seedance-2.0/fast/image-to-video';

/** Small and short: it is not the clip that is tested. */
const INPUT = { prompt: 'pan left', resolution: '480p', generate_audio: false };

describe('webhooks across a restart', { timeout: 180_000 }, () => {
  let folder: TestFolder;
  let server: ServerProcess;
  let image: string;
  before(async () => {
    folder = await makeTestFolder();
    image = await makePictureUri();
    server = await start();
  });
  after(async () => {
    await server.stop();
    await folder.remove();
  });

  const SETTINGS = { ANIMATIC_ALLOW_PRIVATE_URLS: '127.0.0.1/32', ANIMATIC_WORKERS: '1' };
  const start = () => startServerProcess(folder.path, SETTINGS);
  const animatic = (...words: string[]) =>
    runProgram(process.execPath, [COMMAND, ...words], { ...SETTINGS, ANIMATIC_DATA: folder.path });
  const client = () => new TestClient(server.url, `Bearer ${TEST_KEY}`);
  const submitWavespeed = async (url: string): Promise<string> => {
    const body = { ...INPUT, image, duration: 4 };
    return (await client().post(`${SPICY}?webhook=${encodeURIComponent(url)}`, body)).body.data.id;
  };
  const submitFal = async (url: string): Promise<string> => {
    const body = { ...INPUT, image_url: image, duration: '4' };
    return (await client().post(`${FAST}?fal_webhook=${encodeURIComponent(url)}`, body)).body.request_id;
  };
  /** The webhook's report once the event is delivered. */
  const untilDelivered = async (id: string) => {
    for (;;) {
      const { body } = await client().get(`/admin/tasks/${id}/webhook`);
      if (body.state === 'delivered') return body;
      await pause(25);
    }
  };
  const statuses = (webhook: { attempts: readonly { status?: number }[] }) =>
    webhook.attempts.map(({ status }) => status);

  it('a receiver that fails before a kill -9 and after it gets the payload once it recovers, and once', async () => {
    await using receiver = await WebhookReceiver.open([500, 503]);
    const id = await submitFal(receiver.url);
    const [first] = await receiver.untilReceived(1);
    await server.kill();
    server = await start();
    await receiver.untilReceived(3);
    const webhook = await untilDelivered(id);
    // The first answer may not have been noted before the kill.
    const [beforeKill, ...afterKill] = statuses(webhook);
    assert.deepEqual([beforeKill ?? 500, ...afterKill], [500, 503, 200]);
    assert.equal(receiver.received.length, 3);
    for (const { body, json } of receiver.received) {
      assert.deepEqual(body, first!.body);
      assert.equal(json.request_id, id);
    }
    assert.match(first!.json.payload.video.url, /^http:\/\/127\.0\.0\.1:\d+\/files\//);
    const keySet = await new TestClient(server.url, undefined).get('/fal/rest/.well-known/jwks.json');
    for (const received of receiver.received) assertFalSignature(received, keySet.body.keys);
  });

  it('kill -9 in the middle of an attempt: the event is sent again at once, under the same id', async () => {
    await using receiver = await WebhookReceiver.open(['hang']);
    const id = await submitWavespeed(receiver.url);
    await receiver.untilReceived(1);
    await server.kill();
    server = await start();
    await receiver.untilReceived(2);
    assert.deepEqual(statuses(await untilDelivered(id)), [undefined, 200]);
    const secret = (await client().get('/api/v3/webhook/secret')).body.data.secret;
    for (const received of receiver.received) {
      assert.equal(received.headers['webhook-id'], id);
      assertWavespeedSignature(received, secret);
    }
  });

  it('a stop does not wait for a receiver that hangs; the next program sends again', async () => {
    await using receiver = await WebhookReceiver.open(['hang']);
    const id = await submitWavespeed(receiver.url);
    await receiver.untilReceived(1);
    assert.equal(await server.stop(), 0);
    server = await start();
    await receiver.untilReceived(2);
    const webhook = await untilDelivered(id);
    assert.match(webhook.attempts[0].error, /the server stopped/);
    assert.deepEqual(statuses(webhook), [undefined, 200]);
  });

  it('the command line lists attempts, and sends again with a running server and without one', async () => {
    await using receiver = await WebhookReceiver.open();
    const id = await submitWavespeed(receiver.url);
    await untilDelivered(id);
    const listed = await animatic('webhooks', 'list', id);
    assert.equal(listed.exitCode, 0, listed.stderr);
    assert.match(listed.stdout, new RegExp(`^${receiver.url}  delivered\n  1  \\S+Z  \\d+ ms  HTTP 200\n$`));

    const resent = await animatic('webhooks', 'resend', id);
    assert.equal(resent.exitCode, 0, resent.stderr);
    assert.match(resent.stdout, /\n {2}2 .* HTTP 200\n$/);
    assert.equal(receiver.received.length, 2);

    assert.equal(await server.stop(), 0);
    receiver.willAnswer([503]);
    const failed = await animatic('webhooks', 'resend', id);
    assert.equal(failed.exitCode, 1, failed.stderr);
    assert.match(failed.stdout, / {2}pending, next attempt \S+Z\n(?:.*\n)* {2}3 .* HTTP 503\n$/);
    server = await start();
    const unknown = await animatic('webhooks', 'list', 'unknown');
    assert.deepEqual([unknown.exitCode, unknown.stdout], [1, '']);
    assert.match(unknown.stderr, /There is no task "unknown".*\[not_found\]/);
    await client().post(`/admin/tasks/${id}/webhook/resend`);
    assert.equal((await untilDelivered(id)).attempts.length, 4);
  });

  it('the books balance, and only the owner reads the key', async () => {
    assert.deepEqual((await client().get('/admin/ledger/verify')).body.faults, []);
    if (process.platform !== 'win32')
      assert.equal((await stat(join(folder.path, 'webhook.key'))).mode & 0o777, 0o600);
  });
});
