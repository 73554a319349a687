/** The programs that the page shows are ones: each is handed to its own language where that is installed. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { describe, it } from 'node:test';
import { curlOf } from './curl.ts';
import { javascriptOf } from './javascript.ts';
import { pythonOf } from './python.ts';

const ORIGIN = 'http://127.0.0.1:8787';
const INPUT = {
  image: 'https://example.com/a.jpg',
  prompt: 'it\'s "night",\n推近 \\ $HOME `date`',
  images: ['a', 'b'],
  generate_audio: false,
  duration: 5,
};
const WAVESPEED = { protocol: 'wavespeed', id: 'maker/model', submitPath: '/api/v3/maker/model' } as const;
const FAL = { protocol: 'fal', id: 'maker/model', submitPath: '/fal/queue/maker/model' } as const;

const hasPython = spawnSync('python3', ['--version']).status === 0;

describe('programs', () => {
  it('send with curl exactly the input, whatever is in it', () => {
    for (const model of [WAVESPEED, FAL]) {
      const command = curlOf(model, INPUT, { origin: ORIGIN, key: 'ak_1' });
      // `curl` as a shell function that prints what it was given.
      const { stdout, stderr } = spawnSync('sh', ['-c', `curl() { printf '%s\\0' "$@"; }\n${command}`], {
        encoding: 'utf8',
      });
      const given = stdout.split('\0');
      assert.ok(given.includes(`${ORIGIN}${model.submitPath}`), stderr);
      const { enable_sync_mode: _, ...sent } = JSON.parse(given[given.indexOf('-d') + 1]!);
      assert.deepEqual(sent, INPUT);
    }
  });

  it('are JavaScript', () => {
    for (const model of [WAVESPEED, FAL]) {
      const program = javascriptOf(model, INPUT, { origin: ORIGIN });
      const { status, stderr } = spawnSync(process.execPath, ['--check', '--input-type=module', '-'], {
        input: program,
        encoding: 'utf8',
      });
      assert.equal(status, 0, stderr);
      assert.match(program, /YOUR_KEY/);
    }
  });

  it('are Python, with the input as a value of Python', { skip: !hasPython && 'no python3 found' }, () => {
    for (const [model, origin] of [
      [WAVESPEED, ORIGIN],
      [FAL, ORIGIN],
      [FAL, 'https://clips.example.com'],
    ] as const) {
      const program = pythonOf(model, INPUT, { origin });
      const check =
        'import ast, json, sys\nfor node in ast.walk(ast.parse(sys.stdin.read())):\n' +
        '    if isinstance(node, ast.Dict) and len(node.keys) == 5: print(json.dumps(ast.literal_eval(node)))';
      const { stdout, stderr } = spawnSync('python3', ['-c', check], { input: program, encoding: 'utf8' });
      assert.deepEqual(JSON.parse(stdout || `"${stderr}"`), INPUT);
    }
  });
});
