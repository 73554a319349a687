/** What an account's level allows: so many submits a minute, so many tasks at once; the rest is told to come again, or waits. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { systemClock } from '#adapters/system/system-clock.ts';
import { type Instant, instant } from '#domain/instant.ts';
import { makePictureUri } from '#tests/fixtures/picture.ts';
import { TestServer } from '#tests/fixtures/test-server.ts';

const FAST = 'bytedance/seedance-2.0-fast/image-to-video-spicy';
const FAL = '/fal/queue/bytedance/seedance-2.0/image-to-video';

describe('account levels', { timeout: 30_000 }, () => {
  test('beyond the limit of a minute a submit is 429 with the seconds to wait, in both protocols', async () => {
    /** 48.2 s into a minute. */
    let now: Instant = instant(Date.UTC(2026, 0, 1, 12, 0, 48, 200));
    await using server = await TestServer.start({
      workers: 0,
      submitPolicy: { mostPerMinute: 2 },
      ports: { clock: { ...systemClock, now: () => now, sleep: systemClock.sleep } },
    });
    const { client, falClient, balance } = server.customer;
    const image = await makePictureUri();
    for (const _ of [1, 2]) assert.equal((await client.post(`/api/v3/${FAST}`, { image })).status, 200);
    const before = await balance();
    const refused = await client.post(`/api/v3/${FAST}`, { image });
    assert.deepEqual([refused.status, refused.body.error_code], [429, 'rate_limited']);
    assert.equal(refused.headers.get('retry-after'), '12');
    assert.match(refused.body.message, /2 tasks a minute.*in 12 seconds/);
    const fal = await falClient.post(FAL, { image_url: image, prompt: 'wind' });
    assert.deepEqual([fal.status, fal.headers.get('retry-after')], [429, '12']);
    assert.equal(fal.body.error_code, 'rate_limited');
    assert.equal(await balance(), before);
    now = instant(now + 12_000);
    assert.equal((await client.post(`/api/v3/${FAST}`, { image })).status, 200);
  });

  test('beyond the limit of running tasks a task waits, while other accounts go on', async () => {
    await using server = await TestServer.start({ workers: 3, mostPerAccount: 1 });
    server.engine.script('never', { endings: ['stalled'] });
    const image = await makePictureUri();
    const submit = async (client = server.customer.client, prompt = 'wind') =>
      (await client.post(`/api/v3/${FAST}`, { image, prompt })).body.data.id as string;
    const running = await submit(server.customer.client, 'never');
    await server.untilTask(running, ({ state }) => state === 'processing');
    const waiting = await submit();
    const other = await server.openCustomer({ credit: '5' });
    await server.untilEnded(await submit(other.client));
    const status = async () =>
      (await server.customer.client.get(`/api/v3/predictions/${waiting}/result`)).body.data.status;
    assert.equal(await status(), 'created');
    await server.customer.client.delete(`/api/v3/predictions/${running}`);
    await server.untilEnded(waiting);
    assert.equal(await status(), 'completed');
  });
});
