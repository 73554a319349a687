/** Jobs that are paid by the clip: whatever happens to the worker or to the answer, one is bought, or nobody claims to know. */
import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { type TaskId, workerId } from '#domain/ids.ts';
import { addMs } from '#domain/instant.ts';
import type { Task } from '#domain/task/task.ts';
import type { Ports } from '#ports/ports.ts';
import { enginesOf } from '#tests/fixtures/engines-of.ts';
import { PaidEngine, PaidService } from '#tests/fixtures/paid-service.ts';
import { makePictureUri } from '#tests/fixtures/picture.ts';
import { ServiceFixture } from '#tests/fixtures/service-fixture.ts';
import { until } from '#tests/fixtures/until.ts';
import { cancelTask } from './cancel-task.ts';
import { recoverTasks } from './reap-stale-tasks.ts';
import { resolveParkedTask } from './resolve-parked-task.ts';
import { runTask } from './run-task.ts';

const TIMING = { leaseMs: 60_000, heartbeatMs: 20 };
const NEVER = new AbortController().signal;

describe('a job that is paid for', { timeout: 120_000 }, () => {
  let service: PaidService;
  let fixture: ServiceFixture;
  let image: string;

  beforeEach(async () => {
    service = new PaidService();
    const engine = new PaidEngine(service);
    fixture = await ServiceFixture.open({ engines: enginesOf(engine) });
    image = await makePictureUri();
  });
  afterEach(() => fixture.close());

  const submit = async (): Promise<TaskId> => (await fixture.submit({ image, prompt: 'p' })).id;

  async function claim(ports: Ports = fixture.ports): Promise<Task | undefined> {
    const now = ports.clock.now();
    return ports.queue.claim(workerId('worker'), now, addMs(now, TIMING.leaseMs));
  }

  /** One attempt at the one task that waits. */
  async function attempt(ports: Ports = fixture.ports): Promise<Task> {
    const task = await claim(ports);
    assert.ok(task !== undefined, 'nothing waits');
    await runTask(ports, task, { workerId: workerId('worker'), timing: TIMING, shutdown: NEVER });
    return fixture.find(task.id);
  }

  it('is noted before it is sent, and its handle takes the place of the note', async () => {
    const id = await submit();
    const start = PaidEngine.prototype.start;
    const engine = new PaidEngine(service);
    let noted: Task | undefined;
    engine.start = async (job) => {
      noted = await fixture.find(id);
      return start.call(engine, job);
    };
    const engines = enginesOf(engine);
    const task = await attempt({ ...fixture.ports, engines });
    assert.equal(noted?.engineStart?.correlationId, `${id}-1`);
    assert.equal(noted?.engineHandle, undefined);
    assert.deepEqual(
      [task.state, task.engineStart, task.engineHandle],
      ['completed', undefined, { id: '1' }],
    );
  });

  for (const behaviour of ['lostBefore', 'lostAfter'] as const) {
    it(`whose answer is lost (${behaviour}) is looked up, and bought once`, async () => {
      service.behaviour = behaviour;
      const id = await submit();
      const first = await attempt();
      if (behaviour === 'lostBefore') {
        assert.deepEqual([first.state, first.engineStart], ['created', undefined]);
        service.behaviour = 'answers';
        await attempt();
      }
      assert.equal((await fixture.find(id)).state, 'completed');
      assert.equal(service.bought.length, 1);
    });

    it(`whose answer is lost (${behaviour}) and that cannot be looked up waits for a person`, async () => {
      service.behaviour = behaviour;
      service.isSearchable = false;
      const id = await submit();
      const parked = await attempt();
      assert.equal(parked.state, 'processing');
      assert.ok(parked.parkedAt !== undefined);
      assert.equal(await fixture.balance(), '99.00');
      assert.match((await fixture.log(id)).at(-1)!, /not known whether the job runs.*stays held/);
      assert.match(fixture.operatorLog.text, /animatic engines resolve/);
      assert.equal(await claim(), undefined);
      await recoverTasks(fixture.ports);
      assert.equal(await claim(), undefined);
      assert.equal(service.startCount, 1);
    });
  }

  it('that a defect of ours may have sent is looked up before the task fails', async () => {
    const engine = new PaidEngine(service);
    const start = PaidEngine.prototype.start;
    engine.start = async (job) => {
      await start.call(engine, job);
      throw new TypeError('undefined is not a job');
    };
    await submit();
    const engines = enginesOf(engine);
    assert.equal((await attempt({ ...fixture.ports, engines })).state, 'completed');
    assert.equal(service.bought.length, 1);
  });

  it('that cannot be looked up because the look fails is not started again', async () => {
    service.behaviour = 'lostAfter';
    const engine = new PaidEngine(service);
    engine.recover = () => Promise.reject(new Error('a defect'));
    await submit();
    const engines = enginesOf(engine);
    assert.ok((await attempt({ ...fixture.ports, engines })).parkedAt !== undefined);
    assert.equal(service.bought.length, 1);
  });

  it('of an engine that the operator has removed meanwhile waits for a person', async () => {
    const id = await submit();
    const task = (await claim())!;
    const lease = { taskId: id, workerId: workerId('worker'), attempt: task.attempt };
    await fixture.ports.queue.saveEngineHandle(lease, { id: '1' });
    await fixture.ports.queue.reapAll(fixture.ports.clock.now());
    const engines = enginesOf(new PaidEngine(service, { name: 'another' }));
    const parked = await attempt({ ...fixture.ports, engines });
    assert.ok(parked.parkedAt !== undefined);
    assert.match((await fixture.log(id)).at(-1)!, /no longer set up/);
  });

  describe('and is parked', () => {
    let id: TaskId;
    beforeEach(async () => {
      service.behaviour = 'lostAfter';
      service.isSearchable = false;
      id = await submit();
      await attempt();
      service.behaviour = 'answers';
    });
    const resolve = (verdict: Parameters<typeof resolveParkedTask>[2]) =>
      resolveParkedTask(fixture.ports, id, verdict);

    for (const job of ['1', '{"id": "1"}']) {
      it(`is taken up when a person has found it as ${job}`, async () => {
        assert.equal((await resolve({ kind: 'found', job })).state, 'created');
        assert.equal((await attempt()).state, 'completed');
        assert.equal(service.bought.length, 1);
        assert.equal(await fixture.balance(), '99.00');
      });
    }

    it('is started again when a person says that it never was', async () => {
      assert.equal((await resolve({ kind: 'absent' })).state, 'created');
      assert.equal((await attempt()).state, 'completed');
      assert.equal(service.startCount, 2);
    });

    it('fails, with its hold released, when it is given up', async () => {
      const { state, error } = await resolve({ kind: 'givenUp' });
      assert.deepEqual([state, error?.code], ['failed', 'engine_start_unknown']);
      assert.equal(await fixture.balance(), '100.00');
    });

    it('is stopped when its cancel was asked for and a person has found it', async () => {
      const cancelled = await cancelTask(fixture.ports, fixture.principal, id);
      assert.equal(cancelled.state, 'processing');
      assert.equal(await fixture.balance(), '99.00');
      assert.equal((await resolve({ kind: 'found', job: '1' })).state, 'cancelled');
      assert.equal(service.bought[0]?.state, 'cancelled');
      assert.equal(await fixture.balance(), '100.00');
    });

    it('is resolved once, and only while it is parked', async () => {
      await resolve({ kind: 'givenUp' });
      await assert.rejects(resolve({ kind: 'absent' }), { code: 'not_found' });
      assert.equal(await claim(), undefined);
    });

    it('is not resolved with a handle that is none', async () => {
      await assert.rejects(resolve({ kind: 'found', job: '{"id"' }), { code: 'invalid_parameter' });
      assert.ok((await fixture.find(id)).parkedAt !== undefined);
    });
  });

  it('is stopped when its task is cancelled before anybody knew that it runs', async () => {
    const id = await submit();
    await dieAt(fixture.ports, { step: stepOf('start'), isDone: true });
    assert.deepEqual([service.bought.length, service.bought[0]?.state], [1, 'running']);
    await fixture.ports.queue.reapAll(fixture.ports.clock.now());
    assert.equal((await cancelTask(fixture.ports, fixture.principal, id)).state, 'cancelled');
    await until(() => service.bought[0]?.state === 'cancelled');
    assert.equal(await fixture.balance(), '100.00');
  });

  /** Runs the waiting task in a worker that dies at its `step`th call to the world; tells what it called. */
  async function dieAt(
    ports: Ports,
    death: { readonly step: number; readonly isDone: boolean },
  ): Promise<readonly string[]> {
    const mortal = new Mortal(death.step, death.isDone);
    const engine = mortal.wrap(new PaidEngine(service), ['start', 'recover', 'status', 'fetch']);
    const task = (await claim(ports))!;
    const running = runTask(
      {
        ...ports,
        queue: mortal.wrap(ports.queue, [
          'noteEngineStart',
          'forgetEngineStart',
          'saveEngineHandle',
          'finish',
          'giveBack',
          'park',
        ]),
        assets: mortal.wrap(ports.assets, ['createScratchPath', 'adopt', 'discardScratch']),
        engines: enginesOf(engine),
      },
      task,
      { workerId: workerId('worker'), timing: { leaseMs: 60_000, heartbeatMs: 30_000 }, shutdown: NEVER },
    );
    await Promise.race([running, mortal.death]);
    return mortal.calls;
  }

  /** Which call of an undisturbed attempt this is. */
  function stepOf(name: string): number {
    const order = ['createScratchPath', 'noteEngineStart', 'start', 'saveEngineHandle', 'status'];
    return order.indexOf(name) + 1;
  }

  it('is bought once wherever its worker dies, if the service can be asked', async () => {
    const seen = new Set<string>();
    for (let step = 1; ; step += 1) {
      let isOver = false;
      for (const isDone of [false, true]) {
        const before = service.bought.length;
        const id = await submit();
        const calls = await dieAt(fixture.ports, { step, isDone });
        isOver = calls.length < step;
        for (const call of calls) seen.add(call);
        await recoverTasks(fixture.ports);
        if ((await fixture.find(id)).state !== 'completed') await attempt();
        assert.equal((await fixture.find(id)).state, 'completed', `step ${step} ${isDone}`);
        assert.equal(service.bought.length - before, 1, `bought at step ${step} ${isDone}`);
      }
      if (isOver) break;
    }
    for (const call of ['noteEngineStart', 'start', 'saveEngineHandle', 'status', 'fetch', 'adopt', 'finish'])
      assert.ok(seen.has(call), `${call} was never died at`);
  });

  it('is bought once or honestly unknown wherever its worker dies, if the service cannot be asked', async () => {
    service.isSearchable = false;
    const unknownAt: string[] = [];
    for (let step = 1; ; step += 1) {
      let isOver = false;
      for (const isDone of [false, true]) {
        const before = service.bought.length;
        const id = await submit();
        const calls = await dieAt(fixture.ports, { step, isDone });
        isOver = calls.length < step;
        await recoverTasks(fixture.ports);
        if ((await fixture.find(id)).state !== 'completed') await attempt();
        const task = await fixture.find(id);
        const bought = service.bought.length - before;
        if (task.parkedAt === undefined) {
          assert.equal(task.state, 'completed', `step ${step} ${isDone}`);
          assert.equal(bought, 1, `bought at step ${step} ${isDone}`);
        } else {
          unknownAt.push(`${calls.at(-1)} ${isDone ? 'done' : 'undone'} ${bought}`);
          await resolveParkedTask(
            fixture.ports,
            id,
            bought === 0 ? { kind: 'absent' } : { kind: 'found', job: service.bought.at(-1)!.id },
          );
          assert.equal((await attempt()).state, 'completed');
          assert.equal(service.bought.length - before, 1);
        }
      }
      if (isOver) break;
    }
    assert.deepEqual(unknownAt, [
      'noteEngineStart done 0',
      'start undone 0',
      'start done 1',
      'saveEngineHandle undone 1',
    ]);
  });
});

/** Lets the calls of one worker through up to the one at which it dies: nothing of that worker goes on from there. */
class Mortal {
  readonly calls: string[] = [];
  readonly death: Promise<void>;
  readonly #die: () => void;
  readonly #step: number;
  /** Whether the last call still took effect. */
  readonly #isDone: boolean;

  constructor(step: number, isDone: boolean) {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.death = promise;
    this.#die = resolve;
    this.#step = step;
    this.#isDone = isDone;
  }

  wrap<Target extends object>(target: Target, names: readonly (keyof Target & string)[]): Target {
    return new Proxy(target, {
      get: (_, property) => {
        const value = Reflect.get(target, property, target);
        if (typeof value !== 'function') return value;
        const call = (...rest: unknown[]) => (value as (...all: unknown[]) => unknown).apply(target, rest);
        return names.includes(property as keyof Target & string)
          ? (...rest: unknown[]) => this.#call(String(property), () => call(...rest))
          : call;
      },
    });
  }

  async #call(name: string, call: () => unknown): Promise<unknown> {
    if (this.calls.length >= this.#step) return new Promise(() => {});
    this.calls.push(name);
    if (this.calls.length < this.#step) return call();
    if (this.#isDone) await call();
    this.#die();
    return new Promise(() => {});
  }
}
