/** The length of a clip when the request leaves it open. */
import { readPrompt } from './read-prompt.ts';
import { explicitSeconds } from './spoken-duration.ts';

const SHORTEST = 4;
const LONGEST = 15;
const USUAL = 5;
/** What every further move or shot adds. */
const SECONDS_PER_PHASE = 3;

/** Whole seconds 4..15: as the prompt says, else enough for the moves and shots it names, else 5. */
export function chooseDuration(prompt: string): number {
  const seconds = explicitSeconds(prompt.normalize('NFKC').toLowerCase());
  if (seconds !== undefined) return Math.min(LONGEST, Math.max(SHORTEST, Math.round(seconds)));
  const { wishes, cuts } = readPrompt(prompt);
  const phases = new Set(wishes.map((wish) => wish.phase)).size;
  const parts = Math.max(1, phases, cuts.length + 1);
  return Math.min(LONGEST, USUAL + SECONDS_PER_PHASE * (parts - 1));
}
