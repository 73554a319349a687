/**
 * Follows an engine's job to its verdict, passing progress and log on to the lease. A job that is not followed to its end, because
 * the lease says stop or the engine cannot be asked, is cancelled: nobody would see it run. One that the next worker can take over
 * runs on, unless its cancel was asked for: it may have been paid for.
 */
import type { StoredError } from '#domain/errors.ts';
import type { JsonValue } from '#domain/json.ts';
import type { EngineStart } from '#domain/task/engine-start.ts';
import type { Engine, EngineClip, EngineLogLine, EngineStatus } from '#ports/engine.ts';
import type { LeaseKeeper, StopReason } from './lease-keeper.ts';
import { unlessStopped } from './unless-stopped.ts';

export type JobOutcome =
  | { readonly kind: 'completed'; readonly clip: EngineClip }
  | { readonly kind: 'failed'; readonly error: StoredError }
  | { readonly kind: 'crashed'; readonly message: string }
  | { readonly kind: 'lost'; readonly message: string }
  | StoppedJob;

export interface StoppedJob {
  readonly kind: 'stopped';
  readonly reason: StopReason;
  /** Of the job, where it runs on and is left to the next worker. */
  readonly leftHandle?: JsonValue;
  /** Of which it is not known yet whether it started a job: left to the next worker too. */
  readonly leftStart?: EngineStart;
}

/** What of a `LeaseKeeper` a job needs. */
export type JobKeeper = Pick<LeaseKeeper, 'signal' | 'report' | 'log'>;

/** How long one question to the engine may wait for news. */
const STATUS_WAIT_MS = 1000;

/** @throws Whatever the engine's `status` or `cancel` rejects with. */
export async function followJob(engine: Engine, handle: JsonValue, keeper: JobKeeper): Promise<JobOutcome> {
  let isDone = false;
  try {
    let after: number | undefined;
    for (;;) {
      const status = await unlessStopped(
        engine.status(handle, { waitMs: STATUS_WAIT_MS, ...(after === undefined ? {} : { after }) }),
        keeper.signal,
      );
      if (status === 'stopped') {
        const reason = keeper.signal.reason as StopReason;
        isDone = engine.capabilities.resumable && reason !== 'cancelRequested';
        return { kind: 'stopped', reason, ...(isDone ? { leftHandle: handle } : {}) };
      }
      if ('log' in status) passOn(status.log, keeper);
      if (status.state !== 'running') {
        isDone = true;
        return outcomeOf(status);
      }
      after = status.revision;
      keeper.report(status.progress);
    }
  } finally {
    if (!isDone) await engine.cancel(handle);
  }
}

function outcomeOf(status: Exclude<EngineStatus, { state: 'running' }>): JobOutcome {
  switch (status.state) {
    case 'completed':
      return { kind: 'completed', clip: status.clip };
    case 'failed':
      return { kind: 'failed', error: status.error };
    case 'crashed':
    case 'lost':
      return { kind: status.state, message: status.message };
  }
}

function passOn(lines: readonly EngineLogLine[], keeper: JobKeeper): void {
  for (const line of lines) keeper.log(line.level, line.message);
}
