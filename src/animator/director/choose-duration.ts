/** The length of a clip when the request leaves it open. */
import { readPrompt } from './read-prompt.ts';
import { explicitSeconds } from './spoken-duration.ts';

const SHORTEST = 4;
const LONGEST = 15;
const USUAL = 5;
/** What every further move or shot adds. */
const SECONDS_PER_PHASE = 3;

/** Whole seconds 4..15: as the prompt says or its time codes run, else enough for the moves and shots it names, else 5. */
export function chooseDuration(prompt: string): number {
  const { wishes, shots } = readPrompt(prompt);
  const ends = shots.flatMap(({ time }) => (time === undefined ? [] : [time.end]));
  const spoken = explicitSeconds(prompt.normalize('NFKC').toLowerCase());
  const seconds = Math.max(...ends, spoken ?? 0);
  if (seconds > 0) return Math.min(LONGEST, Math.max(SHORTEST, Math.round(seconds)));
  const phases = new Set(wishes.map((wish) => wish.phase)).size;
  const parts = Math.max(1, phases, shots.length);
  return Math.min(LONGEST, USUAL + SECONDS_PER_PHASE * (parts - 1));
}
