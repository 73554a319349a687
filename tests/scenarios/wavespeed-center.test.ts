/** The catalogue as WaveSpeed's ComfyUI nodes read it, from the host that they have built in. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { TestServer } from '#tests/fixtures/test-server.ts';

const CENTER = '/center/default/api/v1/model_product';
const FAST = 'bytedance/seedance-2.0-fast/image-to-video-spicy';

describe("the ComfyUI nodes' catalogue", { timeout: 30_000 }, () => {
  let server: TestServer;
  before(async () => {
    server = await TestServer.start({ workers: 0 });
  });
  after(() => server.close());

  const read = async (path: string) => {
    const { status, body } = await server.anonymous.get(CENTER + path);
    assert.deepEqual([status, body.code], [200, 200]);
    return body.data;
  };

  test('categories with their counts, without a key', async () => {
    assert.deepEqual(await read('/type_statistics'), [{ type: 'image-to-video', count: 4 }]);
  });

  test('the models of a category, page by page', async () => {
    const { items, total } = await read('/search?page=1&page_size=100&types=image-to-video');
    assert.equal(total, 4);
    const fast = items.find(({ model_uuid }: { model_uuid: string }) => model_uuid === FAST);
    assert.equal(fast.model_name, FAST);
    assert.equal(typeof fast.description, 'string');
    assert.equal((await read('/search?page=2&page_size=3')).items.length, 1);
    assert.deepEqual((await read('/search?page=1&types=text-to-image')).items, []);
  });

  test('one model, whose schema stands where both generations of the nodes look', async () => {
    const data = await read(`/detail/${FAST}`);
    assert.equal(data.model_uuid, FAST);
    const [schema] = data.api_schema.api_schemas;
    assert.deepEqual(data.input, schema.request_schema);
    assert.equal(schema.api_path, `/api/v3/${FAST}`);
    assert.equal(data.input.properties.generate_audio.default, true);
    const atVendor = await server.http.inject({
      url: `${CENTER}/detail/${FAST}`,
      headers: { host: 'wavespeed.ai' },
    });
    assert.equal(atVendor.json().data.api_server_domain, 'https://api.wavespeed.ai');
    const unknown = await server.anonymous.get(`${CENTER}/detail/no/such-model`);
    assert.deepEqual([unknown.status, unknown.body.error_code], [404, 'unknown_endpoint']);
  });
});
