/** The machine's clock. Sleeps survive neither an abort nor a passed deadline by more than a timer's tick. */
import { instant } from '#domain/instant.ts';
import type { Clock } from '#ports/clock.ts';

/** Longer delays overflow the timer's 32 bits and would fire at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

export const systemClock: Clock = {
  now: () => instant(Date.now()),

  sleep(durationMs, signal) {
    if (signal?.aborted === true) return Promise.resolve();
    return new Promise((resolve) => {
      const wake = () => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', wake);
        resolve();
      };
      const timer = setTimeout(wake, Math.min(durationMs, LONGEST_TIMER_MS));
      signal?.addEventListener('abort', wake, { once: true });
    });
  },
};
