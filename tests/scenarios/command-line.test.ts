/** Every command, against each kind of server that it can talk to: one for the occasion, the folder's own, and one by its address. */
import assert from 'node:assert/strict';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { makePicture } from '#tests/fixtures/picture.ts';
import { runAnimatic, runShell } from '#tests/fixtures/run-animatic.ts';
import {
  makeTestFolder,
  type ServerProcess,
  startServerProcess,
  TEST_KEY,
  type TestFolder,
} from '#tests/fixtures/server-process.ts';
import { TestClient } from '#tests/fixtures/test-client.ts';
import { probeClip } from '#tests/media/probe-clip.ts';

const SMALL = ['--resolution', '480p', '--duration', '4'];
/** 4 s at 480p with sound. */
const SMALL_PRICE = 0.4;

type Environment = Readonly<Record<string, string>>;

/** A command that must succeed; its standard output. */
async function run(environment: Environment, ...words: string[]): Promise<string> {
  const { exitCode, stdout, stderr } = await runAnimatic(words, environment);
  assert.equal(exitCode, 0, `${words.join(' ')}\n${stderr}`);
  return stdout;
}

type Failure = readonly [command: string, exitCode: number, message: RegExp];

/** Commands that must fail so, each with one readable message. Their words stand between blanks. */
async function fail(environment: Environment, failures: readonly Failure[]): Promise<void> {
  await Promise.all(
    failures.map(async ([command, exitCode, message]) => {
      const result = await runAnimatic(command.split(' '), environment);
      assert.deepEqual([result.exitCode, result.stdout], [exitCode, ''], `${command}\n${result.stderr}`);
      assert.match(result.stderr, message);
      assert.doesNotMatch(result.stderr, /^ +at /m, 'a stack is nothing for users');
    }),
  );
}

describe('the command line', { timeout: 300_000 }, () => {
  let folder: TestFolder;
  let picture: string;
  before(async () => {
    folder = await makeTestFolder();
    picture = join(folder.path, 'picture.png');
    await writeFile(picture, await makePicture({ width: 320, height: 180 }));
  });
  after(() => folder.remove());

  /** Each command that needs a server. */
  async function useEverything(environment: Environment, name: string): Promise<void> {
    const credit = async (...amount: string[]) =>
      Number(/^Balance: \$([\d.]+)\n$/.exec(await run(environment, 'credit', ...amount))![1]);
    const before = await credit();

    const clip = join(folder.path, name, 'clip.mp4');
    const made = await run(environment, 'generate', picture, 'pan left', ...SMALL, '--seed', '7', '-o', clip);
    assert.match(made, new RegExp(`^${clip}\n  4 s, 872x490, [\\d.]+ MB, seed 7\n  charged \\$0\\.40; `));
    const probe = probeClip(clip);
    assert.deepEqual([probe.frameCount, probe.width, probe.height], [96, 872, 490]);
    assert.equal(await credit('50'), Math.round((before - SMALL_PRICE + 50) * 100) / 100);

    const [key] = (await run(environment, 'keys', 'create', `key of ${name}`)).split('\n');
    const keyLine = async () =>
      (await run(environment, 'keys', 'list')).split('\n').find((line) => line.endsWith(`key of ${name}`))!;
    const line = await keyLine();
    assert.match(line, new RegExp(`^[0-9a-f]{16}  ${key!.slice(0, 8)}\\.\\.\\.  member  active  `));
    const id = line.slice(0, 16);
    assert.equal(await run(environment, 'keys', 'revoke', id), `Key ${id} is revoked.\n`);
    assert.match(await keyLine(), /member {2}revoked 2\d{3}-/);

    assert.match(await run(environment, 'ledger', 'verify'), /\nThe books balance: /);
  }

  it('starts a server for the occasion when none runs, and stops it', async () => {
    const data = join(folder.path, 'occasion-data');
    await useEverything({ ANIMATIC_DATA: data }, 'occasion');
  });

  describe('beside a running server', () => {
    let data: TestFolder;
    let server: ServerProcess;
    before(async () => {
      data = await makeTestFolder();
      server = await startServerProcess(data.path);
    });
    after(async () => {
      assert.equal(await server.stop(), 0);
      await data.remove();
    });

    it('finds the one of its data folder without being told', async () => {
      await useEverything({ ANIMATIC_DATA: data.path, ANIMATIC_KEY: 'a-key-of-another-server' }, 'local');
    });

    it('talks to the one it is told, with the key of the environment', async () => {
      const elsewhere = { ANIMATIC_DATA: join(folder.path, 'never-made') };
      await useEverything(
        { ...elsewhere, ANIMATIC_KEY: TEST_KEY, ANIMATIC_SERVER: `${server.url}/` },
        'remote',
      );
      const flag = ['--server', server.url];
      assert.match(await run({ ...elsewhere, ANIMATIC_KEY: TEST_KEY }, 'credit', ...flag), /^Balance: /);
      await assert.rejects(readFile(join(elsewhere.ANIMATIC_DATA, 'animatic.sqlite')), { code: 'ENOENT' });
    });

    it('says what is wrong with server and key', async () => {
      const member = (await run({ ANIMATIC_DATA: data.path }, 'keys', 'create')).split('\n')[0]!;
      const list = `keys list --server ${server.url}`;
      await fail({}, [[list, 1, /^ANIMATIC_KEY is not set.* \[unauthorized\]\n$/]]);
      await fail({ ANIMATIC_KEY: 'wrong' }, [[list, 1, /unknown or was revoked.* \[unauthorized\]\n$/]]);
      await fail({ ANIMATIC_KEY: member }, [
        [list, 1, / \[forbidden\]\n$/],
        ['credit --server http://127.0.0.1:1', 1, /^No server answers.* \[server_unreachable\]\n$/],
      ]);
    });

    it('passes on what the server refuses', async () => {
      const generate = `generate ${picture} p -o ${join(folder.path, 'no.mp4')}`;
      await fail({ ANIMATIC_DATA: data.path }, [
        [`${generate} --duration 99`, 1, /"duration" must be at most 15; .* \[invalid_parameter\]\n$/],
        [`${generate} --last-image ${import.meta.filename}`, 1, /"last_image": .* \[media_unsupported\]\n$/],
        ['generate no-such.png p', 1, /There is no file "no-such.png"; .* \[media_access_failed\]\n$/],
        ['keys revoke nothing', 1, / \[not_found\]\n$/],
        ['keys create x --role king', 1, /member, admin.* \[invalid_parameter\]\n$/],
        ['credit much', 1, /"amount" must be an amount in USD.* \[invalid_parameter\]\n$/],
      ]);
      await assert.rejects(readdir(join(folder.path, 'no.mp4')), { code: 'ENOENT' });
    });

    it('makes clips of fal’s endpoints and of several pictures too', async () => {
      const environment = { ANIMATIC_DATA: data.path };
      const output = join(folder.path, 'clip.mp4');
      const generate = async (...words: string[]) =>
        JSON.parse(await run(environment, 'generate', picture, 'p', '-o', output, '--json', ...words));
      const fal = await generate('--protocol', 'fal', ...SMALL, '--aspect-ratio', '1:1');
      assert.deepEqual([fal.outputPath, fal.width, fal.height, fal.durationSeconds], [output, 640, 640, 4]);
      const model = ['-m', 'bytedance/seedance-2.0/image-to-video', '--duration', '4'];
      const { taskId, charged } = await generate(...model, '--images', picture, picture);
      assert.equal(charged, '0.96');
      const { body } = await new TestClient(server.url, `Bearer ${TEST_KEY}`).get(`/admin/tasks/${taskId}`);
      assert.equal(body.endpoint, 'bytedance/seedance-2.0/image-to-video');
    });
  });

  describe('the catalogue', () => {
    it('is listed for people and for programs', async () => {
      const text = await run({}, 'models');
      const endpoints = JSON.parse(await run({}, 'models', '--json'));
      assert.ok(endpoints.length > 1);
      for (const { id, protocol, inputs, defaultPrice } of endpoints) {
        assert.ok(text.includes(`${id}  (${protocol})\n`));
        assert.ok(inputs.length > 3 && /^\d+\.\d{2,6}$/.test(defaultPrice.price));
      }
    });

    it('says prices, with the flags of the model', async () => {
      assert.equal(
        await run({}, 'price', '--duration', '8', '--resolution=1080p', '--no-generate-audio'),
        '$2.00  (8 s x $0.25)  bytedance/seedance-2.0-fast/image-to-video-spicy (wavespeed)\n',
      );
      const automatic = await run({}, 'price', '--protocol', 'fal', '--json');
      assert.deepEqual(JSON.parse(automatic), {
        protocol: 'fal',
        id: 'bytedance/seedance-2.0/fast/image-to-video',
        price: '3.65167',
        exact: false,
        explanation: 'at most 326042 tokens x $0.0112 / 1000',
      });
      assert.match(
        await run(
          {},
          'price',
          '-mbytedance/seedance-2.0/image-to-video',
          '--protocol=fal',
          '--duration',
          '5',
        ),
        /^at most \$1\.521534 .* bytedance\/seedance-2\.0\/image-to-video \(fal\)\n$/,
      );
    });

    it('makes the help of a command', async () => {
      for (const words of [
        ['help', 'generate'],
        ['generate', '--help'],
      ]) {
        const help = await run({}, ...words);
        assert.match(help, /--resolution <value>/);
        assert.doesNotMatch(help, /--image <value>/);
      }
    });

    it('refuses what it does not know', () =>
      fail({}, [
        ['price --duration 99', 1, /^"duration" must be at most 15; .* \[invalid_parameter\]\n$/],
        ['price --duration long', 1, /^"duration" must be a whole number; "long" was given/],
        ['price --model x', 1, /^There is no model "x"\. Models:\n {2}bytedance\//],
        ['generate a.png -m x', 1, /^There is no model "x"\. Models:/],
        ['price --colour red', 2, /unknown option '--colour'/],
        ['price --protocol smtp', 2, /Allowed choices are wavespeed, fal/],
        ['generate', 2, /missing required argument 'image'/],
        ['genrate', 2, /Did you mean generate\?/],
      ]));

    it('goes into a pipe that nobody reads to its end', async () => {
      const { exitCode, stdout, stderr } = await runShell('animatic models --json | head -1', {});
      assert.deepEqual([exitCode, stdout, stderr], [0, '[\n', '']);
    });
  });
});
