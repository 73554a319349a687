/** Reads a prompt for what moves in the picture by itself: what, how strongly, where to, and what is said to rest. */
import { type Clause, camera, carriesNegation, has, isNegatedWithin, isSmallTalk } from './clauses.ts';
import { FLUID_DECOYS, FLUID_WORDS, type FluidWords, HEADING_WORDS } from './fluid-vocabulary.ts';
import { compilePhrases } from './phrase.ts';
import type { FluidKind, Heading } from './plan.ts';
import { STRENGTH_WORDS } from './small-words.ts';

export interface FluidWish {
  /** The words of the prompt. */
  readonly text: string;
  readonly kinds: readonly FluidKind[];
  /** In parts of the usual; 0 for what is said to rest. */
  readonly strength: number;
  /** Undefined when nothing is said. */
  readonly heading: Heading | undefined;
  readonly isIncidental: boolean;
}

export interface FluidReading {
  /** In the order of the prompt. */
  readonly wishes: readonly FluidWish[];
  /** Whether a position of the prompt lies within a wish: "flames dance" asks nobody to dance. */
  covers(position: number): boolean;
  /** Whether a clause says anything about it. */
  isKnown(clause: Clause): boolean;
}

interface Span {
  readonly from: number;
  readonly to: number;
}

interface Match extends Span {
  /** Undefined for a decoy. */
  readonly words: FluidWords | undefined;
}

const matchers = [
  ...FLUID_WORDS.map((words) => ({ words, expression: compilePhrases(words.phrases) })),
  { words: undefined, expression: compilePhrases(FLUID_DECOYS) },
];
const headings = HEADING_WORDS.map(({ heading, phrases }) => ({
  heading,
  expression: compilePhrases(phrases),
}));
const strengths = STRENGTH_WORDS.map(({ factor, phrases }) => ({
  factor,
  expression: compilePhrases(phrases),
}));

/** @param clauses Of a prompt as `normalise` leaves it. */
export function readFluids(clauses: readonly Clause[]): FluidReading {
  const wishes: FluidWish[] = [];
  const known = new Set<Clause>();
  const spans: Span[] = [];
  let wasNegated = false;
  for (const [i, clause] of clauses.entries()) {
    if (clause.sentence !== clauses[i - 1]?.sentence) wasNegated = false;
    let isNegated = false;
    for (const match of matchesIn(clause)) {
      const { words, from, to } = match;
      known.add(clause);
      spans.push({ from: clause.start + from, to: clause.start + to });
      const isRest = words.strength === 0;
      isNegated =
        !isRest &&
        (isNegatedWithin(clause, from) ||
          (wasNegated && carriesNegation(clause, from, clause.joiner === ',')));
      const strength = isNegated ? 0 : (words.strength ?? 1) * factorNear(clause.text, match);
      wishes.push({
        text: clause.text.slice(from, to),
        kinds: words.kinds,
        strength,
        heading: headingAfter(clause.text, to),
        isIncidental: words.isIncidental ?? false,
      });
    }
    wasNegated = isNegated;
  }
  return {
    wishes,
    covers: (position) => spans.some(({ from, to }) => from <= position && position < to),
    isKnown: (clause) => known.has(clause),
  };
}

/** What a clause says, in order; of overlapping phrases the longest counts, and decoys shield what they cover. */
function matchesIn({ text }: Clause): readonly (Match & { words: FluidWords })[] {
  const found: Match[] = matchers.flatMap(({ words, expression }) =>
    spansOf(expression, text).map((span) => ({ ...span, words })),
  );
  found.sort((a, b) => b.to - b.from - (a.to - a.from));
  const kept: Match[] = [];
  for (const match of found) {
    if (kept.every((other) => match.to <= other.from || match.from >= other.to)) kept.push(match);
  }
  return kept
    .sort((a, b) => a.from - b.from)
    .filter((match): match is Match & { words: FluidWords } => match.words !== undefined);
}

const spansOf = (expression: RegExp, text: string): readonly Span[] =>
  [...text.matchAll(expression)].map((match) => ({ from: match.index, to: match.index + match[0].length }));

/** Words further behind a name than this describe something else. */
const REACH_WORDS = 4;

const wordsBetween = (text: string): number => (text.trim() === '' ? 0 : text.trim().split(/\s+/).length);

/**
 * The strength said right before a phrase, within it ("clouds slowly drift") or soon after it. What is within counts only
 * where the phrase has no strength of its own.
 */
function factorNear(text: string, phrase: Match & { words: FluidWords }): number {
  const near = strengths.flatMap(({ factor, expression }) =>
    spansOf(expression, text)
      .filter((word) => isNear(text, word, phrase))
      .map(({ from, to }) => ({ factor, length: to - from })),
  );
  near.sort((a, b) => b.length - a.length);
  return near[0]?.factor ?? 1;
}

function isNear(text: string, word: Span, phrase: Match & { words: FluidWords }): boolean {
  if (word.to <= phrase.from) return isSmallTalk(text.slice(word.to, phrase.from));
  if (word.from < phrase.to) return phrase.words.strength === undefined;
  const isAdverb = /ly$|^\p{Script=Han}/u.test(text.slice(word.from, word.to));
  return isAdverb && wordsBetween(text.slice(phrase.to, word.from)) <= REACH_WORDS;
}

/** A clause about the camera has a left and right of its own. */
function headingAfter(text: string, end: number): Heading | undefined {
  if (has(camera, text)) return undefined;
  const rest = text.slice(end);
  const named = headings.flatMap(({ heading, expression }) =>
    spansOf(expression, rest)
      .filter(({ from }) => wordsBetween(rest.slice(0, from)) <= REACH_WORDS)
      .map(({ from, to }) => ({ heading, length: to - from })),
  );
  // "Left to right" holds "left".
  named.sort((a, b) => b.length - a.length);
  return named[0]?.heading;
}
