/** The facts recorded of fal's wire, each against the server, under the number of its section. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { FAL_FAILURES } from '#protocols/fal/fal-error.ts';
import * as facts from '#tests/fixtures/fal-facts.ts';
import { makePictureUri } from '#tests/fixtures/picture.ts';
import type { Answer } from '#tests/fixtures/test-client.ts';
import { TestServer } from '#tests/fixtures/test-server.ts';
import { WebhookReceiver } from '#tests/fixtures/webhook-receiver.ts';

const FAST = 'bytedance/seedance-2.0/fast/image-to-video';
const QUEUE = `/fal/queue/${FAST}`;

describe('facts of fal', { timeout: 60_000 }, () => {
  let server: TestServer;
  let image_url: string;
  before(async () => {
    server = await TestServer.start({ emulator: { realtimeSeconds: 0.1 } });
    image_url = await makePictureUri();
    server.engine.script('never', { endings: ['stalled'] });
  });
  after(() => server.close());

  const client = () => server.customer.falClient;
  const fails = (name: string) => ({ 'animatic-emulate': `fail=${name}` });
  const submit = (headers: Record<string, string> = {}, input: object = {}, place = QUEUE): Promise<Answer> =>
    client().post(place, { prompt: 'wind', image_url, ...input }, { headers });
  const submitted = async (headers: Record<string, string> = {}, input: object = {}) => {
    const { status, body } = await submit(headers, input);
    assert.equal(status, 200, JSON.stringify(body));
    return body;
  };

  /** 1, rules 4 and 7, and 5.1: what every error answer carries. */
  const assertError = (
    { status, headers, body }: Answer,
    expected: { readonly status: number; readonly type: string; readonly retry: boolean },
  ): void => {
    assert.equal(status, expected.status, JSON.stringify(body));
    assert.ok(!facts.NEVER_ANSWERED.includes(status));
    assert.match(headers.get('content-type') ?? '', /^application\/json/);
    assert.match(headers.get('x-fal-request-id') ?? '', /\w/);
    assert.equal(headers.get('x-fal-error-type'), expected.type);
    assert.equal(headers.get('x-fal-needs-retry'), expected.retry ? '1' : '0');
    assert.equal(headers.get('x-fal-retryable'), String(expected.retry));
    assert.ok(typeof body.detail === 'string' || Array.isArray(body.detail));
    assert.equal(typeof body.message, 'string');
    assert.deepEqual(body.error, { message: body.message, code: status });
  };

  test('fal 1.1, 1.4 and 4.1: a submit is 200, with URLs of owner and alias alone and the request’s id', async () => {
    const { status, headers, body } = await submit();
    assert.equal(status, 200);
    assert.deepEqual(Object.keys(body).toSorted(), facts.SUBMITTED_MEMBERS);
    const url = `${server.url}/fal/queue/bytedance/seedance-2.0/requests/${body.request_id}`;
    assert.deepEqual(
      [body.response_url, body.status_url, body.cancel_url, body.status],
      [url, `${url}/status`, `${url}/cancel`, 'IN_QUEUE'],
    );
    assert.equal(headers.get('x-fal-request-id'), body.request_id);
    await server.untilEnded(body.request_id);
  });

  test('fal 1.2, 1.3 and 4.2: three words, each with its status and members', async () => {
    const { request_id: id, status_url } = await submitted(
      { 'animatic-emulate': 'queue=0.3' },
      { prompt: 'never' },
    );
    const seen: string[] = [];
    const look = async (query: string) => {
      const { status, body } = await client().get(`${status_url}?logs=${query}`);
      const { http, members } = facts.STATUS_MEMBERS[body.status as keyof typeof facts.STATUS_MEMBERS];
      assert.equal(status, http);
      const found = Object.keys(body).filter((name) => !['error', 'error_type'].includes(name));
      assert.deepEqual(found.toSorted(), members);
      seen.push(body.status);
      return body;
    };
    assert.ok((await look('0')).queue_position >= 0);
    await server.untilTask(id, ({ progress }) => progress > 0);
    assert.equal((await look('0')).logs, null);
    for (const yes of ['1', 'true']) {
      const { logs } = await look(yes);
      for (const line of logs) {
        assert.deepEqual(Object.keys(line).toSorted(), ['level', 'message', 'source', 'timestamp']);
        assert.ok(facts.LOG_LEVELS.includes(line.level));
        assert.equal(line.source, 'USER');
      }
    }
    await client().put(`/fal/queue/bytedance/seedance-2.0/requests/${id}/cancel`);
    await server.untilEnded(id);
    const last = await look('false');
    assert.deepEqual([last.logs, last.error_type], [null, 'client_cancelled']);
    assert.ok('inference_time' in last.metrics);
    assert.deepEqual([...new Set(seen)], Object.keys(facts.STATUS_MEMBERS));
  });

  test('fal 1.5, 4.4 and 4.5: a result that is not there yet, and the three answers to a cancel', async () => {
    const { request_id: id, response_url, cancel_url } = await submitted({}, { prompt: 'never' });
    await server.untilTask(id, ({ state }) => state === 'processing');
    const early = await client().get(response_url);
    assert.deepEqual([early.status, early.body], [400, facts.STILL_RUNNING]);
    const asked = await client().put(cancel_url);
    assert.deepEqual([asked.status, asked.body], [202, facts.CANCEL_REQUESTED]);
    await server.untilEnded(id);
    const finished = await submitted();
    await server.untilEnded(finished.request_id);
    const late = await client().put(finished.cancel_url);
    assert.deepEqual([late.status, late.body.status], [400, 'ALREADY_COMPLETED']);
    const unknown = await client().put(cancel_url.replace(id, 'undefined'));
    assert.deepEqual([unknown.status, unknown.body.status], [404, 'NOT_FOUND']);
    assertError(await client().get(response_url), { status: 499, type: 'client_cancelled', retry: false });
  });

  test('fal 1.6: a JSON content type with an empty body, on GET, PUT and POST', async () => {
    const json = { headers: { 'content-type': 'application/json' } };
    const { status_url, cancel_url, request_id: id } = await submitted({}, { prompt: 'never' });
    assert.equal((await client().get(status_url, json)).status, 202);
    assert.equal((await client().post(QUEUE, '', json)).status, 422);
    assert.equal((await client().put(cancel_url, json)).status, 202);
    await server.untilEnded(id);
  });

  test('fal 1.8: run and queue are told apart by their place', async () => {
    const run = await submit({}, {}, `/fal/run/${FAST}`);
    assert.deepEqual(Object.keys(run.body).toSorted(), ['seed', 'video']);
    assert.deepEqual(Object.keys(run.body.video).toSorted(), [
      'content_type',
      'file_name',
      'file_size',
      'url',
    ]);
    assert.match(run.headers.get('x-fal-request-id') ?? '', /^[0-9a-f]{32}$/);
  });

  test('fal 1.9 and 4.3: a stream’s events are JSON in ASCII on one line, and COMPLETED is the last', async () => {
    const { status_url } = await submitted({}, { prompt: 'wänd ✓' });
    const { headers, body } = await client().get(`${status_url}/stream?logs=1`);
    assert.match(headers.get('content-type') ?? '', /^text\/event-stream/);
    assert.doesNotMatch(body, /[^\n -~]/);
    const events = body
      .split('\n\n')
      .filter((block: string) => block.startsWith('data: '))
      .map((block: string) => JSON.parse(block.slice(6)));
    assert.equal(events.at(-1).status, 'COMPLETED');
    const words = events.map(({ status }: { status: string }) => status);
    assert.ok(!words.slice(0, -1).includes('COMPLETED'));
  });

  test('fal 2 and 2.1: there is no stream of output, and what is no request is 404', async () => {
    assertError(await submit({}, {}, `/fal/run/${FAST}/stream`), {
      status: 404,
      type: 'not_found',
      retry: false,
    });
    for (const path of ['undefined/status', 'undefined', 'undefined/response']) {
      const answer = await client().get(`/fal/queue/bytedance/seedance-2.0/requests/${path}`);
      assertError(answer, { status: 404, type: 'not_found', retry: false });
      assert.equal(answer.body.status, 'NOT_FOUND');
    }
    const { body } = await submit({}, {}, `${QUEUE}/`);
    assert.equal((await server.untilEnded(body.request_id)).endpoint.id, FAST, 'of a full URL as id');
  });

  test('fal 3.1: headers that say nothing here are passed over', async () => {
    const { request_id: id } = await submitted(facts.PASSED_OVER);
    assert.equal((await server.untilEnded(id)).state, 'completed');
  });

  test('fal 3.2: what a page’s script may send and read', async () => {
    const asked = 'authorization,content-type,x-fal-queue-priority,x-fal-object-lifecycle-preference';
    for (const method of ['GET', 'POST', 'PUT']) {
      const { status, headers } = await server.anonymous.call('OPTIONS', QUEUE, {
        headers: {
          origin: 'https://app.example',
          'access-control-request-method': method,
          'access-control-request-headers': asked,
        },
      });
      assert.equal(status, 204);
      assert.equal(headers.get('access-control-allow-headers'), asked);
    }
    const origin = { headers: { origin: 'https://app.example' } };
    const exposed = (await client().get('/fal/queue/a/b/requests/x', origin)).headers.get(
      'access-control-expose-headers',
    );
    for (const name of facts.EXPOSED_HEADERS) assert.ok(exposed?.includes(name), name);
  });

  for (const { fail, ...expected } of facts.PLATFORM_ERRORS) {
    test(`fal 5.1 and 5.3: ${expected.status} ${expected.type}: a text, a type and the advice to retry or not`, async () => {
      for (const place of [QUEUE, `/fal/run/${FAST}`]) {
        const answer = await submit(fails(fail), {}, place);
        assertError(answer, expected);
        assert.equal(typeof answer.body.detail, 'string');
        assert.equal(answer.body.error_type, expected.type);
      }
    });
  }

  for (const { fail, ...expected } of facts.REQUEST_ERRORS) {
    test(`fal 5.2 and 5.3: ${expected.status} ${expected.type}: COMPLETED with an error, and a result that repeats it`, async () => {
      const { request_id: id, status_url, response_url } = await submitted(fails(fail));
      await server.untilEnded(id);
      const { status, body } = await client().get(status_url);
      assert.deepEqual([status, body.status, body.error_type], [200, 'COMPLETED', expected.type]);
      assert.ok(body.error.length > 10);
      const answers = [await client().get(response_url), await client().get(`${response_url}/response`)];
      for (const answer of answers) {
        assertError(answer, expected);
        assert.equal(answer.headers.get('x-fal-request-id'), id);
        assert.equal(answer.headers.get('x-fal-billable-units'), '0');
        assert.equal(
          answer.headers.get('x-fal-request-timeout-type'),
          expected.status === 504 ? 'user' : null,
        );
        assert.deepEqual(answer.body, answers[0]!.body);
      }
      assertError(await submit(fails(fail), {}, `/fal/run/${FAST}`), expected);
    });
  }

  test('fal 5.1: faults of the input are a list of places', async () => {
    const answer = await submit({}, { resolution: '8k', prompt: '' });
    assertError(answer, { status: 422, type: 'missing', retry: false });
    for (const { loc, msg, type } of answer.body.detail) {
      assert.equal(loc[0], 'body');
      assert.deepEqual([typeof msg, typeof type], ['string', 'string']);
    }
  });

  test('fal 5.4: no error of this server has a status at which a client repeats what cannot succeed', () => {
    for (const { httpStatus } of Object.values(FAL_FAILURES))
      assert.ok(!facts.NEVER_ANSWERED.includes(httpStatus), String(httpStatus));
  });

  test('fal 7.4: the lives that clients name are taken', async () => {
    for (const seconds of facts.LIFETIMES_SECONDS) {
      const lifecycle = JSON.stringify({ expiration_duration_seconds: seconds });
      const { request_id: id } = await submitted({ 'x-fal-object-lifecycle-preference': lifecycle });
      assert.deepEqual((await server.untilEnded(id)).outputWish, { lifetimeSeconds: seconds });
    }
  });

  test('fal 8: headers and members of a webhook, of success and of failure', async () => {
    await using receiver = await WebhookReceiver.open();
    const place = `${QUEUE}?fal_webhook=${encodeURIComponent(receiver.url)}`;
    const done = (await submit({}, {}, place)).body.request_id;
    await receiver.untilReceived(1);
    const failed = (await submit(fails('content_moderation'), {}, place)).body.request_id;
    const webhooks = await receiver.untilReceived(2);
    for (const { headers } of webhooks) {
      for (const name of facts.WEBHOOK_HEADERS) assert.ok(headers[name], name);
      assert.match(String(headers['x-fal-webhook-signature']), /^[0-9a-f]{128}$/);
      assert.match(String(headers['x-fal-webhook-timestamp']), /^\d{10}$/);
    }
    const [first, second] = webhooks.map(({ json }) => json);
    assert.deepEqual(Object.keys(first).toSorted(), [
      'gateway_request_id',
      'payload',
      'request_id',
      'status',
    ]);
    assert.deepEqual([first.request_id, first.gateway_request_id, first.status], [done, done, 'OK']);
    assert.deepEqual([second.request_id, second.status], [failed, 'ERROR']);
    assert.equal(second.error, 'Invalid status code: 422');
    assert.equal(second.payload.detail[0]?.type ?? second.payload.error_type, 'content_policy_violation');
  });
});
