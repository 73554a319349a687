/** `npm run contract:python` where it cannot run: it says what it needs, and does not pass for a success. */
import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import { runProgram } from '#tests/fixtures/run-program.ts';

const COMMAND = path.resolve(import.meta.dirname, 'python/run.ts');

test('without Python, or without the clients in it, the command says what to install and fails', async () => {
  // Node stands for an interpreter that is there and cannot answer.
  for (const python of ['no-such-python', process.execPath]) {
    const { exitCode, stderr } = await runProgram(process.execPath, [COMMAND], { PYTHON: python });
    assert.equal(exitCode, 2);
    assert.ok(stderr.includes(python));
    assert.match(stderr, /pip install fal-client wavespeed/);
  }
});
