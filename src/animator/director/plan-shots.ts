/**
 * Lays shots out in time: drafts one after another with hard cuts between them, the phases of each without; the end still's arrival over
 * the last of them.
 */
import { FRAME_RATE } from '#domain/media/clip-spec.ts';
import type { Phase } from './cast-moves.ts';
import type { ArrivalChoice } from './choose-arrival.ts';
import type { ShotDraft } from './compose-shots.ts';
import type { Arrival, FrameSpan, Move, Shot } from './plan.ts';

/** A phase or a shot shorter than this is a twitch. */
const SHORTEST_PHASE_FRAMES = Math.ceil(1.2 * FRAME_RATE);

/** Share of the clip over which the end still arrives. */
const ARRIVAL_SHARE = 0.35;
const SMALLEST_ARRIVAL_SHARE = 0.2;

export interface Timeline {
  /** The drafts that found time, in order. */
  readonly drafts: readonly ShotDraft[];
  /** The frames of each draft. */
  readonly spans: readonly FrameSpan[];
  readonly shots: readonly Shot[];
  readonly arrival: Arrival | undefined;
  /** Phases that found no time, in drafts that did. */
  readonly dropped: readonly Phase[];
  /** How many of the drafts found no time. */
  readonly droppedShots: number;
}

/** @param arrival How the end still is reached, and which still it is; undefined without one. */
export function planShots(
  all: readonly ShotDraft[],
  frameCount: number,
  arrival: (Pick<ArrivalChoice, 'kind' | 'side'> & { readonly stillIndex: number }) | undefined,
): Timeline {
  const drafts = withRoom(all, frameCount, arrival !== undefined);
  const arrivalFrames = arrival === undefined ? 0 : arrivalLength(drafts.length, frameCount);
  const starts = startFrames(
    drafts,
    frameCount,
    sharedFrames(drafts.length, frameCount, arrival !== undefined),
  );
  const shots: Shot[] = [];
  const dropped: Phase[] = [];
  for (const [i, draft] of drafts.entries()) {
    const frames = starts[i + 1]! - starts[i]!;
    const phaseRoom = Math.max(1, Math.floor(frames / SHORTEST_PHASE_FRAMES));
    dropped.push(...draft.phases.slice(phaseRoom));
    shots.push(...shotsOf(draft, draft.phases.slice(0, phaseRoom), starts[i]!, frames));
  }
  return {
    drafts,
    spans: drafts.map((_, i) => ({ firstFrame: starts[i]!, frameCount: starts[i + 1]! - starts[i]! })),
    shots,
    arrival: arrival && planArrival(arrival, shots, starts.at(-2)!, frameCount, arrivalFrames),
    dropped,
    droppedShots: all.length - drafts.length,
  };
}

function planArrival(
  choice: Pick<Arrival, 'kind' | 'side' | 'stillIndex'>,
  shots: readonly Shot[],
  lastDraftStart: number,
  frameCount: number,
  arrivalFrames: number,
): Arrival {
  // A morph is the whole way from the last picture, so it begins with it.
  const firstFrame = choice.kind === 'morph' ? lastDraftStart : frameCount - arrivalFrames;
  const isStill = shots.at(-1)!.moves.every((move) => move.name === 'static');
  return { ...choice, firstFrame, frameCount: frameCount - firstFrame, ...(isStill ? { startZoom: 1 } : {}) };
}

/** Leaves out the last of the optional drafts as long as there is too little time for all; the one that arrives is not among them. */
function withRoom(all: readonly ShotDraft[], frameCount: number, hasArrival: boolean): readonly ShotDraft[] {
  const drafts = [...all];
  const isCramped = () =>
    sharedFrames(drafts.length, frameCount, hasArrival) < drafts.length * SHORTEST_PHASE_FRAMES;
  while (isCramped()) {
    const kept = hasArrival ? drafts.length - 1 : drafts.length;
    const last = drafts.findLastIndex(({ isOptional }, i) => isOptional && i < kept);
    if (last === -1) break;
    drafts.splice(last, 1);
  }
  return drafts;
}

/** Half of the arrival belongs to the last draft, which it covers; the rest of the time is shared. */
function sharedFrames(drafts: number, frameCount: number, hasArrival: boolean): number {
  return frameCount - (hasArrival ? Math.floor(arrivalLength(drafts, frameCount) / 2) : 0);
}

/** At least a fifth of the clip, and no longer than most of the last draft's time. */
function arrivalLength(drafts: number, frameCount: number): number {
  const comfortable = Math.min(ARRIVAL_SHARE * frameCount, (0.8 * frameCount) / drafts);
  return Math.ceil(Math.max(SMALLEST_ARRIVAL_SHARE * frameCount, comfortable));
}

/**
 * Where each draft starts, and the clip's end: by their time codes, drawn together where these run past the clip, else in equal parts of
 * `shared`. No shot is shorter than the shortest phase as long as there is room for all.
 */
function startFrames(drafts: readonly ShotDraft[], frameCount: number, shared: number): readonly number[] {
  const codes = drafts.map(({ time }) => time);
  const end = Math.max(frameCount, ...codes.map((time) => (time?.end ?? 0) * FRAME_RATE));
  const starts = codes.map((time, i) => {
    const equal = (i * shared) / drafts.length;
    return Math.round(i === 0 || time === undefined ? equal : (time.start * FRAME_RATE * frameCount) / end);
  });
  starts.push(frameCount);
  const shortest = Math.min(SHORTEST_PHASE_FRAMES, Math.floor(shared / drafts.length));
  for (let i = 1; i < drafts.length; i++) starts[i] = Math.max(starts[i]!, starts[i - 1]! + shortest);
  for (let i = drafts.length - 1; i > 0; i--) starts[i] = Math.min(starts[i]!, starts[i + 1]! - shortest);
  return starts;
}

function shotsOf(
  { stillIndex, framing, whip, focus }: ShotDraft,
  phases: readonly Phase[],
  first: number,
  frames: number,
): readonly Shot[] {
  const startOf = (phase: number) => first + Math.round((phase * frames) / phases.length);
  return phases.map(({ moves, easing }, i) => {
    const after = carriedInto(phases, i);
    return {
      firstFrame: startOf(i),
      frameCount: startOf(i + 1) - startOf(i),
      stillIndex,
      moves,
      ...(i === 0 ? {} : { after }),
      easing,
      ...(framing === undefined ? {} : { framing }),
      ...(i > 0 || whip === undefined ? {} : { whip }),
      ...(i > 0 || focus === undefined ? {} : { focus }),
    };
  });
}

/** All that moved before phase `i`; a carried camera's unrest only when it was the phase before that had it. */
function carriedInto(phases: readonly Phase[], i: number): readonly Move[] {
  const isUnrest = (name: Move['name']) => name === 'handheld' || name === 'walk';
  return phases
    .slice(0, i)
    .flatMap((phase, earlier) =>
      phase.moves.filter(({ name }) => name !== 'static' && (!isUnrest(name) || earlier === i - 1)),
    );
}
