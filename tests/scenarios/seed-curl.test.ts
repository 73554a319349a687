/**
 * The four WaveSpeed pages' own curl lines, run by a shell with the real curl: only the host is replaced. As printed they leave out
 * required inputs and must fail naming them, free of charge; with those inputs added they must work.
 */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { makePicture } from '#tests/fixtures/picture.ts';
import { PRINTED_PAGES } from '#tests/fixtures/printed-pages.ts';
import { runProgram } from '#tests/fixtures/run-program.ts';
import { TestServer } from '#tests/fixtures/test-server.ts';

const PRINTED_HOST = 'https://api.wavespeed.ai';

/** The lines as all four pages print them; model and body differ. */
const submitLines = (model: string, body: string) => `
curl --location --request POST "https://api.wavespeed.ai/api/v3/${model}" \\
--header "Content-Type: application/json" \\
--header "Authorization: Bearer \${WAVESPEED_API_KEY}" \\
--data-raw '${body}'
`;

const RESULT_LINES = `
curl --location --request GET "https://api.wavespeed.ai/api/v3/predictions/\${requestId}/result" \\
--header "Authorization: Bearer \${WAVESPEED_API_KEY}"
`;

/** The bodies as printed; only the first page indents them. */
const PRINTED_BODIES: Readonly<Record<string, string>> = {
  'bytedance/seedance-2.0-fast/image-to-video-spicy': `{
    "resolution": "720p",
    "duration": 5,
    "generate_audio": true,
    "seed": -1
}`,
  'bytedance/seedance-v1.5-pro/image-to-video-spicy': `{
"duration": 5,
"resolution": "720p",
"generate_audio": true,
"camera_fixed": false,
"seed": -1
}`,
  'bytedance/seedance-2.0/image-to-video': `{
"duration": 5
}`,
  'bytedance/seedance-2.0-mini/image-to-video': `{
"resolution": "720p",
"duration": 5,
"enable_web_search": false,
"generate_audio": true
}`,
};

const pageOf = (model: string) => {
  const page = PRINTED_PAGES.find(({ protocol, id }) => protocol === 'wavespeed' && id === model);
  assert.ok(page, model);
  return page;
};

const NO_CURL = await runProgram('curl', ['--version']).then(
  () => false as const,
  () => 'there is no program "curl" on the PATH; install it to run the pages’ own lines',
);

describe("the pages' curl lines", { timeout: 60_000, skip: NO_CURL }, () => {
  let server: TestServer;
  let pictureUrl: string;
  before(async () => {
    server = await TestServer.start();
    const form = new FormData();
    form.append('file', new Blob([Buffer.from(await makePicture())], { type: 'image/png' }), 'start.png');
    const { body } = await server.customer.client.post('/api/v3/media/upload/binary', form);
    pictureUrl = body.data.download_url;
  });
  after(() => server.close());

  const curl = async (lines: string, variables: Record<string, string> = {}) => {
    const script = lines
      .replaceAll(PRINTED_HOST, server.url)
      .replaceAll('curl ', 'curl --silent --show-error ');
    const { exitCode, stdout, stderr } = await runProgram('sh', ['-c', script], {
      WAVESPEED_API_KEY: server.customer.key,
      ...variables,
    });
    assert.equal(exitCode, 0, stderr);
    return JSON.parse(stdout);
  };

  for (const [model, printed] of Object.entries(PRINTED_BODIES)) {
    test(`${model}, as printed: the missing inputs are named and nothing is charged`, async () => {
      const before = await server.customer.balance();
      const answer = await curl(submitLines(model, printed));
      assert.deepEqual([answer.code, answer.error_code], [400, 'missing_parameter']);
      for (const { name } of pageOf(model).fields.filter((field) => field.required))
        assert.ok(answer.message.includes(`"${name}" is required`), answer.message);
      assert.equal(await server.customer.balance(), before);
    });

    test(`${model}, with what is missing: submit, then the result`, async () => {
      const added = JSON.parse(
        JSON.stringify(pageOf(model).minimalInput).replaceAll('https://example.com/picture.jpg', pictureUrl),
      );
      const submitted = await curl(submitLines(model, JSON.stringify({ ...JSON.parse(printed), ...added })));
      assert.deepEqual([submitted.code, submitted.data.status], [200, 'created']);
      assert.equal(submitted.data.model, model);
      await server.untilEnded(submitted.data.id);
      const result = await curl(RESULT_LINES, { requestId: submitted.data.id });
      assert.deepEqual([result.code, result.data.status], [200, 'completed']);
      assert.match(result.data.outputs[0], /\.mp4$/);
    });
  }
});
