import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import type { HostedEnginePorts } from '#adapters/engines/upstream/hosted-engine.ts';
import { systemClock } from '#adapters/system/system-clock.ts';
import { AnimaticError } from '#domain/errors.ts';
import { RecordingLog } from '#tests/fixtures/recording-log.ts';
import { ScriptedEngine } from '#tests/fixtures/scripted-engine.ts';
import { until } from '#tests/fixtures/until.ts';
import { EngineRoom } from './engine-room.ts';

const SECRET = 'abcd-1234-secret-value';
const FAST = { protocol: 'fal', id: 'bytedance/seedance-2.0/fast/image-to-video' } as const;
const SPICY = { protocol: 'wavespeed', id: 'bytedance/seedance-2.0-fast/image-to-video-spicy' } as const;
const FAL = { kind: 'fal', model: FAST.id, credential: 'FAL_KEY' };

describe('engines and routes of the configuration file', () => {
  let folder: string;
  let configurationPath: string;
  let log: RecordingLog;
  let room: EngineRoom | undefined;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'animatic-room-'));
    configurationPath = path.join(folder, 'animatic.config.json');
    log = new RecordingLog();
    room = undefined;
  });
  afterEach(async () => {
    await room?.close();
    await rm(folder, { recursive: true });
  });

  const write = (content: unknown) =>
    writeFile(configurationPath, typeof content === 'string' ? content : JSON.stringify(content));

  /** Hosted engines reach for nothing before they are given a job. */
  function open(): EngineRoom {
    const unused = {} as HostedEnginePorts;
    room = new EngineRoom({
      configurationPath,
      environment: { FAL_KEY: SECRET, OLD_KEY: 'older' },
      workers: 2,
      embedded: () => new ScriptedEngine({ name: 'embedded' }),
      hosted: { ...unused, clock: systemClock, log },
    });
    return room;
  }

  const routeNames = ({ directory }: EngineRoom, endpoint: typeof FAST | typeof SPICY) =>
    directory.routeOf(endpoint).map(({ engine }) => engine.name);

  it('send everything to the embedded engine when there is no file', () => {
    const opened = open();
    assert.deepEqual(routeNames(opened, FAST), ['embedded']);
    const [listed, ...others] = opened.directory.list();
    assert.deepEqual([listed?.mostJobs, others], [undefined, []]);
  });

  it('send endpoints where the file says, the exact name before a pattern', async () => {
    await write({
      engines: {
        fal: { ...FAL, concurrency: 7, price: { perMillionTokens: '9.5' } },
        old: { kind: 'fal', model: FAST.id, credentials: ['FAL_KEY', 'OLD_KEY'] },
      },
      routes: {
        'fal:*': ['old'],
        [`fal:${FAST.id}`]: [
          { engine: 'fal', weight: 3, when: { resolutions: ['480p'], maxCostUsd: '0.5', accounts: ['a'] } },
          'embedded',
        ],
      },
    });
    const { directory } = open();
    assert.deepEqual(routeNames(room!, FAST), ['fal', 'embedded']);
    assert.deepEqual(directory.routeOf(FAST)[0].when, {
      resolutions: ['480p'],
      maxCost: 500_000n,
      accounts: ['a'],
    });
    assert.equal(directory.routeOf(FAST)[0].weight, 3);
    assert.deepEqual(
      directory.routeOf({ protocol: 'fal', id: 'bytedance/seedance-2.0/image-to-video' })[0].engine.name,
      'old',
    );
    assert.deepEqual(routeNames(room!, SPICY), ['embedded']);
    const limits = directory.list().map(({ engine, mostJobs }) => [engine.name, mostJobs]);
    assert.deepEqual(limits, [
      ['embedded', 2],
      ['fal', 7],
      ['old', 4],
    ]);
  });

  it('stop the start when they are wrong, with the path and what to write', async () => {
    const engines = { fal: FAL };
    const cases: readonly (readonly [unknown, RegExp])[] = [
      ['{', /is not valid JSON/],
      [{ engines: [] }, /engines must be a JSON object/],
      [{ engines: { x: {} } }, /engines\.x needs "kind"/],
      [{ engines: { x: { kind: 'sora' } } }, /engines\.x\.kind must be one of embedded, ark, fal, wave/],
      [{ engines: { x: { ...FAL, key: 1 } } }, /engines\.x\.key is not known here; there are kind, model/],
      [{ engines: { x: { ...FAL, model: 'y' } } }, /"x" names the fal model "y".*use one of bytedance/],
      [
        { engines: { x: { kind: 'fal', model: FAST.id } } },
        /engines\.x needs "credential", the name of the env/,
      ],
      [
        { engines: { x: { ...FAL, credential: 'NO_KEY' } } },
        /x\.credential names .* NO_KEY, which is not set/,
      ],
      [
        { engines: { x: { ...FAL, credential: SECRET } } },
        /credential must be the name of an environment var/,
      ],
      [{ engines: { x: { ...FAL, concurrency: 0 } } }, /concurrency must be a whole number from 1 to 256/],
      [{ engines: { x: { ...FAL, baseUrl: 'fal.run' } } }, /baseUrl must be an http\(s\) address/],
      [
        { engines: { x: { ...FAL, deployment: 'ep-1' } } },
        /deployment is known by engines of kind "ark" alone/,
      ],
      [
        { engines: { x: { ...FAL, price: { perSecond: { '8k': '1' } } } } },
        /perSecond\["8k"\] is not known here/,
      ],
      [{ engines: { x: { ...FAL, price: {} } } }, /price must have either "perMillionTokens" or "perSecond"/],
      [{ engines: { x: { ...FAL, price: { perMillionTokens: '-1' } } } }, /must be an amount in USD/],
      [{ engines: { embedded: FAL } }, /engines\.embedded must have another name/],
      [{ engines: { mine: { kind: 'embedded' } } }, /engines\.mine cannot be: there is one engine of kind/],
      [
        { engines, routes: { 'fal:sora': ['fal'] } },
        /routes\["fal:sora"\] fits no endpoint; write "<protocol>/,
      ],
      [{ engines, routes: { 'fal:*': [] } }, /routes\["fal:\*"\] must not be an empty list/],
      [
        { engines, routes: { 'fal:*': ['ark'] } },
        /\["fal:\*"\]\[0\] names the engine "ark", .* embedded, fal/,
      ],
      [{ engines, routes: { 'fal:*': [{ weight: 1 }] } }, /\[0\] needs "engine"/],
      [{ engines, routes: { 'fal:*': [{ engine: 'fal', weight: 0 }] } }, /weight must be a number above 0/],
      [
        { engines, routes: { 'fal:*': [{ engine: 'fal', when: { resolutions: ['8k'] } }] } },
        /when\.resolutions\[0\] must be one of 480p/,
      ],
      [
        { engines, routes: { 'fal:*': [{ engine: 'fal', when: { maxCost: 1 } }] } },
        /when\.maxCost is not known/,
      ],
    ];
    for (const [content, message] of cases) {
      await write(content);
      assert.throws(open, (error) => {
        assert.ok(error instanceof AnimaticError, String(error));
        assert.equal(error.code, 'bad_setting');
        assert.match(error.message, message);
        assert.doesNotMatch(error.message, /abcd-1234/);
        return true;
      });
    }
  });

  it('are taken over when the file changes, and stay as they were when it cannot be used', async () => {
    await write({ engines: { fal: FAL }, routes: { 'fal:*': ['fal'] } });
    const opened = open();
    opened.watch();
    const [before] = opened.directory.routeOf(FAST);
    await write({ engines: { fal: FAL }, routes: { 'fal:*': ['embedded', 'fal'] } });
    await until(() => routeNames(opened, FAST).length === 2);
    assert.equal(opened.directory.byName('fal'), before.engine, 'an engine that is the same is kept');

    await write({ engines: { fal: { ...FAL, model: 'no such' } } });
    await until(() => log.text.includes('stay as they were'));
    assert.match(log.text, /no such/);
    assert.deepEqual(routeNames(opened, FAST), ['embedded', 'fal']);

    await rm(configurationPath);
    await until(() => log.text.includes('file is gone'));
    assert.deepEqual(routeNames(opened, FAST), ['embedded', 'fal']);

    await write({ engines: { fal: { ...FAL, concurrency: 9 } }, routes: { 'fal:*': ['fal'] } });
    await until(() => routeNames(opened, FAST).length === 1);
    assert.notEqual(opened.directory.byName('fal'), before.engine);
    assert.doesNotMatch(log.text, /abcd-1234/);
  });

  it('forget an engine that is taken out', async () => {
    await write({ engines: { fal: FAL }, routes: { 'fal:*': ['fal'] } });
    const opened = open();
    await write({});
    opened.reload();
    assert.equal(opened.directory.byName('fal'), undefined);
    assert.deepEqual(routeNames(opened, FAST), ['embedded']);
  });
});
