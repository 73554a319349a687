/**
 * The store as a few maps: what the ports promise, without concurrency, durability or speed. Random operations run against it
 * and a real store side by side.
 */
import type { AccountId, TaskId, WorkerId } from '#domain/ids.ts';
import type { Instant } from '#domain/instant.ts';
import { add, type MicroDollars, subtract, ZERO } from '#domain/money.ts';
import { TASK_PRIORITIES, type Task } from '#domain/task/task.ts';
import { isFinal } from '#domain/task/task-state.ts';
import type { Heartbeat, Lease, NotedStart, StartVerdict, TaskEnding } from '#ports/task-queue.ts';

type Refusal = 'insufficient_credit' | 'queue_full' | 'lease_lost';

export class StoreModel {
  readonly balances = new Map<AccountId, MicroDollars>();
  /** In the order of submission. */
  readonly tasks = new Map<TaskId, Task>();
  readonly #leases = new Map<TaskId, { readonly workerId: WorkerId; readonly expiresAt: Instant }>();
  readonly #lastServed = new Map<AccountId, number>();
  #turns = 0;

  grant(account: AccountId, amount: MicroDollars): void {
    this.balances.set(account, add(this.#balance(account), amount));
  }

  submit(task: Task, mostWaiting: number): Refusal | undefined {
    const waiting = this.#waiting().filter(({ endpoint }) => endpoint.id === task.endpoint.id);
    if (waiting.length > mostWaiting) return 'queue_full';
    if (this.#balance(task.accountId) < task.held) return 'insufficient_credit';
    this.grant(task.accountId, subtract(ZERO, task.held));
    this.tasks.set(task.id, task);
    return undefined;
  }

  /** The tasks that may be claimed next: more than one only among accounts that were never served. */
  claimable(): readonly TaskId[] {
    const waiting = this.#waiting().toSorted((a, b) => urgency(a) - urgency(b));
    const turn = (task: Task) => this.#lastServed.get(task.accountId) ?? 0;
    const next = Math.min(...waiting.map(turn));
    const firsts = new Map<AccountId, TaskId>();
    for (const task of waiting) {
      if (turn(task) === next && !firsts.has(task.accountId)) firsts.set(task.accountId, task.id);
    }
    return [...firsts.values()];
  }

  claim(id: TaskId, workerId: WorkerId, at: Instant, expiresAt: Instant): Task {
    const task = this.tasks.get(id)!;
    this.#turns += 1;
    this.#lastServed.set(task.accountId, this.#turns);
    this.#leases.set(id, { workerId, expiresAt });
    return this.#change(task, {
      state: 'processing',
      attempt: task.attempt + 1,
      startedAt: task.startedAt ?? at,
    });
  }

  heartbeat(lease: Lease, { leaseExpiresAt, progress }: Heartbeat): Refusal | undefined {
    const task = this.#leased(lease);
    if (task === undefined) return 'lease_lost';
    this.#leases.set(task.id, { workerId: lease.workerId, expiresAt: leaseExpiresAt });
    this.#change(task, { progress: Math.max(task.progress, progress) });
    return undefined;
  }

  saveEngineHandle(lease: Lease, handle: string): Refusal | undefined {
    const task = this.#leased(lease);
    if (task === undefined) return 'lease_lost';
    const { engineStart: _, ...rest } = task;
    this.tasks.set(task.id, { ...rest, engineHandle: handle });
    return undefined;
  }

  noteEngineStart(lease: Lease, { engine, start, quotedCost }: NotedStart): Refusal | undefined {
    const task = this.#leased(lease);
    if (task === undefined) return 'lease_lost';
    const { engineHandle: _, quotedCost: __, ...rest } = task;
    const cost = quotedCost === undefined ? {} : { quotedCost };
    this.tasks.set(task.id, { ...rest, engine, engineStart: start, ...cost });
    return undefined;
  }

  forgetEngineStart(lease: Lease): Refusal | undefined {
    const task = this.#leased(lease);
    if (task === undefined) return 'lease_lost';
    const { engineStart: _, ...rest } = task;
    this.tasks.set(task.id, rest);
    return undefined;
  }

  park(lease: Lease, parkedAt: Instant): Refusal | undefined {
    const task = this.#leased(lease);
    if (task === undefined) return 'lease_lost';
    this.#leases.delete(task.id);
    this.#change(task, { parkedAt });
    return undefined;
  }

  unpark(id: TaskId, verdict: StartVerdict, at: Instant): Task | undefined {
    const task = this.tasks.get(id)!;
    if (task.parkedAt === undefined) return undefined;
    const { parkedAt: _, ...rest } = task;
    if (verdict.kind === 'givenUp')
      return this.#end(this.#change(rest, { state: 'failed', error: verdict.error }), ZERO, at);
    const { engineStart: __, engineHandle: ___, ...unknown } = rest;
    this.#queueAgain(verdict.kind === 'found' ? { ...unknown, engineHandle: verdict.handle } : unknown, at);
    return this.tasks.get(id);
  }

  finish(lease: Lease, ending: TaskEnding, at: Instant): Refusal | undefined {
    const task = this.#leased(lease);
    if (task === undefined) return 'lease_lost';
    const { charged = ZERO, ...end } = { charged: undefined, ...ending };
    this.#end(this.#change(task, ending.state === 'completed' ? { ...end, progress: 1 } : end), charged, at);
    return undefined;
  }

  giveBack(
    lease: Lease,
    { crashed, keepsHandle }: { readonly crashed: boolean; readonly keepsHandle: boolean },
    at: Instant,
  ): Refusal | undefined {
    const task = this.#leased(lease);
    if (task === undefined) return 'lease_lost';
    const { engineHandle: _, ...rest } = task;
    this.#queueAgain({ ...(keepsHandle ? task : rest), crashes: task.crashes + (crashed ? 1 : 0) }, at);
    return undefined;
  }

  /** With `Infinity` every lease. */
  reap(until: number, at: Instant): readonly TaskId[] {
    const expired = [...this.#leases].filter(([, { expiresAt }]) => expiresAt <= until).map(([id]) => id);
    for (const id of expired) this.#queueAgain(this.tasks.get(id)!, at);
    return expired;
  }

  expire(at: Instant): readonly TaskId[] {
    const late = this.#waiting().filter(
      ({ attempt, startBy }) => attempt === 0 && (startBy ?? Infinity) <= at,
    );
    const error = {
      code: 'start_timeout',
      message: 'The task did not start within the time that its caller gave it. Nothing was charged.',
    } as const;
    for (const task of late) this.#end(this.#change(task, { state: 'failed', error }), ZERO, at);
    return late.map(({ id }) => id);
  }

  requestCancel(id: TaskId, at: Instant): Task {
    const task = this.tasks.get(id)!;
    if (isFinal(task.state)) return task;
    const wished = this.#change(task, { cancelRequestedAt: task.cancelRequestedAt ?? at });
    return task.state === 'created' ? this.#cancel(wished, at) : wished;
  }

  #balance(account: AccountId): MicroDollars {
    return this.balances.get(account) ?? ZERO;
  }

  #waiting(): readonly Task[] {
    return [...this.tasks.values()].filter(({ state }) => state === 'created');
  }

  #leased(lease: Lease): Task | undefined {
    const task = this.tasks.get(lease.taskId)!;
    const current = this.#leases.get(task.id);
    return current?.workerId === lease.workerId && task.attempt === lease.attempt ? task : undefined;
  }

  #change(task: Task, change: Partial<Task>): Task {
    const changed = { ...task, ...change };
    this.tasks.set(task.id, changed);
    return changed;
  }

  #queueAgain(task: Task, at: Instant): void {
    this.#leases.delete(task.id);
    const waiting = this.#change(task, { state: 'created', progress: 0 });
    if (waiting.cancelRequestedAt !== undefined) this.#cancel(waiting, at);
  }

  #cancel(task: Task, at: Instant): Task {
    const error = { code: 'cancelled', message: 'The task was cancelled before it finished.' } as const;
    return this.#end(this.#change(task, { state: 'cancelled', error }), ZERO, at);
  }

  #end(task: Task, charged: MicroDollars, at: Instant): Task {
    this.#leases.delete(task.id);
    this.grant(task.accountId, subtract(task.held, charged));
    return this.#change(task, { charged, finishedAt: at });
  }
}

const urgency = (task: Task): number => TASK_PRIORITIES.indexOf(task.priority);
