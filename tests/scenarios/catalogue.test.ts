/** The catalogue over HTTP, and what may be asked about a request before it is sent. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { ENDPOINTS } from '#catalogue/index.ts';
import { TestServer } from '#tests/fixtures/test-server.ts';

const SPICY = { protocol: 'wavespeed', id: 'bytedance/seedance-2.0-fast/image-to-video-spicy' } as const;
const FAL = { protocol: 'fal', id: 'bytedance/seedance-2.0/image-to-video' } as const;

describe('the catalogue', { timeout: 30_000 }, () => {
  let server: TestServer;
  before(async () => {
    server = await TestServer.start();
  });
  after(() => server.close());

  const quote = async (body: object) => {
    const { status, body: answer } = await server.customer.client.post('/catalogue/quote', body);
    assert.equal(status, 200, JSON.stringify(answer));
    return answer;
  };

  test('everybody may see every model with its form, its price and what it is for', async () => {
    const { status, body } = await server.anonymous.get('/catalogue');
    assert.equal(status, 200);
    assert.deepEqual(
      body.models.map(({ protocol, id }: { protocol: string; id: string }) => `${protocol} ${id}`),
      ENDPOINTS.map(({ protocol, id }) => `${protocol} ${id}`),
    );
    for (const model of body.models) {
      const names = model.schema['x-order-properties'];
      assert.deepEqual(Object.keys(model.roles), names);
      assert.ok(Number(model.priceFrom.amount) > 0 && model.description !== '' && model.features.length > 0);
    }
    const spicy = body.models.find(({ id }: { id: string }) => id === SPICY.id);
    assert.equal(spicy.submitPath, `/api/v3/${SPICY.id}`);
    assert.deepEqual(spicy.price.rates['720p'], { withAudio: '0.20', silent: '0.10' });
    assert.deepEqual(body.frameSizes['480p']['21:9'], [992, 432]);
    assert.deepEqual(body.examples, []);
  });

  test('a quote is what a submit then holds, and charges nothing', async () => {
    const customer = await server.openCustomer({ credit: '9' });
    const input = { image: 'https://pictures.example/a.jpg', duration: 7, resolution: '480p' };
    const { body } = await customer.client.post('/catalogue/quote', { ...SPICY, input });
    assert.deepEqual(body, {
      quote: { price: '0.70', exact: true, explanation: '7 s x $0.10' },
      faults: [],
    });
    assert.equal(await customer.balance(), '9.00');
  });

  test('everything a submit would refuse is told at once, in its words, beside the price', async () => {
    const body = await quote({ ...SPICY, input: { last_image: 'x' } });
    assert.equal(body.quote.price, '1.00');
    assert.deepEqual(
      body.faults.map(({ code, path }: { code: string; path: string[] }) => [code, path]),
      [['missing_parameter', ['image']]],
    );
    const refused = await server.customer.client.post(`/api/v3/${SPICY.id}`, { last_image: 'x' });
    assert.equal(body.faults[0].message, refused.body.message);
    const fal = await quote({ ...FAL, input: { prompt: 'x', image_url: 'x', duration: 'auto' } });
    assert.deepEqual([fal.quote.exact, fal.faults], [false, []]);
    const bad = await quote({ ...SPICY, input: { image: 'x', duration: 99, resolution: '4k' } });
    assert.equal(bad.quote, undefined);
    assert.deepEqual(
      bad.faults.map(({ path }: { path: string[] }) => path[0]),
      ['resolution', 'duration'],
    );
  });

  test('questions need a key and a model that there is', async () => {
    for (const path of ['/catalogue/quote', '/catalogue/read-prompt'])
      assert.equal((await server.anonymous.post(path, {})).status, 401);
    const unknown = { protocol: 'fal', id: 'nothing', input: {} };
    const { status, body } = await server.customer.client.post('/catalogue/quote', unknown);
    assert.deepEqual([status, body.error_code], [404, 'unknown_endpoint']);
    const { status: bare } = await server.customer.client.post('/catalogue/quote', SPICY);
    assert.equal(bare, 400);
  });

  test('an engine that does not read prompts says so', async () => {
    const { body } = await server.customer.client.post('/catalogue/read-prompt', {
      ...SPICY,
      prompt: 'slow push in',
    });
    assert.deepEqual(body, { readsPrompts: false, understood: [], notDrawn: [], description: [] });
  });

  test('one that does tells what it understands', async () => {
    const { tellPrompt } = await import('#adapters/engines/embedded/tell-prompt.ts');
    Object.assign(server.engine, { readPrompt: tellPrompt });
    const { body } = await server.customer.client.post('/catalogue/read-prompt', {
      ...SPICY,
      prompt: 'slow push in, then it snows',
    });
    assert.equal(body.readsPrompts, true);
    assert.deepEqual(
      body.understood.map(({ label }: { label: string }) => label).filter((label: string) => label !== ''),
      ['push in', 'snow'],
    );
    const { models } = (await server.anonymous.get('/catalogue')).body;
    assert.ok(models.every(({ engine }: { engine: { readsPrompts: boolean } }) => engine.readsPrompts));
  });
});
