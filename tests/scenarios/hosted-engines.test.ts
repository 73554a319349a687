/**
 * A server whose endpoints stand on services that are paid: a server of ours, by way of our own engines for fal and WaveSpeed. The whole
 * way counts: configuration file, route, upload of the picture, job, clip, price charged and price paid, and a kill in between.
 */
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { frameSize } from '#domain/media/frame-size.ts';
import { makeClipFile } from '#tests/fixtures/clip-file.ts';
import { makePictureUri } from '#tests/fixtures/picture.ts';
import { runAnimatic } from '#tests/fixtures/run-animatic.ts';
import { ScriptedEngine } from '#tests/fixtures/scripted-engine.ts';
import {
  makeTestFolder,
  type ServerProcess,
  startServerProcess,
  TEST_KEY,
  type TestFolder,
} from '#tests/fixtures/server-process.ts';
import { TestClient } from '#tests/fixtures/test-client.ts';
import { TestServer } from '#tests/fixtures/test-server.ts';
import { until } from '#tests/fixtures/until.ts';

const SIZE = frameSize('480p', '16:9');
const ENDPOINT = '/api/v3/bytedance/seedance-2.0-fast/image-to-video-spicy';
const LONGEST_CLIP_MS = 60_000;

describe('an endpoint on a paid service', { timeout: 240_000 }, () => {
  let upstream: TestServer;
  let mayEnd = Promise.withResolvers<void>();
  let folder: TestFolder;
  let clip: Uint8Array;
  let server: ServerProcess | undefined;

  before(async () => {
    clip = await makeClipFile({ size: SIZE, frameCount: 96, hasSound: true });
    const engine = new ScriptedEngine();
    engine.script('a lake at dusk', { bytes: clip });
    engine.script('a slow lake', {
      bytes: clip,
      get after() {
        return mayEnd.promise;
      },
    });
    upstream = await TestServer.start({ engine, workers: 2, credit: '100' });
    folder = await makeTestFolder();
  });
  after(async () => {
    await server?.kill();
    mayEnd.resolve();
    await upstream.close();
    await folder.remove();
  });

  const engines = () => ({
    fal: {
      kind: 'fal',
      model: 'bytedance/seedance-2.0/fast/image-to-video',
      credential: 'UPSTREAM_KEY',
      baseUrl: `${upstream.url}/fal/queue`,
    },
    wavespeed: {
      kind: 'wavespeed',
      model: 'bytedance/seedance-2.0-fast/image-to-video-spicy',
      credential: 'UPSTREAM_KEY',
      baseUrl: upstream.url,
    },
  });

  async function start(engine: 'fal' | 'wavespeed'): Promise<TestClient> {
    await server?.kill();
    const configuration = path.join(folder.path, `${engine}.json`);
    await writeFile(
      configuration,
      JSON.stringify({ engines: engines(), routes: { 'wavespeed:*': [engine] } }),
    );
    server = await startServerProcess(path.join(folder.path, engine), {
      ANIMATIC_CONFIG: configuration,
      ANIMATIC_ALLOW_PRIVATE_URLS: '127.0.0.0/8',
      UPSTREAM_KEY: upstream.customer.key,
    });
    return new TestClient(server.url, `Bearer ${TEST_KEY}`);
  }

  async function submit(client: TestClient, prompt: string): Promise<string> {
    const image = await makePictureUri({ width: 640, height: 360 });
    const body = { image, prompt, resolution: '480p', duration: 4, aspect_ratio: '16:9' };
    const answer = await client.post(ENDPOINT, body);
    assert.equal(answer.status, 200, JSON.stringify(answer.body));
    return answer.body.data.id;
  }

  async function ended(client: TestClient, id: string) {
    const deadline = Date.now() + LONGEST_CLIP_MS;
    for (let after = 0; Date.now() < deadline; ) {
      const { body } = await client.get(`/admin/tasks/${id}?after=${after}&waitMs=5000`);
      if (body.finishedAt !== undefined) return body;
      after = body.log.at(-1)?.number ?? after;
    }
    throw new Error(`Task ${id} does not end:\n${server?.output()}`);
  }

  async function endedOrParked(client: TestClient, id: string): Promise<'ended' | 'parked'> {
    const deadline = Date.now() + LONGEST_CLIP_MS;
    while (Date.now() < deadline) {
      const { tasks } = (await client.get('/admin/parked')).body;
      if (tasks.some((task: { id: string }) => task.id === id)) return 'parked';
      const { body } = await client.get(`/admin/tasks/${id}?after=1000&waitMs=500`);
      if (body.finishedAt !== undefined) return 'ended';
    }
    throw new Error(`Task ${id} neither ends nor is parked:\n${server?.output()}`);
  }

  const spent = async (): Promise<number> => 100 - Number(await upstream.customer.balance());

  for (const engine of ['fal', 'wavespeed'] as const) {
    test(`${engine}: the clip is bought once, kept and charged, and the operator sees both prices`, async () => {
      const before = await spent();
      const client = await start(engine);
      const id = await submit(client, 'a lake at dusk');
      const task = await ended(client, id);
      assert.equal(task.state, 'completed', JSON.stringify(task));
      assert.deepEqual([task.output.width, task.output.height, task.output.durationSeconds], [864, 496, 4]);
      const file = await fetch(server!.url + task.output.urlPath);
      assert.deepEqual(new Uint8Array(await file.arrayBuffer()), new Uint8Array(clip));
      assert.equal(task.cost.engine, engine);
      assert.equal(Number(task.cost.paid).toFixed(4), ((await spent()) - before).toFixed(4));
      assert.equal(task.cost.quoted, task.cost.paid);
      const listed = await runAnimatic(['engines'], { ANIMATIC_SERVER: server!.url, ANIMATIC_KEY: TEST_KEY });
      assert.match(listed.stdout, new RegExp(`^${engine} {2}ready: `, 'm'));
      assert.match(listed.stdout, new RegExp(`charged ${task.charged} USD, cost ${task.cost.paid} USD`));
      assert.doesNotMatch(server!.output() + listed.stdout, new RegExp(upstream.customer.key));
      assert.equal(await server!.stop(), 0, server!.output());
    });

    test(`${engine}: a server that is killed as its job starts buys no other one`, async () => {
      mayEnd = Promise.withResolvers();
      const started = upstream.engine.startedJobs.length;
      const id = await submit(await start(engine), 'a slow lake');
      await until(() => upstream.engine.startedJobs.length > started);
      // Perhaps before the answer has come back: WaveSpeed is asked for what became of it, fal cannot be.
      await server!.kill();
      const client = await start(engine);
      mayEnd.resolve();
      const state = await endedOrParked(client, id);
      if (state === 'parked') {
        assert.equal(engine, 'fal');
        const { taskId } = upstream.engine.startedJobs.at(-1)!;
        const environment = { ANIMATIC_SERVER: server!.url, ANIMATIC_KEY: TEST_KEY };
        const resolved = await runAnimatic(['engines', 'resolve', id, '--found', taskId], environment);
        assert.equal(resolved.exitCode, 0, resolved.stderr);
      }
      const task = await ended(client, id);
      assert.equal(task.state, 'completed', JSON.stringify(task));
      assert.equal(upstream.engine.startedJobs.length, started + 1);
    });
  }
});
