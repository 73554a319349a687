/**
 * Decides what each shot shows and what its camera does. Without marks in the prompt every picture is one shot; with them the prompt's shots are
 * taken in order, each of the picture it names, of the next one, or of the same picture framed anew.
 */
import { castDefault } from './cast-default.ts';
import { type Casting, castWishes, FIXED_CAMERA, type Phase } from './cast-moves.ts';
import { chooseFocus } from './choose-focus.ts';
import { chooseFraming, type ShotSource } from './choose-framing.ts';
import { locateTarget } from './locate-target.ts';
import type { DirectorNote, FocusPull, Framing, FramingName, Move, Side } from './plan.ts';
import type { PromptReading } from './read-prompt.ts';
import type { ShotWish } from './read-shots.ts';
import type { LensWish } from './shot-vocabulary.ts';

/** A shot before it has its place in time. */
export interface ShotDraft {
  /** Which of the prompt's shots it is; undefined where the pictures are the shots. */
  readonly promptShot?: number;
  readonly stillIndex: number;
  readonly framing: Framing | undefined;
  /** At least one. */
  readonly phases: readonly Phase[];
  readonly focus: FocusPull | undefined;
  /** Its time in the clip as the prompt has it, in seconds. */
  readonly time: ShotWish['time'];
  /** The cut before it is hidden in a whip pan to this side. */
  readonly whip: Side | undefined;
  /** Shots that the prompt asks for may be dropped for want of time, pictures may not. */
  readonly isOptional: boolean;
}

export interface ShotOrder extends Casting {
  readonly reading: PromptReading;
  /** One per picture, the end still not among them. */
  readonly sources: readonly ShotSource[];
  readonly cameraFixed: boolean;
  readonly hasLastImage: boolean;
}

export interface Composition {
  /** At least one. */
  readonly drafts: readonly ShotDraft[];
  /** The side of a whip pan that leads to the end still. */
  readonly endWhip: Side | undefined;
  readonly notes: readonly DirectorNote[];
}

export function composeShots(order: ShotOrder): Composition {
  const { drafts, notes: shotNotes } = draftShots(order);
  const notes = [...shotNotes, ...lensNotes(order.reading.shots)];
  const last = drafts.at(-1)!;
  const { phases, whip } = takeWhip(last.phases);
  if (!order.hasLastImage || whip === undefined) return { drafts, endWhip: undefined, notes };
  const { scene } = order.sources[last.stillIndex]!;
  const usual = castDefault(
    scene,
    drafts.length - 1,
    order.durationSeconds / drafts.length,
    order.reading,
    order,
  );
  const kept = { ...last, phases: phases.length > 0 ? phases : usual };
  return { drafts: [...drafts.slice(0, -1), kept], endWhip: whip, notes };
}

const LENS_DONE: Readonly<Record<LensWish, string>> = {
  'focus-far': 'focus goes from what is near to what is far',
  'focus-near': 'focus comes from what is far to what is near',
  shallow: 'what lies behind and before the subject is blurred',
};

const lensNotes = (shots: readonly ShotWish[]): readonly DirectorNote[] =>
  shots.flatMap(({ lens }) =>
    lens === undefined ? [] : [{ kind: 'understood', message: `"${lens.text}": ${LENS_DONE[lens.wish]}.` }],
  );

type Drafts = Omit<Composition, 'endWhip'>;

function draftShots(order: ShotOrder): Drafts {
  const { reading, sources, cameraFixed } = order;
  const isCut = reading.shots.length > 1 && hasRoomForPictures(reading.shots, sources.length);
  if (isCut && !cameraFixed) return asThePromptHasThem(order);
  const mark = reading.shots[1]?.mark;
  const message = `"${mark}": the request fixes the camera, so there is one shot of every picture.`;
  return { drafts: onePerPicture(order), notes: isCut ? [{ kind: 'ignored', message }] : [] };
}

/** Fewer shots than pictures, none of which is named: then every picture is shown instead. */
const hasRoomForPictures = (shots: readonly ShotWish[], pictures: number): boolean =>
  shots.length >= pictures || shots.some(({ picture }) => picture !== undefined);

const WHOLE_PICTURE = { framing: undefined, time: undefined, whip: undefined, isOptional: false } as const;

/** The prompt's phases in order, spread over the pictures, or the director's own choice for each. */
function onePerPicture(order: ShotOrder): readonly ShotDraft[] {
  const { reading, sources, cameraFixed } = order;
  const asked = castWishes(reading.wishes, order);
  return sources.map(({ scene }, stillIndex) => {
    const first = Math.floor((stillIndex * asked.length) / sources.length);
    const end = Math.floor(((stillIndex + 1) * asked.length) / sources.length);
    const own = asked.slice(first, Math.max(first + 1, end));
    const seconds = order.durationSeconds / sources.length;
    const chosen = own.length > 0 ? own : castDefault(scene, stillIndex, seconds, reading, order);
    const focus = chooseFocus(reading.shots.find(({ lens }) => lens !== undefined)?.lens?.wish, scene);
    return { ...WHOLE_PICTURE, stillIndex, focus, phases: cameraFixed ? [FIXED_CAMERA] : chosen };
  });
}

function asThePromptHasThem(order: ShotOrder): Drafts {
  const { reading, sources, hasLastImage } = order;
  const notes: DirectorNote[] = [];
  const asked = castWishes(reading.wishes, order);
  const pictures = assignPictures(reading.shots, sources.length, notes);
  const drafts: ShotDraft[] = [];
  let whip: Side | undefined;
  for (const [i, wish] of reading.shots.entries()) {
    const stillIndex = pictures[i]!;
    const source = sources[stillIndex]!;
    const isLast = i === reading.shots.length - 1;
    const mustBeWhole = (i === 0 && stillIndex === 0) || (isLast && hasLastImage);
    const framing = mustBeWhole ? undefined : frameShot(wish, source, drafts, stillIndex, i);
    notes.push(...targetNotes(wish, source, framing, i));
    if (mustBeWhole && wish.framing !== undefined && wish.framing !== 'wide') notes.push(wholeNote(i));
    const own = asked.filter((phase) => phase.wishes[0]?.shot === i);
    const joined = isLast ? { phases: own, whip: undefined } : takeWhip(own);
    const seconds = order.durationSeconds / reading.shots.length;
    const phases =
      joined.phases.length > 0 ? joined.phases : castDefault(source.scene, i, seconds, reading, order);
    const focus = chooseFocus(wish.lens?.wish, source.scene);
    drafts.push({
      promptShot: i,
      stillIndex,
      framing,
      phases,
      focus,
      time: wish.time,
      whip,
      isOptional: i > 0,
    });
    whip = joined.whip;
    if (whip !== undefined) {
      const message = `The cut after shot ${i + 1} is hidden in a whip pan to the ${whip}.`;
      notes.push({ kind: 'understood', message });
    }
  }
  return { drafts, notes };
}

const wholeNote = (shot: number): DirectorNote => ({
  kind: 'clamped',
  message:
    shot === 0
      ? 'The first shot shows the whole picture, because the clip begins on it exactly.'
      : 'The last shot shows the whole picture, because the clip ends on the end picture exactly.',
});

/** Whether a closer shot shows what its words name. */
function targetNotes(
  { target, framing: asked }: ShotWish,
  { scene }: ShotSource,
  framing: Framing | undefined,
  shot: number,
): readonly DirectorNote[] {
  if (target === undefined || framing === undefined || asked === undefined) return [];
  const isFound = locateTarget(target.name, scene, framing.zoom) !== undefined;
  const where = `${Math.round(100 * framing.x)} % across and ${Math.round(100 * framing.y)} % down the picture`;
  return [
    isFound
      ? {
          kind: 'understood',
          message: `"${target.text}": shot ${shot + 1} is taken of it, ${where}.`,
        }
      : {
          kind: 'clamped',
          message: `"${target.text}": not found in the picture, so shot ${shot + 1} shows what draws the eye.`,
        },
  ];
}

/** The picture that a shot names, else the next that has not been shown, else the one before. */
function assignPictures(shots: readonly ShotWish[], count: number, notes: DirectorNote[]): readonly number[] {
  const isNamed = shots.some(({ picture }) => picture !== undefined && picture < count);
  const result: number[] = [];
  for (const { picture } of shots) {
    if (picture !== undefined && picture >= count && count > 1) {
      const message = `Picture ${picture + 1} is named, but there are ${count} pictures; the next one is shown instead.`;
      notes.push({ kind: 'clamped', message });
    }
    const next = Math.max(-1, ...result) + 1;
    result.push(picture !== undefined && picture < count ? picture : Math.min(next, count - 1));
  }
  const unseen = Array.from({ length: count }, (_, i) => i).filter((i) => isNamed && !result.includes(i));
  for (const picture of unseen)
    notes.push({ kind: 'ignored', message: `Picture ${picture + 1}: no shot names it, so it is not shown.` });
  return result;
}

/** What shots show one after another when they do not say. */
const USUAL_FRAMINGS: readonly FramingName[] = ['wide', 'medium', 'close', 'wide', 'detail'];

/** As the shot says; never the same view as in the shot before, which would be a jump and no cut. */
function frameShot(
  wish: ShotWish,
  source: ShotSource,
  drafts: readonly ShotDraft[],
  stillIndex: number,
  shot: number,
): Framing | undefined {
  const before = drafts.at(-1);
  const isSamePicture = before?.stillIndex === stillIndex;
  const wished = wish.framing ?? (isSamePicture ? USUAL_FRAMINGS[shot % USUAL_FRAMINGS.length]! : 'wide');
  if (!isSamePicture || before === undefined) return chooseFraming(wished, source, wish.target?.name);
  const order = [wished, ...USUAL_FRAMINGS];
  const framings = order.map((name, i) =>
    chooseFraming(name, source, i === 0 ? wish.target?.name : undefined),
  );
  return framings.find((framing) => !isSameView(framing, before.framing));
}

function isSameView(a: Framing | undefined, b: Framing | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return a.zoom === b.zoom && a.x === b.x && a.y === b.y;
}

/** A whip pan at the end of a shot that another follows carries over into it. */
function takeWhip(phases: readonly Phase[]): { phases: readonly Phase[]; whip: Side | undefined } {
  const last = phases.at(-1);
  const whipped = last?.moves.find(({ name }) => name === 'whip-left' || name === 'whip-right');
  if (last === undefined || whipped === undefined) return { phases, whip: undefined };
  const moves: readonly Move[] = last.moves.filter((move) => move !== whipped);
  const kept = moves.length > 0 ? [{ ...last, moves }] : [];
  return { phases: [...phases.slice(0, -1), ...kept], whip: whipped.name === 'whip-left' ? 'left' : 'right' };
}
