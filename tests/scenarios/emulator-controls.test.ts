/** Delays and failures on request, in both protocols, by header and by prompt; and that nothing of it happens unless it is switched on. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { makePictureUri } from '#tests/fixtures/picture.ts';
import type { Answer } from '#tests/fixtures/test-client.ts';
import { type Customer, TestServer } from '#tests/fixtures/test-server.ts';
import { WebhookReceiver } from '#tests/fixtures/webhook-receiver.ts';

interface Submit {
  readonly wishes: string;
  readonly by?: 'header' | 'prompt';
  readonly prompt?: string;
  readonly webhook?: string;
  readonly input?: Readonly<Record<string, unknown>>;
}

/** How each protocol is spoken. */
interface Dialect {
  submit(customer: Customer, submit: Submit): Promise<Answer>;
  idOf(answer: Answer): string;
  status(customer: Customer, id: string): Promise<string>;
  /** Code and text of the failed task's result. */
  failure(customer: Customer, id: string): Promise<{ readonly kind: unknown; readonly text: string }>;
}

const WAVESPEED_PATH = '/api/v3/bytedance/seedance-2.0-fast/image-to-video-spicy';
const FAL_APP = '/fal/queue/bytedance/seedance-2.0';

let image: string;

const promptOf = ({ wishes, by, prompt = 'wind' }: Submit): string =>
  by === 'prompt' ? `[emulate ${wishes}] ${prompt}` : prompt;

const headersOf = ({ wishes, by }: Submit): Readonly<Record<string, string>> =>
  by === 'prompt' || wishes === '' ? {} : { 'animatic-emulate': wishes };

const DIALECTS: Readonly<Record<'wavespeed' | 'fal', Dialect>> = {
  wavespeed: {
    submit: ({ client }, submit) => {
      const query = submit.webhook === undefined ? '' : `?webhook=${encodeURIComponent(submit.webhook)}`;
      const input = { image, prompt: promptOf(submit), ...submit.input };
      return client.post(WAVESPEED_PATH + query, input, { headers: headersOf(submit) });
    },
    idOf: ({ status, body }) => {
      assert.equal(status, 200, JSON.stringify(body));
      return body.data.id;
    },
    status: async ({ client }, id) => (await client.get(`/api/v3/predictions/${id}`)).body.data.status,
    failure: async ({ client }, id) => {
      const { data } = (await client.get(`/api/v3/predictions/${id}/result`)).body;
      assert.equal(data.status, 'failed');
      return { kind: data.code, text: data.error };
    },
  },
  fal: {
    submit: ({ falClient }, submit) => {
      const query = submit.webhook === undefined ? '' : `?fal_webhook=${encodeURIComponent(submit.webhook)}`;
      const input = { image_url: image, prompt: promptOf(submit), ...submit.input };
      return falClient.post(`${FAL_APP}/fast/image-to-video${query}`, input, { headers: headersOf(submit) });
    },
    idOf: ({ status, body }) => {
      assert.equal(status, 200, JSON.stringify(body));
      return body.request_id;
    },
    status: async ({ falClient }, id) =>
      (await falClient.get(`${FAL_APP}/requests/${id}/status`)).body.status,
    failure: async ({ falClient }, id) => {
      const { status, body } = await falClient.get(`${FAL_APP}/requests/${id}`);
      const [fault] = Array.isArray(body.detail) ? body.detail : [];
      return { kind: [status, fault?.type ?? body.error_type, fault?.loc], text: body.message };
    },
  },
};

for (const [protocol, dialect] of Object.entries(DIALECTS)) {
  const isFal = protocol === 'fal';

  describe(`emulator controls, ${protocol}`, { timeout: 60_000 }, () => {
    let server: TestServer;
    let customer: Customer;
    before(async () => {
      server = await TestServer.start({ emulator: { realtimeSeconds: 0.6 } });
      image = await makePictureUri();
      customer = await server.openCustomer({ credit: '100' });
    });
    after(() => server.close());

    const submit = (wish: Submit) => dialect.submit(customer, wish);
    const accept = async (wish: Submit) => dialect.idOf(await submit(wish));
    const assertNothingCharged = async (id: string) => {
      assert.equal((await server.find(id as never)).charged, 0n);
    };

    test('queue: the task waits in the queue, then runs', async () => {
      for (const by of ['header', 'prompt'] as const) {
        const id = await accept({ wishes: 'queue=0.4', by });
        assert.equal(await dialect.status(customer, id), isFal ? 'IN_QUEUE' : 'created');
        const task = await server.untilEnded(id);
        assert.equal(task.state, 'completed');
        assert.ok(task.startedAt! - task.createdAt >= 400, `${task.startedAt! - task.createdAt} ms`);
        assert.equal(task.request.prompt, 'wind');
        assert.equal(task.input.prompt, 'wind');
      }
    });

    test('queue: others overtake, and a cancel ends the wait free of charge', async () => {
      const before = await customer.balance();
      const delayed = await accept({ wishes: 'queue=3600' });
      assert.equal((await server.untilEnded(await accept({ wishes: '' }))).state, 'completed');
      if (isFal) await customer.falClient.put(`${FAL_APP}/requests/${delayed}/cancel`);
      else await customer.client.delete(`/api/v3/predictions/${delayed}`);
      assert.equal((await server.untilEnded(delayed)).state, 'cancelled');
      await assertNothingCharged(delayed);
      assert.notEqual(await customer.balance(), before, 'the other one is paid');
    });

    test('pace: as long as was asked for, or as long as the operator calls real time', async () => {
      for (const [wishes, durationMs] of [
        ['pace=0.3', 300],
        ['pace=realtime', 600],
      ] as const) {
        const task = await server.untilEnded(await accept({ wishes, input: { duration: isFal ? '5' : 5 } }));
        assert.equal(task.state, 'completed');
        const tookMs = task.finishedAt! - task.startedAt!;
        assert.ok(tookMs >= durationMs && tookMs < durationMs + 2000, `${tookMs} ms`);
      }
    });

    test('fail: the task fails with the code that was named', async () => {
      for (const by of ['header', 'prompt'] as const) {
        const id = await accept({ wishes: 'fail=engine_failed', by });
        const { error } = await server.untilEnded(id);
        assert.equal(error?.code, 'engine_failed');
        assert.match(error.message, /asked for with "fail=engine_failed"/);
        const { kind } = await dialect.failure(customer, id);
        assert.deepEqual(kind, isFal ? [500, 'internal_server_error', undefined] : 1403);
        await assertNothingCharged(id);
      }
    });

    test('fail: a picture at fault is named as the input calls it', async () => {
      const id = await accept({ wishes: 'fail=media_unreadable' });
      assert.deepEqual((await server.untilEnded(id)).error?.path, [isFal ? 'image_url' : 'image']);
      const { kind } = await dialect.failure(customer, id);
      assert.deepEqual(kind, isFal ? [422, 'image_load_error', ['body', 'image_url']] : 1401);
    });

    test('fail: a crash is tried again, then given up', async () => {
      const id = await accept({ wishes: 'fail=engine_crashed' });
      const task = await server.untilEnded(id);
      assert.deepEqual([task.error?.code, task.attempt], ['engine_crashed', 2]);
      await assertNothingCharged(id);
    });

    test('fail: refused by moderation', async () => {
      for (const name of ['content_moderation', 'content_refused']) {
        const id = await accept({ wishes: `fail=${name}` });
        await server.untilEnded(id);
        const { kind, text } = await dialect.failure(customer, id);
        assert.deepEqual(kind, isFal ? [422, 'content_policy_violation', ['body', 'prompt']] : 1200);
        assert.match(text, /refused by moderation/);
        await assertNothingCharged(id);
      }
    });

    test('fail: what refuses a request refuses it, and nothing is held', async () => {
      const before = await customer.balance();
      const { status, body } = await submit({ wishes: 'fail=insufficient_credit', by: 'prompt' });
      assert.deepEqual([status, body.error_code], [isFal ? 403 : 402, 'insufficient_credit']);
      assert.equal(await customer.balance(), before);
    });

    test('status: refused so many times, by key and body, then accepted, and the same again', async () => {
      const other = await server.openCustomer({ credit: '10' });
      for (let round = 0; round < 2; round += 1) {
        const wish = { wishes: 'status=503 times=2' };
        const before = await customer.balance();
        for (let time = 0; time < 2; time += 1) {
          const { status, headers, body } = await submit(wish);
          assert.deepEqual([status, body.error_code], [503, 'unavailable']);
          assert.equal(headers.get('retry-after'), '1');
        }
        assert.equal((await submit({ ...wish, prompt: 'another body' })).status, 503);
        assert.equal((await dialect.submit(other, wish)).status, 503);
        assert.equal(await customer.balance(), before);
        assert.equal((await server.untilEnded(await accept(wish))).state, 'completed');
        // Leaves nothing counted for the next round.
        assert.equal((await submit({ ...wish, prompt: 'another body' })).status, 503);
        assert.equal((await submit({ ...wish, prompt: 'another body' })).status, 200);
        assert.equal((await dialect.submit(other, wish)).status, 503);
        assert.equal((await dialect.submit(other, wish)).status, 200);
      }
    });

    test('status=429: once, unless more is said', async () => {
      const wish = { wishes: 'status=429', by: 'prompt' } as const;
      const { status, body } = await submit(wish);
      assert.deepEqual([status, body.error_code], [429, 'rate_limited']);
      assert.equal((await submit(wish)).status, 200);
    });

    test('webhook-loss: so many attempts do not arrive', async () => {
      await using receiver = await WebhookReceiver.open();
      const id = await accept({ wishes: 'webhook-loss=2', webhook: receiver.url });
      await receiver.untilReceived(1);
      const report = async () => (await customer.client.get(`/admin/tasks/${id}/webhook`)).body;
      while ((await report()).state !== 'delivered')
        await server.ports.signals.waitForTask(id as never, 1000);
      const { attempts } = await report();
      assert.deepEqual(
        attempts.map((attempt: { status?: number; error?: string }) => attempt.status ?? attempt.error),
        [...Array.from({ length: 2 }, () => 'lost on its way, as "webhook-loss" asked for'), 200],
      );
      assert.equal(receiver.received.length, 1);
    });

    test('several at once, from header and prompt together', async () => {
      const header = { wishes: 'queue=0.2; pace=0.2' };
      const id = await accept({ ...header, prompt: '[emulate fail=content_moderation] wind' });
      const task = await server.untilEnded(id);
      assert.equal(task.error?.code, 'content_refused');
      assert.ok(task.startedAt! - task.createdAt >= 200);
    });

    test('what cannot be read is refused with what there is', async () => {
      const before = await customer.balance();
      for (const [wish, message] of [
        [{ wishes: 'quue=5' }, /"quue=5" is no control of the emulator.*queue=<seconds/],
        [{ wishes: 'fail=oops', by: 'prompt' }, /"fail=oops" is not allowed; say fail=<one of/],
        [{ wishes: '', prompt: '[emulate queue=5 wind' }, /no "]" ends/],
      ] as const) {
        const { status, body } = await submit(wish);
        assert.deepEqual([status, body.error_code], [isFal ? 422 : 400, 'invalid_parameter']);
        assert.match(body.message, message);
      }
      assert.equal(await customer.balance(), before);
    });
  });

  describe(`emulator controls switched off, ${protocol}`, { timeout: 30_000 }, () => {
    let server: TestServer;
    before(async () => {
      server = await TestServer.start();
      image = await makePictureUri();
    });
    after(() => server.close());

    test('header and prefix do nothing, and the prefix stays part of the prompt', async () => {
      const wishes = 'status=503 fail=engine_failed webhook-loss=3 queue=3600';
      for (const by of ['header', 'prompt'] as const) {
        const id = dialect.idOf(await dialect.submit(server.customer, { wishes, by }));
        const task = await server.untilEnded(id);
        assert.equal(task.state, 'completed');
        assert.equal(task.request.prompt, by === 'prompt' ? `[emulate ${wishes}] wind` : 'wind');
        assert.equal(task.emulation, undefined);
      }
      const broken = await dialect.submit(server.customer, { wishes: 'nonsense', prompt: '[emulate ' });
      assert.equal(broken.status, 200);
    });
  });
}
