/** How long fal's files live, who may read them, and requests that are not to be tried again: what its headers ask for is done. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { systemClock } from '#adapters/system/system-clock.ts';
import { addMs } from '#domain/instant.ts';
import type { Clock } from '#ports/clock.ts';
import { makePicture, makePictureUri } from '#tests/fixtures/picture.ts';
import { type Customer, TestServer } from '#tests/fixtures/test-server.ts';
import { until } from '#tests/fixtures/until.ts';

const FAST = 'bytedance/seedance-2.0/fast/image-to-video';
const UPLOAD = 'x-fal-object-lifecycle';
const OUTPUT = 'x-fal-object-lifecycle-preference';

describe('fal file lifecycle and access', { timeout: 30_000 }, () => {
  let server: TestServer;
  let image_url: string;
  let lateMs = 0;
  const clock: Clock = { ...systemClock, now: () => addMs(systemClock.now(), lateMs) };
  before(async () => {
    server = await TestServer.start({ ports: { clock } });
    image_url = await makePictureUri();
    server.engine.script('killer', { endings: ['crashed'] });
    server.engine.script('forgotten', { endings: ['lost', 'completed'] });
  });
  after(() => server.close());

  const upload = async (headers: Record<string, string>, { falClient }: Customer = server.customer) => {
    const path = '/fal/rest/storage/upload/initiate?storage_type=fal-cdn-v3';
    const { status, body } = await falClient.post(path, { file_name: 'a.png' }, { headers });
    if (status !== 200) return { status, body, url: '' };
    const sent = await server.anonymous.put(body.upload_url, { body: await makePicture() });
    assert.equal(sent.status, 201);
    return { status, body, url: String(body.file_url) };
  };
  const run = (headers: Record<string, string>, input: object = {}) =>
    server.customer.falClient.post(`/fal/run/${FAST}`, { prompt: 'wind', image_url, ...input }, { headers });
  const statusFor = async (url: string, customer?: Customer) =>
    (await (customer?.falClient ?? server.anonymous).get(url)).status;

  test('fal 7.4: without the header a file stays and is public; with it, it is gone when its time is over', async () => {
    const kept = await upload({});
    const brief = await upload({ [UPLOAD]: '{"expiration_duration_seconds": 60}' });
    const { body: clip } = await run({ [OUTPUT]: '{"expiration_duration_seconds": 60}' });
    for (const url of [kept.url, brief.url, clip.video.url]) assert.equal(await statusFor(url), 200);
    const { headers } = await server.anonymous.get(brief.url);
    assert.equal(headers.get('cache-control'), 'private, no-cache');
    lateMs += 61_000;
    for (const url of [brief.url, clip.video.url]) assert.equal(await statusFor(url), 404);
    assert.equal(await statusFor(kept.url), 200);
    const refused = await run({}, { image_url: brief.url });
    assert.deepEqual([refused.status, refused.body.detail[0].type], [422, 'file_download_error']);
    await until(async () => (await server.ports.fileRules.expired(clock.now(), 1)).length === 0);
    const [, id] = /files\/([0-9a-f]{32})/.exec(clip.video.url)!;
    assert.equal(await server.ports.assets.find(id as never), undefined);
  });

  test('fal 7.4: forbid answers an error, hide as if there were no file; owner and named accounts read', async () => {
    const [friend, stranger] = [await server.openCustomer(), await server.openCustomer()];
    const rules = [{ user: friend.accountId, decision: 'allow' }];
    for (const [decision, status] of [
      ['forbid', 403],
      ['hide', 404],
    ] as const) {
      const acl = JSON.stringify({ initial_acl: { default: decision, rules } });
      const { url } = await upload({ [UPLOAD]: acl });
      const { body } = await run({ [OUTPUT]: acl }, { image_url: url });
      for (const each of [url, body.video.url]) {
        assert.equal(await statusFor(each), status, decision);
        assert.equal(await statusFor(each, stranger), status);
        assert.equal(await statusFor(each, friend), 200);
        assert.equal(await statusFor(each, server.customer), 200);
        const badKey = await server.anonymous.get(each, { headers: { authorization: 'Key wrong' } });
        assert.equal(badKey.status, status);
      }
      assert.equal(await statusFor(`${body.video.url}/poster.webp`), status, 'its poster is no way around');
      const stolen = await stranger.falClient.post(`/fal/queue/${FAST}`, { prompt: 'p', image_url: url });
      assert.equal(stolen.body.detail[0].type, 'file_download_error');
    }
  });

  test('fal 7.4: Python sends both headers with an upload to the CDN, also with one in parts', async () => {
    const { falClient } = server.customer;
    const acl = '{"initial_acl": {"default": "hide"}}';
    const headers = { [UPLOAD]: acl, [OUTPUT]: acl, 'x-fal-file-name': 'a.txt' };
    const whole = await falClient.post('/fal/cdn/files/upload', 'x', { headers });
    assert.equal(await statusFor(whole.body.access_url), 404);
    const { body } = await falClient.post('/fal/cdn/files/upload/multipart', undefined, { headers });
    const at = `${body.access_url}/multipart/${body.uploadId}`;
    const { body: part } = await falClient.put(`${at}/1`, { body: 'x' });
    assert.equal((await falClient.post(`${at}/complete`, { parts: [part] })).status, 200);
    assert.equal(await statusFor(body.access_url), 404);
    assert.equal(await statusFor(body.access_url, server.customer), 200);
  });

  test('fal 7.4: a repeat under one Idempotency-Key with another lifecycle is another request', async () => {
    const headers = { 'idempotency-key': 'one', [OUTPUT]: '{"expiration_duration_seconds": 600}' };
    const { headers: first } = await run(headers);
    const again = await run(headers);
    assert.equal(again.headers.get('x-fal-request-id'), first.get('x-fal-request-id'));
    const other = await run({ 'idempotency-key': 'one' });
    assert.deepEqual([other.status, other.body.error_code], [422, 'idempotency_key_reused']);
  });

  test('fal 7.4: a header that cannot be read is refused, so that no file becomes public by mistake', async () => {
    for (const text of [
      '',
      'hide',
      '[]',
      '{"expiration_duration_seconds": "1h"}',
      '{"initial_acl": "hide"}',
    ]) {
      const { status, body } = await upload({ [UPLOAD]: text });
      assert.deepEqual([status, body.error_type], [400, 'bad_request'], text);
      assert.match(body.detail, new RegExp(UPLOAD));
      assert.equal((await run({ [OUTPUT]: text })).status, 400);
    }
    for (const text of ['{}', '{"expiration_duration_seconds": null}', '{"initial_acl": {}, "later": 1}'])
      assert.equal(await statusFor((await upload({ [UPLOAD]: text })).url), 200, text);
  });

  test('fal 3.1: x-fal-no-retry ends a request with its first crash, which is tried again otherwise', async () => {
    const { falClient } = server.customer;
    const attempts = async (headers: Record<string, string>, prompt = 'killer') => {
      const before = server.engine.startedJobs.length;
      const { body } = await falClient.post(`/fal/queue/${FAST}`, { prompt, image_url }, { headers });
      const { error, isTriedOnce } = await server.untilEnded(body.request_id);
      return [server.engine.startedJobs.length - before, error?.code, isTriedOnce];
    };
    assert.deepEqual(await attempts({}), [2, 'engine_crashed', undefined]);
    assert.deepEqual(await attempts({ 'x-fal-no-retry': '0' }), [2, 'engine_crashed', undefined]);
    for (const yes of ['1', 'true', 'yes'])
      assert.deepEqual(await attempts({ 'x-fal-no-retry': yes }), [1, 'engine_crashed', true]);
    assert.deepEqual(await attempts({ 'x-fal-no-retry': '1' }, 'forgotten'), [1, 'engine_crashed', true]);
  });

  test('fal 4.6: a run is not tried again by the server', async () => {
    const before = server.engine.startedJobs.length;
    const { status, headers, body } = await run({}, { prompt: 'killer' });
    assert.deepEqual([status, body.error_type], [500, 'runner_server_error']);
    assert.equal(headers.get('x-fal-needs-retry'), '1');
    assert.equal(server.engine.startedJobs.length, before + 1);
  });
});
