/** Clips whose depth comes from a network, from the file to the frames. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import sharp from 'sharp';
import type { I420Frame } from '#animator/raster/picture.ts';
import { drawPicture, waves } from '#animator/raster/test-pictures.ts';
import type { EngineLogLine, EngineStatus } from '#ports/engine.ts';
import { makeEngineJob } from '#tests/fixtures/engine-job.ts';
import { writeDepthNetwork } from '#tests/fixtures/onnx-network.ts';
import { silentLog } from '#tests/fixtures/silent-log.ts';
import { decodeFrames } from '#tests/media/decode-frames.ts';
import { randomIds } from '../../../system/random-ids.ts';
import { EmbeddedEngine } from '../embedded-engine.ts';
import { renderClip } from '../render-clip.ts';
import { type DepthSource, openDepthSource } from './depth-source.ts';
import type { DepthModelFiles } from './find-depth-model.ts';

const SIZE = { width: 320, height: 180 };

let folder: string;
let still: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'animatic-depth-source-'));
  still = join(folder, 'still.png');
  // The same waves everywhere, bright on the left and dark on the right.
  const { data } = drawPicture(SIZE, (x, y) => {
    const value = (x < SIZE.width / 2 ? 160 : 40) + waves(x, y) / 4;
    return [value, value, value];
  });
  await sharp(data, { raw: { ...SIZE, channels: 4 } })
    .png()
    .toFile(still);
});
after(() => rm(folder, { recursive: true }));

async function modelFiles(name: string, content: Uint8Array): Promise<DepthModelFiles> {
  const modelPath = join(folder, name);
  await writeFile(modelPath, content);
  return { modelPath, preprocessorPath: undefined };
}

const makeJob = (imagePaths = [still]) =>
  makeEngineJob({
    folder,
    imagePaths,
    size: SIZE,
    durationSeconds: 2,
    generateAudio: false,
    prompt: 'The camera trucks to the right.',
  });

async function render(source: DepthSource, imagePaths?: string[]) {
  const job = makeJob(imagePaths);
  const lines: EngineLogLine[] = [];
  const news = { progress: () => {}, log: (line: EngineLogLine) => void lines.push(line) };
  await renderClip(job, source, news, new AbortController().signal);
  return { path: job.outputPath, depthLines: lines.filter(({ message }) => message.startsWith('Depth')) };
}

/** By how many pixels the columns from `left` on have moved to the right between two frames: the best match of their texture. */
function shiftOf(from: I420Frame, to: I420Frame, left: number): number {
  const [columns, top, bottom] = [60, 40, 140];
  const differenceAt = (shift: number): number => {
    let sum = 0;
    for (let y = top; y < bottom; y++) {
      for (let x = left; x < left + columns; x++)
        sum += Math.abs(to.y.data[y * SIZE.width + x + shift]! - from.y.data[y * SIZE.width + x]!);
    }
    return sum;
  };
  const shifts = Array.from({ length: 61 }, (_, i) => i - 30);
  return shifts.reduce((best, shift) => (differenceAt(shift) < differenceAt(best) ? shift : best));
}

/** How far the left and the right half have moved to the left near the end of the clip, in pixels. */
function shiftsIn(path: string): { readonly left: number; readonly right: number } {
  const [first, last] = decodeFrames(path, [0, 40]) as [I420Frame, I420Frame];
  return { left: -shiftOf(first, last, 40), right: -shiftOf(first, last, 220) };
}

describe('a clip with a depth network', { timeout: 120_000 }, () => {
  test('moves what the network calls near further than what it calls far', async () => {
    const bright = await openDepthSource(await modelFiles('bright.onnx', writeDepthNetwork()));
    const dark = await openDepthSource(
      await modelFiles('dark.onnx', writeDepthNetwork({ isInverted: true })),
    );
    const [near, far] = [await render(bright), await render(dark)];
    // Both clips are enlarged alike to keep their borders covered: what differs is the parallax.
    const [ofBright, ofDark] = [shiftsIn(near.path), shiftsIn(far.path)];
    const seen = JSON.stringify({ ofBright, ofDark });
    assert.ok(ofBright.left >= ofDark.left + 8, seen);
    assert.ok(ofDark.right >= ofBright.right + 8, seen);
    assert.deepEqual(near.depthLines, [
      { level: 'info', message: 'Depth: measured by the network bright.onnx.' },
    ]);
  });

  test('is made with the estimate for a picture on which the network fails, and says so', async () => {
    // Fixed to a batch of its own size, it takes no picture at all.
    const source = await openDepthSource(await modelFiles('greedy.onnx', writeDepthNetwork({ batch: 2 })));
    const { depthLines } = await render(source, [still, still]);
    assert.equal(depthLines.length, 2);
    assert.match(
      depthLines[1]!.message,
      /^Depth: estimated from the picture 2; the network failed: .*dimensions/,
    );
  });
});

describe('without a network that can be used', { timeout: 120_000 }, () => {
  const hashOf = async (path: string) =>
    createHash('sha256')
      .update(await readFile(path))
      .digest('hex');

  test('every clip is the same as with none asked for', async () => {
    const none = await openDepthSource(undefined);
    const corrupt = await openDepthSource(await modelFiles('corrupt.onnx', Uint8Array.of(1, 2, 3)));
    const files = await modelFiles('fine.onnx', writeDepthNetwork());
    const missing = await openDepthSource(files, 'no-such-onnx-runtime');
    assert.equal(none.notice, undefined);
    assert.equal(corrupt.notice?.level, 'warn');
    assert.match(corrupt.notice.message, /corrupt\.onnx cannot be used: .*protobuf/);
    assert.match(missing.notice!.message, /fine\.onnx cannot be used: the optional package/);
    const clips = [await render(none), await render(corrupt), await render(missing)];
    assert.deepEqual(
      clips.map(({ depthLines }) => depthLines.map(({ level }) => level)),
      [['info'], ['warn'], ['warn']],
    );
    assert.match(
      clips[2]!.depthLines[0]!.message,
      /estimated from the picture; .* no-such-onnx-runtime is not/,
    );
    // What clients read names no folder of the operator's.
    assert.ok(!clips.some(({ depthLines }) => depthLines[0]!.message.includes(folder)));
    assert.equal(new Set(await Promise.all(clips.map(({ path }) => hashOf(path)))).size, 1);
  });
});

describe('an engine with a depth network', { timeout: 120_000 }, () => {
  async function run(depthModel: DepthModelFiles) {
    const notices: string[] = [];
    const note = (level: string) => (_: unknown, message: string) =>
      void notices.push(`${level}: ${message}`);
    const engine = new EmbeddedEngine({
      workers: 1,
      ids: randomIds,
      log: { ...silentLog, info: note('info'), warn: note('warn') },
      depthModel,
    });
    const job = makeJob();
    const handle = await engine.start(job);
    let status: EngineStatus = await engine.status(handle, { waitMs: 0 });
    while (status.state === 'running')
      status = await engine.status(handle, { after: status.revision, waitMs: 10_000 });
    status = await engine.status(handle, { waitMs: 0 });
    await engine.close();
    assert.ok(status.state === 'completed', JSON.stringify(status));
    return { path: job.outputPath, notices, messages: status.log.map(({ message }) => message) };
  }

  test('measures in its render process, to the same bytes, and tells the operator and the task', async () => {
    const files = await modelFiles('near-dark.onnx', writeDepthNetwork({ isInverted: true }));
    const clip = await run(files);
    assert.deepEqual(clip.notices, [`info: Depth is measured by the network ${files.modelPath}.`]);
    assert.ok(clip.messages.includes('Depth: measured by the network near-dark.onnx.'));
    const here = await render(await openDepthSource(files));
    assert.deepEqual(await readFile(clip.path), await readFile(here.path));
  });

  test('makes clips with a broken one, too', async () => {
    const files = await modelFiles('broken.onnx', writeDepthNetwork().subarray(0, 50));
    const { notices, messages } = await run(files);
    assert.equal(notices.length, 1);
    assert.match(notices[0]!, /^warn: The depth network .*broken\.onnx cannot be used/);
    assert.ok(messages.some((message) => message.startsWith('Depth: estimated from the picture; ')));
  });
});
