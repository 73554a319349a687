/** What the camera does when the prompt does not say: by scene, with side and amplitude from the seed; in surges when the clip is to be bold. */
import { FLAT_DAMPING } from '../camera/grammar.ts';
import { seededUnit } from '../camera/seeded-noise.ts';
import type { Scene } from '../scene/scene.ts';
import { type Casting, LARGEST_STRENGTH, type Phase, settleSide, settleStrength } from './cast-moves.ts';
import type { Move, MoveName } from './plan.ts';
import type { PromptReading } from './read-prompt.ts';

const LIKELY = 0.5;

type Side = (pair: readonly [MoveName, MoveName]) => MoveName;

const play = (...pairs: readonly (readonly [MoveName, number])[]): readonly Move[] =>
  pairs.map(([name, strength]) => ({ name, strength }));

/** Where a seed lets the camera drift: how far to its sides, -1..1, and how far up or down. */
interface Drift {
  readonly sideways: number;
  readonly upright: number;
}

/** Any direction, but always well off the axis, so that two seeds are two takes of one picture. */
function driftOf(seed: number, picture: number): Drift {
  const reach = (stream: string): number => {
    const unit = 2 * seededUnit(seed, stream, picture) - 1;
    return Math.sign(unit) * (LEAST_DRIFT + (1 - LEAST_DRIFT) * Math.abs(unit));
  };
  return { sideways: reach('drift sideways'), upright: reach('drift upright') };
}

const LEAST_DRIFT = 0.35;

/**
 * Push in where there is depth to go into, turn where there is little, and only zoom and shift over a flat picture. The
 * strengths move an ordinary picture by 0.3 pixels a frame and more on average.
 */
function usualMoves({ confidence: { ground, subject, flat } }: Scene, drift: Drift): readonly Move[] {
  const aside = (pair: readonly [MoveName, MoveName], most: number) =>
    [pair[drift.sideways < 0 ? 0 : 1], most * Math.abs(drift.sideways)] as const;
  const upright = (pair: readonly [MoveName, MoveName], most: number) =>
    [pair[drift.upright < 0 ? 0 : 1], most * Math.abs(drift.upright)] as const;
  // Every move over a flat picture is damped to about 0.4 of its strength.
  if (flat >= LIKELY)
    return play(
      ['zoom-in', 1.6],
      aside(['pan-left', 'pan-right'], 1.2),
      upright(['tilt-up', 'tilt-down'], 1),
    );
  if (subject >= LIKELY) return play(['push-in', 0.8], aside(['orbit-left', 'orbit-right'], 0.6));
  const rise = upright(['pedestal-up', 'pedestal-down'], 0.8);
  return ground >= LIKELY
    ? play(['push-in', 0.8], aside(['truck-left', 'truck-right'], 0.7))
    : play(aside(['orbit-left', 'orbit-right'], 1), ['push-in', 0.8], rise);
}

/** A bold clip surges every so often: VBench's rule for a dynamic clip asks for a quarter of it at 135 px a second (at 1280x720). */
const SURGE_SECONDS = 2.5;

/** What a flat picture is spared is made up for in moves that keep its lines straight: zooms, pans and tilts. */
const undamped = (flat: number): number => 1 / (1 - FLAT_DAMPING * flat);

/**
 * One surge after another, in and out again, while the camera goes around sideways at half that pace: so no surge takes the way back that the one
 * before came. The strengths are those of an ordinary clip; bold ones follow from them.
 */
function boldMoves(
  { confidence: { ground, flat } }: Scene,
  side: Side,
  surges: number,
): readonly (readonly Move[])[] {
  const isFlat = flat >= LIKELY;
  // Without a ground nothing comes as near as it does, and the zoom has to do more.
  const even = (isFlat ? 1.3 : 1.25 - 0.25 * ground) * undamped(flat);
  const around: readonly [MoveName, MoveName] = isFlat
    ? ['pan-left', 'pan-right']
    : ['orbit-left', 'orbit-right'];
  const first = side(around);
  const other = around[0] === first ? around[1] : around[0];
  const steps: readonly (readonly Move[])[] = isFlat
    ? [
        play(['zoom-in', even], [first, even]),
        play(['zoom-out', even], [other, even], ['tilt-down', 0.7 * even]),
        play(['zoom-in', even], [other, even]),
        play(['zoom-out', even], [first, even], ['tilt-up', 0.7 * even]),
      ]
    : [
        play(['push-in', 0.8], ['zoom-in', even], [first, 0.5]),
        play(['pull-out', 0.8], ['zoom-out', even], [first, 0.5]),
        play(['push-in', 0.8], ['zoom-in', even], [other, 0.5]),
        play(['pull-out', 0.8], ['zoom-out', even], [other, 0.5]),
      ];
  return Array.from({ length: surges }, (_, i) => steps[i % steps.length]!);
}

/**
 * What the director does unasked with the picture number `picture` while it is shown for `seconds`: by scene, with side and amplitude from the
 * seed. At least one phase.
 */
export function castDefault(
  scene: Scene,
  picture: number,
  seconds: number,
  reading: PromptReading,
  casting: Casting,
): readonly Phase[] {
  const side: Side = (pair) => settleSide(pair, 100 + picture, casting.seed);
  const largest = LARGEST_STRENGTH * undamped(scene.confidence.flat);
  const isBold = casting.style === 'spicy' || reading.generalSurge;
  const wished = isBold
    ? boldMoves(scene, side, Math.max(1, Math.round(seconds / SURGE_SECONDS)))
    : [usualMoves(scene, driftOf(casting.seed, picture))];
  return wished.map((moves) => {
    const allowed = moves
      .filter(({ name }) => !reading.forbidden.has(name))
      .map(({ name, strength }, i) => ({
        name,
        strength: settleStrength(strength * reading.generalFactor, 100 + 8 * picture + i, casting, largest),
      }));
    return {
      moves: allowed.length > 0 ? allowed : [{ name: 'static', strength: 1 }],
      easing: isBold ? 'ramp' : 'glide',
      wishes: [],
    };
  });
}
