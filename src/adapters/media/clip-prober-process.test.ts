import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { AnimaticError, type ErrorCode } from '#domain/errors.ts';
import { makeClipFile } from '#tests/fixtures/clip-file.ts';
import { silentLog } from '#tests/fixtures/silent-log.ts';
import { ClipProberProcess } from './clip-prober-process.ts';

const SIZE = { width: 96, height: 64 };

describe('the clip prober in a process of its own', { timeout: 30_000 }, () => {
  let folder: string;
  let prober: ClipProberProcess;
  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'animatic-prober-'));
    prober = new ClipProberProcess({ log: silentLog });
  });
  after(async () => {
    await prober.close();
    await rm(folder, { recursive: true });
  });

  async function save(name: string, bytes: Uint8Array): Promise<string> {
    const filePath = path.join(folder, name);
    await writeFile(filePath, bytes);
    return filePath;
  }

  const isRefused = (code: ErrorCode) => (error: unknown) =>
    error instanceof AnimaticError && error.code === code;

  it('tells size, frames, length and sound of a clip', async () => {
    const bytes = await makeClipFile({ size: SIZE, frameCount: 25, hasSound: true });
    const facts = await prober.probe(await save('clip', bytes));
    assert.deepEqual(facts, {
      container: 'mp4',
      videoCodec: 'h264',
      size: SIZE,
      frameCount: 25,
      framesPerSecond: 24,
      durationSeconds: 25 / 24,
      hasSound: true,
    });
  });

  it('tells a clip without sound', async () => {
    const bytes = await makeClipFile({ size: SIZE, frameCount: 24, hasSound: false });
    assert.equal((await prober.probe(await save('silent', bytes))).hasSound, false);
  });

  it('answers many at once', async () => {
    const bytes = await makeClipFile({ size: SIZE, frameCount: 24, hasSound: false });
    const filePath = await save('shared', bytes);
    const counts = await Promise.all(Array.from({ length: 8 }, () => prober.probe(filePath)));
    assert.ok(counts.every(({ frameCount }) => frameCount === 24));
  });

  it('refuses what is no film', async () => {
    const page = await save('page', Buffer.from('<html>Service unavailable</html>'));
    await assert.rejects(prober.probe(page), isRefused('media_unsupported'));
    await assert.rejects(prober.probe(await save('empty', new Uint8Array())), isRefused('media_unsupported'));
  });

  it('refuses a film that broke off, and goes on', async () => {
    const bytes = await makeClipFile({ size: SIZE, frameCount: 24, hasSound: false });
    await assert.rejects(
      prober.probe(await save('head', bytes.subarray(0, 40))),
      isRefused('media_unreadable'),
    );
    const half = bytes.subarray(0, Math.floor(bytes.length * 0.75));
    await assert.rejects(prober.probe(await save('half', half)), isRefused('media_unreadable'));
    assert.equal((await prober.probe(await save('whole', bytes))).frameCount, 24);
  });
});
