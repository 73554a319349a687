/** Faults of our own while webhooks are sent: none loses an event, none circles for ever. */
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { type TaskId, workerId } from '#domain/ids.ts';
import { addMs } from '#domain/instant.ts';
import type { WebhookState } from '#domain/webhook/event.ts';
import type { Log } from '#ports/log.ts';
import type { WebhookOutbox } from '#ports/webhook-outbox.ts';
import type { WebhookRequest, WebhookSender } from '#ports/webhook-sender.ts';
import { webhookDialects } from '#protocols/webhook-dialects.ts';
import { deliverWebhooks, recoverWebhooks, type WebhookDialects } from '#services/deliver-webhooks.ts';
import { makePictureUri } from '#tests/fixtures/picture.ts';
import { silentLog } from '#tests/fixtures/silent-log.ts';
import { TestServer } from '#tests/fixtures/test-server.ts';
import { WebhookReceiver } from '#tests/fixtures/webhook-receiver.ts';

const SPICY = '/api/v3/bytedance/seedance-2.0-fast/image-to-video-spicy';

describe('faults while webhooks are sent', { timeout: 30_000 }, () => {
  let server: TestServer;
  let image: string;
  let stop = new AbortController();
  let sending: Promise<void> | undefined;
  before(async () => {
    server = await TestServer.start({ webhookSenders: 0 });
    image = await makePictureUri();
  });
  afterEach(async () => {
    stop.abort();
    await sending;
  });
  after(() => server.close());

  const endTask = async (url: string): Promise<TaskId> => {
    const { body } = await server.customer.client.post(`${SPICY}?webhook=${url}`, { image });
    return (await server.untilEnded(body.data.id)).id;
  };
  const startSender = (
    own: {
      webhooks?: Partial<WebhookOutbox>;
      webhookSender?: WebhookSender;
      dialects?: WebhookDialects;
      log?: Log;
    } = {},
  ): void => {
    stop = new AbortController();
    const { webhookSender = server.ports.webhookSender, log = silentLog } = own;
    const webhooks = { ...server.ports.webhooks, ...own.webhooks };
    sending = deliverWebhooks(
      { ...server.ports, log, webhooks, webhookSender },
      {
        dialects: own.dialects ?? webhookDialects(server.ports),
        senderId: workerId('sender'),
        idleMs: 10,
        shutdown: stop.signal,
      },
    );
  };
  const untilState = async (id: TaskId, state: WebhookState) => {
    for (;;) {
      const change = server.ports.signals.waitForTask(id, 1000);
      const event = await server.ports.webhooks.find(id);
      if (event?.state === state) return event;
      await change;
    }
  };

  test('an outbox that cannot be read is read again', async () => {
    await using receiver = await WebhookReceiver.open();
    const id = await endTask(receiver.url);
    let failures = 2;
    startSender({
      webhooks: {
        claim: async (claim) => {
          if (failures-- > 0) throw new Error('the disk is full');
          return server.ports.webhooks.claim(claim);
        },
      },
    });
    assert.equal((await untilState(id, 'delivered')).attempts.length, 1);
  });

  test('an answer that cannot be noted is asked for again, once the lease is over', async () => {
    await using receiver = await WebhookReceiver.open();
    const id = await endTask(receiver.url);
    const { promise: refused, resolve: refuse } = Promise.withResolvers<void>();
    startSender({
      webhooks: {
        record: async () => {
          refuse();
          throw new Error('the disk is full');
        },
      },
    });
    await refused;
    stop.abort();
    await sending;
    assert.equal((await server.ports.webhooks.find(id))?.state, 'pending');
    await recoverWebhooks({ ...server.ports, log: silentLog });
    startSender();
    const { attempts } = await untilState(id, 'delivered');
    assert.deepEqual(
      attempts.map(({ answer }) => answer),
      [undefined, { status: 200 }],
    );
    assert.equal(receiver.received.length, 2);
  });

  test('the first attempt has its own time-out, and each attempt a signature for its own time', async () => {
    const path = `/fal/queue/bytedance/seedance-2.0/fast/image-to-video?fal_webhook=http://127.0.0.1:9/`;
    const { body } = await server.customer.falClient.post(path, { image_url: image, prompt: 'wind' });
    const { id } = await server.untilEnded(body.request_id);
    const sent: WebhookRequest[] = [];
    const webhookSender: WebhookSender = {
      check: async () => {},
      send: async (request) => {
        sent.push(request);
        return { status: sent.length < 3 ? 500 : 200 };
      },
    };
    let now = server.ports.clock.now();
    const { fal, wavespeed } = webhookDialects(server.ports);
    const schedule = { ...fal.schedule, firstPauseMs: 0 };
    startSender({
      webhookSender,
      dialects: {
        wavespeed,
        fal: {
          schedule,
          compose: (task, webhook) => {
            now = addMs(now, 1000);
            return fal.compose(task, webhook, now);
          },
        },
      },
    });
    await untilState(id, 'delivered');
    assert.deepEqual(
      sent.map(({ timeoutMs }) => timeoutMs),
      [15_000, 120_000, 120_000],
    );
    assert.equal(new Set(sent.map(({ headers }) => headers['x-fal-webhook-signature'])).size, 3);
    for (const { body: bytes } of sent) assert.deepEqual(bytes, sent[0]!.body);
  });

  test('a message that cannot be composed is given up, and the operator is told', async () => {
    await using receiver = await WebhookReceiver.open();
    const id = await endTask(receiver.url);
    const { wavespeed, fal } = webhookDialects(server.ports);
    const compose = () => {
      throw new Error('secret detail');
    };
    const schedule = { ...wavespeed.schedule, firstPauseMs: 1, longestPauseMs: 1 };
    const errors: unknown[] = [];
    startSender({
      dialects: { wavespeed: { schedule, compose }, fal },
      log: { ...silentLog, error: (fields) => errors.push(fields) },
    });
    const { attempts } = await untilState(id, 'dead');
    assert.equal(attempts.length, schedule.maxAttempts);
    assert.equal(errors.length, schedule.maxAttempts);
    assert.ok(!JSON.stringify(attempts).includes('secret detail'));
    assert.equal(receiver.received.length, 0);
  });
});
