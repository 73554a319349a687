/** The figures that are known to miss their targets: a list in tests/known-gaps/quality.md, so that a gap is a diff. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const FILE = join(import.meta.dirname, '..', 'tests', 'known-gaps', 'quality.md');

export interface KnownGap {
  readonly caseName: string;
  readonly gate: string;
}

const keyOf = ({ caseName, gate }: KnownGap): string => `${caseName} :: ${gate}`;

/** The table's rows: ``| `case` | `gate` | figure | reason |``. */
export function readKnownGaps(): ReadonlySet<string> {
  const rows = readFileSync(FILE, 'utf8').matchAll(/^\| `([^`]+)` \| `([^`]+)` \|/gm);
  return new Set([...rows].map(([, caseName, gate]) => keyOf({ caseName: caseName!, gate: gate! })));
}

export const isKnownGap = (gaps: ReadonlySet<string>, gap: KnownGap): boolean => gaps.has(keyOf(gap));
