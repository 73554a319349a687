/** What docs/how-to/test-your-error-handling.md shows, with the clients that it names, unmodified. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { createFalClient, ValidationError } from '@fal-ai/client';
import { Client } from 'wavespeed';
import { FAILURE_NAMES } from '#services/emulation/failure-names.ts';
import { ALLOWED_CONTROLS } from '#services/emulation/parse-wishes.ts';
import { makePictureUri } from '#tests/fixtures/picture.ts';
import { TestServer } from '#tests/fixtures/test-server.ts';

const PAGE = readFileSync(new URL('../../docs/how-to/test-your-error-handling.md', import.meta.url), 'utf8');
const MODEL = 'bytedance/seedance-2.0-fast/image-to-video-spicy';
const APP = 'bytedance/seedance-2.0/fast/image-to-video';

describe('emulator controls with public clients', { timeout: 60_000 }, () => {
  let server: TestServer;
  let image: string;
  before(async () => {
    server = await TestServer.start({ emulator: { realtimeSeconds: 0.1 } });
    image = await makePictureUri();
  });
  after(() => server.close());

  test('wavespeed: by the prompt', async () => {
    const client = new Client(server.customer.key, { baseUrl: server.url });
    const prompt = '[emulate fail=content_moderation] a calm sea';
    await assert.rejects(
      client.run(MODEL, { image, prompt }, { pollInterval: 0.01 }),
      /Prediction failed .*refused by moderation/,
    );
    const { outputs } = await client.run(
      MODEL,
      { image, prompt: '[emulate queue=0.2 pace=0.2] a calm sea' },
      { pollInterval: 0.01 },
    );
    assert.match(String(outputs[0]), /\.mp4$/);
  });

  test('wavespeed: a refused submit is left to its caller, whose second call gets through', async () => {
    const client = new Client(server.customer.key, { baseUrl: server.url });
    const run = () =>
      client.run(MODEL, { image, prompt: '[emulate status=503 times=1] a calm sea' }, { pollInterval: 0.01 });
    await assert.rejects(run(), /WavespeedSubmissionException.*HTTP 503/s);
    assert.equal((await run()).outputs.length, 1);
  });

  test('fal: by the header that its request middleware adds', async () => {
    const falWith = (wishes: string) =>
      createFalClient({
        credentials: server.customer.key,
        requestMiddleware: async (request) => {
          const url = new URL(request.url);
          const host = url.host === 'queue.fal.run' ? '/fal/queue' : '/fal/run';
          return {
            ...request,
            url: server.url + host + url.pathname + url.search,
            headers: { ...request.headers, 'Animatic-Emulate': wishes },
          };
        },
      });
    const input = { prompt: 'a calm sea', image_url: image } as const;
    await assert.rejects(
      falWith('fail=content_moderation').subscribe(APP, { input, pollInterval: 10 }),
      (error: unknown) =>
        error instanceof ValidationError &&
        error.status === 422 &&
        error.fieldErrors[0]?.type === 'content_policy_violation',
    );
    const { data } = await falWith('status=503; times=1').subscribe(APP, { input, pollInterval: 10 });
    assert.match(data.video.url, /\.mp4$/);
  });
});

test('the page names every control and every failure', () => {
  for (const [control] of ALLOWED_CONTROLS.matchAll(/(?<=^|; )[a-z-]+(?==)/g))
    assert.ok(PAGE.includes(`\`${control}=`), control);
  for (const name of FAILURE_NAMES) assert.ok(PAGE.includes(`\`${name}\``), name);
});
