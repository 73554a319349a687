/** Tasks of which nobody knows whether their job was started: over HTTP, and with the command line. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { usd } from '#domain/money.ts';
import { PaidEngine, PaidService } from '#tests/fixtures/paid-service.ts';
import { makePictureUri } from '#tests/fixtures/picture.ts';
import { RecordingLog } from '#tests/fixtures/recording-log.ts';
import { runAnimatic } from '#tests/fixtures/run-animatic.ts';
import { type Customer, TestServer } from '#tests/fixtures/test-server.ts';

const SPICY = '/api/v3/bytedance/seedance-2.0-fast/image-to-video-spicy';

describe('parked tasks', { timeout: 60_000 }, () => {
  const service = new PaidService();
  let server: TestServer;
  let admin: Customer;
  before(async () => {
    service.isSearchable = false;
    const engine = new PaidEngine(service);
    server = await TestServer.start({ engine, ports: { log: new RecordingLog() } });
    admin = await server.openCustomer({ role: 'admin' });
  });
  after(() => server.close());

  /** A job that was bought and whose answer was lost. */
  async function park(): Promise<string> {
    service.behaviour = 'lostAfter';
    const { body } = await server.customer.client.post(SPICY, { image: await makePictureUri() });
    await server.untilTask(body.data.id, ({ parkedAt }) => parkedAt !== undefined);
    service.behaviour = 'answers';
    return body.data.id;
  }

  const animatic = (...words: string[]) =>
    runAnimatic(words, { ANIMATIC_SERVER: server.url, ANIMATIC_KEY: admin.key });

  test('are processing for their caller, and listed for the operator', async () => {
    const id = await park();
    const { body } = await server.customer.client.get(`/api/v3/predictions/${id}/result`);
    assert.equal(body.data.status, 'processing');
    const { tasks } = (await admin.client.get('/admin/parked')).body;
    const { sentAt, parkedAt, ...task } = tasks[0];
    assert.match(`${sentAt} ${parkedAt}`, /^\d{4}-\d\d-\S+Z \d{4}-\d\d-\S+Z$/);
    assert.deepEqual(task, {
      id,
      accountId: server.customer.accountId,
      protocol: 'wavespeed',
      endpoint: 'bytedance/seedance-2.0-fast/image-to-video-spicy',
      engine: 'paid',
      correlationId: `${id}-1`,
      held: '1.00',
      cancelRequested: false,
    });
    assert.equal((await admin.client.get('/admin/queue')).body.parked, 1);
    const listed = await animatic('engines', 'parked');
    assert.match(
      listed.stdout,
      new RegExp(`^${id}  paid, sent \\S+Z as ${id}-1, holds 1.00 USD  wavespeed `),
    );
    const answer = await admin.client.post(`/admin/parked/${id}/resolve`, { verdict: 'givenUp' });
    assert.deepEqual([answer.body.state, answer.body.error.code], ['failed', 'engine_start_unknown']);
    assert.deepEqual((await admin.client.get('/admin/parked')).body.tasks, []);
    assert.equal((await animatic('engines', 'parked')).stdout, 'No task is parked.\n');
  });

  test('are counted where engines are listed, with health, spend and what is charged', async () => {
    const id = await park();
    const { exitCode, stdout, stderr } = await animatic('engines');
    assert.equal(exitCode, 0, stderr);
    assert.match(
      stdout,
      /^paid {2}ready: sells\n {2}is (asked|tried again with the next task); behind \d+ endpoints\n/,
    );
    assert.match(stdout, /last 30 days: \d+ tasks, \d+ completed, charged \S+ USD, cost \S+ USD\n/);
    assert.match(stdout, /1 tasks wait for a person/);
    await animatic('engines', 'resolve', id, '--give-up');
  });

  test('show their operator what they cost, and their caller nothing of it', async () => {
    service.behaviour = 'answers';
    const own = await admin.client.post(SPICY, { image: await makePictureUri() });
    assert.equal(own.status, 402, 'the administrator has no credit');
    await server.ports.ledger.grant(admin.accountId, usd('5'), '', server.ports.clock.now());
    for (const customer of [admin, server.customer]) {
      const { body } = await customer.client.post(SPICY, { image: await makePictureUri() });
      await server.untilEnded(body.data.id);
      const { cost } = (await customer.client.get(`/admin/tasks/${body.data.id}`)).body;
      const seen = { engine: 'paid', quoted: '0.30', paid: '0.29' };
      assert.deepEqual(cost, customer === admin ? seen : undefined);
    }
  });

  test('are taken up, started anew or given up as a person says', async () => {
    const found = await park();
    const { stdout } = await animatic('engines', 'resolve', found, '--found', String(service.bought.length));
    assert.match(
      stdout,
      new RegExp(`^Task ${found} is (created|processing|completed)\\. The operator has found`),
    );
    assert.equal((await server.untilEnded(found)).state, 'completed');

    const absent = await park();
    const bought = service.bought.length;
    await animatic('engines', 'resolve', absent, '--absent');
    assert.equal((await server.untilEnded(absent)).state, 'completed');
    assert.equal(service.bought.length, bought + 1);

    const lost = await park();
    await animatic('engines', 'resolve', lost, '--give-up');
    assert.equal((await server.untilEnded(lost)).state, 'failed');
  });

  test('what cannot be resolved is refused by name', async () => {
    const id = await park();
    const path = `/admin/parked/${id}/resolve`;
    const { client } = admin;
    assert.equal((await client.post(path, { verdict: 'perhaps' })).status, 400);
    const nameless = await client.post(path, { verdict: 'found' });
    assert.deepEqual([nameless.status, nameless.body.error_code], [400, 'missing_parameter']);
    assert.equal((await client.post('/admin/parked/unknown/resolve', { verdict: 'absent' })).status, 404);
    assert.equal((await server.customer.client.post(path, { verdict: 'absent' })).status, 403);
    assert.equal((await server.customer.client.get('/admin/parked')).status, 403);
    const both = await animatic('engines', 'resolve', id, '--absent', '--give-up');
    assert.equal(both.exitCode, 1);
    assert.match(both.stderr, /Give one of --found <job>, --absent and --give-up/);
    assert.equal((await client.post(path, { verdict: 'givenUp' })).status, 200);
    assert.equal((await client.post(path, { verdict: 'givenUp' })).status, 404);
  });
});
