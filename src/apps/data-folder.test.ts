import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import {
  openDataFolder,
  readCommandLineKey,
  readServerNotice,
  removeServerNotice,
  writeCommandLineKey,
  writeServerNotice,
} from './data-folder.ts';

const refused = (message: RegExp) => ({ name: 'AnimaticError', code: 'bad_setting', message });
const modeOf = (path: string) => statSync(path).mode & 0o777;

describe('the data folder', () => {
  let parent: string;
  let folder: string;
  beforeEach(() => {
    parent = mkdtempSync(join(tmpdir(), 'animatic-data-'));
    folder = join(parent, 'deep', 'data');
  });
  afterEach(() => rmSync(parent, { recursive: true }));

  it('is made for its owner alone, with keys that stay the same', () => {
    const first = openDataFolder(folder);
    assert.equal(modeOf(folder), 0o700);
    assert.equal(first.signingKey.byteLength, 32);
    assert.match(first.webhookKey, /^-----BEGIN PRIVATE KEY-----/);
    assert.deepEqual(openDataFolder(folder), first);
    assert.deepEqual(readdirSync(folder).toSorted(), ['signing.key', 'webhook.key']);
    for (const name of readdirSync(folder)) assert.equal(modeOf(join(folder, name)), 0o600, name);
    assert.notDeepEqual(openDataFolder(join(parent, 'other')).signingKey, first.signingKey);
  });

  it('that was there before keeps its mode', () => {
    mkdirSync(folder, { recursive: true, mode: 0o755 });
    openDataFolder(folder);
    assert.equal(modeOf(folder), 0o755);
  });

  it('is refused when it cannot be made, and with a signing key that anybody could have', () => {
    writeFileSync(join(parent, 'file'), '');
    assert.throws(() => openDataFolder(join(parent, 'file', 'data')), refused(/ENOTDIR.*set ANIMATIC_DATA/));
    openDataFolder(folder);
    for (const damaged of ['', 'abcd', 'no hexadecimal digits, but as long as a key has to be: 1234567']) {
      writeFileSync(join(folder, 'signing.key'), damaged);
      assert.throws(() => openDataFolder(folder), refused(/signing\.key is damaged; remove it/));
    }
  });

  it('has a key for the command line', () => {
    openDataFolder(folder);
    assert.equal(readCommandLineKey(folder), undefined);
    writeCommandLineKey(folder, 'first');
    writeCommandLineKey(folder, 'second');
    assert.equal(readCommandLineKey(folder), 'second');
    assert.equal(modeOf(join(folder, 'command-line.key')), 0o600);
  });

  it('says where its server listens as long as that server lives', () => {
    openDataFolder(folder);
    assert.equal(readServerNotice(folder), undefined);
    writeServerNotice(folder, 'http://127.0.0.1:1234');
    assert.equal(readServerNotice(folder), 'http://127.0.0.1:1234');
    const { pid: gone } = spawnSync(process.execPath, ['--version']);
    const notice = join(folder, 'server.json');
    writeFileSync(notice, JSON.stringify({ url: 'http://127.0.0.1:1234', processId: gone }));
    assert.equal(readServerNotice(folder), undefined);
    writeFileSync(notice, '{"url": "http://127');
    assert.equal(readServerNotice(folder), undefined);
    removeServerNotice(folder);
    removeServerNotice(folder);
    assert.ok(!readdirSync(folder).includes('server.json'));
  });
});
