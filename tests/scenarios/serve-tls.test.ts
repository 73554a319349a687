/** The real program on TLS, and its own command line beside it. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { loadTls } from '#apps/load-tls.ts';
import { readSettings } from '#apps/settings.ts';
import { runProgram } from '#tests/fixtures/run-program.ts';
import {
  makeTestFolder,
  type ServerProcess,
  startServerProcess,
  TEST_KEY,
  type TestFolder,
} from '#tests/fixtures/server-process.ts';

const COMMAND = resolve(import.meta.dirname, '../../bin/animatic.js');

describe('serve on TLS', { timeout: 60_000 }, () => {
  let folder: TestFolder;
  let server: ServerProcess;
  let authorityPath: string;
  before(async () => {
    folder = await makeTestFolder();
    // As an earlier start left it: clients that trusted it need not be told again.
    const tls = await loadTls(readSettings({ ANIMATIC_DATA: folder.path, ANIMATIC_TLS: 'on' }, folder.path));
    authorityPath = tls!.authorityPath!;
    setDefaultCACertificates([...getCACertificates('default'), readFileSync(authorityPath, 'utf8')]);
    server = await startServerProcess(folder.path, {}, ['--tls']);
  });
  after(async () => {
    assert.equal(await server.stop(), 0);
    await folder.remove();
  });

  const lines = (command: string) => runProgram('sh', ['-c', command], { ANIMATIC_DATA: folder.path });

  test('it says where it is and whom to trust, and the certificate of the first start is kept', () => {
    assert.match(server.url, /^https:\/\/127\.0\.0\.1:\d+$/);
    assert.match(server.output(), /Animatic is listening on https:/);
    assert.ok(server.output().includes(authorityPath));
  });

  test('curl trusts it by the authority, under its own and under a vendor’s name', async () => {
    const port = new URL(server.url).port;
    const own = await lines(`curl -sS --cacert ${authorityPath} ${server.url}/healthz`);
    assert.deepEqual([own.exitCode, own.stdout], [0, '{"status":"ok"}'], own.stderr);
    const url = `https://api.wavespeed.ai:${port}/api/v3/balance`;
    const key = `-H "Authorization: Bearer ${TEST_KEY}"`;
    const vendor = await lines(
      `curl -sS --cacert ${authorityPath} --resolve api.wavespeed.ai:${port}:127.0.0.1 ${key} ${url}`,
    );
    assert.equal(JSON.parse(vendor.stdout).code, 200, vendor.stderr);
    assert.notEqual((await lines(`curl -sS ${server.url}/healthz`)).exitCode, 0, 'nobody else trusts it');
  });

  test('the command line finds the server and trusts it by itself', async () => {
    const { exitCode, stdout, stderr } = await runProgram(process.execPath, [COMMAND, 'keys', 'list'], {
      ANIMATIC_DATA: folder.path,
    });
    assert.equal(exitCode, 0, stderr);
    assert.match(stdout, /command line/);
  });
});
