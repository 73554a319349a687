import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, describe, it } from 'node:test';
import sharp from 'sharp';
import { AnimaticError } from '#domain/errors.ts';
import { silentLog } from '#tests/fixtures/silent-log.ts';
import { StillInspectorProcess } from './still-inspector-process.ts';

/** Windows cannot stop a process and let it go on. */
const WITHOUT_SIGNALS = { skip: process.platform === 'win32' };

let folder: string;
let picture: string;
let inspector: StillInspectorProcess;
/** Every process started so far, the present one last. */
const children: ChildProcess[] = [];
const remember = (message: unknown) => children.push((message as { readonly process: ChildProcess }).process);

before(async () => {
  subscribe('child_process', remember);
  folder = await mkdtemp(join(tmpdir(), 'animatic-inspector-'));
  picture = join(folder, 'picture');
  await sharp({ create: { width: 40, height: 30, channels: 3, background: '#306090' } })
    .png()
    .toFile(picture);
});

after(async () => {
  unsubscribe('child_process', remember);
  await rm(folder, { recursive: true });
});

afterEach(() => inspector.close());

/** An inspector whose process has answered once, and that process, idle. */
async function warmProcess(options: { readonly timeoutMs?: number } = {}): Promise<ChildProcess> {
  inspector = new StillInspectorProcess({ log: silentLog, ...options });
  await inspector.inspect(picture);
  return children.at(-1)!;
}

const isUnreadable = (pattern: RegExp) => (error: unknown) =>
  error instanceof AnimaticError && error.code === 'media_unreadable' && pattern.test(error.message);

/** Comes up, and dies of every picture. */
const DYING_CHILD = new URL('../../../tests/fixtures/dying-inspector-child.ts', import.meta.url);

describe('the still inspector in a process of its own', () => {
  it('tells what a picture is, also for many at once', async () => {
    const child = await warmProcess();
    const infos = await Promise.all(Array.from({ length: 20 }, () => inspector.inspect(picture)));
    for (const info of infos) assert.deepEqual([info.format, info.width, info.height], ['png', 40, 30]);
    assert.equal(children.at(-1), child, 'one process for all of them');
  });

  it('passes refusals on with code, message and details', async () => {
    await warmProcess();
    const svg = join(folder, 'svg');
    await writeFile(svg, '<svg xmlns="http://www.w3.org/2000/svg"/>');
    await assert.rejects(inspector.inspect(svg), (error) => {
      assert.ok(error instanceof AnimaticError);
      assert.equal(error.code, 'media_unsupported');
      assert.match(error.message, /an SVG drawing/);
      assert.deepEqual(error.details?.acceptedFormats, ['jpeg', 'png', 'webp', 'gif', 'avif']);
      return true;
    });
    assert.equal((await inspector.inspect(picture)).width, 40);
  });

  it('asks a fresh process when one is killed on a request', WITHOUT_SIGNALS, async () => {
    const child = await warmProcess();
    // A stopped process takes the request and never answers: it is under way when the kill comes.
    child.kill('SIGSTOP');
    const send = child.send.bind(child) as (message: object, ...rest: unknown[]) => boolean;
    const sent = new Promise((resolve) => {
      child.send = ((message: object, ...rest: unknown[]) => {
        resolve(message);
        return send(message, ...rest);
      }) as typeof child.send;
    });
    const dying = inspector.inspect(picture);
    const waiting = inspector.inspect(picture);
    await sent;
    child.kill('SIGKILL');
    assert.equal((await dying).format, 'png');
    assert.equal((await waiting).format, 'png');
    assert.notEqual(children.at(-1), child);
  });

  it('refuses a picture that its decoder dies on twice', async () => {
    inspector = new StillInspectorProcess({ log: silentLog, entry: DYING_CHILD });
    await assert.rejects(inspector.inspect(picture), isUnreadable(/decoder died/));
  });

  it('replaces a process that dies between requests', async () => {
    const child = await warmProcess();
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await gone;
    assert.equal((await inspector.inspect(picture)).format, 'png');
    assert.notEqual(children.at(-1), child);
  });

  it('stops a request that takes too long, and its process', WITHOUT_SIGNALS, async () => {
    const child = await warmProcess({ timeoutMs: 2000 });
    child.kill('SIGSTOP');
    await assert.rejects(inspector.inspect(picture), isUnreadable(/more than 2 s/));
    assert.equal(child.signalCode, 'SIGKILL');
    assert.equal((await inspector.inspect(picture)).format, 'png');
  });

  it('ends its process and all requests when closed', WITHOUT_SIGNALS, async () => {
    const child = await warmProcess();
    child.kill('SIGSTOP');
    const rejected = [inspector.inspect(picture), inspector.inspect(picture)].map((request) =>
      assert.rejects(request),
    );
    await inspector.close();
    await Promise.all(rejected);
    assert.equal(child.signalCode, 'SIGKILL');
    await assert.rejects(inspector.inspect(picture));
    assert.equal(children.at(-1), child, 'no new process');
  });

  it('can be closed before its process is ready, and twice', async () => {
    inspector = new StillInspectorProcess({ log: silentLog });
    await inspector.close();
    await inspector.close();
    await assert.rejects(inspector.inspect(picture));
  });
});
