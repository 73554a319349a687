/** The answer, or `stopped` as soon as `signal` aborts; the question's later answer is then dropped. */
export async function unlessStopped<Answer>(
  question: Promise<Answer>,
  signal: AbortSignal,
): Promise<Answer | 'stopped'> {
  if (signal.aborted) {
    question.catch(() => undefined);
    return 'stopped';
  }
  const { promise: stopped, resolve } = Promise.withResolvers<'stopped'>();
  const onAbort = () => resolve('stopped');
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await Promise.race([question, stopped]);
  } finally {
    signal.removeEventListener('abort', onAbort);
    question.catch(() => undefined);
  }
}
