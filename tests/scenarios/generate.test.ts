/** `animatic generate` where things do not go smoothly, and how it speaks on a terminal and off it. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { makePicture } from '#tests/fixtures/picture.ts';
import {
  ANIMATIC,
  type RunningCommand,
  runAnimatic,
  runShell,
  startAnimatic,
} from '#tests/fixtures/run-animatic.ts';
import {
  makeTestFolder,
  type ServerProcess,
  startServerProcess,
  TEST_KEY,
  type TestFolder,
} from '#tests/fixtures/server-process.ts';
import { TestClient } from '#tests/fixtures/test-client.ts';
import { until } from '#tests/fixtures/until.ts';

const SMALL = ['--resolution', '480p', '--duration', '4'];
/** Takes long enough for something to happen meanwhile. */
const LARGE = ['--resolution', '1080p', '--duration', '15'];
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for.
const CONTROL_CHARACTERS = /[\u0000-\u0009\u000b-\u001f\u007f]/;

/** As one word of a shell's line. */
const quoted = (word: string): string => `'${word.replaceAll("'", `'\\''`)}'`;

const hasScript = (): boolean => {
  try {
    return execFileSync('script', ['--version'], { encoding: 'utf8' }).includes('util-linux');
  } catch {
    return false;
  }
};

describe('generate', { timeout: 300_000 }, () => {
  let folder: TestFolder;
  let picture: string;
  let server: ServerProcess;
  let environment: Readonly<Record<string, string>>;

  before(async () => {
    folder = await makeTestFolder();
    picture = join(folder.path, 'picture.png');
    await writeFile(picture, await makePicture({ width: 320, height: 180 }));
    environment = { ANIMATIC_DATA: join(folder.path, 'data') };
    server = await startServerProcess(environment.ANIMATIC_DATA!);
  });

  after(async () => {
    await server.stop();
    await folder.remove();
  });

  const client = () => new TestClient(server.url, `Bearer ${TEST_KEY}`);
  const balance = async (): Promise<string> => (await client().get('/admin/whoami')).body.balance;
  const words = (output: string, ...flags: string[]) => [
    'generate',
    picture,
    'pan left',
    '-o',
    output,
    ...flags,
  ];

  const untilRendering = (command: RunningCommand) => until(() => command.stderr().includes('Rendering '));

  it('says how it goes on stderr, and what came of it on stdout', async () => {
    const output = join(folder.path, 'new', 'folder', 'clip.mp4');
    const { exitCode, stdout, stderr } = await runAnimatic(words(output, ...SMALL), environment);
    assert.equal(exitCode, 0, stderr);
    assert.match(stdout, /^\/.*clip\.mp4\n {2}4 s, .*\n {2}charged \$0\.40; .*\n$/);
    assert.match(stderr, /^ {2}Depth: [^\n]*\n {2}Understood: [^\n]*\n/);
    assert.match(stderr, / {2}Completed\.\n$/);
    assert.doesNotMatch(stdout + stderr, CONTROL_CHARACTERS);
    assert.deepEqual(await readdir(join(folder.path, 'new', 'folder')), ['clip.mp4']);
  });

  it('is one JSON document in a pipe, and silent without stderr', async () => {
    const line = `animatic generate '${picture}' -o '${folder.path}/piped.mp4' --json ${SMALL.join(' ')}`;
    const { exitCode, stdout, stderr } = await runShell(`${line} 2>/dev/null | cat`, environment);
    assert.deepEqual([exitCode, stderr], [0, '']);
    const clip = JSON.parse(stdout);
    const { size } = await stat(clip.outputPath);
    assert.deepEqual(
      [clip.byteLength, clip.charged, clip.durationSeconds, clip.width],
      [size, '0.40', 4, 872],
    );
  });

  it('draws a bar on a terminal, and leaves the lines', {
    skip: !hasScript() && 'util-linux’s script, which makes a terminal, is not here',
  }, async () => {
    const command = [process.execPath, ANIMATIC, ...words(join(folder.path, 'drawn.mp4'), ...SMALL)];
    const line = command.map(quoted).join(' ');
    const { exitCode, stdout } = await runShell(
      `script -qec ${quoted(line)} /dev/null </dev/null`,
      environment,
    );
    assert.equal(exitCode, 0, stdout);
    assert.match(stdout, /[█░]+ +\d+% +(waiting|created|processing)/);
    assert.match(stdout, /\n? {2}Rendering 96 frames [^\r\n]*\r?\n/);
    assert.ok(stdout.endsWith('s\r\n') || stdout.endsWith('s\n'), 'the last line is whole');
    // The cursor is shown again, after the last drawing.
    assert.ok(stdout.lastIndexOf('\u001b[?25h') > stdout.lastIndexOf('%'));
  });

  it('charges nothing when the clip could not be saved', async () => {
    const before = await balance();
    await writeFile(join(folder.path, 'file'), '');
    for (const output of [join(folder.path, 'file', 'clip.mp4'), folder.path, '/proc/version']) {
      const { exitCode, stderr } = await runAnimatic(words(output, ...SMALL), environment);
      assert.equal(exitCode, 1, output);
      assert.match(
        stderr,
        /^The clip cannot be saved to .* choose another --output\. \[invalid_parameter\]\n$/,
      );
    }
    assert.equal(await balance(), before);
  });

  it('replaces what was there only by a whole clip, also behind a link', async () => {
    const [target, link] = [join(folder.path, 'target.mp4'), join(folder.path, 'link.mp4')];
    await writeFile(target, 'old');
    await symlink(target, link);
    const failed = await runAnimatic(words(link, '--duration', '99'), environment);
    assert.equal(failed.exitCode, 1);
    assert.equal(await readFile(target, 'utf8'), 'old');
    assert.equal((await runAnimatic(words(link, ...SMALL), environment)).exitCode, 0);
    assert.equal((await readFile(target)).subarray(4, 8).toString(), 'ftyp');
    assert.deepEqual(
      (await readdir(folder.path)).filter((name) => name.endsWith('.part')),
      [],
    );
  });

  it('writes into a pipe as it is', async () => {
    const line = `mkfifo p && { animatic generate '${picture}' -o p ${SMALL.join(' ')} 2>/dev/null & head -c 8 p | tail -c 4; wait; }`;
    const { stdout } = await runShell(`cd '${folder.path}' && ${line}`, environment);
    assert.match(stdout, /^ftyp/);
  });

  it('cancels the task when it is stopped', async () => {
    const before = await balance();
    const output = join(folder.path, 'stopped.mp4');
    const command = startAnimatic(words(output, ...LARGE), environment);
    await untilRendering(command);
    command.kill('SIGINT');
    const { exitCode, stdout, stderr } = await command.ended;
    assert.deepEqual([exitCode, stdout], [130, '']);
    assert.match(stderr, /Cancelling the task; .*\n(.*\n)*The task was cancelled.* \[cancelled\]\n$/);
    assert.equal(await balance(), before);
    await assert.rejects(stat(output), { code: 'ENOENT' });
  });

  it('cancels a task of fal’s, and on a server for the occasion, in the same way', async () => {
    const occasion = { ANIMATIC_DATA: join(folder.path, 'occasion') };
    const flags = ['--protocol', 'fal', '--resolution', '720p', '--duration', '15'];
    const command = startAnimatic(words(join(folder.path, 'stopped.mp4'), ...flags), occasion);
    await untilRendering(command);
    command.kill('SIGTERM');
    const { exitCode, stderr } = await command.ended;
    assert.equal(exitCode, 130, stderr);
    assert.equal((await runAnimatic(['credit'], occasion)).stdout, 'Balance: $100.00\n');
    assert.match((await runAnimatic(['ledger', 'verify'], occasion)).stdout, /The books balance/);
  });

  it('goes on when the server is killed and started again', async () => {
    const output = join(folder.path, 'survived.mp4');
    const command = startAnimatic(words(output, '--resolution', '720p', '--duration', '8'), environment);
    await untilRendering(command);
    await server.kill();
    await until(() => command.stderr().includes('does not answer'));
    server = await startServerProcess(environment.ANIMATIC_DATA!, {
      ANIMATIC_PORT: new URL(server.url).port,
    });
    const { exitCode, stderr } = await command.ended;
    assert.equal(exitCode, 0, stderr);
    assert.equal((await readFile(output)).subarray(4, 8).toString(), 'ftyp');
    assert.match(stderr, /asked again for a minute/);
  });
});
