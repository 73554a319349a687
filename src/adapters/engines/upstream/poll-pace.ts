/** How often a service is asked about a job: seldom at first, then steadily, never in step with other jobs. */

export interface PollPace {
  /** From the start to the first question, before jitter. */
  readonly firstMs: number;
  /** Between two questions, before jitter. */
  readonly everyMs: number;
  /** After a question that was not answered the pause doubles up to this. */
  readonly longestMs: number;
}

/** Share by which a pause is made longer or shorter. */
const JITTER = 0.25;

/** Doublings after which the longest pause is reached in any case. */
const MOST_DOUBLINGS = 16;

/**
 * The pause before the next question.
 * @param asked Questions so far.
 * @param failures Questions in a row that were not answered.
 * @param random 0 to 1.
 */
export function pauseMs(
  pace: PollPace,
  { asked, failures, random }: { readonly asked: number; readonly failures: number; readonly random: number },
): number {
  const usual = asked === 0 ? pace.firstMs : pace.everyMs;
  const patient = Math.min(Math.max(usual, pace.longestMs), usual * 2 ** Math.min(failures, MOST_DOUBLINGS));
  return patient * (1 + JITTER * (2 * random - 1));
}
