/**
 * Nothing that was acknowledged is lost, repeated or charged twice: the server or one of its processes is killed with
 * SIGKILL at random moments while tasks are submitted and made, and the books are added up at the end.
 */
import assert from 'node:assert/strict';
import { after, it } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import sharp from 'sharp';
import {
  makeTestFolder,
  type ServerProcess,
  startServerProcess,
  TEST_KEY,
} from '#tests/fixtures/server-process.ts';

const TASKS = 60;
const KILLS = 30;
/** 4 s at 480p with sound, from the printed table: $0.10 a second. */
const PRICE_DOLLARS = 0.4;
const ENDPOINT = '/api/v3/bytedance/seedance-2.0-fast/image-to-video-spicy';
const LIMIT_MS = 600_000;

const folder = await makeTestFolder();
after(() => folder.remove());

it(`survives ${KILLS} kills during ${TASKS} tasks`, { timeout: LIMIT_MS }, async () => {
  const image = `data:image/png;base64,${(await picture()).toString('base64')}`;
  const run = { server: await start(), acknowledged: new Set<string>(), killed: { server: 0, child: 0 } };

  try {
    await killWhileSubmitting(run, image);
  } catch (error) {
    await run.server.kill();
    throw error;
  }
  assert.equal(await run.server.stop(), 0);
});

async function killWhileSubmitting(run: Run, image: string): Promise<void> {
  const submitting = submitAll(run, image);
  await Promise.all([killAtRandom(run), submitting]);
  await waitForAll(run);

  assert.equal(run.acknowledged.size, TASKS);
  assert.equal(run.killed.server + run.killed.child, KILLS);
  assert.ok(run.killed.server > 5 && run.killed.child > 5, JSON.stringify(run.killed));
  await assertOutputs(run);
  await assertBooks(run.server);
}

interface Run {
  server: ServerProcess;
  readonly acknowledged: Set<string>;
  readonly killed: { server: number; child: number };
}

/** What the tests read of an answer: a submit's, or a task's. */
interface Answer {
  readonly data?: { readonly id?: string };
  readonly state?: string;
  readonly charged?: string;
  readonly output?: { readonly urlPath: string; readonly byteLength: number };
}

const start = () => startServerProcess(folder.path, { ANIMATIC_WORKERS: '2' });

const picture = () =>
  sharp({
    create: {
      width: 96,
      height: 54,
      channels: 3,
      background: '#4477aa',
      noise: { type: 'gaussian', mean: 128, sigma: 30 },
    },
  })
    .png()
    .toBuffer();

/** One call to whatever server is there; undefined when it died on the way. */
async function call(run: Run, path: string, body?: object): Promise<Answer | undefined> {
  try {
    const response = await fetch(run.server.url + path, {
      headers: { authorization: `Bearer ${TEST_KEY}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
    });
    assert.ok(response.status < 500, `HTTP ${response.status}`);
    return (await response.json()) as Answer;
  } catch (error) {
    if (error instanceof assert.AssertionError) throw error;
    return undefined;
  }
}

/** Submits until enough are acknowledged; an answer that was lost with the server counts for nothing. */
async function submitAll(run: Run, image: string): Promise<void> {
  while (run.acknowledged.size < TASKS) {
    const seed = run.acknowledged.size;
    const answer = await call(run, ENDPOINT, {
      image,
      prompt: 'pan left',
      resolution: '480p',
      duration: 4,
      seed,
    });
    const id = answer?.data?.id;
    if (id !== undefined) run.acknowledged.add(id);
    await pause(id === undefined ? 50 : Math.random() * 1500);
  }
}

async function killAtRandom(run: Run): Promise<void> {
  for (let kill = 0; kill < KILLS; kill++) {
    await pause(100 + Math.random() * 2500);
    const children = run.server.childProcessIds();
    const victim = children[Math.floor(Math.random() * children.length)];
    if (victim !== undefined && Math.random() < 0.5) {
      process.kill(victim, 'SIGKILL');
      run.killed.child++;
    } else {
      await run.server.kill();
      run.killed.server++;
      run.server = await start();
    }
  }
}

async function waitForAll(run: Run): Promise<void> {
  for (const id of run.acknowledged) {
    for (;;) {
      const task = await call(run, `/admin/tasks/${id}?waitMs=5000&after=1000000`);
      if (task?.state === 'completed') break;
      assert.ok(
        task === undefined || ['created', 'processing'].includes(String(task.state)),
        JSON.stringify(task),
      );
    }
  }
}

async function assertOutputs(run: Run): Promise<void> {
  for (const id of run.acknowledged) {
    const task = await call(run, `/admin/tasks/${id}`);
    assert.ok(task?.output);
    assert.equal(Number(task.charged), PRICE_DOLLARS);
    const file = await fetch(run.server.url + task.output.urlPath);
    assert.equal((await file.arrayBuffer()).byteLength, task.output.byteLength);
  }
}

/** Submits whose answer was lost were accepted too: the books cover every task there is. */
async function assertBooks(server: ServerProcess): Promise<void> {
  const answer = await fetch(`${server.url}/admin/ledger/verify`, {
    headers: { authorization: `Bearer ${TEST_KEY}` },
  });
  const report = (await answer.json()) as {
    faults: string[];
    taskCount: number;
    balances: Record<string, string>;
  };
  assert.deepEqual(report.faults, []);
  assert.ok(report.taskCount >= TASKS && report.taskCount <= TASKS + KILLS, String(report.taskCount));
  const amounts = Object.entries(report.balances).map(
    ([account, amount]) => [account, Number(amount)] as const,
  );
  const total = amounts.reduce((sum, [, amount]) => sum + Math.round(amount * 1e6), 0);
  assert.equal(total, 0, 'the ledger sums to zero');
  const revenue = Number(report.balances.revenue);
  const held = amounts
    .filter(([account]) => account.startsWith('held:'))
    .reduce((sum, [, amount]) => sum + amount, 0);
  assert.equal(Math.round((revenue + held) * 1e6), Math.round(report.taskCount * PRICE_DOLLARS * 1e6));
}
