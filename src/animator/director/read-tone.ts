/** Reads a prompt for the light and the colours that the clip is to have. */
import { isNegatedWithin, splitClauses } from './clauses.ts';
import { compilePhrases } from './phrase.ts';
import type { LookName } from './plan.ts';
import { STRENGTH_WORDS } from './small-words.ts';
import { LOOK_DECOYS, LOOK_WORDS, NATURAL_WORDS } from './tone-vocabulary.ts';

export interface LookWish {
  /** The words of the prompt. */
  readonly text: string;
  readonly look: LookName;
  readonly strength: number;
  /** Where in the prompt. */
  readonly from: number;
}

export interface ToneReading {
  readonly wishes: readonly LookWish[];
  /** Words that rule a look out. */
  readonly absent: readonly string[];
  /** Words that ask for the picture's own colours. */
  readonly natural: string | undefined;
  /** Whether words for light and colour reach in between two positions of the prompt. */
  isKnown(from: number, to: number): boolean;
}

const looks = LOOK_WORDS.map(({ phrases, ...entry }) => ({ ...entry, expression: compilePhrases(phrases) }));
const decoys = compilePhrases(LOOK_DECOYS);
const natural = compilePhrases(NATURAL_WORDS);
const strengths = STRENGTH_WORDS.map(({ factor, phrases }) => ({
  factor,
  expression: new RegExp(`(?:${compilePhrases(phrases).source})[\\s-]*$`, 'u'),
}));

const LEAST_STRENGTH = 0.4;
const MOST_STRENGTH = 1.5;

/** @param text A prompt as `normalise` leaves it. */
export function readTone(text: string): ToneReading {
  const clauses = splitClauses(text);
  const naturals = [...text.matchAll(natural)].map((match) => ({ ...spanOf(match), text: match[0] }));
  const wishes: LookWish[] = [];
  const absent: string[] = [];
  const known: Span[] = [...naturals];
  for (const { from, to, look, strength } of looksIn(text)) {
    if (naturals.some((span) => span.from <= from && to <= span.to)) continue;
    const said = text.slice(from, to);
    known.push({ from, to });
    const clause = clauses.findLast(({ start }) => start <= from);
    if (clause !== undefined && isNegatedWithin(clause, from - clause.start)) absent.push(said);
    else wishes.push({ text: said, look, strength: strength * factorBefore(text, from), from });
  }
  return {
    wishes,
    absent,
    natural: naturals[0]?.text,
    isKnown: (from, to) => known.some((span) => span.from < to && from < span.to),
  };
}

interface Span {
  readonly from: number;
  readonly to: number;
}

const spanOf = (match: RegExpExecArray): Span => ({ from: match.index, to: match.index + match[0].length });

/** In order; of overlapping phrases the longest counts, and decoys shield what they cover. */
function looksIn(text: string): readonly (Span & { look: LookName; strength: number })[] {
  const found = [
    ...[...text.matchAll(decoys)].map((match) => ({ ...spanOf(match), look: undefined, strength: 0 })),
    ...looks.flatMap(({ look, strength = 1, expression }) =>
      [...text.matchAll(expression)].map((match) => ({ ...spanOf(match), look, strength })),
    ),
  ];
  found.sort((a, b) => b.to - b.from - (a.to - a.from));
  const kept: typeof found = [];
  for (const match of found) {
    if (kept.every((other) => match.to <= other.from || match.from >= other.to)) kept.push(match);
  }
  return kept
    .sort((a, b) => a.from - b.from)
    .flatMap(({ look, ...rest }) => (look ? [{ ...rest, look }] : []));
}

/** What is said right before a look: "slightly warm tones", "very moody". */
function factorBefore(text: string, from: number): number {
  const before = text.slice(0, from);
  const said = strengths
    .flatMap(({ factor, expression }) => {
      const match = expression.exec(before);
      return match === null ? [] : [{ factor, length: match[0].length }];
    })
    .sort((a, b) => b.length - a.length)[0];
  return Math.min(MOST_STRENGTH, Math.max(LEAST_STRENGTH, said?.factor ?? 1));
}
