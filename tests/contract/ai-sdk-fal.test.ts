/** The AI SDK's fal provider, unmodified but for its `fetch`: the queue's host is built into it. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { createFal } from '@ai-sdk/fal';
import { experimental_generateVideo as generateVideo } from 'ai';
import { createDevelopmentCertificate } from '#apps/development-certificate.ts';
import { VIRTUAL_HOSTS } from '#protocols/http/virtual-hosts.ts';
import { type Interception, interceptTls } from '#tests/fixtures/intercepted-fetch.ts';
import { makePicture } from '#tests/fixtures/picture.ts';
import { TestServer } from '#tests/fixtures/test-server.ts';

const FAST = 'bytedance/seedance-2.0/fast/image-to-video';

type VideoModel = Parameters<typeof generateVideo>[0]['model'];

/** The two packages were built against different releases of the types between them; at run time they are the same. */
const videoModel = (settings: Parameters<typeof createFal>[0], id: string): VideoModel =>
  createFal(settings).video(id) as unknown as VideoModel;

describe('the AI SDK with fal', { timeout: 60_000 }, () => {
  let server: TestServer;
  let hosts: Interception;
  let image: Uint8Array;
  before(async () => {
    const { authority, ...tls } = await createDevelopmentCertificate([...VIRTUAL_HOSTS.keys()]);
    server = await TestServer.start({ tls });
    server.engine.script('broken', { endings: ['failed'] });
    hosts = interceptTls(Number(new URL(server.url).port), authority);
    image = await makePicture();
  });
  after(async () => {
    await hosts.close();
    await server.close();
  });

  const generate = (
    fetchFunction: typeof fetch,
    { text = 'wind', model = FAST, ...options }: { text?: string; model?: string; maxRetries?: number } = {},
  ) =>
    generateVideo({
      model: videoModel({ apiKey: server.customer.key, fetch: fetchFunction }, model),
      prompt: { image, text },
      duration: 5,
      aspectRatio: '16:9',
      seed: 4,
      poll: { intervalMs: 10 },
      download: async ({ url }) => {
        const response = await hosts.fetch(url.href);
        return { data: new Uint8Array(await response.arrayBuffer()), mediaType: 'video/mp4' };
      },
      ...options,
    });

  test('AI SDK: by host names, a picture sent inline becomes a clip of the length asked for', async () => {
    const { video, providerMetadata } = await generate(hosts.fetch);
    assert.equal(Buffer.from(video.uint8Array).toString(), 'a scripted clip');
    assert.equal(video.mediaType, 'video/mp4');
    assert.equal(providerMetadata.fal?.seed, 4);
    const [task] = await server.ports.tasks.list(server.customer.accountId, 1);
    assert.equal(task?.endpoint.id, FAST);
    assert.deepEqual([task.request.durationSeconds, task.request.aspectRatio], [5, '16:9']);
  });

  test("AI SDK: a model named as fal's site names it", async () => {
    const { video } = await generate(hosts.fetch, { model: 'fal-ai/seedance-2/fast/image-to-video' });
    assert.equal(Buffer.from(video.uint8Array).toString(), 'a scripted clip');
  });

  test('AI SDK: through the proxy path, without any host name led astray', async () => {
    await using proxied = await TestServer.start();
    const key = proxied.customer.key;
    const { video } = await generateVideo({
      model: videoModel(
        {
          apiKey: key,
          fetch: (url, init) => {
            const headers = new Headers(init?.headers);
            headers.set('x-fal-target-url', String(url));
            return fetch(`${proxied.url}/fal/proxy`, { ...init, headers });
          },
        },
        FAST,
      ),
      prompt: { image, text: 'wind' },
      poll: { intervalMs: 10 },
      download: async ({ url }) => ({
        data: new Uint8Array(await (await fetch(url)).arrayBuffer()),
        mediaType: undefined,
      }),
    });
    assert.equal(Buffer.from(video.uint8Array).toString(), 'a scripted clip');
  });

  test('AI SDK: a failure and a refusal are told in words, once', async () => {
    const jobs = server.engine.startedJobs.length;
    await assert.rejects(generate(hosts.fetch, { text: 'broken', maxRetries: 0 }), /script says/);
    assert.equal(server.engine.startedJobs.length, jobs + 1);
    await assert.rejects(
      generate(hosts.fetch, { model: 'bytedance/seedance-9', maxRetries: 0 }),
      /There is no model/,
    );
  });
});
