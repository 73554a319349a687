/** The vendors' host names, pointed at this server, as clients meet them that cannot be told another address. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { createDevelopmentCertificate } from '#apps/development-certificate.ts';
import { VIRTUAL_HOSTS } from '#protocols/http/virtual-hosts.ts';
import { type Interception, interceptTls } from '#tests/fixtures/intercepted-fetch.ts';
import { makePicture } from '#tests/fixtures/picture.ts';
import { TestServer } from '#tests/fixtures/test-server.ts';

const FAST = 'bytedance/seedance-2.0/fast/image-to-video';
const SPICY = 'bytedance/seedance-2.0-fast/image-to-video-spicy';

describe('virtual hosts over TLS', { timeout: 30_000 }, () => {
  let server: TestServer;
  let clients: Interception;
  before(async () => {
    const { authority, ...tls } = await createDevelopmentCertificate(['localhost', ...VIRTUAL_HOSTS.keys()]);
    server = await TestServer.start({ tls, publicUrl: 'https://clips.example.com' });
    clients = interceptTls(Number(new URL(server.url).port), authority);
  });
  after(async () => {
    await clients.close();
    await server.close();
  });

  const call = async (url: string, init: RequestInit = {}, scheme = 'Key') => {
    const response = await clients.fetch(url, {
      ...init,
      headers: { authorization: `${scheme} ${server.customer.key}`, ...init.headers },
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.startsWith('application/json') === true;
    return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
  };
  const post = (url: string, body: unknown, scheme?: string) =>
    call(
      url,
      { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) },
      scheme,
    );
  const fileAt = async (url: string) => Buffer.from(await (await clients.fetch(url)).arrayBuffer());

  test('virtual hosts: every name answers as itself, whatever public address is configured', async () => {
    for (const host of VIRTUAL_HOSTS.keys())
      assert.equal((await call(`https://${host}/nothing`)).status, 404, host);
  });

  test("fal by host names: upload, submit, follow and fetch, every URL on fal's own hosts", async () => {
    const picture = await makePicture();
    for (const rest of ['rest.fal.ai', 'rest.alpha.fal.ai']) {
      const { body } = await post(`https://${rest}/storage/upload/initiate?storage_type=fal-cdn-v3`, {
        content_type: 'image/png',
        file_name: 'a.png',
      });
      assert.match(body.file_url, /^https:\/\/v3\.fal\.media\/files\/[0-9a-f]{32}\/a\.png$/);
      const sent = await clients.fetch(body.upload_url, { method: 'PUT', body: new Uint8Array(picture) });
      assert.equal(sent.status, 201);
      assert.deepEqual(await fileAt(body.file_url), picture);
      const submitted = await post(`https://queue.fal.run/${FAST}`, {
        prompt: 'wind',
        image_url: body.file_url,
      });
      const { request_id: id, response_url, status_url, cancel_url } = submitted.body;
      const url = `https://queue.fal.run/bytedance/seedance-2.0/requests/${id}`;
      assert.deepEqual([response_url, status_url, cancel_url], [url, `${url}/status`, `${url}/cancel`]);
      const task = await server.untilEnded(id);
      assert.equal(task.request.images[0]?.kind, 'asset', 'its own file is not fetched over the network');
      assert.equal((await call(status_url)).body.response_url, url);
      const { video } = (await call(response_url)).body;
      assert.match(video.url, /^https:\/\/v3\.fal\.media\/files\//);
      assert.equal((await fileAt(video.url)).toString(), 'a scripted clip');
    }
  });

  test('fal by host names: fal.run runs at once, and the CDN takes files and parts', async () => {
    const {
      token,
      token_type: type,
      base_url: base,
    } = (await post('https://rest.fal.ai/storage/auth/token?storage_type=fal-cdn-v3', {})).body;
    assert.equal(base, 'https://v3.fal.media');
    const headers = { authorization: `${type} ${token}`, 'content-type': 'image/png' };
    const body = new Uint8Array(await makePicture());
    const { access_url: image_url } = (await call(`${base}/files/upload`, { method: 'POST', headers, body }))
      .body;
    const run = await post(`https://fal.run/${FAST}`, { prompt: 'wind', image_url });
    assert.match(run.body.video.url, /^https:\/\/v3\.fal\.media\//);
    const begun = (await call(`${base}/files/upload/multipart`, { method: 'POST', headers })).body;
    const at = `${begun.access_url}/multipart/${begun.uploadId}`;
    const part = await call(`${at}/1`, { method: 'PUT', headers, body: 'parts' });
    const parts = [{ partNumber: 1, etag: part.headers.get('etag') }];
    const complete = { method: 'POST', headers: { ...headers, 'content-type': 'application/json' } };
    assert.equal(
      (await call(`${at}/complete`, { ...complete, body: JSON.stringify({ parts }) })).status,
      200,
    );
    assert.equal((await fileAt(begun.access_url)).toString(), 'parts');
  });

  test('WaveSpeed by host name: ticket, submit and outputs on the host that was asked', async () => {
    const api = 'https://api.wavespeed.ai/api/v3';
    const ticket = (await post(`${api}/media/uploads`, { filename: 'a.png', size: 1 }, 'Bearer')).body.data;
    assert.match(ticket.download_url, /^https:\/\/api\.wavespeed\.ai\/files\//);
    await clients.fetch(ticket.upload.url, { method: 'PUT', body: new Uint8Array(await makePicture()) });
    const { data } = (await post(`${api}/${SPICY}`, { image: ticket.download_url }, 'Bearer')).body;
    assert.equal(data.urls.get, `${api}/predictions/${data.id}/result`);
    await server.untilEnded(data.id);
    const result = (await call(data.urls.get, {}, 'Bearer')).body.data;
    assert.match(result.outputs[0], /^https:\/\/api\.wavespeed\.ai\/files\/.*\.mp4$/);
    assert.equal((await fileAt(result.outputs[0])).toString(), 'a scripted clip');
  });

  test('its own name still works beside them, by path and with the configured address', async () => {
    const own = await post(`https://localhost/fal/queue/${FAST}`, {
      prompt: 'wind',
      image_url: `data:image/png;base64,${(await makePicture()).toString('base64')}`,
    });
    assert.match(own.body.status_url, /^https:\/\/clips\.example\.com\/fal\/queue\//);
    await server.untilEnded(own.body.request_id);
  });
});
