/** Several engines behind one endpoint: which is asked, what follows when it does not take a task, and what is refused beforehand. */
import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { findEndpoint } from '#catalogue/index.ts';
import type { EndpointKey } from '#domain/endpoint-key.ts';
import { accountId, type TaskId, workerId } from '#domain/ids.ts';
import { addMs, type Instant, instant } from '#domain/instant.ts';
import { usd } from '#domain/money.ts';
import { MAX_ATTEMPTS } from '#domain/task/retry-limits.ts';
import type { Task } from '#domain/task/task.ts';
import type { Clock } from '#ports/clock.ts';
import type { EngineCapabilities } from '#ports/engine.ts';
import { type PlannedStop, routedEngines } from '#tests/fixtures/engines-of.ts';
import { PaidEngine, PaidService } from '#tests/fixtures/paid-service.ts';
import { makePictureUri } from '#tests/fixtures/picture.ts';
import { FAST, ServiceFixture } from '#tests/fixtures/service-fixture.ts';
import { chooseEngines } from './choose-engines.ts';
import { randomFrom } from './random-from.ts';
import { runTask } from './run-task.ts';

const TIMING = { leaseMs: 3_600_000_000, heartbeatMs: 1000 };
const NEVER = new AbortController().signal;

/** Advanced by hand; sleepers sleep on real time, of which there is little. */
class HandClock implements Clock {
  ms = 1_800_000_000_000;
  now = (): Instant => instant(this.ms);
  sleep: Clock['sleep'] = (durationMs, signal) =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, durationMs);
      signal?.addEventListener('abort', () => resolve(clearTimeout(timer)), { once: true });
    });
}

describe('an endpoint with several engines', { timeout: 60_000 }, () => {
  const clock = new HandClock();
  let services: Record<'a' | 'b' | 'c', PaidService>;
  let fixture: ServiceFixture;
  let image: string;

  type Options = {
    readonly stops?: readonly [PlannedStop, ...PlannedStop[]];
    readonly capabilities?: Partial<Record<'a' | 'b' | 'c', Partial<EngineCapabilities>>>;
    readonly mostJobs?: Partial<Record<'a' | 'b' | 'c', number>>;
  };

  async function open(options: Options = {}): Promise<void> {
    const names = ['a', 'b', 'c'] as const;
    const listed = names.map((name) => {
      const { [name]: capabilities = {} } = options.capabilities ?? {};
      const { [name]: mostJobs } = options.mostJobs ?? {};
      const engine = new PaidEngine(services[name], { name, capabilities });
      return { engine, ...(mostJobs === undefined ? {} : { mostJobs }) };
    });
    const stops = options.stops ?? [
      { engine: 'a', when: {} },
      { engine: 'b', when: {} },
    ];
    const engines = routedEngines(listed, stops, clock);
    fixture = await ServiceFixture.open({ engines, clock });
  }

  beforeEach(async () => {
    services = { a: new PaidService(), b: new PaidService(), c: new PaidService() };
    image = await makePictureUri();
  });
  afterEach(() => fixture.close());

  const submit = (body: object = {}) => fixture.submit({ image, prompt: 'p', ...body });

  async function attempt(): Promise<Task> {
    const now = clock.now();
    await fixture.ports.queue.release(now);
    const worker = workerId('worker');
    const task = await fixture.ports.queue.claim(worker, now, addMs(now, TIMING.leaseMs));
    assert.ok(task !== undefined, 'nothing waits');
    await runTask(fixture.ports, task, { workerId: worker, timing: TIMING, shutdown: NEVER });
    return fixture.find(task.id);
  }

  const bought = () => [services.a.bought.length, services.b.bought.length, services.c.bought.length];
  const logOf = async (id: TaskId) => (await fixture.log(id)).join('\n');

  it('asks the first one', async () => {
    await open();
    assert.equal((await submit()).engine, 'a');
    assert.equal((await attempt()).state, 'completed');
    assert.deepEqual(bought(), [1, 0, 0]);
  });

  for (const behaviour of ['busy', 'unavailable'] as const) {
    it(`asks the next one when the first is ${behaviour}, and says so`, async () => {
      await open();
      services.a.behaviour = behaviour;
      const { id } = await submit();
      const task = await attempt();
      assert.deepEqual([task.state, task.engine], ['completed', 'b']);
      assert.deepEqual(bought(), [0, 1, 0]);
      assert.match(await logOf(id), /The engine "a" .*\. The engine "b" is asked instead\./);
      assert.match(fixture.operatorLog.text, /An engine did not take a task; nothing was started/);
    });
  }

  it('asks nobody else when the content is refused', async () => {
    await open();
    services.a.behaviour = 'refuses';
    await submit();
    assert.equal((await attempt()).error?.code, 'content_refused');
    assert.deepEqual([services.a.startCount, services.b.startCount], [1, 0]);
    assert.equal(await fixture.balance(), '100.00');
  });

  it('asks nobody else when nobody can say whether the first has started it', async () => {
    await open();
    services.a.behaviour = 'lostBefore';
    services.a.isSearchable = false;
    await submit();
    assert.ok((await attempt()).parkedAt !== undefined);
    assert.equal(services.b.startCount, 0);
  });

  it('waits when no engine takes the task, longer each time, and gives up in the end', async () => {
    await open();
    services.a.behaviour = 'busy';
    services.b.behaviour = 'unavailable';
    const { id } = await submit();
    const pauses: number[] = [];
    for (let number = 1; number < MAX_ATTEMPTS; number += 1) {
      const task = await attempt();
      assert.deepEqual([task.state, task.engine], ['created', 'a']);
      pauses.push(task.startAfter! - clock.ms);
      clock.ms = task.startAfter!;
    }
    assert.deepEqual(
      pauses.slice(0, 8),
      [5, 10, 20, 40, 80, 160, 300, 300].map((seconds) => seconds * 1000),
    );
    assert.match(await logOf(id), /asked again in 5 seconds/);
    const task = await attempt();
    assert.deepEqual([task.state, task.charged], ['failed', 0n]);
    assert.match(task.error!.code, /engine_busy|engine_unavailable/);
    assert.equal(await fixture.balance(), '100.00');
  });

  it('leaves an engine alone that keeps failing, and tries it again after a while', async () => {
    await open();
    services.a.behaviour = 'unavailable';
    for (let number = 1; number <= 4; number += 1) {
      await submit();
      assert.equal((await attempt()).engine, 'b');
    }
    assert.equal(services.a.startCount, 3);
    assert.equal((await submit()).engine, 'b', 'it is passed over when the task is accepted');
    assert.equal((await attempt()).engine, 'b');
    services.a.behaviour = 'answers';
    clock.ms += 30_000;
    assert.equal((await submit()).engine, 'a');
    assert.equal((await attempt()).engine, 'a');
    assert.equal(fixture.ports.engines.list()[0]?.breaker.state, 'closed');
  });

  it('goes past an engine that has as much in hand as it may have', async () => {
    await open({ mostJobs: { b: 1 } });
    await submit();
    const now = clock.now();
    const other = (await fixture.ports.queue.claim(workerId('other'), now, addMs(now, 1e9)))!;
    const lease = { taskId: other.id, workerId: workerId('other'), attempt: other.attempt };
    await fixture.ports.queue.noteEngineStart(lease, {
      engine: 'b',
      start: { correlationId: 'x', sentAt: now },
    });
    services.a.behaviour = 'busy';
    await submit();
    const waiting = await attempt();
    assert.equal(waiting.state, 'created');
    assert.equal(services.b.startCount, 0);
    await fixture.ports.queue.forgetEngineStart(lease);
    await fixture.ports.queue.giveBack(lease, { crashed: false, startAfter: addMs(now, 1e10) }, now, []);
    clock.ms = waiting.startAfter!;
    assert.deepEqual([(await attempt()).engine, services.b.startCount], ['b', 1]);
  });

  it('passes over an engine that cannot make the clip', async () => {
    await open({ capabilities: { a: { lastImage: false } } });
    assert.equal((await submit({ last_image: image })).engine, 'b');
    assert.equal((await attempt()).engine, 'b');
    assert.equal((await submit()).engine, 'a');
    await attempt();
  });

  it('passes over an engine whose conditions are not met', async () => {
    const stops = (when: PlannedStop['when']): Options => ({
      stops: [
        { engine: 'a', when },
        { engine: 'b', when: {} },
      ],
    });
    const cases = [
      [{ resolutions: ['480p'] }, { resolution: '480p' }, { resolution: '720p' }],
      [{ longestDurationSeconds: 6 }, { duration: 6 }, { duration: 7 }],
      [{ generateAudio: false }, { generate_audio: false }, { generate_audio: true }],
      [{ maxCost: usd('0.30') }, {}, undefined],
      [{ maxCost: usd('0.29') }, undefined, {}],
      [{ accounts: [accountId('another')] }, undefined, {}],
    ] as const;
    for (const [when, fitting, unfitting] of cases) {
      await open(stops(when));
      if (fitting !== undefined) assert.equal((await submit(fitting)).engine, 'a', JSON.stringify(fitting));
      if (unfitting !== undefined) assert.equal((await submit(unfitting)).engine, 'b');
      await fixture.close();
    }
    await open();
  });

  it('refuses what none can do before anything is charged, and says what each one lacks', async () => {
    await open({
      capabilities: { a: { lastImage: false } },
      stops: [
        { engine: 'a', when: {} },
        { engine: 'b', when: { resolutions: ['480p'] } },
      ],
    });
    await assert.rejects(submit({ last_image: image, resolution: '720p' }), {
      code: 'unsupported_by_engine',
      path: ['last_image'],
      message:
        'No engine behind this endpoint can do what was asked for: "a" cannot end on a given picture; "b" is set up for 480p alone.',
    });
    assert.equal(await fixture.balance(), '100.00');
    assert.deepEqual(await fixture.assetIds(), []);
  });

  it('tells callers nothing of what engines cost', async () => {
    await open({ stops: [{ engine: 'a', when: { maxCost: usd('0.01') } }] });
    await assert.rejects(submit(), (error: Error) => {
      assert.match(error.message, /is not set up for clips that cost as much/);
      assert.doesNotMatch(error.message, /0\.01|0\.3/);
      return true;
    });
  });

  it('shares tasks out by weight', async () => {
    await open({
      stops: [
        { engine: 'a', weight: 3, when: {} },
        { engine: 'b', weight: 1, when: {} },
        { engine: 'c', when: {} },
      ],
    });
    // Draws from 0 to 1 in even steps.
    let draw = 0;
    const ids = { ...fixture.ports.ids, hex: (length: number) => fixture.ports.ids.hex(length) };
    ids.seed = () => Math.floor(((draw++ % 8) / 8) * 2 ** 31);
    const { engines } = fixture.ports;
    const { request, inputPaths } = await submit();
    const wanted = { endpoint: findEndpoint(FAST), request, inputPaths, accountId: accountId('x') };
    const firsts: string[] = [];
    const lasts = new Set<string | undefined>();
    for (let count = 0; count < 40; count += 1) {
      draw = count;
      const chosen = await chooseEngines({ engines }, wanted, {
        askCost: async () => undefined,
        random: randomFrom(ids),
      });
      firsts.push(chosen[0].name);
      lasts.add(chosen.at(-1)?.name);
    }
    assert.equal(firsts.filter((name) => name === 'a').length, 30);
    assert.equal(firsts.filter((name) => name === 'b').length, 10);
    assert.deepEqual([...lasts], ['c']);
  });

  it('says that nothing was searched when the engine does not search', async () => {
    await open();
    const mini: EndpointKey = { protocol: 'wavespeed', id: 'bytedance/seedance-2.0-mini/image-to-video' };
    const said = async (enable_web_search: boolean): Promise<boolean> => {
      const { id } = await fixture.submit({ image, prompt: 'p', enable_web_search }, mini);
      await attempt();
      return (await logOf(id)).includes('Nothing was searched on the web: the engine "a" does not do that.');
    };
    assert.deepEqual([await said(true), await said(false)], [true, false]);
  });
});
