import assert from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import { describe, test } from 'node:test';
import { silentLog } from '#tests/fixtures/silent-log.ts';
import { type ChildEnd, ChildProcessHost } from './child-process-host.ts';

const OBEDIENT = new URL('../../../tests/fixtures/obedient-child.ts', import.meta.url);

type Order = { readonly kind: 'environment' } | { readonly kind: 'exit'; readonly code: number };

interface Answer {
  readonly pid: number;
  readonly names: readonly string[];
  readonly flags: readonly string[];
}

function open(entry = OBEDIENT) {
  const events = new EventEmitter<{ answer: [Answer]; end: [ChildEnd] }>();
  const host = new ChildProcessHost<Order, Answer>({
    entry,
    name: 'test',
    log: silentLog,
    onMessage: (answer) => events.emit('answer', answer),
    onEnd: (end) => events.emit('end', end),
  });
  const ask = async (): Promise<Answer> => {
    assert.equal(await host.warm(), true);
    const answered = once(events, 'answer') as Promise<[Answer]>;
    host.send({ kind: 'environment' });
    return (await answered)[0];
  };
  return { host, ask, nextEnd: async () => ((await once(events, 'end')) as [ChildEnd])[0] };
}

describe('child process host', { timeout: 30_000 }, () => {
  test('passes on neither secrets of the environment nor flags of the parent', async () => {
    process.env.AWS_SECRET_ACCESS_KEY = 'secret';
    const { host, ask } = open();
    delete process.env.AWS_SECRET_ACCESS_KEY;
    const { names, flags } = await ask();
    assert.ok(names.includes('PATH'));
    assert.ok(!names.includes('AWS_SECRET_ACCESS_KEY'));
    assert.deepEqual(flags, []);
    await host.close();
  });

  test('a child that came up is replaced when it ends', async () => {
    const { host, ask, nextEnd } = open();
    const first = await ask();
    const ended = nextEnd();
    host.send({ kind: 'exit', code: 5 });
    assert.deepEqual(await ended, { code: 5, signal: null });
    assert.notEqual((await ask()).pid, first.pid);
    await host.close();
  });

  test('a killed child is replaced too', async () => {
    const { host, ask, nextEnd } = open();
    const first = await ask();
    const ended = nextEnd();
    host.kill();
    assert.deepEqual(await ended, { code: null, signal: 'SIGKILL' });
    assert.notEqual((await ask()).pid, first.pid);
    await host.close();
  });

  test('a child that is killed while it comes up is started again, and who waits for it notices nothing', async () => {
    const { host, nextEnd } = open();
    const warm = host.warm();
    const ended = nextEnd();
    host.kill();
    assert.equal((await ended).signal, 'SIGKILL');
    assert.equal(await warm, true);
    await host.close();
  });

  test('a child that is killed every time it comes up is given up', async () => {
    const { host } = open(new URL('../../../tests/fixtures/doomed-child.ts', import.meta.url));
    assert.equal(await host.warm(), false);
    assert.equal(await host.warm(), false);
    await host.close();
  });

  test('a child that never comes up is started again only when asked for', async () => {
    const { host, nextEnd } = open(new URL('./no-such-program.ts', import.meta.url));
    const first = nextEnd();
    assert.equal(await host.warm(), false);
    assert.equal((await first).code, 1);
    const second = nextEnd();
    assert.equal(await host.warm(), false);
    assert.equal((await second).code, 1);
    await host.close();
  });

  test('closing ends the child for good', async () => {
    const { host, ask } = open();
    const { pid } = await ask();
    await host.close();
    assert.throws(() => process.kill(pid, 0), { code: 'ESRCH' });
    assert.equal(await host.warm(), false);
    host.send({ kind: 'environment' });
    await host.close();
  });
});
