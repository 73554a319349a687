import assert from 'node:assert/strict';
import { it } from 'node:test';
import { AnimaticError } from '#domain/errors.ts';
import { createLog } from './create-log.ts';

/** The one line that `write` leads to. */
function lineOf(write: (log: ReturnType<typeof createLog>) => void) {
  const lines: string[] = [];
  write(createLog('info', { write: (line) => lines.push(line) }));
  assert.equal(lines.length, 1);
  return JSON.parse(lines[0]!);
}

it('the log says why something failed, down to the cause', () => {
  const cause = new Error('no space left on device');
  const error = new AnimaticError('internal', 'The clip cannot be kept.', { cause });
  const line = lineOf((log) => log.error({ taskId: 't', error }, 'A task failed unexpectedly.'));
  assert.deepEqual(
    [line.msg, line.taskId, line.error.code],
    ['A task failed unexpectedly.', 't', 'internal'],
  );
  assert.match(line.error.message, /The clip cannot be kept\..*no space left on device/);
  assert.match(line.error.stack, /create-log\.test\.ts/);
});

it('the log keeps keys to itself', () => {
  const line = lineOf((log) =>
    log.info({ req: { headers: { authorization: 'Bearer secret' } }, made: { key: 'secret' } }),
  );
  assert.doesNotMatch(JSON.stringify(line), /secret/);
});
