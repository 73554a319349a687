/** The notes of a plan: in plain sentences, what was understood, what was done in part, and what was not done. */
import type { Scene } from '../scene/scene.ts';
import type { Phase } from './cast-moves.ts';
import type { Ambience, Arrival, DirectorNote, Move } from './plan.ts';
import type { PromptReading } from './read-prompt.ts';

export interface NotesInput {
  readonly reading: PromptReading;
  /** The phases of each picture, as played or as dropped for want of time. */
  readonly pictures: readonly (readonly Phase[])[];
  readonly dropped: readonly Phase[];
  readonly scenes: readonly Scene[];
  readonly cameraFixed: boolean;
  readonly arrival: Arrival | undefined;
  readonly ambience: readonly Ambience[];
}

type NoteKind = DirectorNote['kind'];

const note = (kind: NoteKind, message: string): DirectorNote => ({ kind, message });

export function writeNotes(input: NotesInput): readonly DirectorNote[] {
  return [...cameraNotes(input), ...pictureNotes(input), ...soundNotes(input), ...unmetNotes(input)];
}

const nameOf = ({ name, strength }: Move): string =>
  name === 'static'
    ? 'no movement'
    : `${name.replace('-', ' ')} at ${strength.toFixed(2)} of the usual strength`;

function cameraNotes({ reading, pictures, dropped, cameraFixed }: NotesInput): readonly DirectorNote[] {
  const notes: DirectorNote[] = [];
  if (cameraFixed) notes.push(note('understood', 'The request fixes the camera: it does not move.'));
  for (const wish of cameraFixed ? reading.wishes : []) {
    if (wish.words.moves.some(({ move }) => move !== 'static')) {
      notes.push(
        note(
          'ignored',
          `"${wish.text}": the request fixes the camera, which counts for more than the prompt.`,
        ),
      );
    }
  }
  for (const [picture, phases] of cameraFixed ? [] : pictures.entries()) {
    const where = pictures.length > 1 ? `Picture ${picture + 1}: ` : '';
    for (const phase of phases.filter((candidate) => !dropped.includes(candidate))) {
      const done = phase.moves.map(nameOf).join(', with ');
      const said = phase.wishes.map(({ text }) => `"${text}"`).join(' and ');
      notes.push(
        note(
          'understood',
          said === ''
            ? `${where}No camera move is named; chosen by scene and seed: ${done}.`
            : `${where}${said}: ${done}.`,
        ),
      );
      for (const { words } of phase.wishes)
        if (words.clamped !== undefined) notes.push(note('clamped', words.clamped));
    }
  }
  for (const phase of dropped) {
    const said = phase.wishes.map(({ text }) => `"${text}"`).join(' and ');
    notes.push(note('ignored', `${said}: the clip is too short for another move.`));
  }
  if (reading.forbidden.size > 0 && !cameraFixed) {
    const ruledOut = [...reading.forbidden].map((name) => name.replace('-', ' ')).join(', ');
    notes.push(note('understood', `Ruled out by the prompt: ${ruledOut}.`));
  }
  return notes;
}

function pictureNotes({ scenes, pictures, arrival, cameraFixed }: NotesInput): readonly DirectorNote[] {
  const notes: DirectorNote[] = [];
  for (const [picture, scene] of scenes.slice(0, pictures.length).entries()) {
    if (cameraFixed || scene.confidence.flat < 0.5) continue;
    const which = pictures.length > 1 ? `Picture ${picture + 1}` : 'The picture';
    notes.push(
      note(
        'clamped',
        `${which} looks flat, like a page or a wall: moves are reduced so that its lines stay straight.`,
      ),
    );
  }
  if (arrival !== undefined) {
    notes.push(
      note(
        'understood',
        'The clip dissolves into the end picture and rests on it exactly in its last frame.',
      ),
    );
  }
  return notes;
}

function soundNotes({ reading, ambience }: NotesInput): readonly DirectorNote[] {
  if (reading.isSilent) return [note('understood', 'Silence, as the prompt asks.')];
  const notes = [note('understood', `Sound: ${ambience.map(({ name }) => name).join(', ')}.`)];
  for (const { text, words } of reading.sounds) {
    if (words.notDrawn === undefined) continue;
    const isHeard = words.event !== undefined || ambience.some(({ name }) => name === words.ambience);
    notes.push(
      isHeard
        ? note('clamped', `"${text}": sound only; this engine does not draw ${words.notDrawn}.`)
        : note(
            'ignored',
            `"${text}": this engine does not draw ${words.notDrawn}, and other sounds come first.`,
          ),
    );
  }
  return notes;
}

const LONGEST_QUOTE = 80;
const MOST_QUOTES = 5;

const quoted = (text: string): string =>
  `"${text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE - 3)}...` : text}"`;

function unmetNotes({ reading, pictures }: NotesInput): readonly DirectorNote[] {
  const notes = reading.notDrawn.map(({ text, reason }) => note('ignored', `"${text}": ${reason}.`));
  if (reading.cuts.length > 0 && pictures.length === 1) {
    notes.push(
      note(
        'ignored',
        `"${reading.cuts[0]}": one picture makes one shot; give several pictures to cut between them.`,
      ),
    );
  }
  if (reading.unread.length > 0) {
    const quotes = reading.unread.slice(0, MOST_QUOTES).map(quoted).join(', ');
    const rest =
      reading.unread.length > MOST_QUOTES ? ` and ${reading.unread.length - MOST_QUOTES} more` : '';
    notes.push(
      note('ignored', `Taken as description, with nothing in it for camera or sound: ${quotes}${rest}.`),
    );
  }
  return notes;
}
