/** What WaveSpeed's clients really send besides the documented: all of it is accepted, and what is wrong is named and free. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { makePictureUri } from '#tests/fixtures/picture.ts';
import { TestServer } from '#tests/fixtures/test-server.ts';

const SPICY = '/api/v3/bytedance/seedance-2.0-fast/image-to-video-spicy';
const STANDARD = '/api/v3/bytedance/seedance-2.0/image-to-video';

describe('WaveSpeed inputs', { timeout: 30_000 }, () => {
  let server: TestServer;
  let image: string;
  before(async () => {
    server = await TestServer.start();
    image = await makePictureUri();
  });
  after(() => server.close());

  const accepted = async (path: string, input: Record<string, unknown>) => {
    const { status, body } = await server.customer.client.post(path, input);
    assert.equal(status, 200, JSON.stringify(body));
    return server.untilEnded(body.data.id);
  };

  test('numbers and switches spelled as text', async () => {
    const { request } = await accepted(SPICY, { image, duration: '7', generate_audio: 'false', seed: '12' });
    assert.deepEqual([request.durationSeconds, request.generateAudio, request.seed], [7, false, 12]);
  });

  test('seeds beyond the range, as the ComfyUI nodes draw them, are folded into it', async () => {
    for (const [sent, used] of [
      [9_999_999_998, 9_999_999_998 % 2_147_483_648],
      ['2147483648', 0],
      [2_147_483_647, 2_147_483_647],
    ]) {
      assert.equal((await accepted(SPICY, { image, seed: sent })).request.seed, used);
    }
    const quote = { model_id: SPICY.slice('/api/v3/'.length), inputs: { seed: 9_999_999_998 } };
    assert.equal((await server.customer.client.post('/api/v3/model/price', quote)).status, 200);
  });

  test('a resolution as the AI SDK writes it, by its shorter side', async () => {
    for (const [sent, used] of [
      ['1280x720', '720p'],
      ['480x864', '480p'],
      ['1920x1080', '1080p'],
    ])
      assert.equal((await accepted(SPICY, { image, resolution: sent })).request.resolution, used);
    const inputs = { resolution: '1920x1080', duration: 5 };
    const quote = { model_id: SPICY.slice('/api/v3/'.length), inputs };
    assert.equal((await server.customer.client.post('/api/v3/model/price', quote)).body.data.price, 2.5);
    const odd = await server.customer.client.post(SPICY, { image, resolution: '640x360' });
    assert.match(odd.body.message, /"resolution" must be one of 480p, 720p, 1080p/);
  });

  test('a prompt that arrives as a number or a switch', async () => {
    assert.equal((await accepted(SPICY, { image, prompt: 2024 })).request.prompt, '2024');
    assert.equal((await accepted(SPICY, { image, prompt: true })).request.prompt, 'true');
  });

  test('empty strings, empty lists and nulls for what is not given', async () => {
    const { request } = await accepted(SPICY, {
      image,
      last_image: '',
      prompt: null,
      generate_audio: '',
      aspect_ratio: '',
      images: [],
    });
    assert.equal(request.generateAudio, true);
    assert.equal(request.lastImage, undefined);
  });

  test('the plural copy of a single picture, on models that take one and on models that take several', async () => {
    assert.equal((await accepted(SPICY, { image, images: [image] })).request.images.length, 1);
    const doubled = await accepted(STANDARD, { image, images: [image], prompt: 'p' });
    assert.equal(doubled.request.images.length, 1);
  });

  test('unknown keys', async () => {
    const { input } = await accepted(SPICY, {
      image,
      fps: 30,
      enable_base64_output: false,
      anything: { a: 1 },
    });
    assert.deepEqual(Object.keys(input).sort(), [
      'duration',
      'generate_audio',
      'image',
      'resolution',
      'seed',
    ]);
  });

  test('a picture inline is kept as a file and stands in the input as its URL', async () => {
    const { input } = await accepted(SPICY, { image });
    assert.match(String(input.image), new RegExp(`^${server.url}/files/[0-9a-f]{32}/input\\.png$`));
    assert.equal((await server.anonymous.get(String(input.image))).status, 200);
  });

  test('whatever is wrong is refused by name, and nothing is charged', async () => {
    const before = await server.customer.balance();
    const cases: readonly [Record<string, unknown>, RegExp][] = [
      [{}, /"image" is required/],
      [{ image: '' }, /"image" is required/],
      [{ image, duration: 3 }, /"duration" must be at least 4/],
      [{ image, duration: 16 }, /"duration" must be at most 15/],
      [{ image, duration: 4.5 }, /"duration" must be a whole number/],
      [{ image, duration: 'long' }, /"duration" must be a whole number/],
      [{ image, resolution: '4k' }, /"resolution" must be one of 480p, 720p, 1080p/],
      [{ image, aspect_ratio: '2:1' }, /"aspect_ratio" must be one of/],
      [{ image: 'not a url' }, /"image": A picture is given as an http/],
      [{ image: 'ftp://example.com/a.png' }, /"image"/],
      [{ image: 'data:image/png,plain' }, /"image": A data: URI must carry base64/],
      [{ image: 'data:image/png;base64,@@@' }, /"image": The base64/],
      [{ image: 'data:image/png;base64,aGVsbG8=' }, /"image"/],
      [{ image, last_image: 'data:image/png;base64,aGVsbG8=' }, /"last_image"/],
      [{ image: `${server.url}/files/${'0'.repeat(32)}/gone.png` }, /"image": This server has no such file/],
    ];
    for (const [input, message] of cases) {
      const { status, body } = await server.customer.client.post(SPICY, input);
      assert.equal(status, 400, JSON.stringify(input));
      assert.match(body.message, message);
    }
    assert.equal(await server.customer.balance(), before);
    const entries = await server.ports.ledger.listEntries(server.customer.accountId, 1000);
    const tasks = await server.ports.tasks.list(server.customer.accountId, 1000);
    assert.equal(entries.filter((entry) => entry.kind === 'hold').length, tasks.length);
  });
});
