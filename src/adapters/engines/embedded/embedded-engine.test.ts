/** The engine as it ships: real pictures, real clips. */
import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import sharp from 'sharp';
import type { EngineJob, EngineStatus } from '#ports/engine.ts';
import { testEngineConformance } from '#tests/conformance/engine-conformance.ts';
import { makeEngineJob } from '#tests/fixtures/engine-job.ts';
import { silentLog } from '#tests/fixtures/silent-log.ts';
import { randomIds } from '../../system/random-ids.ts';
import { EmbeddedEngine } from './embedded-engine.ts';

const open = () => new EmbeddedEngine({ workers: 1, ids: randomIds, log: silentLog });

/** A folder with a still: a bright disc before a gradient. */
async function openFolder() {
  const folder = await mkdtemp(path.join(tmpdir(), 'animatic-engine-'));
  const still = path.join(folder, 'still.png');
  const drawing = `<svg width="640" height="360" xmlns="http://www.w3.org/2000/svg">
    <defs><linearGradient id="sky" x2="0" y2="1"><stop stop-color="#25507f"/><stop offset="1" stop-color="#d8c9a0"/></linearGradient></defs>
    <rect width="640" height="360" fill="url(#sky)"/><circle cx="300" cy="210" r="80" fill="#f0e0d0"/></svg>`;
  await sharp(Buffer.from(drawing)).png().toFile(still);
  return { folder, still, remove: () => rm(folder, { recursive: true }) };
}

const ABANDONED_SERVER = new URL('../../../../tests/fixtures/abandoned-engine.ts', import.meta.url);

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

testEngineConformance('embedded engine', async () => {
  const { folder, still, remove } = await openFolder();
  const engine = open();
  const long = { durationSeconds: 15, size: { width: 1280, height: 720 } };
  return {
    engine,
    makeJob: (kind) => makeEngineJob({ folder, imagePaths: [still], ...(kind === 'long' ? long : {}) }),
    dispose: async () => {
      await engine.close();
      await remove();
    },
  };
});

describe('embedded engine', { timeout: 120_000 }, () => {
  let engine: EmbeddedEngine;
  let opened: Awaited<ReturnType<typeof openFolder>>;
  before(async () => {
    opened = await openFolder();
    engine = open();
  });
  after(async () => {
    await engine.close();
    await opened.remove();
  });

  const makeJob = (overrides: Partial<EngineJob> = {}) =>
    makeEngineJob({ folder: opened.folder, imagePaths: [opened.still], ...overrides });

  async function run(job: EngineJob): Promise<EngineStatus> {
    const handle = await engine.start(job);
    let status = await engine.status(handle, { waitMs: 0 });
    while (status.state === 'running')
      status = await engine.status(handle, { after: status.revision, waitMs: 10_000 });
    return status.state === 'completed' ? engine.status(handle, { waitMs: 0 }) : status;
  }

  /** SHA-256 of the clip that a job makes. */
  async function hashOf(job: EngineJob): Promise<string> {
    const status = await run(job);
    assert.equal(status.state, 'completed', JSON.stringify(status));
    return createHash('sha256')
      .update(await readFile(job.outputPath))
      .digest('hex');
  }

  test('one seed gives the same bytes, in the same process and in another; another seed does not', async () => {
    const first = await hashOf(makeJob({ quality: 'high' }));
    // A clip in between leaves other values in the memory that the next one is made in.
    assert.notEqual(await hashOf(makeJob({ quality: 'high', seed: 8 })), first);
    assert.equal(await hashOf(makeJob({ quality: 'high' })), first);
    const other = open();
    const job = makeJob({ quality: 'high' });
    const handle = await other.start(job);
    let status = await other.status(handle, { waitMs: 0 });
    while (status.state === 'running')
      status = await other.status(handle, { after: status.revision, waitMs: 10_000 });
    await other.close();
    assert.equal(
      createHash('sha256')
        .update(await readFile(job.outputPath))
        .digest('hex'),
      first,
    );
  });

  test('"auto" takes the length from the prompt, capped by the longest that was sold', async () => {
    const asked = await run(
      makeJob({ durationSeconds: 'auto', prompt: 'a 4 second shot', longestDurationSeconds: 15 }),
    );
    assert.ok(asked.state === 'completed' && asked.clip.durationSeconds === 4, JSON.stringify(asked));
    const capped = await run(
      makeJob({ durationSeconds: 'auto', prompt: 'a 9 second shot', longestDurationSeconds: 2 }),
    );
    assert.ok(capped.state === 'completed' && capped.clip.durationSeconds === 2, JSON.stringify(capped));
  });

  test('the log says what is rendered', async () => {
    const status = await run(makeJob({ generateAudio: false }));
    assert.ok(status.state === 'completed');
    assert.ok(
      status.log.some(({ message }) => message === 'Rendering 24 frames of 320x180 without sound, seed 7.'),
    );
  });

  for (const [role, index, overrides] of [
    ['images', 1, (good: string, bad: string) => ({ imagePaths: [good, bad, good] })],
    ['lastImage', 0, (good: string, bad: string) => ({ imagePaths: [good], lastImagePath: bad })],
  ] as const) {
    test(`a damaged file is named by its role: ${role}[${index}]`, async () => {
      const damaged = path.join(opened.folder, `damaged-${role}.png`);
      await writeFile(damaged, (await readFile(opened.still)).subarray(0, 400));
      const job = makeJob(overrides(opened.still, damaged));
      const status = await run(job);
      assert.ok(status.state === 'failed', JSON.stringify(status));
      assert.equal(status.error.code, 'media_unreadable');
      assert.equal(status.error.details?.role, role);
      assert.equal(status.error.details?.index, index);
      assert.ok(!(await readdir(opened.folder)).includes(path.basename(job.outputPath)));
    });
  }

  test('a render process whose server vanishes exits in the middle of its job', {
    skip: process.platform !== 'linux',
  }, async () => {
    const server = fork(ABANDONED_SERVER, [opened.folder, opened.still]);
    await once(server, 'message');
    const children = await readFile(`/proc/${server.pid}/task/${server.pid}/children`, 'utf8');
    const renderer = Number(children.trim());
    assert.ok(isAlive(renderer));
    server.kill('SIGKILL');
    while (isAlive(renderer)) await setTimeout(5);
  });
});
