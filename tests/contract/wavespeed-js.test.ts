/** WaveSpeed's own JavaScript client, unmodified, pointed here by its base URL. */
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { Client } from 'wavespeed';
import { makePicture } from '#tests/fixtures/picture.ts';
import { TestServer } from '#tests/fixtures/test-server.ts';

const SPICY = 'bytedance/seedance-2.0-fast/image-to-video-spicy';

describe('wavespeed for JavaScript', { timeout: 60_000 }, () => {
  let server: TestServer;
  let client: Client;
  let folder: string;
  let image: string;
  before(async () => {
    server = await TestServer.start({ syncWaitMs: 200 });
    client = new Client(server.customer.key, { baseUrl: server.url });
    server.engine.script('never', { endings: ['stalled'] });
    server.engine.script('broken', { endings: ['failed'] });
    folder = await mkdtemp(path.join(tmpdir(), 'animatic-wavespeed-'));
    await writeFile(path.join(folder, 'a cat.png'), await makePicture());
    image = await client.upload(path.join(folder, 'a cat.png'));
  });
  after(async () => {
    await rm(folder, { recursive: true });
    await server.close();
  });

  const options = { pollInterval: 0.01 };

  test('upload gives a URL that holds the file', async () => {
    assert.match(image, /a-cat\.png$/);
    const file = await fetch(image);
    assert.deepEqual(Buffer.from(await file.arrayBuffer()), await makePicture());
  });

  test('run gives the outputs', async () => {
    const { outputs } = await client.run(SPICY, { image, prompt: 'wind', duration: 4 }, options);
    assert.equal(outputs.length, 1);
    const clip = await fetch(outputs[0]);
    assert.equal(clip.headers.get('content-type'), 'video/mp4');
    assert.equal(await clip.text(), 'a scripted clip');
  });

  test('run in sync mode gives the outputs', async () => {
    const { outputs } = await client.run(SPICY, { image }, { enableSyncMode: true });
    assert.match(String(outputs[0]), /\.mp4$/);
  });

  test('run in sync mode that takes too long throws the error of its own that holds id and URL', async () => {
    const { outputs, detail } = await client.runNoThrow(
      SPICY,
      { image, prompt: 'never' },
      { enableSyncMode: true },
    );
    assert.equal(outputs, null);
    assert.equal(detail.status, 'processing');
    assert.equal(detail.error?.name, 'WavespeedSyncTimeoutException');
    assert.match(detail.taskId, /^[0-9a-f]{32}$/);
    await server.customer.client.delete(`/api/v3/predictions/${detail.taskId}`);
    await server.untilEnded(detail.taskId);
  });

  test('a task that fails ends the wait with its reason', async () => {
    await assert.rejects(
      client.run(SPICY, { image, prompt: 'broken' }, options),
      /Prediction failed \(task_id: \w+\): The script says/,
    );
  });

  test('a cancelled task ends the wait', async () => {
    const run = client.run(SPICY, { image, prompt: 'never' }, options);
    const ended = assert.rejects(run, /Prediction failed .*cancelled/);
    let [task] = await server.ports.tasks.list(server.customer.accountId, 1);
    while (task?.state !== 'processing') [task] = await server.ports.tasks.list(server.customer.accountId, 1);
    await server.customer.client.delete(`/api/v3/predictions/${task.id}`);
    await ended;
  });

  test('a refused input and a wrong key are told once, without a retry', async () => {
    await assert.rejects(client.run(SPICY, {}, options), /HTTP 400: .*\\"image\\" is required/);
    const stranger = new Client('not-a-key', { baseUrl: server.url });
    await assert.rejects(stranger.run(SPICY, { image }, options), /HTTP 401/);
  });
});
