/** Lays phases out in time: one run of shots for each picture, hard cuts between pictures, the end still's arrival over the last of them. */
import { FRAME_RATE } from '#domain/media/clip-spec.ts';
import type { Phase } from './cast-moves.ts';
import type { Arrival, Move, Shot } from './plan.ts';

/** A phase shorter than this is a twitch. */
const SHORTEST_PHASE_FRAMES = Math.ceil(1.2 * FRAME_RATE);

/** Share of the clip over which the end still arrives. */
const ARRIVAL_SHARE = 0.35;
const SMALLEST_ARRIVAL_SHARE = 0.2;

export interface Timeline {
  readonly shots: readonly Shot[];
  readonly arrival: Arrival | undefined;
  /** Phases that found no time. */
  readonly dropped: readonly Phase[];
}

/** @param pictures The phases of each picture in turn, at least one each. */
export function planShots(
  pictures: readonly (readonly Phase[])[],
  frameCount: number,
  hasLastImage: boolean,
): Timeline {
  const arrivalFrames = hasLastImage ? arrivalLength(pictures.length, frameCount) : 0;
  // Half of the arrival belongs to the last picture, which it dissolves; the rest of the time is shared equally.
  const shared = frameCount - Math.floor(arrivalFrames / 2);
  const startOf = (picture: number) =>
    picture === pictures.length ? frameCount : Math.round((picture * shared) / pictures.length);
  const shots: Shot[] = [];
  const dropped: Phase[] = [];
  for (const [picture, phases] of pictures.entries()) {
    const first = startOf(picture);
    const frames = startOf(picture + 1) - first;
    const room = Math.max(1, Math.floor(frames / SHORTEST_PHASE_FRAMES));
    dropped.push(...phases.slice(room));
    shots.push(...shotsOf(picture, phases.slice(0, room), first, frames));
  }
  const arrival = {
    stillIndex: pictures.length,
    firstFrame: frameCount - arrivalFrames,
    frameCount: arrivalFrames,
  };
  const isStill = shots.at(-1)!.moves.every((move) => move.name === 'static');
  return {
    shots,
    arrival: hasLastImage ? { ...arrival, ...(isStill ? { startZoom: 1 } : {}) } : undefined,
    dropped,
  };
}

/** At least a fifth of the clip, and no longer than most of the last picture's time. */
function arrivalLength(pictures: number, frameCount: number): number {
  const comfortable = Math.min(ARRIVAL_SHARE * frameCount, (0.8 * frameCount) / pictures);
  return Math.ceil(Math.max(SMALLEST_ARRIVAL_SHARE * frameCount, comfortable));
}

function shotsOf(picture: number, phases: readonly Phase[], first: number, frames: number): readonly Shot[] {
  const startOf = (phase: number) => first + Math.round((phase * frames) / phases.length);
  return phases.map(({ moves, easing }, i) => {
    const after = carriedInto(phases, i);
    return {
      firstFrame: startOf(i),
      frameCount: startOf(i + 1) - startOf(i),
      stillIndex: picture,
      moves,
      ...(i === 0 ? {} : { after }),
      easing,
    };
  });
}

/** All that moved before phase `i`; a shoulder's unrest only when it was the phase before that had it. */
function carriedInto(phases: readonly Phase[], i: number): readonly Move[] {
  return phases
    .slice(0, i)
    .flatMap((phase, earlier) =>
      phase.moves.filter(({ name }) => name !== 'static' && (name !== 'handheld' || earlier === i - 1)),
    );
}
