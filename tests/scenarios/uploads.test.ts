/** Files in and out: tickets, forms, and what `/files` serves. */
import assert from 'node:assert/strict';
import { request } from 'node:http';
import { after, before, describe, test } from 'node:test';
import { systemClock } from '#adapters/system/system-clock.ts';
import { addMs } from '#domain/instant.ts';
import type { Clock } from '#ports/clock.ts';
import { makePicture } from '#tests/fixtures/picture.ts';
import { TestServer } from '#tests/fixtures/test-server.ts';

const SPICY = '/api/v3/bytedance/seedance-2.0-fast/image-to-video-spicy';

describe('uploads', { timeout: 30_000 }, () => {
  let server: TestServer;
  let picture: Buffer<ArrayBuffer>;
  let lateMs = 0;
  const clock: Clock = { ...systemClock, now: () => addMs(systemClock.now(), lateMs) };
  before(async () => {
    server = await TestServer.start({ ports: { clock } });
    picture = Buffer.from(await makePicture());
  });
  after(() => server.close());

  const ticket = async (filename: string, content_type?: string) => {
    const answer = await server.customer.client.post('/api/v3/media/uploads', {
      filename,
      size: picture.length,
      ...(content_type === undefined ? {} : { content_type }),
    });
    assert.equal(answer.status, 200, JSON.stringify(answer.body));
    return answer.body.data;
  };
  const put = (data: { upload: { url: string; headers: Record<string, string> } }, body: unknown = picture) =>
    server.anonymous.put(data.upload.url, { body, headers: data.upload.headers });

  test("WaveSpeed's ticket takes the bytes without a key, and the file can be used and read", async () => {
    const data = await ticket('My cat (1).png', 'image/png');
    assert.equal(data.type, 'image');
    assert.equal(data.filename, 'My-cat-1-.png');
    assert.equal(data.size, picture.length);
    assert.equal(data.upload.method, 'PUT');
    assert.equal(data.upload.headers['Content-Type'], 'image/png');
    assert.match(data.upload.expires_at, /Z$/);
    assert.equal((await server.anonymous.get(data.download_url)).status, 404);
    assert.equal((await put(data)).status, 201);
    const file = await fetch(data.download_url);
    assert.equal(file.headers.get('content-type'), 'image/png');
    assert.deepEqual(Buffer.from(await file.arrayBuffer()), picture);
    const { body } = await server.customer.client.post(SPICY, { image: data.download_url });
    const task = await server.untilEnded(body.data.id);
    assert.equal(task.state, 'completed');
    assert.equal(task.request.images[0]?.kind, 'asset');
  });

  test('an upload says what medium it is: by its content type, else by its name', async () => {
    const kinds = [
      await ticket('x.bin', 'video/mp4'),
      await ticket('cat.tiff'),
      await ticket('film.MKV'),
      await ticket('song.opus'),
      await ticket('notes.txt'),
    ].map(({ type }) => type);
    assert.deepEqual(kinds, ['video', 'image', 'video', 'audio', 'file']);
  });

  test("fal's ticket does the same", async () => {
    const { status, body } = await server.customer.falClient.post(
      '/fal/rest/storage/upload/initiate?storage_type=fal-cdn-v3',
      { content_type: 'image/png', file_name: '1700000000000.png' },
    );
    assert.equal(status, 200);
    const sent = await server.anonymous.put(body.upload_url, {
      body: picture,
      headers: { 'content-type': 'image/png' },
    });
    assert.equal(sent.status, 201);
    assert.match(body.file_url, /\/1700000000000\.png$/);
    assert.equal((await fetch(body.file_url)).status, 200);
  });

  test('a JSON file is stored as it is, and never served as something that runs', async () => {
    const data = await ticket('page.html', 'text/html');
    assert.equal((await put(data, '<script>alert(1)</script>')).status, 201);
    const page = await fetch(data.download_url);
    assert.equal(page.headers.get('content-type'), 'application/octet-stream');
    assert.equal(page.headers.get('x-content-type-options'), 'nosniff');
    const json = await ticket('a.json', 'application/json');
    assert.equal((await put(json, '{"a": 1}')).status, 201);
    assert.equal(await (await fetch(json.download_url)).text(), '{"a": 1}');
  });

  test('all multipart paths store the file under its cleaned name', async () => {
    for (const path of ['/api/v3/media/upload/binary', '/api/v2/media/upload/binary', '/api/v3/upload']) {
      const form = new FormData();
      form.append('file', new Blob([picture], { type: 'image/png' }), 'tensor_upload.png');
      const { status, body } = await server.customer.client.post(path, form);
      assert.equal(status, 200);
      assert.deepEqual(body.data, {
        type: 'image',
        download_url: body.data.download_url,
        url: body.data.download_url,
        filename: 'tensor_upload.png',
        size: picture.length,
      });
      const file = await fetch(body.data.download_url);
      assert.deepEqual(Buffer.from(await file.arrayBuffer()), picture);
    }
    const empty = await server.customer.client.post('/api/v3/media/upload/binary', {});
    assert.deepEqual([empty.status, empty.body.error_code], [400, 'missing_parameter']);
  });

  test('an address that was altered, reused or has expired is refused', async () => {
    const data = await ticket('a.png');
    const other = await ticket('b.png');
    const alterations = [
      data.upload.url.replace('a.png', 'b.png'),
      data.upload.url.replace(/expires=\d+/, 'expires=99999999999999'),
      data.upload.url.replace(/signature=\w+/, 'signature=00'),
      data.upload.url.replace(/signature=\w+/, /signature=\w+/.exec(other.upload.url)![0]),
      data.download_url,
    ];
    for (const url of alterations) {
      const { status, body } = await server.anonymous.put(url, { body: picture });
      assert.deepEqual([status, body.error_code], [403, 'forbidden'], url);
    }
    assert.equal((await put(data)).status, 201);
    assert.equal((await put(data, 'other bytes')).status, 403);
    assert.deepEqual(Buffer.from(await (await fetch(data.download_url)).arrayBuffer()), picture);
    lateMs = 2 * 60 * 60 * 1000;
    const late = await put(other);
    lateMs = 0;
    assert.deepEqual([late.status, late.body.error_code], [403, 'forbidden']);
  });

  test('a file too large is refused before it is sent', async () => {
    const declared = await server.customer.client.post('/api/v3/media/uploads', {
      filename: 'film.mp4',
      size: 400 * 1024 * 1024,
    });
    assert.deepEqual([declared.status, declared.body.error_code], [413, 'payload_too_large']);
    const { upload } = await ticket('film.mp4');
    const status = await new Promise((resolve, reject) => {
      const sending = request(upload.url, {
        method: 'PUT',
        headers: { 'content-length': 400 * 1024 * 1024 },
      });
      sending.on('response', (response) => {
        resolve(response.statusCode);
        sending.destroy();
      });
      sending.on('error', reject);
      sending.flushHeaders();
    });
    assert.equal(status, 413);
  });

  test('a sender that goes away leaves the address free, and is no defect', async () => {
    const data = await ticket('broken.png');
    await new Promise<void>((resolve) => {
      const sending = request(data.upload.url, { method: 'PUT', headers: { 'content-length': 1000 } });
      sending.on('error', () => resolve());
      sending.write(Buffer.alloc(10), () => sending.destroy(new Error('unplugged')));
    });
    assert.equal((await put(data)).status, 201);
  });

  test('files are served in ranges, for ever, to HEAD too, and only under their own name', async () => {
    const data = await ticket('range.png');
    await put(data);
    const url = data.download_url;
    const part = await fetch(url, { headers: { range: 'bytes=4-7' } });
    assert.equal(part.status, 206);
    assert.equal(part.headers.get('content-range'), `bytes 4-7/${picture.length}`);
    assert.deepEqual(Buffer.from(await part.arrayBuffer()), picture.subarray(4, 8));
    const beyond = await fetch(url, { headers: { range: `bytes=${picture.length}-` } });
    assert.equal(beyond.status, 416);
    const head = await fetch(url, { method: 'HEAD' });
    assert.equal(head.headers.get('content-length'), String(picture.length));
    assert.match(head.headers.get('cache-control') ?? '', /immutable/);
    // Not by fetch, which forbids caches to answer as soon as it sees this header.
    const known = await server.http.inject({
      url: new URL(url).pathname,
      headers: { 'if-none-match': head.headers.get('etag')! },
    });
    assert.equal(known.statusCode, 304);
    for (const path of [
      url.replace('range.png', 'other.png'),
      url.replace('/range.png', '/'),
      url.replace('/range.png', ''),
      `${server.url}/files/`,
      `${server.url}/files/..%2f..%2fetc/passwd`,
      `${server.url}/files/${'0'.repeat(32)}/range.png`,
    ]) {
      const answer = await server.anonymous.get(path);
      assert.deepEqual([answer.status, answer.body.error_code], [404, 'not_found'], path);
    }
  });
});
