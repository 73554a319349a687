import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import type { ClipInput } from '#animator/prepare-clip.ts';
import { createFrame } from '#animator/raster/create-frame.ts';
import { colouredWaves, drawPicture } from '#animator/raster/test-pictures.ts';
import { makeEngineJob } from '#tests/fixtures/engine-job.ts';
import { openDepthSource } from './depth/depth-source.ts';
import type { Drawing } from './drawing.ts';
import { renderClip } from './render-clip.ts';
import { countRenderThreads, RenderThreads } from './render-threads.ts';

const SIZE = { width: 162, height: 94 };
const still = drawPicture(SIZE, (x, y) => colouredWaves(x / 2, y / 2));

const makeInput = (seed: number): ClipInput => ({
  stills: [still],
  request: {
    prompt: 'push in, orbit left, rain, drifting clouds',
    durationSeconds: 1,
    cameraFixed: false,
    hasLastImage: false,
    seed,
    style: 'spicy',
  },
  quality: 'high',
});

async function hashesOf(drawing: Drawing): Promise<readonly string[]> {
  const out = createFrame(SIZE);
  const hashes: string[] = [];
  for (let index = 0; index < drawing.plan.frameCount; index += 1) {
    (await drawing.frame(index))(out);
    const hash = createHash('sha256');
    for (const { data } of [out.y, out.u, out.v]) hash.update(data);
    hashes.push(hash.digest('hex'));
  }
  await drawing.end();
  return hashes;
}

async function withThreads<Value>(
  count: number,
  use: (threads: RenderThreads) => Promise<Value>,
  entry?: URL,
): Promise<Value> {
  const threads = new RenderThreads(count, entry);
  try {
    return await use(threads);
  } finally {
    await threads.close();
  }
}

describe('render threads', { timeout: 60_000 }, () => {
  test('every frame has the same bytes, however many threads draw, one clip after another', async () => {
    const draw = (count: number) =>
      withThreads(count, async (threads) => [
        await hashesOf(await threads.begin(makeInput(1))),
        await hashesOf(await threads.begin(makeInput(2))),
      ]);
    const expected = await draw(0);
    assert.equal(expected[0]!.length, 24);
    assert.notDeepEqual(expected[0], expected[1]);
    assert.deepEqual(await draw(1), expected);
    assert.deepEqual(await draw(3), expected);
  });

  test('a clip that is given up leaves the threads free for the next', async () => {
    await withThreads(2, async (threads) => {
      const given = await threads.begin(makeInput(1));
      await given.frame(0);
      await given.end();
      await assert.rejects(given.frame(1), /stopped/);
      assert.equal((await hashesOf(await threads.begin(makeInput(2)))).length, 24);
    });
  });

  test('take half of a share of the cores', () => {
    assert.deepEqual(
      [
        [1, 1],
        [2, 1],
        [2, 2],
        [4, 2],
        [8, 1],
        [64, 2],
      ].map(([cores, processes]) => countRenderThreads(cores!, processes!)),
      [0, 1, 0, 1, 2, 2],
    );
  });
});

describe('a render thread that fails', { timeout: 60_000 }, () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'animatic-threads-'));
  });
  after(() => rm(folder, { recursive: true }));

  async function writeProgram(name: string, onMessage: string): Promise<URL> {
    const file = path.join(folder, `${name}.mjs`);
    const sources = new URL('../../../', import.meta.url);
    await writeFile(
      file,
      `import { parentPort } from 'node:worker_threads';
       import { FrameRing } from '${new URL('animator/parallel/frame-ring.ts', sources)}';
       parentPort.on('message', ({ ring }) => {
         const frames = new FrameRing(ring);
         ${onMessage}
       });`,
    );
    return pathToFileURL(file);
  }

  test('before the clip is planned: the clip is refused, and so is every later one', async () => {
    const entry = await writeProgram('unplanned', "throw new Error('a defect');");
    await withThreads(
      2,
      async (threads) => {
        await assert.rejects(threads.begin(makeInput(1)), /A render thread failed: a defect/);
        await assert.rejects(threads.begin(makeInput(1)), /A render thread failed: a defect/);
      },
      entry,
    );
  });

  test('in the middle of a clip: the frames before are there, the others are not, and no file is left', async () => {
    const entry = await writeProgram(
      'unfinished',
      `const plan = { frameCount: 24, size: ring.size, notes: [], seed: 1 };
       parentPort.postMessage({ kind: 'planned', plan });
       for (let index = 0; index < 2; index += 1) frames.publish(frames.takeNext());
       frames.waitForRoom(4);
       throw new Error('a defect');`,
    );
    const output = await mkdtemp(path.join(folder, 'output-'));
    const job = makeEngineJob({ folder: output, imagePaths: ['/nothing.png'], generateAudio: false });
    const depth = await openDepthSource(undefined);
    await withThreads(
      1,
      async (threads) => {
        const drawing = await threads.begin(makeInput(1));
        const out = createFrame(SIZE);
        for (const index of [0, 1]) (await drawing.frame(index))(out);
        await assert.rejects(drawing.frame(2), /A render thread failed: a defect/);
        await drawing.end();
        const news = { progress: () => {}, log: () => {} };
        const begin = async () => ({ ...drawing, plan: { ...drawing.plan, size: job.size } });
        const signal = new AbortController().signal;
        await assert.rejects(renderClip({ ...job, imagePaths: [] }, depth, news, signal, begin), /a defect/);
      },
      entry,
    );
    assert.deepEqual(await readdir(output), []);
  });
});
