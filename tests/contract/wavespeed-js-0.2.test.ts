/** The older generation of WaveSpeed's JavaScript client, which gives every request 10 s and then sends it again, submits too. */
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, mock, test } from 'node:test';
import { Client } from 'wavespeed-0.2';
import { makePicture } from '#tests/fixtures/picture.ts';
import { TestServer } from '#tests/fixtures/test-server.ts';
import { until } from '#tests/fixtures/until.ts';

const FAST = 'bytedance/seedance-2.0-fast/image-to-video-spicy';
const quickly = { pollInterval: 0.01 };

describe('wavespeed 0.2 for JavaScript', { timeout: 60_000 }, () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'animatic-wavespeed-'));
    await writeFile(path.join(folder, 'cat.png'), await makePicture());
    // It writes down each retry.
    mock.method(console, 'log', () => {});
    mock.method(console, 'error', () => {});
  });
  after(async () => {
    mock.restoreAll();
    await rm(folder, { recursive: true });
  });

  describe('against a server as it comes', () => {
    let server: TestServer;
    let client: Client;
    let image: string;
    before(async () => {
      server = await TestServer.start();
      client = new Client(server.customer.key, { baseUrl: server.url });
      server.engine.script('never', { endings: ['stalled'] });
      server.engine.script('broken', { endings: ['failed'] });
      image = await client.upload(path.join(folder, 'cat.png'));
    });
    after(() => server.close());

    test('upload gives a URL that holds the file', async () => {
      assert.deepEqual(Buffer.from(await (await fetch(image)).arrayBuffer()), await makePicture());
    });

    test('run gives the outputs, polling and in sync mode', async () => {
      for (const options of [quickly, { enableSyncMode: true }]) {
        const { outputs } = await client.run(FAST, { image, prompt: 'wind' }, options);
        assert.equal(await (await fetch(outputs[0])).text(), 'a scripted clip');
      }
    });

    test('a failure and a cancel end the wait, the only two endings that it knows', async () => {
      await assert.rejects(client.run(FAST, { image, prompt: 'broken' }, quickly), /The script says/);
      const ended = assert.rejects(client.run(FAST, { image, prompt: 'never' }, quickly), /cancelled/);
      let [task] = await server.ports.tasks.list(server.customer.accountId, 1);
      await until(async () => {
        [task] = await server.ports.tasks.list(server.customer.accountId, 1);
        return task?.state === 'processing';
      });
      await server.customer.client.delete(`/api/v3/predictions/${task!.id}`);
      await ended;
    });

    test('a refused input is told once, without a retry', async () => {
      await assert.rejects(client.run(FAST, {}, quickly), /HTTP 400: .*\\"image\\" is required/);
    });
  });

  describe('with a result that takes longer than it waits', () => {
    const runSlowly = async (server: TestServer) => {
      server.engine.script('slow', { endings: ['stalled', 'completed'] });
      const client = new Client(server.customer.key, {
        baseUrl: server.url,
        // Its own way, but a fifth of a second instead of ten.
        connectionTimeout: 0.2,
        retryInterval: 0.001,
      });
      const image = await client.upload(path.join(folder, 'cat.png'));
      return client.run(FAST, { image, prompt: 'slow' }, { enableSyncMode: true });
    };
    const countTasks = async ({ ports, customer }: TestServer) =>
      (await ports.tasks.list(customer.accountId, 10)).length;

    test('its repeats are one task within the window for duplicates', async () => {
      await using server = await TestServer.start({ submitPolicy: { duplicateWindowMs: 60_000 } });
      let submits = 0;
      const { findRepeated } = server.ports.tasks;
      mock.method(server.ports.tasks, 'findRepeated', (submit: Parameters<typeof findRepeated>[0]) => {
        submits += 1;
        return findRepeated(submit);
      });
      const run = runSlowly(server);
      await until(() => submits >= 3 && server.engine.startedJobs.length === 1);
      await server.engine.forgetAll();
      const { outputs } = await run;
      assert.match(String(outputs[0]), /\.mp4$/);
      assert.equal(await countTasks(server), 1);
      assert.equal(await server.customer.balance(), '99.00');
    });

    test('without a window each of them is a task of its own', async () => {
      await using server = await TestServer.start({ workers: 0 });
      await assert.rejects(runSlowly(server), /after 6 attempts/);
      assert.equal(await countTasks(server), 6);
    });
  });
});
