import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import sharp from 'sharp';
import { makeClipFile } from '#tests/fixtures/clip-file.ts';
import { silentLog } from '#tests/fixtures/silent-log.ts';
import { PosterMakerProcess } from './poster-maker-process.ts';

describe('the poster process', { timeout: 60_000 }, () => {
  let folder: string;
  let posters: PosterMakerProcess;
  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'animatic-posters-'));
    posters = new PosterMakerProcess({ log: silentLog, mostKept: 2 });
  });
  after(async () => {
    await posters.close();
    await rm(folder, { recursive: true });
  });

  const place = async (name: string, bytes: Uint8Array): Promise<string> => {
    const filePath = path.join(folder, name);
    await writeFile(filePath, bytes);
    return filePath;
  };
  const clip = (width: number, height: number) =>
    makeClipFile({ size: { width, height }, frameCount: 3, hasSound: true });

  it('takes the first picture, in its own colours, with a longest side of 640', async () => {
    const poster = await posters.make(await place('wide.mp4', await clip(1280, 720)));
    const { data, info } = await sharp(poster).raw().toBuffer({ resolveWithObject: true });
    assert.deepEqual([info.width, info.height, info.channels], [640, 360, 3]);
    // All three planes hold 120: by BT.709 in limited range that is this green grey.
    const near = [107, 127, 104].map((value, channel) => Math.abs(data[3000 + channel]! - value));
    assert.ok(Math.max(...near) <= 4, `${data.subarray(3000, 3003)}`);
  });

  it('leaves a small one at its size, upright ones too', async () => {
    const poster = await posters.make(await place('tall.mp4', await clip(180, 320)));
    const { width, height, format } = await sharp(poster).metadata();
    assert.deepEqual([width, height, format], [180, 320, 'webp']);
  });

  it('keeps the latest, and makes the others anew', async () => {
    const bytes = await clip(320, 180);
    const paths = await Promise.all(['a.mp4', 'b.mp4', 'c.mp4'].map((name) => place(name, bytes)));
    const first = await posters.make(paths[0]!);
    assert.equal(await posters.make(paths[0]!), first, 'kept');
    for (const filePath of paths.slice(1)) await posters.make(filePath);
    const again = await posters.make(paths[0]!);
    assert.notEqual(again, first);
    assert.deepEqual(again, first);
  });

  it('refuses what is no clip, and takes it when it has become one', async () => {
    const filePath = await place('late.mp4', new TextEncoder().encode('no clip'));
    await assert.rejects(posters.make(filePath), { code: 'media_unreadable' });
    await assert.rejects(posters.make(path.join(folder, 'gone.mp4')), { code: 'media_unreadable' });
    await place('late.mp4', await clip(320, 180));
    assert.ok((await posters.make(filePath)).byteLength > 0);
  });
});
