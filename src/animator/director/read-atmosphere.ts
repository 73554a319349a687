/** Reads a prompt for weather and what else is in the air: what, how much of it, and what is said to be absent. */
import {
  ATMOSPHERE_DECOYS,
  ATMOSPHERE_STRENGTHS,
  ATMOSPHERE_WORDS,
  type AtmosphereWords,
  CALM_WORDS,
  FAIR_WORDS,
  WIND_SIDES,
  WIND_WORDS,
} from './atmosphere-vocabulary.ts';
import { type Clause, camera, carriesNegation, has, isNegatedWithin, isSmallTalk } from './clauses.ts';
import { compilePhrases } from './phrase.ts';

export interface AtmosphereWish {
  /** The words of the prompt. */
  readonly text: string;
  readonly effects: AtmosphereWords['effects'];
  /** What "light", "heavy" and the like multiply the strength by. */
  readonly factor: number;
  /** Where in the prompt. */
  readonly from: number;
}

/** Words by which a shot has none of the weather before it. */
export interface FairWeather {
  readonly text: string;
  readonly from: number;
}

export interface AtmosphereReading {
  readonly wishes: readonly AtmosphereWish[];
  /** Words that rule weather out, or speak of it as past or yet to come. */
  readonly absent: readonly string[];
  /** What ends the weather of an earlier shot: words that rule it out, and those for sunshine. */
  readonly fair: readonly FairWeather[];
  /** 0..1: how hard it blows; undefined when nothing is said. */
  readonly wind: number | undefined;
  /** -1 to the left, 1 to the right; undefined when nothing is said. */
  readonly windSide: -1 | 1 | undefined;
  /** Whether a phrase at a position of the prompt speaks of no weather at all, or of none that is there. */
  isShielded(position: number): boolean;
  /** Whether a clause says anything about the air, be it that something is absent. */
  isKnown(clause: Clause): boolean;
}

interface Span {
  readonly from: number;
  readonly to: number;
}

interface Match extends Span {
  readonly means: AtmosphereWords | 'absent' | 'nothing';
}

const compiled = <Entry extends { readonly phrases: string }>(entries: readonly Entry[]) =>
  entries.map((entry) => ({ ...entry, expression: compilePhrases(entry.phrases) }));

const words = compiled(ATMOSPHERE_WORDS);
const decoys = compilePhrases(ATMOSPHERE_DECOYS);
const calm = compilePhrases(CALM_WORDS);
const fair = compilePhrases(FAIR_WORDS);
const strengths = compiled(ATMOSPHERE_STRENGTHS);
const winds = compiled(WIND_WORDS);
const sides = compiled(WIND_SIDES);

/** @param clauses Of a prompt as `normalise` leaves it. */
export function readAtmosphere(clauses: readonly Clause[]): AtmosphereReading {
  const wishes: AtmosphereWish[] = [];
  const absent: string[] = [];
  const clear: FairWeather[] = [];
  const shields: Span[] = [];
  const known = new Set<Clause>();
  let wasNegated = false;
  for (const [i, clause] of clauses.entries()) {
    if (clause.sentence !== clauses[i - 1]?.sentence) wasNegated = false;
    let isNegated = false;
    for (const { from, to, means } of matchesIn(clause)) {
      const text = clause.text.slice(from, to);
      isNegated =
        isNegatedWithin(clause, from) || (wasNegated && carriesNegation(clause, from, clause.joiner === ','));
      const isWish = typeof means === 'object' && !isNegated;
      const start = clause.start + from;
      if (isWish)
        wishes.push({
          text,
          effects: means.effects,
          factor: factorNear(clause.text, { from, to }),
          from: start,
        });
      else shields.push({ from: start, to: clause.start + to });
      if (means !== 'nothing') known.add(clause);
      if (!isWish && means !== 'nothing') {
        absent.push(text);
        clear.push({ text, from: start });
      }
    }
    wasNegated = isNegated;
  }
  const sunshine = sunshineIn(clauses);
  for (const { from } of sunshine) {
    if (wishes.some((wish) => wish.from < from)) known.add(clauses.findLast(({ start }) => start <= from)!);
  }
  return {
    wishes,
    absent,
    fair: [...clear, ...sunshine],
    ...readWind(clauses, wishes),
    isShielded: (position) => shields.some(({ from, to }) => from <= position && position < to),
    isKnown: (clause) => known.has(clause),
  };
}

const sunshineIn = (clauses: readonly Clause[]): readonly FairWeather[] =>
  clauses.flatMap((clause) =>
    spansOf(fair, clause.text)
      .filter(({ from }) => !isNegatedWithin(clause, from))
      .map(({ from, to }) => ({ text: clause.text.slice(from, to), from: clause.start + from })),
  );

/**
 * What a clause says of the air, in order; of overlapping phrases the longest counts, and decoys shield what they
 * cover.
 */
function matchesIn({ text }: Clause): readonly Match[] {
  const meaning = (means: Match['means']) => (span: Span) => ({ ...span, means });
  const found: Match[] = [
    ...spansOf(decoys, text).map(meaning('nothing')),
    ...spansOf(calm, text).map(meaning('absent')),
    ...words.flatMap(({ expression, ...entry }) =>
      spansOf(expression, text)
        .filter((span) => !entry.isAlone || saysNothingElse(text, span))
        .map(meaning(entry)),
    ),
  ];
  found.sort((a, b) => b.to - b.from - (a.to - a.from));
  const kept: Match[] = [];
  for (const match of found) {
    if (kept.every((other) => match.to <= other.from || match.from >= other.to)) kept.push(match);
  }
  return kept.sort((a, b) => a.from - b.from);
}

const spansOf = (expression: RegExp, text: string): readonly Span[] =>
  [...text.matchAll(expression)].map((match) => ({ from: match.index, to: match.index + match[0].length }));

const without = (expressions: readonly RegExp[], text: string): string =>
  expressions.reduce((rest, expression) => rest.replace(expression, ' '), text);
const strengthExpressions = strengths.map(({ expression }) => expression);
const weatherExpressions = [
  calm,
  ...[...words, ...winds].map(({ expression }) => expression),
  ...strengthExpressions,
];

/** Small words, other weather and how much of it are nothing else. */
function saysNothingElse(text: string, { from, to }: Span): boolean {
  return isSmallTalk(without(weatherExpressions, `${text.slice(0, from)} ; ${text.slice(to)}`));
}

/** Words of strength further behind a name than this many others describe something else. */
const REACH_WORDS = 3;

/** The strength said right before a name ("heavy summer rain"), or as an adverb soon after ("rain falls softly"). */
function factorNear(text: string, name: Span): number {
  const near = strengths.flatMap(({ factor, expression }) =>
    spansOf(expression, text)
      .filter((span) =>
        span.to <= name.from ? isRightBefore(text, span, name) : isSoonAfter(text, span, name),
      )
      .map(({ from, to }) => ({ factor, length: to - from })),
  );
  near.sort((a, b) => b.length - a.length);
  return near[0]?.factor ?? 1;
}

/** At most one word of its own between. */
function isRightBefore(text: string, { to }: Span, name: Span): boolean {
  const between = without(strengthExpressions, text.slice(to, name.from));
  return isSmallTalk(between) || between.trim().split(/\s+/).length === 1;
}

function isSoonAfter(text: string, { from, to }: Span, name: Span): boolean {
  const isAdverb = /(?:ly|^hard|^pour\p{L}*)$|^\p{Script=Han}/u.test(text.slice(from, to));
  return isAdverb && from >= name.to && text.slice(name.to, from).trim().split(/\s+/).length <= REACH_WORDS;
}

/**
 * The hardest wind that is named, or that the weather brings; clauses about the camera have a left and right of their
 * own.
 */
function readWind(clauses: readonly Clause[], wishes: readonly AtmosphereWish[]) {
  const brought = wishes.flatMap(
    ({ effects }) => words.find((entry) => entry.effects === effects)?.wind ?? [],
  );
  const named = clauses.flatMap((clause) =>
    winds.flatMap(({ wind, expression }) =>
      spansOf(expression, clause.text).flatMap(({ from }) => (isNegatedWithin(clause, from) ? [] : [wind])),
    ),
  );
  const spoken = [...brought, ...named];
  const outside = clauses.filter(({ text }) => !has(camera, text));
  return {
    wind: spoken.length === 0 ? undefined : Math.max(...spoken),
    windSide: sides.find(({ expression }) => outside.some(({ text }) => has(expression, text)))?.side,
  };
}
