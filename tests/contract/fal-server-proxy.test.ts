/** fal's own server proxy between fal's client and this server, as a web application has it: the client in the page knows no key. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { createFalClient, type FalClient, ValidationError } from '@fal-ai/client';
import { handleRequest, resolveProxyConfig, responsePassthrough } from '@fal-ai/server-proxy';
import fastify, { type FastifyInstance } from 'fastify';
import { CLIENT_GUIDES } from '#apps/client-guides.ts';
import { makePicture } from '#tests/fixtures/picture.ts';
import { TestServer } from '#tests/fixtures/test-server.ts';

const FAST = 'bytedance/seedance-2.0/fast/image-to-video';
const PATHS: Readonly<Record<string, string>> = {
  'fal.run': '/fal/run',
  'queue.fal.run': '/fal/queue',
  'rest.fal.ai': '/fal/rest',
};

/** An application that mounts the proxy as its Next.js adapter does: the answer is passed on as it is. */
async function startApplication(
  key: string,
  allowedHost: string,
): Promise<{ http: FastifyInstance; url: string }> {
  const config = resolveProxyConfig({
    allowedUrlPatterns: [`${allowedHost}/**`],
    allowUnauthorizedRequests: true,
    resolveFalAuth: async () => `Key ${key}`,
  });
  const http = fastify();
  http.removeAllContentTypeParsers();
  http.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));
  http.all('/api/fal/proxy', (request, reply) =>
    handleRequest<Response>(
      {
        id: 'test',
        method: request.method,
        getHeaders: () => request.headers,
        getHeader: (name) => request.headers[name],
        getRequestBody: async () => request.body as string | undefined,
        sendHeader: (name, value) => void reply.header(name, value),
        respondWith: (status, data) => Response.json(data, { status }),
        sendResponse: responsePassthrough,
      },
      config,
    ),
  );
  return { http, url: `${await http.listen({ host: '127.0.0.1', port: 0 })}/api/fal/proxy` };
}

describe("fal's server proxy", { timeout: 60_000 }, () => {
  let server: TestServer;
  let application: Awaited<ReturnType<typeof startApplication>>;
  let fal: FalClient;
  let image_url: string;
  before(async () => {
    server = await TestServer.start();
    server.engine.script('never', { endings: ['stalled'] });
    application = await startApplication(server.customer.key, new URL(server.url).host);
    fal = createFalClient({
      credentials: '',
      requestMiddleware: async (request) => {
        const { host, pathname, search } = new URL(request.url);
        return { ...request, url: server.url + PATHS[host] + pathname + search };
      },
      proxyUrl: { url: application.url, when: 'always' },
    });
    image_url = await fal.storage.upload(new Blob([Buffer.from(await makePicture())], { type: 'image/png' }));
  });
  after(async () => {
    await application.http.close();
    await server.close();
  });

  test('fal server proxy: subscribe by polling and by streaming', async () => {
    for (const mode of ['polling', 'streaming'] as const) {
      const { data, requestId } = await fal.subscribe(FAST, { input: { prompt: 'wind', image_url }, mode });
      assert.match(requestId, /^[0-9a-f]{32}$/);
      assert.equal(await (await fetch(data.video.url)).text(), 'a scripted clip');
    }
  });

  test('fal server proxy: `animatic connect` prints the addresses and the permission that are used here', () => {
    const guide = CLIENT_GUIDES.find(({ name }) => name === 'fal-server-proxy')!;
    const address = { url: server.url, pictureUrl: '', authorityPath: '', needsTrust: false };
    const printed = guide
      .steps(address)
      .flatMap(({ lines }) => lines)
      .join('\n');
    for (const [host, place] of Object.entries(PATHS))
      assert.ok(printed.includes(`'${host}': '${place}'`), host);
    assert.ok(printed.includes(`allowedUrlPatterns: ['${new URL(server.url).host}/**']`));
    assert.ok(printed.includes("'@fal-ai/server-proxy/nextjs'"));
  });

  test('fal server proxy: the header that it passes on leads nowhere else', async () => {
    const { request_id: requestId, status_url: url } = await fal.queue.submit(FAST, {
      input: { prompt: 'wind', image_url },
    });
    assert.equal(url, `${server.url}/fal/queue/bytedance/seedance-2.0/requests/${requestId}/status`);
    await server.untilEnded(requestId);
  });

  test('fal server proxy: priority, errors and cancel come through', async () => {
    const { request_id: requestId } = await fal.queue.submit(FAST, {
      input: { prompt: 'never', image_url },
      priority: 'low',
    });
    const task = await server.untilTask(requestId, ({ state }) => state === 'processing');
    assert.equal(task.priority, 'low');
    await fal.queue.cancel(FAST, { requestId });
    assert.equal((await server.untilEnded(requestId)).state, 'cancelled');
    await assert.rejects(fal.run(FAST as string, { input: { image_url } }), (error: unknown) => {
      assert.ok(error instanceof ValidationError);
      assert.equal(error.getFieldErrors('prompt')[0]?.type, 'missing');
      return true;
    });
  });
});
