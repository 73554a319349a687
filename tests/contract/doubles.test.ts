/** The vendors' own clients against our doubles of their services: what those clients accept, the doubles speak. */
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, test } from 'node:test';
import { ApiError, createFalClient, type QueueStatus, ValidationError } from '@fal-ai/client';
import { Client } from 'wavespeed';
import { FalDouble } from '#tests/doubles/fal-double.ts';
import { API_KEY } from '#tests/doubles/upstream-double.ts';
import { WavespeedDouble } from '#tests/doubles/wavespeed-double.ts';
import { makePicture, makePictureUri } from '#tests/fixtures/picture.ts';

const FAL_MODEL = 'bytedance/seedance-2.0/fast/image-to-video';
const WAVESPEED_MODEL = 'bytedance/seedance-2.0-fast/image-to-video-spicy';

describe('the double of fal, to fal’s client', { timeout: 30_000 }, () => {
  async function open() {
    const double = await FalDouble.open();
    const fal = createFalClient({
      credentials: API_KEY,
      requestMiddleware: async (request) => {
        const { pathname, search } = new URL(request.url);
        return { ...request, url: double.url + pathname + search };
      },
    });
    const image_url = await makePictureUri({ width: 640, height: 360 });
    const input = { image_url, duration: '4', resolution: '480p', aspect_ratio: '16:9', seed: 0 } as const;
    return { double, fal, input };
  }

  test('follows the queue to an output', async () => {
    const { double, fal, input } = await open();
    await using _closing = double;
    const states: QueueStatus['status'][] = [];
    const { data } = await fal.subscribe(FAL_MODEL, {
      input: { ...input, prompt: 'wind' },
      logs: true,
      pollInterval: 2,
      onQueueUpdate: ({ status }) => states.push(status),
    });
    assert.match(data.video.url, /\.mp4\?signature=/);
    assert.deepEqual([...new Set(states)], ['IN_QUEUE', 'IN_PROGRESS', 'COMPLETED']);
    assert.equal(double.bought.length, 1);
  });

  test('fails in the ways that the client tells apart', async () => {
    const { double, fal, input } = await open();
    await using _closing = double;
    double.plan('refused', { ending: 'refused' });
    const refused = fal.subscribe(FAL_MODEL, { input: { ...input, prompt: 'refused' }, pollInterval: 2 });
    await assert.rejects(refused, ValidationError);
    double.submits('unauthorised');
    await assert.rejects(
      fal.queue.submit(FAL_MODEL, { input: { ...input, prompt: 'wind' } }),
      (error) => error instanceof ApiError && error.status === 401,
    );
  });
});

describe('the double of WaveSpeed, to WaveSpeed’s client', { timeout: 30_000 }, () => {
  test('takes a picture, runs a model, and fails as the client expects', async () => {
    await using double = await WavespeedDouble.open();
    const folder = await mkdtemp(path.join(tmpdir(), 'animatic-double-'));
    try {
      const picture = path.join(folder, 'still.png');
      await writeFile(picture, await makePicture());
      const client = new Client(API_KEY, { baseUrl: double.url });
      const image = await client.upload(picture);
      const input = { image, duration: 4, resolution: '480p', aspect_ratio: '16:9' };
      const options = { pollInterval: 0.002 };
      const { outputs } = await client.run(WAVESPEED_MODEL, { ...input, prompt: 'wind' }, options);
      assert.match(String(outputs[0]), /\.mp4\?signature=/);
      double.plan('refused', { ending: 'refused' });
      const { detail } = await client.runNoThrow(WAVESPEED_MODEL, { ...input, prompt: 'refused' }, options);
      assert.equal(detail.status, 'failed');
      assert.equal(double.bought.length, 2);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
