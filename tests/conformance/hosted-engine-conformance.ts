/**
 * What every engine on a paid service promises besides what all engines do: nothing is bought twice, a refusal is a verdict, keys stay
 * where they belong, and what comes back is looked at. Run against a double of the service, which counts what was bought.
 */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { inspect } from 'node:util';
import { AnimaticError, type ErrorCode } from '#domain/errors.ts';
import { instant } from '#domain/instant.ts';
import type { JsonValue } from '#domain/json.ts';
import type { Engine, EngineLogLine, EngineStatus } from '#ports/engine.ts';
import {
  API_KEY,
  type JobPlan,
  type ReadPlan,
  type SubmitPlan,
  type UpstreamDouble,
} from '../doubles/upstream-double.ts';
import { HostedEngineFixture, type HostedSubject } from '../fixtures/hosted-engine-fixture.ts';
import { testEngineConformance } from './engine-conformance.ts';

/** Longer than any test. */
const PATIENT_MS = 20_000;

/** For submits, or for questions, that are never answered. */
const PATIENT = { connectMs: 10_000, submitMs: 10_000, readMs: 10_000 };
const HASTY_SUBMIT = { ...PATIENT, submitMs: 300 };
const HASTY_READ = { ...PATIENT, readMs: 60 };

type Ended = Exclude<EngineStatus, { state: 'running' }>;

interface Followed {
  readonly ending: Ended;
  readonly progress: readonly number[];
  readonly log: readonly EngineLogLine[];
}

async function followToEnd(engine: Engine, handle: JsonValue): Promise<Followed> {
  const progress: number[] = [];
  const log: EngineLogLine[] = [];
  let status = await engine.status(handle, { waitMs: 0 });
  for (;;) {
    if ('log' in status) log.push(...status.log);
    if (status.state !== 'running') return { ending: status, progress, log };
    progress.push(status.progress);
    status = await engine.status(handle, { after: status.revision, waitMs: PATIENT_MS });
  }
}

const hasCode = (...codes: readonly ErrorCode[]) =>
  function isExpected(error: unknown): boolean {
    assert.ok(error instanceof AnimaticError, String(error));
    assert.ok(codes.includes(error.code), `${error.code}: ${error.message}`);
    return true;
  };

/** A submit that fails -> the code of the start, and whether the service has sold a job nonetheless. */
const SUBMITS: Readonly<Partial<Record<SubmitPlan, readonly [code: ErrorCode, bought: number]>>> = {
  busy: ['engine_busy', 0],
  unauthorised: ['engine_unavailable', 0],
  overdrawn: ['engine_unavailable', 0],
  unknownModel: ['engine_unavailable', 0],
  invalid: ['invalid_parameter', 0],
  refused: ['content_refused', 0],
  broken: ['engine_start_unknown', 0],
  resetUnbought: ['engine_start_unknown', 0],
  resetBought: ['engine_start_unknown', 1],
  silentBought: ['engine_start_unknown', 1],
  unreadableBought: ['engine_start_unknown', 1],
};

const ENDINGS: readonly (readonly [name: string, plan: JobPlan, code: ErrorCode, words: RegExp])[] = [
  ['fails', { ending: 'failed', words: 'The runner burnt down.' }, 'engine_failed', /burnt down/],
  ['is refused after work', { ending: 'refused' }, 'content_refused', /refused the content/],
  ['runs out of time there', { ending: 'expired' }, 'engine_failed', /could not make the clip/],
  ['vanishes there', { ending: 'vanished' }, 'engine_failed', /no such job/],
  [
    'goes into a state that nobody knows',
    { strangeWord: 'HIBERNATING', runningLooks: Infinity },
    'engine_failed',
    /HIBERNATING/,
  ],
  ['has a result that is too large', { result: 'oversized' }, 'engine_failed', /larger than 4 MB/],
  ['has a result without an end', { result: 'endless' }, 'engine_failed', /larger than 4 MB/],
  ['has a result that is no film', { result: 'page' }, 'engine_failed', /neither an MP4 nor a WebM/],
  [
    'has a result in a private network',
    { result: 'intoPrivateNetwork' },
    'engine_failed',
    /does not fetch from/,
  ],
  ['has a result that is gone', { result: 'gone' }, 'engine_failed', /cannot be fetched/],
];

export function testHostedEngineConformance<Double extends UpstreamDouble>(
  name: string,
  subject: HostedSubject<Double>,
): void {
  testEngineConformance(name, async () => {
    const fixture = await HostedEngineFixture.open(subject);
    fixture.double.plan('long', { runningLooks: Infinity });
    fixture.double.plan('waiting', { queuedLooks: Infinity });
    return {
      engine: fixture.engine(),
      makeJob: (kind) => fixture.job({ prompt: kind }),
      reopen: async () => fixture.engine(),
      dispose: () => fixture.close(),
    };
  });

  describe(`${name} keeps the promises of an engine that is paid for`, { timeout: 120_000 }, () => {
    let fixture: HostedEngineFixture<Double>;
    let double: Double;
    let engine: Engine;
    beforeEach(async () => {
      fixture = await HostedEngineFixture.open(subject);
      ({ double } = fixture);
      engine = fixture.engine();
    });
    afterEach(async () => {
      await fixture.close();
      // Whatever a test was about: a key has no place in a log.
      for (const part of [API_KEY, ...API_KEY.split(':')])
        assert.ok(!fixture.log.text.includes(part), 'a key is in the log');
    });

    const run = async (overrides: Parameters<typeof fixture.job>[0] = {}) =>
      followToEnd(engine, await engine.start(fixture.job(overrides)));

    test('the real size, length and price are reported, and the clip is brought to where it was asked for', async () => {
      const job = fixture.job();
      const handle = await engine.start(job);
      const { ending } = await followToEnd(engine, handle);
      assert.ok(ending.state === 'completed', inspect(ending));
      const { byteLength, cost, ...clip } = ending.clip;
      assert.deepEqual(clip, { size: job.size, durationSeconds: 4 });
      assert.equal(cost, await engine.quote(job), 'what was quoted is what it cost');
      await engine.fetch(handle, job.outputPath);
      assert.equal((await readFile(job.outputPath)).length, byteLength);
      assert.deepEqual(await fixture.scratchFiles(), []);
      assert.equal(double.bought.length, 1);
    });

    test('the host of results is another one, and sees no key', async () => {
      double.plan('moved', { result: 'redirected' });
      const { ending } = await run({ prompt: 'moved' });
      assert.equal(ending.state, 'completed', inspect(ending));
      assert.equal(double.resultRequests.length, 2);
      for (const headers of double.resultRequests) {
        assert.equal(headers.authorization, undefined);
        assert.ok(!JSON.stringify(headers).includes(API_KEY.slice(0, 12)));
      }
    });

    test('a host of results that fails twice is asked again', async () => {
      double.plan('flaky', { result: 'flaky' });
      assert.equal((await run({ prompt: 'flaky' })).ending.state, 'completed');
    });

    for (const [plan, [code, bought]] of Object.entries(SUBMITS)) {
      test(`a submit that is ${plan} is ${code}, sent once, and what was bought is counted`, async () => {
        double.submits(plan as SubmitPlan);
        const starter = plan === 'silentBought' ? fixture.engine({ timeouts: HASTY_SUBMIT }) : engine;
        await assert.rejects(starter.start(fixture.job()), (error: unknown) => {
          assert.ok(hasCode(code)(error));
          assert.ok(!inspectable(error).includes(API_KEY.slice(0, 12)), 'a key is in the error');
          return true;
        });
        assert.equal(double.bought.length, bought);
      });
    }

    test('a service that is busy says when to come back, and then sells one job', async () => {
      double.submits('busy', 'accepted');
      const job = fixture.job();
      await assert.rejects(engine.start(job), (error: unknown) => {
        assert.ok(hasCode('engine_busy')(error));
        assert.equal((error as AnimaticError).details?.retryAfterMs, 7000);
        return true;
      });
      assert.equal((await followToEnd(engine, await engine.start(job))).ending.state, 'completed');
      assert.equal(double.bought.length, 1);
    });

    test('a service that is not there is unavailable: nothing was sent', async () => {
      const absent = fixture.engine({ baseUrl: `http://127.0.0.1:${await closedPort()}` });
      await assert.rejects(absent.start(fixture.job()), hasCode('engine_unavailable'));
      assert.equal((await absent.health()).state, 'unavailable');
    });

    for (const [what, plan, code, words] of ENDINGS) {
      test(`a job that ${what} is ${code}`, async () => {
        double.plan('doomed', plan);
        const { ending } = await run({ prompt: 'doomed' });
        assert.ok(ending.state === 'failed', inspect(ending));
        assert.equal(ending.error.code, code);
        assert.match(ending.error.message, words);
        assert.deepEqual(await fixture.scratchFiles(), []);
        assert.equal(double.bought.length, 1);
      });
    }

    for (const fault of ['busy', 'broken', 'reset', 'silent', 'unauthorised'] as const) {
      test(`a job is followed through questions that are ${fault}`, async () => {
        const plans: readonly ReadPlan[] = Array.from({ length: 6 }, () => fault);
        double.reads('answered', ...plans);
        const asker = fault === 'silent' ? fixture.engine({ timeouts: HASTY_READ }) : engine;
        const { ending, log } = await followToEnd(asker, await engine.start(fixture.job()));
        assert.equal(ending.state, 'completed', inspect(ending));
        const told = log.filter(({ message }) => /no usable answer/.test(message));
        assert.equal(told.length, 1, 'told once');
        assert.equal(double.bought.length, 1);
      });
    }

    test('a job that cannot be asked about for too long is given up honestly', async () => {
      double.plan('long', { runningLooks: Infinity });
      const patience = { unreachableMs: 30, strangeMs: 30, missingMs: 30 };
      const impatient = fixture.engine({ patience });
      const handle = await impatient.start(fixture.job({ prompt: 'long' }));
      double.reads(...Array.from({ length: 500 }, () => 'broken' as const));
      const { ending } = await followToEnd(impatient, handle);
      assert.ok(ending.state === 'failed', inspect(ending));
      assert.match(ending.error.message, /no usable answer about the job for too long/);
      assert.match(fixture.log.text, /can be seen at its service/);
    });

    test('progress is estimated, never falls and never claims the end', async () => {
      double.plan('slow', { runningLooks: 40 });
      const { progress } = await run({ prompt: 'slow' });
      const sorted = [...progress].sort((a, b) => a - b);
      assert.deepEqual(progress, sorted);
      assert.equal(progress[0], 0);
      assert.ok(new Set(progress).size > 3, JSON.stringify(progress));
      assert.ok(progress.at(-1)! < 1);
    });

    test('the key that started a job follows it, though another has become current', async () => {
      const handle = await engine.start(fixture.job());
      assert.equal((handle as { readonly credential: string }).credential, 'main');
      assert.ok(!JSON.stringify(handle).includes(API_KEY.slice(0, 12)), 'a key is in the handle');
      const credentials = [
        { name: 'new', apiKey: 'a-newer-key' },
        { name: 'main', apiKey: API_KEY },
      ] as const;
      double.keys.add('a-newer-key');
      const before = double.requests.length;
      const successor = fixture.engine({ credentials });
      assert.equal((await followToEnd(successor, handle)).ending.state, 'completed');
      for (const { headers } of double.requests.slice(before))
        assert.ok(headers.authorization?.endsWith(API_KEY));
      await successor.start(fixture.job());
      assert.deepEqual(
        double.bought.map(({ key }) => key),
        [API_KEY, 'a-newer-key'],
      );
    });

    test('a job whose key is gone waits for it, and says so to the operator', async () => {
      const handle = await engine.start(fixture.job());
      const keyless = fixture.engine({
        credentials: [{ name: 'other', apiKey: 'another-key' }],
        patience: { unreachableMs: 30, strangeMs: 30, missingMs: 30 },
      });
      const { ending } = await followToEnd(keyless, handle);
      assert.ok(ending.state === 'failed', inspect(ending));
      assert.match(fixture.log.text, /the key "main" that started the job is no longer set up/);
    });

    test('a job that others stopped is failed, or lost where nothing was paid', async () => {
      double.plan('stopped', { ending: 'cancelledElsewhere' });
      const { ending } = await run({ prompt: 'stopped' });
      if (ending.state === 'failed') assert.match(ending.error.message, /may have billed it/);
      else assert.equal(ending.state, 'lost');
    });

    test('a wrong key makes the engine unavailable, and its health says which one', async () => {
      const health = await fixture
        .engine({ credentials: [{ name: 'stale', apiKey: 'revoked-key-1234' }] })
        .health();
      assert.equal(health.state, 'unavailable');
      assert.match(health.message, /"stale"/);
      assert.ok(!health.message.includes('revoked-key'));
    });

    test('of a start whose answer was lost, recovery finds the job, or does not guess', async () => {
      double.submits('resetBought');
      const job = fixture.job();
      const sentAt = instant(Date.now());
      await assert.rejects(engine.start(job), hasCode('engine_start_unknown'));
      const recovered = await fixture.engine().recover({ correlationId: job.correlationId, sentAt });
      assert.notEqual(recovered.state, 'absent');
      if (recovered.state !== 'found') return;
      assert.equal((await followToEnd(engine, recovered.handle)).ending.state, 'completed');
      assert.equal(double.bought.length, 1);
    });

    test('zero and false are values: seed 0 and no sound are asked for', async () => {
      const { ending } = await run({ seed: 0, generateAudio: false });
      assert.equal(ending.state, 'completed', inspect(ending));
      const [{ body, wish }] = double.bought as unknown as [
        { body: Record<string, JsonValue>; wish: { hasSound: boolean } },
      ];
      assert.equal(wish.hasSound, false);
      if (engine.capabilities.seed !== 'ignored') assert.equal(body.seed, 0);
      if (engine.capabilities.audio) assert.equal(body.generate_audio, false);
    });

    test('what is not declared is refused before anything is bought', async () => {
      const { durationSeconds } = engine.capabilities;
      const tooLong = fixture.job({ durationSeconds: durationSeconds.longest + 1 });
      await assert.rejects(engine.start(tooLong), hasCode('unsupported_by_engine'));
      if (!durationSeconds.auto) {
        const free = fixture.job({ durationSeconds: 'auto' });
        await assert.rejects(engine.start(free), hasCode('unsupported_by_engine'));
      }
      assert.equal(double.bought.length, 0);
    });

    test('a clip that nobody takes is forgotten when the engine is closed', async () => {
      const closing = fixture.engine();
      await followToEnd(closing, await closing.start(fixture.job()));
      assert.equal((await fixture.scratchFiles()).length, 1);
      await closing.close();
      assert.deepEqual(await fixture.scratchFiles(), []);
    });
  });
}

/** An error with all its causes and details, as somebody could print it. */
const inspectable = (error: unknown): string =>
  error instanceof AnimaticError
    ? JSON.stringify([error.message, error.details, String(error.cause), error.stack])
    : String(error);

async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { readonly port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}
