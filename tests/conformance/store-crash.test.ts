/** The store under kill -9: what was acknowledged is there, and what was not has left no half behind. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { openSqliteStore } from '#adapters/sqlite/sqlite-store.ts';
import { taskId } from '#domain/ids.ts';
import { usd } from '#domain/money.ts';
import { findTask } from './store-fixture.ts';

const CHILD = fileURLToPath(new URL('./store-crash-child.ts', import.meta.url));

/** After how many lines each child is killed: the first while it opens a new database, the others anywhere in its work. */
const KILLED_AFTER = [1, ...Array.from({ length: 4 }, () => randomInt(2, 300))];

/** The lines that a child wrote before it was killed. */
async function runUntilKilled(
  filePath: string,
  prefix: string,
  lineCount: number,
): Promise<readonly string[]> {
  const child = spawn(process.execPath, [CHILD, filePath, prefix], { stdio: ['ignore', 'pipe', 'inherit'] });
  const closed = once(child, 'close');
  const lines: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    lines.push(line);
    if (lines.length === lineCount) child.kill('SIGKILL');
  }
  const [, signal] = await closed;
  assert.equal(signal, 'SIGKILL', 'the child ended by itself');
  return lines;
}

test(`nothing acknowledged is lost by kill -9 after ${KILLED_AFTER.join(', ')} lines`, async (context) => {
  const folder = await mkdtemp(join(tmpdir(), 'animatic-crash-'));
  context.after(() => rm(folder, { recursive: true }));
  const filePath = join(folder, 'animatic.db');
  const submitted = new Set<string>();
  const finished = new Set<string>();
  for (const [round, lineCount] of KILLED_AFTER.entries()) {
    for (const line of await runUntilKilled(filePath, `round-${round}`, lineCount)) {
      const [what, id] = line.split(' ');
      if (what === 'submitted') submitted.add(id!);
      if (what === 'finished') finished.add(id!);
    }
    const store = await openSqliteStore({ filePath });
    try {
      for (const id of submitted) {
        const task = await findTask(store, taskId(id));
        const event = await store.webhooks.find(task.id);
        assert.equal(event?.state, task.state === 'completed' ? 'pending' : undefined);
        if (!finished.has(id)) continue;
        assert.equal(task.state, 'completed');
        assert.equal(task.charged, usd('0.4'));
        assert.equal((await store.tasks.readLog(task.id, 0)).length, 1);
      }
      assert.deepEqual((await store.ledger.verify()).faults, []);
    } finally {
      await store.close();
    }
  }
  assert.ok(finished.size > 0, 'no child lived long enough to finish a task');
});
