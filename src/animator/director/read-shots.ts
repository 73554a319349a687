/**
 * Parts a prompt into shots: by marks ("[cut]", "cut to", "镜头切换"), by labels ("shot 2:") and by time codes ("3-5s:"). A prompt without any is one
 * shot. Marks that follow on each other with nothing said between ("[cut] shot 2 (3-5s):") are one.
 */
import { isNegatedWithin, splitClauses } from './clauses.ts';
import { compilePhrases } from './phrase.ts';
import type { FramingName } from './plan.ts';
import {
  BRACKETED_CUT,
  CUT_WORDS,
  FRAMING_WORDS,
  LENS_WORDS,
  type LensWish,
  PICTURE_NAME,
  SHOT_LABEL,
  SHOT_NUMBERS,
  TIME_CODE,
} from './shot-vocabulary.ts';
import { type ShotTarget, TARGET_WORDS } from './target-vocabulary.ts';

/** A shot as the prompt has it. */
export interface ShotWish {
  /** Where in the normalised prompt its own words are. */
  readonly from: number;
  readonly to: number;
  /** The words that set it off from the shot before; undefined for the first. */
  readonly mark: string | undefined;
  /** How much of the picture to show, where it says so. */
  readonly framing: FramingName | undefined;
  /** What of the picture it is to show, and in which words. */
  readonly target: { readonly name: ShotTarget; readonly text: string } | undefined;
  /** What it wants of its lens, and in which words. */
  readonly lens: { readonly wish: LensWish; readonly text: string } | undefined;
  /** Which picture to show, counted from 0, where it says so. */
  readonly picture: number | undefined;
  /** Its time in the clip by time code, in seconds. */
  readonly time: { readonly start: number; readonly end: number } | undefined;
}

interface Mark {
  readonly from: number;
  readonly to: number;
  readonly text: string;
  /** Of a label. */
  readonly number?: number;
  /** Of a time code. */
  readonly time?: { readonly start: number; readonly end: number };
}

const cut = compilePhrases(CUT_WORDS);
const framings = FRAMING_WORDS.map(({ framing, phrases }) => ({
  value: framing,
  expression: compilePhrases(phrases),
}));
const targets = TARGET_WORDS.map(({ target, phrases }) => ({
  value: target,
  expression: compilePhrases(phrases),
}));
const parts = targets.filter(({ value }) => value === 'face' || value === 'feet');
const lenses = LENS_WORDS.map(({ lens, phrases }) => ({ value: lens, expression: compilePhrases(phrases) }));

/** At least one shot, in order. `text` is a prompt as `normalise` leaves it. */
export function readShots(text: string): readonly ShotWish[] {
  const marks = joined(text, findMarks(text));
  const cuts = marks.filter((mark, i) => !isOpening(text, mark, i));
  const opening = marks.find((mark, i) => isOpening(text, mark, i));
  const starts: readonly (Mark | undefined)[] = [undefined, ...cuts];
  return starts.map((mark, i) => {
    const from = mark?.to ?? 0;
    const to = cuts[i]?.from ?? text.length;
    const words = text.slice(from, to);
    return {
      from,
      to,
      mark: mark?.text.trim(),
      framing: wordIn(words, framings)?.value,
      target: targetIn(words),
      lens: lensIn(text, from, to),
      picture: pictureIn(words),
      time: (mark ?? opening)?.time,
    };
  });
}

function findMarks(text: string): readonly Mark[] {
  const found: Mark[] = [];
  for (const expression of [cut, BRACKETED_CUT]) {
    for (const match of text.matchAll(expression)) {
      if (!isNegated(text, match.index)) found.push(markAt(match));
    }
  }
  for (const match of text.matchAll(SHOT_LABEL))
    found.push({ ...markAt(match), number: numberOf(match.slice(1)) });
  found.push(...timeCodes(text));
  found.sort((a, b) => a.from - b.from || b.to - a.to);
  return found.filter((mark, i) => found.slice(0, i).every((earlier) => earlier.to <= mark.from));
}

const markAt = (match: RegExpExecArray): Mark => ({
  from: match.index,
  to: match.index + match[0].length,
  text: match[0],
});

/** "no jump cut", "without any hard cuts". */
function isNegated(text: string, position: number): boolean {
  const clause = splitClauses(text).findLast(({ start }) => start <= position);
  return clause !== undefined && isNegatedWithin(clause, position - clause.start);
}

function numberOf(groups: readonly (string | undefined)[]): number {
  const spelt = groups.find((group) => group !== undefined)!;
  return SHOT_NUMBERS[spelt] ?? Number(spelt);
}

/** Only codes that run from the clip's start on, in order: "a 4-5 second clip" is none. */
function timeCodes(text: string): readonly Mark[] {
  const codes = [...text.matchAll(TIME_CODE)].map((match) => {
    const [, startSeconds, endSeconds, startMinute, startRest, endMinute, endRest] = match;
    const start =
      startSeconds === undefined ? 60 * Number(startMinute) + Number(startRest) : Number(startSeconds);
    const end = endSeconds === undefined ? 60 * Number(endMinute) + Number(endRest) : Number(endSeconds);
    return { ...markAt(match), time: { start, end } };
  });
  const isInOrder = codes.every(({ time }, i) => {
    const earliest = i === 0 ? 0 : codes[i - 1]!.time.start + Number.EPSILON;
    return time.end > time.start && time.start >= earliest;
  });
  return isInOrder && codes[0] !== undefined && codes[0].time.start < 0.5 ? codes : [];
}

/** Marks with nothing said between them, as one that knows what all of them know. */
function joined(text: string, marks: readonly Mark[]): readonly Mark[] {
  const result: Mark[] = [];
  for (const mark of marks) {
    const before = result.at(-1);
    if (before === undefined || /[\p{L}\d]/u.test(text.slice(before.to, mark.from))) result.push(mark);
    else
      result[result.length - 1] = {
        ...before,
        ...mark,
        from: before.from,
        text: text.slice(before.from, mark.to),
      };
  }
  return result;
}

/** The first mark may open the first shot instead of ending it: "shot 1:", "0-3s:", or anything that nothing stands before. */
function isOpening(text: string, mark: Mark, index: number): boolean {
  if (index > 0) return false;
  return mark.number === 1 || mark.time?.start === 0 || !/[\p{L}\d]/u.test(text.slice(0, mark.from));
}

/** The first of the words that a table names, the longest where several begin there or hold it. */
function wordIn<Value>(
  words: string,
  table: readonly { readonly value: Value; readonly expression: RegExp }[],
): (Mark & { readonly value: Value }) | undefined {
  const found = table.flatMap(({ value, expression }) =>
    [...words.matchAll(expression)].map((match) => ({ ...markAt(match), value })),
  );
  const length = ({ from, to }: Mark) => to - from;
  const whole = found.filter((one) =>
    found.every((other) => other.from > one.from || other.to < one.to || length(other) <= length(one)),
  );
  return whole.sort((a, b) => a.from - b.from)[0];
}

/** What is named behind the shot's size ("a close-up of the woman's face in the rain"), else at all; a part of somebody rather than all. */
function targetIn(words: string): ShotWish['target'] {
  const size = wordIn(words, framings);
  const behind = size === undefined ? '' : words.slice(size.to).split(/[,.;。，；]/u, 1)[0]!;
  const first = wordIn(behind, targets);
  const part = first?.value === 'subject' ? wordIn(behind, parts) : undefined;
  const found = part ?? first ?? wordIn(words, targets);
  return found && { name: found.value, text: found.text };
}

function lensIn(text: string, from: number, to: number): ShotWish['lens'] {
  const found = wordIn(text.slice(from, to), lenses);
  if (found === undefined || isNegated(text, from + found.from)) return undefined;
  return { wish: found.value, text: found.text };
}

function pictureIn(words: string): number | undefined {
  const match = words.matchAll(PICTURE_NAME).next().value;
  return match === undefined ? undefined : numberOf(match.slice(1)) - 1;
}

/** Whether `text` holds a mark between shots, or says what a shot shows. */
export const isShotTalk = (text: string): boolean =>
  [
    cut,
    BRACKETED_CUT,
    SHOT_LABEL,
    TIME_CODE,
    PICTURE_NAME,
    ...[...framings, ...lenses].map(({ expression }) => expression),
  ].some((expression) => text.search(expression) !== -1);
