/**
 * Cuts a prompt into sentences and clauses, and answers what surrounds a phrase: a negation, a camera, nothing but
 * small words.
 */

import type { Context } from './move-vocabulary.ts';
import { compilePhrases } from './phrase.ts';
import {
  CAMERA_WORDS,
  EXCEPTIONS,
  FILLER_WORDS,
  NEGATIONS,
  SHOT_WORDS,
  STRENGTH_WORDS,
} from './small-words.ts';

export interface Clause {
  readonly text: string;
  /** Position of `text` in the whole prompt. */
  readonly start: number;
  /** Number of the sentence it belongs to. */
  readonly sentence: number;
  /** What stands between this clause and the one before it: "and", ",", "or" ...; empty at the start of a sentence. */
  readonly joiner: string;
}

const BREAKS =
  /[.;!?。；！？\n]+|[,，、:：()[\]]|(?<![\p{L}\d])(?:and|while|as|with|when|whilst|during|until|but|or|nor|then)(?![\p{L}\d])/gu;
const SENTENCE_END = /^[.;!?。；！？\n]/;

/**
 * Lower case, full-width forms and typographic quotes and apostrophes made plain. Spoken lines in quotes are blanked
 * out.
 */
export function normalise(prompt: string): string {
  const plain = prompt
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\u2018\u2019]/g, "'")
    .replace(/[\u201c\u201d\u300c\u300d\u300e\u300f]/g, '"');
  return plain.replace(/"[^"]*"/g, (quote) =>
    quote.length > 0.6 * plain.length ? quote : ' '.repeat(quote.length),
  );
}

export function splitClauses(text: string): readonly Clause[] {
  const clauses: Clause[] = [];
  let [start, sentence, joiner] = [0, 0, ''];
  const close = (end: number) => {
    const part = text.slice(start, end);
    if (/[\p{L}\d]/u.test(part)) clauses.push({ text: part, start, sentence, joiner });
  };
  for (const match of text.matchAll(BREAKS)) {
    close(match.index);
    start = match.index + match[0].length;
    const isEnd = SENTENCE_END.test(match[0]);
    if (isEnd) sentence++;
    // Two breaks in a row ("..., and") leave the word, which says more than the comma.
    joiner = isEnd ? '' : match[0];
  }
  close(text.length);
  return clauses;
}

/** Finds any name of the camera. */
export const camera = compilePhrases(CAMERA_WORDS);
const cameraOrShot = compilePhrases(`${CAMERA_WORDS}, ${SHOT_WORDS}`);
const negation = compilePhrases(NEGATIONS);
const exception = compilePhrases(EXCEPTIONS);
const fillers = compilePhrases(
  [FILLER_WORDS, NEGATIONS, ...STRENGTH_WORDS.map((entry) => entry.phrases)].join(', '),
);
const ADVERB = /(?<!\p{L})\p{L}+ly(?!\p{L})|[地的着]/gu;

export const has = (expression: RegExp, text: string): boolean => text.search(expression) !== -1;

/** Nothing left once small words, adverbs, negations and words of strength are taken out. */
export const isSmallTalk = (text: string): boolean =>
  !/[\p{L}\d]/u.test(text.replace(ADVERB, ' ').replace(fillers, ' '));

/** The text after the last match of `expression`, undefined without one. */
function afterLast(expression: RegExp, text: string): string | undefined {
  const last = [...text.matchAll(expression)].at(-1);
  return last === undefined ? undefined : text.slice(last.index + last[0].length);
}

/**
 * Whether a phrase at `from`..`to` of a clause is talk about the camera. `goesOn`: the clause before in the sentence
 * was.
 */
export function fitsContext(
  context: Context,
  clause: Clause,
  from: number,
  to: number,
  goesOn: boolean,
): boolean {
  if (context === 'anywhere') return true;
  const before = clause.text.slice(0, from);
  if (context === 'command') return isSmallTalk(before) || has(cameraOrShot, clause.text);
  const sinceCamera = afterLast(camera, before);
  if (sinceCamera !== undefined && isSmallTalk(sinceCamera)) return true;
  if (new RegExp(`^[\\s-]*(?:${cameraOrShot.source})`, 'u').test(clause.text.slice(to))) return true;
  const isAtStart =
    before.replace(ADVERB, ' ').replace(fillers, ' ').trim() === '' &&
    !/(?<!\p{L})(?:the|an?|is)(?!\p{L})/u.test(before);
  return isAtStart && (goesOn || clause.joiner === '' || clause.joiner === ':');
}

/** Whether a negation reaches the phrase at `from`: before it in its clause, with no "but" or "only" between. */
export function isNegatedWithin(clause: Clause, from: number): boolean {
  const since = afterLast(negation, clause.text.slice(0, from));
  return since !== undefined && !has(exception, since);
}

/**
 * Whether a negation of the clause before is carried over to a phrase at `from`: "no zoom or pan", "without zooming and
 * panning".
 */
export function carriesNegation(clause: Clause, from: number, isListWithOr: boolean): boolean {
  const before = clause.text.slice(0, from);
  if (clause.joiner === 'or' || clause.joiner === 'nor') return isSmallTalk(before);
  return (clause.joiner === 'and' || (clause.joiner === ',' && isListWithOr)) && before.trim() === '';
}
