/** The table: which still with which wish is held to which gates. */
import { MOVES, type MoveName } from '#animator/director/plan.ts';
import type { ClipWish } from './case-clip.ts';
import type { Upright } from './gates/uprights.ts';
import { STILLS, type StillName } from './stills/stills.ts';

/**
 * What is looked at in a case. `motion`: first frame, smoothness, backward steps, brightness, mean motion, maps. `uprights`: what stands stays
 * upright. `camera`:
 * the named move was done. `fixed`: a resting camera. `surge`: VBench's dynamic degree. `end`: first and last frame. `sound`: onsets and loudness. `seeds`: two seeds differ. `repeat`: the same bytes again. `file`: the
 * encoded clip, and how long it took.
 */
export type Examination =
  | 'motion'
  | 'uprights'
  | 'camera'
  | 'fixed'
  | 'surge'
  | 'end'
  | 'sound'
  | 'seeds'
  | 'repeat'
  | 'file';

export interface QualityCase extends ClipWish {
  readonly examine: readonly Examination[];
  /** Set for `camera`: the move that the prompt asks for. */
  readonly move?: MoveName;
  /** Set for `uprights`: what stands in the still. */
  readonly uprights?: readonly Upright[];
  /** The still shows something flat: its lines have to stay straight. */
  readonly isFlat?: true;
  /** Among the few that `npm test` runs. */
  readonly isFast?: true;
}

/** How people ask for each move. */
export const MOVE_PROMPTS: Readonly<Record<MoveName, string>> = {
  static: 'static camera, tripod',
  'push-in': 'the camera pushes in',
  'pull-out': 'the camera pulls out',
  'zoom-in': 'zoom in',
  'zoom-out': 'zoom out',
  'pan-left': 'pan left',
  'pan-right': 'pan right',
  'tilt-up': 'tilt up',
  'tilt-down': 'tilt down',
  'truck-left': 'truck left',
  'truck-right': 'truck right',
  'pedestal-up': 'pedestal up',
  'pedestal-down': 'pedestal down',
  'orbit-left': 'orbit left',
  'orbit-right': 'orbit right',
  'roll-left': 'the camera rolls left',
  'roll-right': 'the camera rolls right',
  'crash-zoom': 'crash zoom',
  'whip-left': 'whip pan left',
  'whip-right': 'whip pan right',
  walk: 'the camera walks forward',
  'dolly-zoom': 'dolly zoom',
  handheld: 'handheld camera',
};

const FAST_STILLS: readonly StillName[] = ['lakeside', 'poster', 'dot grid'];
const FLAT_STILLS: readonly StillName[] = ['poster', 'flat lay', 'dot grid'];
const CAMERA_STILLS: readonly StillName[] = ['lakeside', 'portrait', 'street', 'interior', 'dot grid'];

const fastWhen = (isFast: boolean): { readonly isFast?: true } => (isFast ? { isFast: true } : {});

const unasked: readonly QualityCase[] = STILLS.map((still) => ({
  still,
  prompt: '',
  examine: ['motion', 'seeds'],
  ...(FLAT_STILLS.includes(still) ? { isFlat: true } : {}),
  ...fastWhen(FAST_STILLS.includes(still)),
}));

/** Moves that only stir the picture: nothing of them can be told from the last frame. */
const UNPROMISED: readonly MoveName[] = ['static', 'handheld', 'walk'];

const moves: readonly QualityCase[] = CAMERA_STILLS.flatMap((still) =>
  MOVES.filter((move) => !UNPROMISED.includes(move)).map((move) => ({
    still,
    move,
    prompt: MOVE_PROMPTS[move],
    examine: ['camera'] as const,
    ...fastWhen(still === 'lakeside'),
  })),
);

/** A spruce on the far bank, and the pine's trunk. */
const LAKESIDE_TREES: readonly Upright[] = [
  [
    { x: 0.13, y: 0.37 },
    { x: 0.13, y: 0.53 },
  ],
  [
    { x: 0.918, y: 0.06 },
    { x: 0.906, y: 0.78 },
  ],
];

/** Where something stands, from its top to its foot. */
const UPRIGHTS: Partial<Record<StillName, readonly Upright[]>> = {
  lakeside: LAKESIDE_TREES,
  dusk: LAKESIDE_TREES,
  // The corners beside the back wall, and the lamp.
  interior: [
    [
      { x: 0.266, y: 0.17 },
      { x: 0.266, y: 0.63 },
    ],
    [
      { x: 0.734, y: 0.17 },
      { x: 0.734, y: 0.63 },
    ],
    [
      { x: 0.656, y: 0.3 },
      { x: 0.656, y: 0.65 },
    ],
  ],
  // The trunks on the left and on the right of the path.
  'tall wood': [
    [
      { x: 0.36, y: 0.03 },
      { x: 0.36, y: 0.8 },
    ],
    [
      { x: 0.58, y: 0.03 },
      { x: 0.58, y: 0.88 },
    ],
  ],
  // The corners of the nearest houses, and the passer-by.
  street: [
    [
      { x: 0.19, y: 0.2 },
      { x: 0.19, y: 0.7 },
    ],
    [
      { x: 0.81, y: 0.2 },
      { x: 0.81, y: 0.7 },
    ],
    [
      { x: 0.67, y: 0.55 },
      { x: 0.67, y: 0.78 },
    ],
  ],
};

const uprights: readonly QualityCase[] = (
  ['lakeside', 'dusk', 'street', 'interior', 'tall wood'] as const
).flatMap((still) =>
  ['', 'the camera pushes in', 'truck left', 'orbit right'].map((prompt) => ({
    still,
    prompt,
    examine: ['uprights'] as const,
    uprights: UPRIGHTS[still]!,
  })),
);

const fixed: readonly QualityCase[] = (['lakeside', 'portrait', 'street', 'poster', 'night'] as const).map(
  (still) => ({
    still,
    prompt: 'slow push in, pan left',
    cameraFixed: true,
    examine: ['fixed'],
    ...fastWhen(still === 'street'),
  }),
);

const surges: readonly QualityCase[] = [
  ...STILLS.map((still) => ({ still, durationSeconds: 5, ...fastWhen(still === 'lakeside') })),
  { still: 'street', durationSeconds: 15 } as const,
].map((one) => ({ ...one, prompt: '', style: 'spicy', examine: ['surge'] }));

const rest: readonly QualityCase[] = [
  { still: 'lakeside', endStill: 'dusk', prompt: 'push in', examine: ['end'], isFast: true },
  { still: 'street', endStill: 'interior', prompt: '', examine: ['end'] },
  { still: 'thumbnail', endStill: 'poster', prompt: 'pan left', examine: ['end'] },
  { still: 'street', prompt: 'she walks down the street', examine: ['sound'], isFast: true },
  { still: 'night', prompt: 'a thunderstorm over the town', durationSeconds: 8, examine: ['sound'] },
  { still: 'close face', prompt: 'her heartbeat, tense music', examine: ['sound'] },
  { still: 'lakeside', prompt: 'wind over the lake', examine: ['sound'] },
  { still: 'portrait', prompt: 'orbit left, handheld', examine: ['repeat'], isFast: true },
  { still: 'street', prompt: 'rain, push in', style: 'spicy', examine: ['repeat'] },
  { still: 'lakeside', endStill: 'dusk', prompt: 'pan right', examine: ['repeat'] },
  { still: 'lakeside', prompt: 'push in, she walks', examine: ['file'] },
  { still: 'portrait', endStill: 'dusk', prompt: '', examine: ['file'] },
];

export const CASES: readonly QualityCase[] = [
  ...unasked,
  ...uprights,
  ...moves,
  ...fixed,
  ...surges,
  ...rest,
];

/** Clips longer than this say so in their case's name. */
const USUAL_SECONDS = 8;

/** How a case is called in the table and in the list of known gaps; unique. */
export function caseName(wish: QualityCase): string {
  const { still, endStill, prompt, style, cameraFixed, examine } = wish;
  const seconds = wish.durationSeconds ?? 0;
  const pictures = endStill === undefined ? still : `${still} to ${endStill}`;
  const asked = prompt === '' ? 'nothing asked' : prompt;
  const conditions = [
    style === 'spicy' ? 'spicy' : '',
    cameraFixed ? 'fixed' : '',
    seconds > USUAL_SECONDS ? `${seconds} s` : '',
  ].filter((word) => word !== '');
  return [pictures, asked, ...conditions, examine[0]!].join(' / ');
}
