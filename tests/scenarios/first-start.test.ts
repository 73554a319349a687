/** `animatic serve` as a person meets it: the first start, the line to paste, the second start, and what cannot be started. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { runAnimatic, runShell } from '#tests/fixtures/run-animatic.ts';
import {
  makeTestFolder,
  type ServerProcess,
  startServerProcess,
  TEST_KEY,
  type TestFolder,
} from '#tests/fixtures/server-process.ts';
import { TestClient } from '#tests/fixtures/test-client.ts';

/** A person sets no key. */
const NO_KEY = { ANIMATIC_BOOTSTRAP_KEY: '', ANIMATIC_BOOTSTRAP_CREDIT: '' };

const hasCurl = (): boolean => {
  try {
    execFileSync('curl', ['--version']);
    return true;
  } catch {
    return false;
  }
};

/** The key that a start has shown. */
const shownKey = (server: ServerProcess): string | undefined =>
  /^ {4}(ak_[0-9a-f]{48})$/m.exec(server.output())?.[1];

const serve = (environment: Readonly<Record<string, string>>) => runAnimatic(['serve'], environment);

describe('serve', { timeout: 300_000 }, () => {
  let folder: TestFolder;
  let data: string;
  let server: ServerProcess;
  let shownFirst: string | undefined;
  before(async () => {
    folder = await makeTestFolder();
    data = join(folder.path, 'data');
    server = await startServerProcess(data, NO_KEY);
    shownFirst = shownKey(server);
  });
  after(async () => {
    await server.stop();
    await folder.remove();
  });

  it('makes a data folder for its owner alone', async () => {
    assert.equal((await stat(data)).mode & 0o777, 0o700);
    for (const name of await readdir(data)) {
      const entry = await stat(join(data, name));
      assert.equal(entry.mode & 0o077, 0, name);
    }
  });

  it('shows credit and a key at its first start', async () => {
    const { body } = await new TestClient(server.url, `Bearer ${shownFirst}`).get('/admin/whoami');
    assert.deepEqual([body.role, body.balance], ['admin', '100.00']);
    assert.match(server.output(), /has \$100\.00 of local credit/);
    assert.ok(server.output().includes(`Animatic is listening on ${server.url}\n`));
  });

  it('shows a link that signs the first person in at the playground', async () => {
    const [, origin, ticket] = /^Playground: (http\S+)\/sign-in#([0-9a-f]{48}) /m.exec(server.output())!;
    assert.equal(origin, server.url);
    const page = { headers: { 'x-animatic-page': '1' } };
    const anonymous = new TestClient(server.url, undefined);
    const { status, body } = await anonymous.post('/session', { ticket }, page);
    assert.deepEqual([status, body.account.role, body.account.balance], [200, 'admin', '100.00']);
    assert.equal((await anonymous.post('/session', { ticket }, page)).status, 401);
    const { stdout } = await runAnimatic(['sign-in'], { ANIMATIC_DATA: data });
    assert.match(stdout, new RegExp(`^${origin}/sign-in#[0-9a-f]{48}\n$`));
    assert.ok(!stdout.includes(ticket!));
  });

  it('shows a line that animates the sample when it is pasted', {
    skip: !hasCurl() && 'curl is not here',
  }, async () => {
    const line = /^ {4}(curl(?:.*\\\n)*.*)$/m.exec(server.output())![1]!;
    const { exitCode, stdout, stderr } = await runShell(line, {});
    assert.equal(exitCode, 0, stderr);
    const { data: prediction } = JSON.parse(stdout);
    assert.equal(prediction.status, 'completed', stdout);
    const clip = await fetch(prediction.outputs[0]);
    assert.equal(clip.headers.get('content-type'), 'video/mp4');
    assert.equal((await clip.bytes()).subarray(4, 8).toString(), '102,116,121,112');
  });

  it('refuses a data folder and a port that are in use', async () => {
    const second = await serve({ ANIMATIC_DATA: data, ANIMATIC_PORT: '0' });
    assert.deepEqual([second.exitCode, second.stdout], [1, '']);
    assert.match(second.stderr, /\[data_folder_in_use\]\n$/);

    const other = join(folder.path, 'other');
    const { port } = new URL(server.url);
    const occupied = await serve({ ANIMATIC_DATA: other, ANIMATIC_PORT: port });
    assert.deepEqual([occupied.exitCode, occupied.stdout], [1, '']);
    assert.match(
      occupied.stderr,
      /is in use by another program; set ANIMATIC_HOST or ANIMATIC_PORT\. \[bad_setting\]\n$/,
    );
    // The start that failed has used up no key that nobody saw.
    const later = await startServerProcess(other, NO_KEY);
    assert.notEqual(shownKey(later), undefined);
    assert.equal(await later.stop(), 0);
  });

  it('refuses settings that it cannot use, each with one line', async () => {
    const empty = join(folder.path, 'empty');
    await writeFile(join(folder.path, 'file'), '');
    const damaged = join(folder.path, 'damaged');
    assert.equal((await runAnimatic(['credit'], { ANIMATIC_DATA: damaged })).exitCode, 0);
    await writeFile(join(damaged, 'signing.key'), 'half a k');
    const cases: readonly [Record<string, string>, RegExp][] = [
      [{ ANIMATIC_DATA: join(folder.path, 'file', 'data') }, /^The data folder .* cannot be used: ENOTDIR/],
      [{ ANIMATIC_DATA: damaged }, /signing\.key is damaged; remove it/],
      [{ ANIMATIC_DATA: empty, ANIMATIC_BOOTSTRAP_KEY: 'short' }, /^ANIMATIC_BOOTSTRAP_KEY: .*16 characters/],
      [
        { ANIMATIC_DATA: empty, ANIMATIC_ALLOW_PRIVATE_URLS: 'home' },
        /^ANIMATIC_ALLOW_PRIVATE_URLS holds "home"/,
      ],
      [{ ANIMATIC_DATA: empty, ANIMATIC_BOOTSTRAP_CREDIT: '-1' }, /^ANIMATIC_BOOTSTRAP_CREDIT="-1" must be/],
      [
        { ANIMATIC_DATA: empty, ANIMATIC_DEPTH_MODEL: '/nowhere' },
        /^ANIMATIC_DEPTH_MODEL=".*" does not exist/,
      ],
    ];
    for (const [environment, message] of cases) {
      const { exitCode, stdout, stderr } = await serve({ ANIMATIC_PORT: '0', ...environment });
      assert.deepEqual([exitCode, stdout], [1, ''], stderr);
      assert.match(stderr, message);
      assert.match(stderr, /^[^\n]* \[bad_setting\]\n$/);
    }
  });

  it('stops on SIGTERM with exit code 0, and shows no key at its second start', async () => {
    assert.equal(await server.stop(), 0);
    assert.match(server.output(), /Stopping: tasks that are running go back to the queue\.\n$/);
    await assert.rejects(readFile(join(data, 'server.json')), { code: 'ENOENT' });
    server = await startServerProcess(data, NO_KEY);
    assert.equal(shownKey(server), undefined);
    assert.doesNotMatch(server.output(), /curl/);
    assert.equal((await new TestClient(server.url, `Bearer ${shownFirst}`).get('/admin/whoami')).status, 200);
  });

  it('keeps to a key of the operator’s choice, and does not bring it back once it is revoked', async () => {
    const chosen = join(folder.path, 'chosen');
    const first = await startServerProcess(chosen);
    assert.equal(shownKey(first), undefined);
    const owner = new TestClient(first.url, `Bearer ${TEST_KEY}`);
    const { apiKeyId } = (await owner.get('/admin/whoami')).body;
    assert.equal((await owner.delete(`/admin/keys/${apiKeyId}`)).status, 204);
    assert.equal(await first.stop(), 0);
    const again = await serve({
      ANIMATIC_DATA: chosen,
      ANIMATIC_PORT: '0',
      ANIMATIC_BOOTSTRAP_KEY: TEST_KEY,
    });
    assert.equal(again.exitCode, 1);
    assert.match(again.stderr, /^ANIMATIC_BOOTSTRAP_KEY: .* perhaps a revoked one.* \[bad_setting\]\n$/);
  });

  it('stops although somebody never ends a request', async () => {
    const { hostname, port } = new URL(server.url);
    const socket = connect(Number(port), hostname);
    socket.on('error', () => {});
    const half = 'POST /api/v3/media/upload/binary HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n';
    socket.write(`${half}Authorization: Bearer ${shownFirst}\r\nContent-Type: application/json\r\n\r\n{`);
    await once(socket, 'connect');
    assert.equal(await server.stop(), 0);
    socket.destroy();
    server = await startServerProcess(data, NO_KEY);
  });

  it('is not mistaken for another program that got its address after it was killed', async () => {
    await server.kill();
    // Its notice is still there, but its process is not.
    assert.equal((await readFile(join(data, 'server.json'), 'utf8')).includes(server.url), true);
    assert.match((await runAnimatic(['credit'], { ANIMATIC_DATA: data })).stdout, /^Balance: \$/);
    server = await startServerProcess(data, NO_KEY);
  });
});
