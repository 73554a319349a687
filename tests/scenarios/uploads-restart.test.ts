/** An upload in parts outlives the program: it is killed between two parts, and the next one takes the rest. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeTestFolder, startServerProcess, TEST_KEY } from '#tests/fixtures/server-process.ts';
import { TestClient } from '#tests/fixtures/test-client.ts';

test('fal multipart upload: kill -9 between two parts, and the file is whole', {
  timeout: 60_000,
}, async () => {
  const folder = await makeTestFolder();
  let server = await startServerProcess(folder.path);
  try {
    const begun = await new TestClient(server.url, `Key ${TEST_KEY}`).post(
      '/fal/rest/storage/upload/initiate-multipart?storage_type=fal-cdn-v3',
      { content_type: 'text/plain', file_name: 'tale.txt' },
    );
    const { pathname, search } = new URL(begun.body.upload_url);
    const put = (number: number, body: string) =>
      new TestClient(server.url, undefined).put(`${pathname}/${number}${search}`, { body });
    const first = await put(1, 'Once upon ');
    assert.equal(first.status, 200);
    await server.kill();
    server = await startServerProcess(folder.path);
    const second = await put(2, 'a time');
    const client = new TestClient(server.url, undefined);
    const parts = [second.body, first.body];
    const completed = await client.post(`${pathname}/complete${search}`, { parts });
    assert.deepEqual([completed.status, completed.body.size], [200, 16]);
    assert.equal((await client.get(new URL(begun.body.file_url).pathname)).body, 'Once upon a time');
  } finally {
    await server.stop();
    await folder.remove();
  }
});
