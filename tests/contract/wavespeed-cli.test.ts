/** WaveSpeed's command line, unmodified: pointed here once by its own `config`, it keeps address and key in its file. */
import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { makePicture } from '#tests/fixtures/picture.ts';
import { type ProgramResult, runProgram } from '#tests/fixtures/run-program.ts';
import { TestServer } from '#tests/fixtures/test-server.ts';

const COMMAND = path.resolve(import.meta.dirname, '../../node_modules/@wavespeed/cli/dist/cli.js');
const FAST = 'bytedance/seedance-2.0-fast/image-to-video-spicy';
const MINI = 'bytedance/seedance-2.0-mini/image-to-video';

describe("wavespeed's command line", { timeout: 60_000 }, () => {
  let server: TestServer;
  let home: string;
  let image: string;
  before(async () => {
    server = await TestServer.start();
    server.engine.script('broken', { endings: ['failed'] });
    home = await mkdtemp(path.join(tmpdir(), 'animatic-wavespeed-cli-'));
    await writeFile(path.join(home, 'cat.png'), await makePicture());
    succeeded(await wavespeed('config', '--base-url', server.url));
    succeeded(await wavespeed('login', '--api-key', server.customer.key));
    image = (await json('upload', path.join(home, 'cat.png'))).url;
  });
  after(async () => {
    await rm(home, { recursive: true });
    await server.close();
  });

  const wavespeed = (...words: string[]): Promise<ProgramResult> =>
    runProgram(process.execPath, [COMMAND, ...words], {
      HOME: home,
      XDG_CONFIG_HOME: path.join(home, '.config'),
      WAVESPEED_API_KEY: '',
      NO_COLOR: '1',
    });
  const succeeded = (result: ProgramResult): ProgramResult => {
    assert.equal(result.exitCode, 0, result.stdout + result.stderr);
    return result;
  };
  // biome-ignore lint/suspicious/noExplicitAny: what the program prints is what the tests examine.
  const json = async (...words: string[]): Promise<any> =>
    JSON.parse(succeeded(await wavespeed(...words, '--json')).stdout);

  test('login refuses an unknown key, and keeps a good one', async () => {
    assert.equal((await wavespeed('login', '--api-key', 'x'.repeat(40))).exitCode, 1);
    assert.match(succeeded(await wavespeed('status')).stdout, /stored config/);
    assert.ok((await json('balance')).balance > 0);
  });

  test('models, schema and price tell the same as a run costs', async () => {
    const models: { model_id: string }[] = await json('models', 'seedance', '--refresh');
    assert.ok(models.some(({ model_id }) => model_id === FAST));
    const schema = JSON.stringify(await json('schema', FAST));
    assert.match(schema, /"generate_audio"/);
    const price = await json('price', FAST, '-i', 'resolution=480p', 'duration=4');
    assert.deepEqual([price.unit_price, price.currency], [0.4, 'USD']);
    const before = Number(await server.customer.balance());
    await json('run', FAST, '--sync', '-i', `image=${image}`, 'resolution=480p', 'duration=4');
    assert.equal(Math.round((before - Number(await server.customer.balance())) * 100), 40);
  });

  test('run polls, and saves the clip under the name that its URL tells', async () => {
    const template = path.join(home, 'out', 'clip.{ext}');
    const run = await json('run', FAST, '-p', 'wind', '-i', `image=${image}`, '--download', template);
    assert.equal(run.outputs.length, 1);
    assert.deepEqual(run.saved, [path.join(home, 'out', 'clip.mp4')]);
    assert.equal(await readFile(run.saved[0], 'utf8'), 'a scripted clip');
  });

  test('a failed run says why', async () => {
    const { exitCode, stdout } = await wavespeed(
      'run',
      FAST,
      '-p',
      'broken',
      '-i',
      `image=${image}`,
      '--json',
    );
    assert.equal(exitCode, 1);
    assert.match(JSON.parse(stdout).error, /The script says/);
  });

  test('history lists and filters, show tells one, and delete takes it away', async () => {
    await json('run', MINI, '--sync', '-p', 'a deleted gust', '-i', `image=${image}`);
    const { page, items } = await json('history', '--model', MINI);
    assert.deepEqual([page, items.length], [1, 1]);
    assert.deepEqual([items[0].status, items[0].inputs.prompt], ['completed', 'a deleted gust']);
    assert.match(succeeded(await wavespeed('history')).stdout, /a deleted gust/);
    assert.deepEqual((await json('history', '--status', 'pending')).items, []);
    const shown = await json('show', items[0].id);
    assert.deepEqual([shown.id, shown.outputs], [items[0].id, items[0].outputs]);
    assert.deepEqual(await json('delete', items[0].id), { deleted: [items[0].id] });
    assert.deepEqual((await json('history', '--model', MINI)).items, []);
    assert.match((await wavespeed('show', items[0].id, '--json')).stdout, /404/);
  });
});
