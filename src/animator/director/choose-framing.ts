/** Chooses which part of a picture a shot shows: a medium shot of its subject, a close one of its upper part, a detail beside it. */
import type { Scene } from '../scene/scene.ts';
import { normalise } from './clauses.ts';
import { locateTarget } from './locate-target.ts';
import type { Framing, FramingName } from './plan.ts';
import { readShots } from './read-shots.ts';
import type { ShotTarget } from './target-vocabulary.ts';

/** A place in a picture, as shares of its width and height. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** What is known of a picture that shots are taken from. */
export interface ShotSource {
  readonly scene: Scene;
  /** What draws the eye, the strongest first; may be empty. */
  readonly pointsOfInterest: readonly Point[];
  /** How many times larger than the frame the picture is to be had; at least 1. */
  readonly enlargement: number;
}

const ZOOMS: Readonly<Record<Framing['name'], number>> = { medium: 1.35, close: 1.8, detail: 2.2 };
/** A pixel of the picture is never drawn larger than this. */
const LARGEST_PIXEL = 1.6;
/** By how much the upper third of a subject lies above its centre, as a share of the picture's height. */
const UPPER_THIRD = 0.14;
const SURE_OF_SUBJECT = 0.5;
/** A detail lies at least this far from what the other shots show, as a share of the sides. */
const ELSEWHERE = 0.2;

/**
 * Undefined for a wide shot, which shows the whole picture.
 * @param target What the shot is to show; where the scene does not know its place, it shows what it would without.
 */
export function chooseFraming(
  name: FramingName,
  source: ShotSource,
  target?: ShotTarget,
): Framing | undefined {
  if (name === 'wide') return undefined;
  const zoom = Math.min(ZOOMS[name], LARGEST_PIXEL * Math.max(1, source.enlargement));
  const named = target && locateTarget(target, source.scene, zoom);
  const { x, y } = named ?? centreOf(name, source);
  const within = (share: number) => Math.min(1 - 0.5 / zoom, Math.max(0.5 / zoom, share));
  const round = (value: number) => Math.round(value * 1e4) / 1e4;
  return { name, zoom: round(zoom), x: round(within(x)), y: round(within(y)) };
}

function centreOf(name: Framing['name'], { scene, pointsOfInterest }: ShotSource): Point {
  const hasSubject = scene.confidence.subject >= SURE_OF_SUBJECT;
  const subject = hasSubject ? scene.focus : (pointsOfInterest[0] ?? scene.focus);
  if (name === 'medium') return subject;
  const face = hasSubject ? { x: subject.x, y: subject.y - UPPER_THIRD } : subject;
  if (name === 'close') return face;
  return pointsOfInterest.find(({ x, y }) => Math.hypot(x - face.x, y - face.y) >= ELSEWHERE) ?? face;
}

/** How many times larger than the frame pictures are wanted, so that the closest shot shows a pixel of theirs for each of the frame. */
export const wantedEnlargement = ({
  prompt,
  cameraFixed,
}: {
  prompt: string;
  cameraFixed: boolean;
}): number => (cameraFixed || readShots(normalise(prompt)).length === 1 ? 1 : ZOOMS.detail);
