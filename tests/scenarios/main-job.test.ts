/**
 * The main job on the real program: a picture and a prompt go in over HTTP, a clip comes out that has what was asked for and
 * plays in a browser.
 */
import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { chromium } from 'playwright-core';
import sharp from 'sharp';
import { decodeStill } from '#animator/encode/decode-still.ts';
import { CHROMIUM_FLAGS, findChromium } from '#tests/fixtures/find-chromium.ts';
import {
  makeTestFolder,
  type ServerProcess,
  startServerProcess,
  TEST_KEY,
  type TestFolder,
} from '#tests/fixtures/server-process.ts';
import { TestClient } from '#tests/fixtures/test-client.ts';
import { decodeFrames } from '#tests/media/decode-frames.ts';
import { type ClipProbe, probeClip } from '#tests/media/probe-clip.ts';

const STILL = new URL('../../examples/stills/lakeside.jpg', import.meta.url).pathname;
/** A function that runs in the page; plain JavaScript, because the project's types know no document. */
const PLAY_TO_END = new URL('../fixtures/play-to-end.js', import.meta.url);
const CHROMIUM = findChromium();

describe('the main job', () => {
  let folder: TestFolder;
  let server: ServerProcess;
  let client: TestClient;
  let clipPath: string;
  let clipUrl: string;
  let probe: ClipProbe;

  before(async () => {
    folder = await makeTestFolder();
    server = await startServerProcess(folder.path);
    client = new TestClient(server.url, `Bearer ${TEST_KEY}`);
    clipUrl = await generate({ resolution: '480p', aspect_ratio: '4:3', duration: 4, seed: 7 });
    clipPath = await download(clipUrl, 'clip.mp4');
    probe = probeClip(clipPath);
  });

  after(async () => {
    await server.stop();
    await folder.remove();
  });

  async function generate(changes: object): Promise<string> {
    const image = `data:image/jpeg;base64,${(await sharp(STILL).toBuffer()).toString('base64')}`;
    const answer = await client.post('/api/v3/bytedance/seedance-v1.5-pro/image-to-video-spicy', {
      image,
      prompt: 'slow push in, gentle rain',
      enable_sync_mode: true,
      ...changes,
    });
    assert.equal(answer.body.data?.status, 'completed', JSON.stringify(answer.body));
    return answer.body.data.outputs[0];
  }

  async function download(url: string, name: string): Promise<string> {
    const path = join(folder.path, name);
    await writeFile(path, new Uint8Array(await (await fetch(url)).arrayBuffer()));
    return path;
  }

  it('has the asked pixels, exactly 24 frames a second, and sound', () => {
    assert.deepEqual([probe.width, probe.height], [752, 560]);
    assert.equal(probe.frameCount, 96);
    assert.equal(probe.durationSeconds, 4);
    assert.equal(probe.videoCodecString?.slice(0, 7), 'avc1.64');
    assert.equal(probe.pixelFormat, 'yuv420p');
    assert.deepEqual(
      [probe.audio?.codecString, probe.audio?.sampleRate, probe.audio?.channels],
      ['mp4a.40.2', 48000, 2],
    );
  });

  it('has its index first, so that it plays while it loads', () => {
    const { boxes } = probe;
    assert.equal(boxes[0], 'ftyp');
    assert.ok(boxes.indexOf('moov') < boxes.indexOf('mdat'), boxes.join(' '));
  });

  it('starts on the fitted still', async () => {
    const size = { width: 752, height: 560 };
    const still = await decodeStill(STILL, size);
    const [frame] = decodeFrames(clipPath, [0]);
    assert.ok(frame);
    let squares = 0;
    for (let pixel = 0; pixel < size.width * size.height; pixel++) {
      const [red, green, blue] = still.data.subarray(4 * pixel, 4 * pixel + 3);
      // BT.709, limited range.
      const expected = 16 + (219 / 255) * (0.2126 * red! + 0.7152 * green! + 0.0722 * blue!);
      squares += (frame.y.data[pixel]! - expected) ** 2;
    }
    const psnr = 10 * Math.log10(255 ** 2 / (squares / (size.width * size.height)));
    assert.ok(psnr >= 40, `${psnr.toFixed(1)} dB`);
  });

  it('moves', () => {
    const [first, last] = decodeFrames(clipPath, [0, 95]);
    const difference = first!.y.data.reduce(
      (sum, value, index) => sum + Math.abs(value - last!.y.data[index]!),
      0,
    );
    assert.ok(difference / first!.y.data.length > 2, 'the last frame is the first one again');
  });

  it('comes out the same for the same seed, and without a sound track when none is wanted', async () => {
    const again = await download(
      await generate({ resolution: '480p', aspect_ratio: '4:3', duration: 4, seed: 7 }),
      'again.mp4',
    );
    assert.deepEqual(await readFile(again), await readFile(clipPath));
    const silent = await download(
      await generate({ resolution: '480p', aspect_ratio: '16:9', duration: 4, generate_audio: false }),
      'silent.mp4',
    );
    const silentProbe = probeClip(silent);
    assert.deepEqual([silentProbe.audio, silentProbe.width, silentProbe.height], [undefined, 864, 496]);
  });

  it('plays in a browser from start to end', {
    skip: CHROMIUM === undefined && 'no Chromium found; set ANIMATIC_CHROMIUM',
  }, async () => {
    const browser = await chromium.launch({ executablePath: CHROMIUM!, args: [...CHROMIUM_FLAGS] });
    try {
      const page = await browser.newPage();
      await page.goto(`${server.url}/healthz`);
      const played = await page.evaluate<Played>(
        `(${await readFile(PLAY_TO_END, 'utf8')})(${JSON.stringify(clipUrl)})`,
      );
      assert.deepEqual(
        [played.error, played.width, played.height, played.duration],
        [undefined, 752, 560, 4],
      );
      assert.ok(played.playedSeconds > 3.9, `${played.playedSeconds} s were played`);
      assert.ok(played.decodedFrames > 0 && played.soundBytes > 0, JSON.stringify(played));
    } finally {
      await browser.close();
    }
  });
});

interface Played {
  readonly error?: string;
  readonly width: number;
  readonly height: number;
  readonly duration: number;
  readonly playedSeconds: number;
  readonly decodedFrames: number;
  readonly soundBytes: number;
}
