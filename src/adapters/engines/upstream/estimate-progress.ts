/** What services say nothing about: how far a job is. Told from the time that such jobs take; an estimate never claims to be done. */

/** As far as an estimate goes. */
const FURTHEST = 0.95;
/** At the typical duration 74 % are shown. */
const STEEPNESS = 1.5;
/** A job that is under way shows it. */
const LEAST = 0.01;

/** Share of the work done by a running job, in whole hundredths, 0.01 to 0.95; never falls as time goes on. */
export function estimateProgress(elapsedMs: number, typicalMs: number): number {
  const share = FURTHEST * (1 - Math.exp((-STEEPNESS * Math.max(0, elapsedMs)) / typicalMs));
  return Math.max(LEAST, Math.floor(share * 100) / 100);
}
