/** Reads a prompt for what kind of picture it says it is given. */
import { NO_HINTS, type SceneHints } from '../scene/scene-hints.ts';
import { isNegatedWithin, normalise, splitClauses } from './clauses.ts';
import { compilePhrases } from './phrase.ts';
import type { DirectorNote } from './plan.ts';
import { SCENE_WORDS } from './scene-words.ts';

const expressions = {
  subject: compilePhrases(SCENE_WORDS.subject),
  ground: compilePhrases(SCENE_WORDS.ground),
  flat: compilePhrases(SCENE_WORDS.flat),
};

const KINDS: Readonly<Record<keyof SceneHints, string>> = {
  subject: 'a subject before its background',
  ground: 'land or water that recedes',
  flat: 'something flat',
};

/** What the words were taken to say of the picture. */
export function writeHintNotes(prompt: string): readonly DirectorNote[] {
  const hints = readSceneHints(prompt);
  const said = (['subject', 'ground', 'flat'] as const)
    .filter((kind) => hints[kind])
    .map((kind) => KINDS[kind]);
  if (said.length === 0) return [];
  const message = `The words say what the picture shows: ${said.join(', and ')}. Where the picture bears that out, its depth follows.`;
  return [{ kind: 'understood', message }];
}

/** Words that contradict each other ("a poster of a woman") say nothing. */
export function readSceneHints(prompt: string): SceneHints {
  const clauses = splitClauses(normalise(prompt));
  const isSaid = (expression: RegExp): boolean =>
    clauses.some((clause) =>
      [...clause.text.matchAll(expression)].some(({ index }) => !isNegatedWithin(clause, index)),
    );
  const hints = {
    subject: isSaid(expressions.subject),
    ground: isSaid(expressions.ground),
    flat: isSaid(expressions.flat),
  };
  return hints.flat && (hints.subject || hints.ground) ? NO_HINTS : hints;
}
