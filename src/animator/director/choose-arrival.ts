/** Chooses how a clip comes to its end picture, and says why. */
import { seededUnit } from '../camera/seeded-noise.ts';
import { SAME_SCENE_SHARE } from '../morph/correspondence.ts';
import type { ArrivalKind, DirectorNote, Side } from './plan.ts';

export interface ArrivalChoice {
  readonly kind: ArrivalKind;
  readonly side: Side;
  readonly notes: readonly DirectorNote[];
}

export interface ArrivalInput {
  /** What the prompt asks for. */
  readonly asked: ArrivalKind | undefined;
  /** The side of a whip pan that the prompt ends on. */
  readonly whip: Side | undefined;
  /** Share 0..1 of the last picture that is recognised in the end picture. */
  readonly correspondence: number;
  readonly cameraFixed: boolean;
  readonly seed: number;
}

const DONE: Readonly<Record<ArrivalKind, string>> = {
  morph: 'the clip moves from one to the other',
  dissolve: 'the clip dissolves from one to the other, near things first',
  'light-leak': 'the clip goes over from one to the other under a flare of light',
  'whip-pan': 'the clip swings from one to the other in a whip pan',
};

export function chooseArrival(input: ArrivalInput): ArrivalChoice {
  const asked = input.whip === undefined ? input.asked : 'whip-pan';
  const kind = asked !== undefined && isPossible(asked, input) ? asked : usualKind(input);
  const side = input.whip ?? (seededUnit(input.seed, 'arrival side') < 0.5 ? 'left' : 'right');
  const exact = 'The clip rests on the end picture exactly in its last frame.';
  return { kind, side, notes: [reasonNote(kind, asked, input), { kind: 'understood', message: exact }] };
}

const isSameScene = ({ correspondence }: ArrivalInput): boolean => correspondence >= SAME_SCENE_SHARE;

function isPossible(kind: ArrivalKind, input: ArrivalInput): boolean {
  if (kind === 'morph') return isSameScene(input);
  return kind !== 'whip-pan' || !input.cameraFixed;
}

/** One scene is moved through; between scenes the seed chooses, the quiet way most often. */
function usualKind(input: ArrivalInput): ArrivalKind {
  if (isSameScene(input)) return 'morph';
  const drawn = seededUnit(input.seed, 'arrival');
  if (drawn < 0.5 || input.cameraFixed) return 'dissolve';
  return drawn < 0.75 ? 'light-leak' : 'whip-pan';
}

function reasonNote(kind: ArrivalKind, asked: ArrivalKind | undefined, input: ArrivalInput): DirectorNote {
  const share = `${Math.round(100 * input.correspondence)} % of it corresponds`;
  const found = `The two pictures show ${isSameScene(input) ? 'the same scene' : 'different scenes'}: ${share}`;
  if (asked === kind) return { kind: 'understood', message: `${found}; as the prompt asks, ${DONE[kind]}.` };
  if (asked === undefined) return { kind: 'understood', message: `${found}, so ${DONE[kind]}.` };
  const why =
    asked === 'morph' ? 'which is too little to move between them' : 'and the request fixes the camera';
  return { kind: 'clamped', message: `${found}, ${why}; instead ${DONE[kind]}.` };
}
