/** WaveSpeed's MCP server, unmodified, pointed here by its environment and driven as an assistant drives it. */
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { McpClient } from '#tests/fixtures/mcp-client.ts';
import { makePicture } from '#tests/fixtures/picture.ts';
import { TestServer } from '#tests/fixtures/test-server.ts';

const SCRIPT = path.resolve(import.meta.dirname, '../../node_modules/@wavespeed/mcp/dist/index.js');
const FAST = 'bytedance/seedance-2.0-fast/image-to-video-spicy';

describe("WaveSpeed's MCP server", { timeout: 60_000 }, () => {
  let server: TestServer;
  let home: string;
  let assistant: McpClient;
  before(async () => {
    server = await TestServer.start();
    server.engine.script('broken', { endings: ['failed'] });
    home = await mkdtemp(path.join(tmpdir(), 'animatic-wavespeed-mcp-'));
    await writeFile(path.join(home, 'cat.png'), await makePicture());
    assistant = await McpClient.start(SCRIPT, {
      HOME: home,
      XDG_CONFIG_HOME: path.join(home, '.config'),
      WAVESPEED_API_KEY: server.customer.key,
      WAVESPEED_BASE_URL: server.url,
    });
  });
  after(async () => {
    await assistant.close();
    await rm(home, { recursive: true });
    await server.close();
  });

  // biome-ignore lint/suspicious/noExplicitAny: what the tools answer is what the tests examine.
  const use = async (tool: string, input: object): Promise<any> => {
    const { isError, text } = await assistant.call(tool, input);
    assert.equal(isError, false, text);
    return JSON.parse(text);
  };

  test('list_models finds the models, get_model_schema what they take', async () => {
    const { total_matches, models } = await use('list_models', { query: 'seedance', type: 'image-to-video' });
    assert.equal(total_matches, 4);
    assert.ok(models.some(({ model_id }: { model_id: string }) => model_id === FAST));
    const schema = await use('get_model_schema', { model: FAST });
    assert.deepEqual(schema.required, ['image']);
    assert.equal(schema.property_order[0], 'image');
  });

  test('get_price knows every input that moves the price', async () => {
    const price = await use('get_price', { model: FAST, input: { duration: 10, resolution: '1080p' } });
    assert.deepEqual([price.price, price.discounted_price, price.currency], [5, 5, 'USD']);
    assert.deepEqual([price.unpriced_inputs, price.at_base_price], [[], false]);
    assert.equal((await use('get_balance', {})).balance, 100);
  });

  test('run_model uploads the named file and waits for the clip', async () => {
    const input = { image: `@${path.join(home, 'cat.png')}`, prompt: 'wind', duration: 4 };
    const run = await use('run_model', { model: FAST, input });
    assert.deepEqual([run.status, run.uploaded_files], ['completed', 1]);
    assert.equal(await (await fetch(run.outputs[0])).text(), 'a scripted clip');
  });

  test('run_model may only submit, and get_prediction finds the result', async () => {
    const input = { image: `@${path.join(home, 'cat.png')}` };
    const run = await use('run_model', { model: FAST, input, wait_seconds: 0 });
    assert.equal(run.status, 'created');
    await server.untilEnded(run.id);
    const prediction = await use('get_prediction', { id: run.id });
    assert.deepEqual([prediction.model, prediction.status, prediction.error], [FAST, 'completed', '']);
  });

  test('what goes wrong is said with its reason and code', async () => {
    const refused = await assistant.call('run_model', { model: FAST, input: { prompt: 'no picture' } });
    assert.equal(refused.isError, true);
    assert.match(refused.text, /"image" is required.*\[missing_parameter\]/);
    const input = { image: `@${path.join(home, 'cat.png')}`, prompt: 'broken' };
    const failed = await assistant.call('run_model', { model: FAST, input });
    assert.match(failed.text, /Prediction failed: The script says/);
    assert.match((await assistant.call('get_prediction', { id: 'nothing' })).text, /\[not_found\]/);
  });
});
