/** Refused inputs in fal's form: every fault with its place, type, limit and value, and nothing charged. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { makePictureUri } from '#tests/fixtures/picture.ts';
import { TestServer } from '#tests/fixtures/test-server.ts';

const FAST = 'bytedance/seedance-2.0/fast/image-to-video';
const REFERENCE = 'bytedance/seedance-2.0/fast/reference-to-video';

describe('fal validation', { timeout: 30_000 }, () => {
  let server: TestServer;
  let image_url: string;
  before(async () => {
    server = await TestServer.start();
    image_url = await makePictureUri();
  });
  after(() => server.close());

  const refused = async (endpoint: string, input: unknown, status = 422) => {
    const answers = [
      await server.customer.falClient.post(`/fal/queue/${endpoint}`, input),
      await server.customer.falClient.post(`/fal/run/${endpoint}`, input),
    ];
    for (const answer of answers) {
      assert.equal(answer.status, status, JSON.stringify(answer.body));
      assert.match(answer.headers.get('x-fal-request-id') ?? '', /\w/);
    }
    const [{ body }, sync] = answers as [(typeof answers)[0], (typeof answers)[0]];
    assert.deepEqual(sync.body, body);
    return body;
  };

  test('a missing prompt and picture are both named', async () => {
    const { detail, message, error } = await refused(FAST, {});
    assert.deepEqual(
      detail.map(({ loc, type }: { loc: unknown; type: string }) => [loc, type]),
      [
        [['body', 'prompt'], 'missing'],
        [['body', 'image_url'], 'missing'],
      ],
    );
    assert.equal(message, `${detail[0].msg} ${detail[1].msg}`);
    assert.deepEqual(error, { message, code: 422 });
  });

  test('each broken rule has its type, limit and value', async () => {
    const cases: readonly [Record<string, unknown>, Record<string, unknown>][] = [
      [
        { resolution: '4k' },
        {
          type: 'literal_error',
          ctx: { expected: "'480p' or '720p'" },
          input: '4k',
          loc: ['body', 'resolution'],
        },
      ],
      [{ seed: 'abc' }, { type: 'int_parsing', input: 'abc', loc: ['body', 'seed'] }],
      [
        { seed: 2147483648 },
        {
          type: 'less_than_equal',
          ctx: { le: 2147483647 },
          input: 2147483648,
          loc: ['body', 'seed'],
          url: 'https://docs.fal.ai/errors/#less_than_equal',
        },
      ],
      [
        { seed: -2 },
        {
          type: 'greater_than_equal',
          ctx: { ge: -1 },
          input: -2,
          loc: ['body', 'seed'],
          url: 'https://docs.fal.ai/errors/#greater_than_equal',
        },
      ],
      [{ generate_audio: 'loud' }, { type: 'bool_parsing', input: 'loud', loc: ['body', 'generate_audio'] }],
      [
        { end_user_id: 'x'.repeat(257) },
        { type: 'string_too_long', ctx: { max_length: 256 }, loc: ['body', 'end_user_id'] },
      ],
    ];
    for (const [input, expected] of cases) {
      const { detail } = await refused(FAST, { prompt: 'p', image_url, ...input });
      assert.equal(detail.length, 1);
      const { msg, ...rest } = detail[0];
      assert.ok(msg.includes(String(Object.keys(input)[0])));
      assert.deepEqual(rest, expected);
    }
  });

  test('a list that is too long and a file that is none name their place', async () => {
    const ten = Array.from({ length: 10 }, (_, index) => `https://example.com/${index}.png`);
    const long = await refused(REFERENCE, { prompt: 'p', image_urls: ten });
    assert.deepEqual(
      [long.detail[0].type, long.detail[0].ctx, long.detail[0].loc],
      ['sequence_too_long', { max_length: 9 }, ['body', 'image_urls']],
    );
    const second = await refused(REFERENCE, {
      prompt: 'p',
      image_urls: [image_url, 'data:image/png;base64,aGVsbG8='],
    });
    assert.deepEqual(second.detail[0].loc, ['body', 'image_urls', 1]);
    assert.equal(second.detail[0].type, 'unsupported_image_format');
    const orphan = await refused(REFERENCE, { prompt: 'p', audio_urls: ['https://example.com/a.mp3'] });
    assert.deepEqual([orphan.detail[0].type, orphan.detail[0].loc], ['missing', ['body', 'image_urls']]);
  });

  test('unknown keys are ignored, an unknown endpoint and a body that is no object are refused', async () => {
    const unknown = await refused('bytedance/seedance-3/image-to-video', {}, 404);
    assert.match(unknown.detail, /seedance-3/);
    assert.equal((await refused(FAST, [1], 400)).error_type, 'bad_request');
    const answer = await server.customer.falClient.post(`/fal/queue/${FAST}`, {
      prompt: 'p',
      image_url,
      bitrate_mode: 'high',
    });
    assert.equal(answer.status, 200);
    await server.untilEnded(answer.body.request_id);
  });

  test('nothing of all that was charged', async () => {
    const entries = await server.ports.ledger.listEntries(server.customer.accountId, 100);
    assert.deepEqual(
      entries.map((entry) => entry.kind),
      ['settlement', 'hold', 'grant'],
    );
  });
});
