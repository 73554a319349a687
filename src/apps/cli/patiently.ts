import { setTimeout as pause } from 'node:timers/promises';
import { AnimaticError } from '#domain/errors.ts';

/** Longer than a server takes to restart. */
const PATIENCE_MS = 60_000;
const RETRY_PAUSE_MS = 500;

export interface Patience {
  /** Called once, when the first try finds no server. */
  onWaiting(): void;
  /** No further try after its abort. */
  readonly stop: AbortSignal;
}

/** Asks again for a minute while no server answers: it may be restarting. For questions that may be asked twice. */
export async function patiently<Answer>(
  ask: () => Promise<Answer>,
  { onWaiting, stop }: Patience,
): Promise<Answer> {
  let waitingSinceMs: number | undefined;
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof AnimaticError && error.code === 'server_unreachable') || stop.aborted)
        throw error;
      if (waitingSinceMs === undefined) onWaiting();
      waitingSinceMs ??= performance.now();
      if (performance.now() - waitingSinceMs > PATIENCE_MS) throw error;
    }
    await pause(RETRY_PAUSE_MS);
  }
}
