/** The notes of a plan: in plain sentences, what was understood, what was done in part, and what was not done. */
import type { Scene } from '../scene/scene.ts';
import type { Phase } from './cast-moves.ts';
import type { ShotDraft } from './compose-shots.ts';
import type { Ambience, DirectorNote, Move } from './plan.ts';
import type { Timeline } from './plan-shots.ts';
import type { PromptReading } from './read-prompt.ts';

export interface NotesInput {
  readonly reading: PromptReading;
  readonly timeline: Timeline;
  /** What others have noted about shots, the air, moving things and the end picture. */
  readonly remarks: readonly DirectorNote[];
  readonly scenes: readonly Scene[];
  readonly cameraFixed: boolean;
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

const playOf = ({ moves }: Phase): string => moves.map(nameOf).join(', with ');
const saidOf = ({ wishes }: Phase): string => wishes.map(({ text }) => `"${text}"`).join(' and ');

function cameraNotes({ reading, timeline, cameraFixed }: NotesInput): readonly DirectorNote[] {
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
  const { drafts, dropped, droppedShots } = timeline;
  for (const [i, draft] of cameraFixed ? [] : drafts.entries()) {
    const where = whereOf(draft, i, drafts);
    const kept = draft.phases.filter((phase) => !dropped.includes(phase));
    const unasked = kept.filter(({ wishes }) => wishes.length === 0).map(playOf);
    if (unasked.length > 0) {
      const chosen = 'No camera move is named; chosen by scene and seed';
      notes.push(note('understood', `${where}${chosen}: ${unasked.join('; then ')}.`));
    }
    for (const phase of kept.filter(({ wishes }) => wishes.length > 0)) {
      notes.push(note('understood', `${where}${saidOf(phase)}: ${playOf(phase)}.`));
      for (const { words } of phase.wishes)
        if (words.clamped !== undefined) notes.push(note('clamped', words.clamped));
    }
  }
  for (const phase of dropped.filter(({ wishes }) => wishes.length > 0))
    notes.push(note('ignored', `${saidOf(phase)}: the clip is too short for another move.`));
  if (droppedShots > 0) {
    const shots = droppedShots === 1 ? 'one more shot' : `${droppedShots} more shots`;
    notes.push(note('ignored', `The clip is too short for ${shots}.`));
  }
  if (reading.forbidden.size > 0 && !cameraFixed) {
    const ruledOut = [...reading.forbidden].map((name) => name.replace('-', ' ')).join(', ');
    notes.push(note('understood', `Ruled out by the prompt: ${ruledOut}.`));
  }
  return notes;
}

/** "Picture 2: " where each picture is a shot, "Shot 2 (close, 1.80x): " where the prompt has cut, nothing where there is one. */
function whereOf({ stillIndex, framing }: ShotDraft, index: number, drafts: readonly ShotDraft[]): string {
  if (drafts.length === 1) return '';
  if (drafts.every((draft, i) => draft.stillIndex === i)) return `Picture ${index + 1}: `;
  const picture = drafts.some((draft) => draft.stillIndex !== stillIndex)
    ? `picture ${stillIndex + 1}, `
    : '';
  const view = framing === undefined ? 'wide' : `${framing.name}, ${framing.zoom.toFixed(2)}x`;
  return `Shot ${index + 1} (${picture}${view}): `;
}

function pictureNotes({ scenes, timeline, remarks, cameraFixed }: NotesInput): readonly DirectorNote[] {
  const notes: DirectorNote[] = [];
  const shown = new Set(timeline.drafts.map(({ stillIndex }) => stillIndex));
  for (const [picture, scene] of scenes.entries()) {
    if (cameraFixed || !shown.has(picture) || scene.confidence.flat < 0.5) continue;
    const which = shown.size > 1 ? `Picture ${picture + 1}` : 'The picture';
    notes.push(
      note(
        'clamped',
        `${which} looks flat, like a page or a wall: moves are reduced so that its lines stay straight.`,
      ),
    );
  }
  return [...notes, ...remarks];
}

/** The camera that walks is what walks. */
const isWalk = ({ name }: Move): boolean => name === 'walk';

function soundNotes({ reading, ambience, timeline }: NotesInput): readonly DirectorNote[] {
  if (reading.isSilent) return [note('understood', 'Silence, as the prompt asks.')];
  const heard = new Set([
    ...ambience.map(({ name }) => name),
    ...reading.sounds.flatMap(({ words }) => words.event ?? []),
  ]);
  const notes = [note('understood', `Sound: ${[...heard].join(', ')}.`)];
  for (const { text, words } of reading.sounds) {
    const isDrawn = words.event === 'footstep' && timeline.shots.some(({ moves }) => moves.some(isWalk));
    if (words.notDrawn === undefined || isDrawn) continue;
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

function unmetNotes({ reading }: NotesInput): readonly DirectorNote[] {
  const notes = reading.notDrawn.map(({ text, reason }) => note('ignored', `"${text}": ${reason}.`));
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
