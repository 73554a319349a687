/** Reads a prompt, English or Chinese, for what the director can act on, and keeps account of what it cannot. */

import { ARRIVAL_WORDS } from './arrival-vocabulary.ts';
import {
  type Clause,
  camera,
  carriesNegation,
  fitsContext,
  has,
  isNegatedWithin,
  isSmallTalk,
  normalise,
  splitClauses,
} from './clauses.ts';
import { CONTEXTS, type Context, DECOYS, MOVE_WORDS, type MoveWords } from './move-vocabulary.ts';
import { compilePhrases } from './phrase.ts';
import type { ArrivalKind, MoveName } from './plan.ts';
import { type AtmosphereReading, readAtmosphere } from './read-atmosphere.ts';
import { type FluidReading, readFluids } from './read-fluids.ts';
import { isShotTalk, readShots, type ShotWish } from './read-shots.ts';
import { readTone, type ToneReading } from './read-tone.ts';
import { NOT_DRAWN, SOUND_WORDS, type SoundWords } from './scene-vocabulary.ts';
import { SEQUENCE_WORDS, STRENGTH_WORDS } from './small-words.ts';
import { explicitSeconds } from './spoken-duration.ts';

/** A camera move as asked for. */
export interface MoveWish {
  /** The words of the prompt. */
  readonly text: string;
  readonly words: MoveWords;
  /** By how much "slowly", "dramatic" and the like multiply the strength. */
  readonly factor: number;
  readonly surges: boolean;
  /** Wishes of one phase are played together, phases one after another. */
  readonly phase: number;
  /** Which of the reading's shots it was said of; a phase lies within one shot. */
  readonly shot: number;
}

export interface PromptReading {
  readonly wishes: readonly MoveWish[];
  /** Moves that the prompt rules out. */
  readonly forbidden: ReadonlySet<MoveName>;
  /** Strength for a camera that is told how, but not what ("gentle camera movement"). */
  readonly generalFactor: number;
  readonly generalSurge: boolean;
  readonly sounds: readonly { readonly text: string; readonly words: SoundWords }[];
  readonly atmosphere: AtmosphereReading;
  readonly fluids: FluidReading;
  readonly tone: ToneReading;
  readonly notDrawn: readonly { readonly text: string; readonly reason: string }[];
  readonly isSilent: boolean;
  readonly forbidsMusic: boolean;
  /** How the prompt wants to come to the end picture. */
  readonly arrival: ArrivalKind | undefined;
  /** At least one, in order. */
  readonly shots: readonly ShotWish[];
  /** Clauses in which nothing was recognised. */
  readonly unread: readonly string[];
}

/** Without words: a decoy. */
interface MoveMatcher {
  readonly expression: RegExp;
  readonly context: Context;
  readonly words: MoveWords | undefined;
}

const moveMatchers: readonly MoveMatcher[] = [
  ...MOVE_WORDS.flatMap((words) =>
    CONTEXTS.flatMap((context) => {
      const phrases = words[context];
      return phrases === undefined ? [] : [{ words, context, expression: compilePhrases(phrases) }];
    }),
  ),
  { words: undefined, context: 'anywhere', expression: compilePhrases(DECOYS) },
];
const strengthMatchers = STRENGTH_WORDS.map((words) => ({
  ...words,
  expression: compilePhrases(words.phrases),
}));
const soundMatchers = SOUND_WORDS.map((words) => ({ words, expression: compilePhrases(words.phrases) }));
const notDrawnMatchers = NOT_DRAWN.map((entry) => ({ ...entry, expression: compilePhrases(entry.phrases) }));
const arrivalMatchers = ARRIVAL_WORDS.map(({ kind, phrases }) => ({
  kind,
  expression: compilePhrases(phrases),
}));
const sequence = compilePhrases(SEQUENCE_WORDS);
const generalTalk = compilePhrases(
  'camera, (camera|smooth|slow|fast) (movement|motion), cinematic, 镜头, 运镜',
);
const silence = compilePhrases('(no|without) (sound|audio), silent, silence, muted, 无声, 静音, 没有声音');
const noMusic = compilePhrases(
  '(no|without) [any] [background] (music|soundtrack|score), (?:无|没有|不要)(?:背景)?(?:音乐|配乐)',
);

interface Span {
  readonly from: number;
  readonly to: number;
}

interface MoveMatch extends Span {
  readonly words: MoveWords | undefined;
}

export function readPrompt(prompt: string): PromptReading {
  const text = normalise(prompt);
  const clauses = splitClauses(text);
  const shots = readShots(text);
  const { wishes, forbidden, aboutCamera } = readMoves(text, clauses, shots);
  const atmosphere = readAtmosphere(clauses);
  const fluids = readFluids(clauses);
  const tone = readTone(text);
  const sounds = readSounds(clauses, atmosphere);
  const notDrawn = notDrawnMatchers.flatMap(({ reason, expression }) =>
    [...text.matchAll(expression)]
      .filter((match) => !fluids.covers(match.index))
      .slice(0, 1)
      .map((match) => ({ text: match[0], reason })),
  );
  const general =
    wishes.length > 0 ? undefined : strengthIn(clauses.find((clause) => has(generalTalk, clause.text)));
  return {
    wishes,
    forbidden,
    generalFactor: general?.factor ?? 1,
    generalSurge: general?.surges ?? false,
    sounds,
    atmosphere,
    fluids,
    tone,
    notDrawn,
    isSilent: has(silence, text),
    forbidsMusic: has(noMusic, text),
    arrival: arrivalMatchers.find(({ expression }) => has(expression, text))?.kind,
    shots,
    unread: clauses
      .filter((clause) => !aboutCamera.has(clause) && isUnread(clause, atmosphere, fluids, tone))
      .map((clause) => clause.text.trim()),
  };
}

function readMoves(text: string, clauses: readonly Clause[], shots: readonly ShotWish[]) {
  const wishes: MoveWish[] = [];
  const forbidden = new Set<MoveName>();
  /** Clauses about the camera, for those that go on about it. */
  const aboutCamera = new Set<Clause>();
  let [phase, lastEnd, wasNegated] = [0, 0, false];
  for (const [i, clause] of clauses.entries()) {
    const before = clauses[i - 1];
    const hasBefore = before !== undefined && before.sentence === clause.sentence;
    const goesOn =
      hasBefore && (aboutCamera.has(before) || has(camera, before.text) || isSmallTalk(before.text));
    if (!hasBefore) wasNegated = false;
    let isNegated = false;
    for (const match of movesIn(clause, goesOn)) {
      aboutCamera.add(clause);
      isNegated =
        isNegatedWithin(clause, match.from) ||
        (wasNegated && carriesNegation(clause, match.from, listEndsWithOr(clauses, i)));
      if (isNegated) {
        for (const { move } of match.words.moves) for (const name of [move].flat()) forbidden.add(name);
        continue;
      }
      const start = clause.start + match.from;
      const shot = shots.findLastIndex(({ from }) => from <= start);
      const isLater = wishes.at(-1)?.shot !== shot || has(sequence, text.slice(lastEnd, start));
      if (wishes.length > 0 && isLater) phase++;
      lastEnd = clause.start + match.to;
      const strength = strengthNear(clauses, i, match);
      const surges = match.words.surges ?? strength.surges;
      wishes.push({
        text: text.slice(start, lastEnd),
        words: match.words,
        factor: strength.factor,
        surges,
        phase,
        shot: Math.max(0, shot),
      });
    }
    wasNegated = isNegated;
  }
  return { wishes, forbidden, aboutCamera };
}

/** The moves of a clause in order; of overlapping phrases the longest counts, and decoys shield what they cover. */
function movesIn(clause: Clause, goesOn: boolean): readonly (MoveMatch & { words: MoveWords })[] {
  const found: MoveMatch[] = moveMatchers.flatMap(({ words, context, expression }) =>
    [...clause.text.matchAll(expression)]
      .map((match) => ({ words, from: match.index, to: match.index + match[0].length }))
      .filter(({ from, to }) => fitsContext(context, clause, from, to, goesOn)),
  );
  found.sort((a, b) => b.to - b.from - (a.to - a.from));
  const kept: MoveMatch[] = [];
  for (const match of found) {
    if (kept.every((other) => match.to <= other.from || match.from >= other.to)) kept.push(match);
  }
  kept.sort((a, b) => a.from - b.from);
  return kept.filter((match) => match.words !== undefined) as (MoveMatch & { words: MoveWords })[];
}

/** "no pan, tilt or zoom": the list that runs from clause `i` on ends with "or". */
function listEndsWithOr(clauses: readonly Clause[], i: number): boolean {
  for (let next = i + 1; next < clauses.length && clauses[next]!.sentence === clauses[i]!.sentence; next++) {
    if (clauses[next]!.joiner === 'or' || clauses[next]!.joiner === 'nor') return true;
    if (clauses[next]!.joiner !== ',') return false;
  }
  return false;
}

const NO_STRENGTH = { factor: 1, surges: false };

/** Adverbs further behind a move than this many words describe something else. */
const ADVERB_REACH = 4;

/** The strength said of a move: in its clause, or in a neighbouring clause that says nothing else ("slowly, ..."). */
function strengthNear(clauses: readonly Clause[], i: number, match: Span) {
  const clause = clauses[i]!;
  const near = strengthsIn(clause.text).filter((word) => qualifies(clause.text, word, match));
  if (near.length > 0) return near.at(-1)!;
  for (const neighbour of [clauses[i - 1], clauses[i + 1]]) {
    if (neighbour === undefined || neighbour.sentence !== clause.sentence) continue;
    const alone = isSmallTalk(neighbour.text) ? strengthIn(neighbour) : undefined;
    if (alone !== undefined) return alone;
  }
  return NO_STRENGTH;
}

/**
 * Before the move with nothing but small words between ("slow cinematic push in"), within it, right behind it, or an
 * adverb soon after.
 */
function qualifies(text: string, word: Span, move: Span): boolean {
  if (word.to <= move.from) return isSmallTalk(text.slice(word.to, move.from).replace(camera, ' '));
  const between = text.slice(move.to, word.from).trim();
  if (between === '') return true;
  return text.slice(word.from, word.to).endsWith('ly') && between.split(/\s+/).length <= ADVERB_REACH;
}

function strengthsIn(text: string) {
  const all = strengthMatchers.flatMap(({ factor, surges = false, expression }) =>
    [...text.matchAll(expression)].map((match) => ({
      factor,
      surges,
      from: match.index,
      to: match.index + match[0].length,
    })),
  );
  // "very slowly" holds "slowly": the longer one is meant.
  return all.filter(
    (one) =>
      !all.some(
        (other) => other.from <= one.from && other.to >= one.to && other.to - other.from > one.to - one.from,
      ),
  );
}

/** The first word of strength in a clause. */
const strengthIn = (clause: Clause | undefined) =>
  clause === undefined ? undefined : strengthsIn(clause.text)[0];

function readSounds(clauses: readonly Clause[], atmosphere: AtmosphereReading): PromptReading['sounds'] {
  return soundMatchers.flatMap(({ words, expression }) => {
    for (const clause of clauses) {
      for (const match of clause.text.matchAll(expression)) {
        const isAbsent =
          isNegatedWithin(clause, match.index) || atmosphere.isShielded(clause.start + match.index);
        if (!isAbsent) return [{ text: match[0], words }];
      }
    }
    return [];
  });
}

/** A clause that no table says anything about, and that holds more than small words. */
function isUnread(
  clause: Clause,
  atmosphere: AtmosphereReading,
  fluids: FluidReading,
  tone: ToneReading,
): boolean {
  const { text, start } = clause;
  const isKnown =
    explicitSeconds(text) !== undefined ||
    atmosphere.isKnown(clause) ||
    fluids.isKnown(clause) ||
    tone.isKnown(start, start + text.length) ||
    [...notDrawnMatchers, ...soundMatchers, ...arrivalMatchers].some(({ expression }) =>
      has(expression, text),
    ) ||
    isShotTalk(text) ||
    [silence, noMusic, sequence].some((expression) => has(expression, text));
  return !isKnown && !isSmallTalk(text.replace(generalTalk, ' '));
}
