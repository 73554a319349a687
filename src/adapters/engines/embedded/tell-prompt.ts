/** What the director reads in a prompt, in words for people: a chip for each wish, and what is left of the text. */
import { type MoveWish, readPrompt } from '#animator/director/read-prompt.ts';
import type { PromptReading } from '#ports/engine.ts';

type Wish = PromptReading['understood'][number];

export function tellPrompt(prompt: string): PromptReading {
  const reading = readPrompt(prompt);
  const wishes: readonly Wish[] = [
    ...reading.shots.flatMap(({ mark }): Wish[] =>
      mark === undefined ? [] : [{ kind: 'cut', label: 'cut', text: mark }],
    ),
    ...reading.wishes.map((wish): Wish => ({ kind: 'camera', label: moveLabel(wish), text: wish.text })),
    ...reading.atmosphere.wishes.map(
      ({ text, effects }): Wish => ({
        kind: 'air',
        label: effects.map(({ kind }) => kind).join(' and '),
        text,
      }),
    ),
    ...reading.fluids.wishes
      .filter(({ isIncidental }) => !isIncidental)
      .map(
        ({ text, kinds, strength }): Wish => ({
          kind: 'motion',
          label: `${kinds.join(' and ')} ${strength === 0 ? 'at rest' : 'in motion'}`,
          text,
        }),
      ),
    ...reading.tone.wishes.map(
      ({ text, look }): Wish => ({ kind: 'look', label: look.replaceAll('-', ' '), text }),
    ),
    ...reading.sounds.flatMap(({ text, words }): Wish[] => {
      const heard = words.event ?? words.ambience;
      return heard === undefined ? [] : [{ kind: 'sound', label: `sound of ${heard}`, text }];
    }),
    ...(reading.isSilent ? [{ kind: 'sound', label: 'silence', text: '' } as const] : []),
    ...(reading.arrival === undefined
      ? []
      : [{ kind: 'ending', label: reading.arrival.replaceAll('-', ' '), text: '' } as const]),
  ];
  return { understood: distinct(wishes), notDrawn: reading.notDrawn, description: reading.unread };
}

/** A pair leaves the side to the seed, so that its name has none. */
function moveLabel({ words }: MoveWish): string {
  const names = words.moves.map(({ move }) =>
    typeof move === 'string' ? move : move[0].replace(/-(left|right|up|down)$/, ''),
  );
  return names.join(' and ').replaceAll('-', ' ');
}

/** The same thing may be said more than once; the first time counts. */
function distinct(wishes: readonly Wish[]): readonly Wish[] {
  const seen = new Set<string>();
  return wishes.filter(({ kind, label }) => kind === 'cut' || seen.size < seen.add(`${kind} ${label}`).size);
}
