/** Runs the table and says what every case came to. */
import type { Resolution } from '#domain/media/frame-size.ts';
import { createStillLoader } from './case-clip.ts';
import { CASES, caseName } from './cases.ts';
import { examineCase } from './examine-case.ts';
import { examineGrammar } from './examine-grammar.ts';
import { isMiss, type Measurement } from './gates/measurement.ts';
import { isKnownGap, readKnownGaps } from './known-gaps.ts';
import { STILLS, type StillName } from './stills/stills.ts';

export interface Verdict {
  readonly caseName: string;
  readonly measurements: readonly Measurement[];
  /** Targets missed that no known gap excuses. */
  readonly misses: readonly Measurement[];
  /** Targets missed as the list of known gaps says. */
  readonly gaps: readonly Measurement[];
}

export interface QualityOptions {
  /** The subset that `npm test` runs. */
  readonly isFast: boolean;
  readonly resolution: Resolution;
  /** Only cases whose name holds this; all when undefined. */
  readonly filter?: string | undefined;
  readonly report: (verdict: Verdict) => void;
}

/** Stills over which the fast subset plays the whole grammar. */
const FAST_GRAMMAR: readonly StillName[] = ['lakeside', 'portrait', 'tall wood'];

export async function runQuality(options: QualityOptions): Promise<readonly Verdict[]> {
  const { isFast, resolution, filter = '', report } = options;
  const known = readKnownGaps();
  const load = createStillLoader();
  const verdicts: Verdict[] = [];
  const judge = (name: string, measurements: readonly Measurement[]): void => {
    const missed = measurements.filter(isMiss);
    const isGap = ({ gate }: Measurement) => isKnownGap(known, { caseName: name, gate });
    const verdict = {
      caseName: name,
      measurements,
      misses: missed.filter((measurement) => !isGap(measurement)),
      gaps: missed.filter(isGap),
    };
    verdicts.push(verdict);
    report(verdict);
  };
  for (const one of CASES) {
    const name = caseName(one);
    if ((isFast && !one.isFast) || !name.includes(filter)) continue;
    judge(name, await examineCase(one, resolution, load));
  }
  for (const still of STILLS) {
    if (isFast && !FAST_GRAMMAR.includes(still)) continue;
    if (!`${still} / every move`.includes(filter)) continue;
    for (const { move, strength, measurements } of await examineGrammar(still, resolution, load)) {
      judge(`${still} / ${move} at ${strength} / maps`, measurements);
    }
  }
  return verdicts;
}
