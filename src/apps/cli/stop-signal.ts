/** Two signals within this time are one wish: a terminal signals the whole group, and npm and `bin/animatic.js` pass theirs on. */
const SAME_WISH_MS = 500;

/** Exit code of a program that was stopped from outside: 128 + SIGINT. */
export const STOPPED_EXIT_CODE = 130;

/** Aborts at Ctrl-C or SIGTERM, so that the command can end well. Who asks a second time is not kept waiting: the program ends at once. */
export function stopSignal(): AbortSignal {
  const stop = new AbortController();
  let firstMs = 0;
  const onSignal = () => {
    const nowMs = performance.now();
    if (stop.signal.aborted && nowMs - firstMs > SAME_WISH_MS) process.exit(STOPPED_EXIT_CODE);
    if (stop.signal.aborted) return;
    firstMs = nowMs;
    stop.abort();
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, onSignal);
  return stop.signal;
}
