/** fal's synchronous run and its status stream. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { makePictureUri } from '#tests/fixtures/picture.ts';
import { TestServer } from '#tests/fixtures/test-server.ts';

const FAST = 'bytedance/seedance-2.0/fast/image-to-video';

describe('fal run and stream', { timeout: 30_000 }, () => {
  let server: TestServer;
  let image_url: string;
  before(async () => {
    server = await TestServer.start();
    image_url = await makePictureUri();
    server.engine.script('never', { endings: ['stalled'] });
    server.engine.script('broken', { endings: ['failed'] });
  });
  after(() => server.close());

  /** Events of a status stream until it ends. */
  const streamOf = async (id: string, onEvent: () => Promise<unknown> = async () => {}) => {
    const path = `/fal/queue/bytedance/seedance-2.0/requests/${id}/status/stream?logs=1`;
    const response = await fetch(server.url + path, {
      headers: { authorization: `Key ${server.customer.key}` },
    });
    assert.ok(response.headers.get('content-type')?.startsWith('text/event-stream'));
    const events = [];
    for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
      for (const block of chunk.split('\n\n').filter((text) => text.startsWith('data: '))) {
        events.push(JSON.parse(block.slice('data: '.length)));
        await onEvent();
      }
    }
    return events;
  };

  test('a run answers with the output and the request id', async () => {
    const { status, headers, body } = await server.customer.falClient.post(`/fal/run/fal-ai/${FAST}`, {
      prompt: 'wind',
      image_url,
      seed: 3,
    });
    assert.equal(status, 200);
    assert.match(headers.get('x-fal-request-id') ?? '', /^[0-9a-f]{32}$/);
    assert.match(body.video.url, /\.mp4$/);
    assert.equal(body.seed, 3);
  });

  test('a run that fails answers with the failure', async () => {
    const { status, body } = await server.customer.falClient.post(`/fal/run/${FAST}`, {
      prompt: 'broken',
      image_url,
    });
    assert.equal(status, 500);
    assert.match(body.detail, /script says/);
  });

  test('a caller that hangs up gives the run up, and pays nothing', async () => {
    const customer = await server.openCustomer({ credit: '10' });
    const hangUp = new AbortController();
    const call = fetch(`${server.url}/fal/run/${FAST}`, {
      method: 'POST',
      headers: { authorization: `Key ${customer.key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ prompt: 'never', image_url, duration: '5' }),
      signal: hangUp.signal,
    });
    const refused = assert.rejects(call, { name: 'AbortError' });
    let [task] = await server.ports.tasks.list(customer.accountId, 1);
    while (task === undefined) [task] = await server.ports.tasks.list(customer.accountId, 1);
    await server.untilTask(task.id, ({ state }) => state === 'processing');
    hangUp.abort();
    await refused;
    assert.equal((await server.untilEnded(task.id)).state, 'cancelled');
    assert.equal(await customer.balance(), '10.00');
  });

  test('the stream ends with COMPLETED and tells each log line once', async () => {
    const { body } = await server.customer.falClient.post(`/fal/queue/${FAST}`, {
      prompt: 'wänd ✓',
      image_url,
    });
    const events = await streamOf(body.request_id);
    assert.equal(events.at(-1).status, 'COMPLETED');
    const streamed = events.flatMap((event) => event.logs ?? []);
    const path = `/fal/queue/bytedance/seedance-2.0/requests/${body.request_id}/status?logs=1`;
    assert.deepEqual(streamed, (await server.customer.falClient.get(path)).body.logs);
    assert.ok(streamed.length > 0);
  });

  test('the stream of a running request follows it to its end', async () => {
    const { body } = await server.customer.falClient.post(`/fal/queue/${FAST}`, {
      prompt: 'never',
      image_url,
    });
    await server.untilTask(body.request_id, ({ state }) => state === 'processing');
    let isCancelled = false;
    const events = await streamOf(body.request_id, async () => {
      if (isCancelled) return;
      isCancelled = true;
      await server.customer.falClient.put(
        `/fal/queue/bytedance/seedance-2.0/requests/${body.request_id}/cancel`,
      );
    });
    assert.equal(events[0].status, 'IN_PROGRESS');
    assert.deepEqual([events.at(-1).status, events.at(-1).error_type], ['COMPLETED', 'client_cancelled']);
  });
});

test('closing the server ends waits and streams at once', { timeout: 10_000 }, async () => {
  const server = await TestServer.start({ workers: 0 });
  const image_url = await makePictureUri();
  const input = { prompt: 'wind', image_url };
  const { body } = await server.customer.falClient.post(`/fal/queue/${FAST}`, input);
  const stream = await fetch(
    `${server.url}/fal/queue/bytedance/seedance-2.0/requests/${body.request_id}/status/stream`,
    { headers: { authorization: `Key ${server.customer.key}` } },
  );
  const run = server.customer.falClient.post(`/fal/run/${FAST}`, input);
  const isSubmitted = async () => (await server.ports.tasks.list(server.customer.accountId, 10)).length === 2;
  while (!(await isSubmitted()));
  await server.close();
  assert.match(await stream.text(), /IN_QUEUE/);
  assert.equal((await run).status, 499);
});
