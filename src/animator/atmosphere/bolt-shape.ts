/**
 * The shape of a lightning bolt: a channel that is broken again and again halfway along (midpoint displacement, Fournier, Fussell & Carpenter 1982),
 * with branches that part from it downwards, thinner and dimmer, and part once more themselves. The same seed gives the same bolt.
 */
import { seededUnit } from '../camera/seeded-noise.ts';
import { cosineOfTurns, sineOfTurns } from '../sound/elementary-functions.ts';
import type { Point } from './projection.ts';

/** A straight piece; lengths in any one unit. */
export interface BoltPiece {
  readonly from: Point;
  readonly to: Point;
  /** 1 for the channel, less for branches and towards their tips. */
  readonly width: number;
  readonly light: number;
  /** Whether it is of the channel itself. */
  readonly isChannel: boolean;
}

/** By what part of its length a piece is bent sideways in its middle, at most. */
const JAGGEDNESS = 0.2;
const CHANNEL_HALVINGS = 6;
const BRANCH_HALVINGS = 4;
const BRANCHES = 7;
/** Branches leave the channel at these angles, in turns, and are so long as shares of what is left of it. */
const LEAST_ANGLE = 0.06;
const MOST_ANGLE = 0.15;
const LEAST_SHARE = 0.2;
const MOST_SHARE = 0.55;
const BRANCH_WIDTH = 0.55;
const BRANCH_LIGHT = 0.6;

export function boltShape(from: Point, to: Point, seed: number, bolt: number): readonly BoltPiece[] {
  let count = 1000 * bolt;
  const unit = (): number => {
    count += 1;
    return seededUnit(seed, 'bolt', count);
  };
  const channel = jag([from, to], CHANNEL_HALVINGS, unit);
  return [
    ...piecesOf(channel, 1, 1, true),
    ...branchesOf(channel, BRANCHES, unit).flatMap((branch) => [
      ...piecesOf(branch, BRANCH_WIDTH, BRANCH_LIGHT, false),
      ...branchesOf(branch, 2, unit).flatMap((twig) =>
        piecesOf(twig, BRANCH_WIDTH ** 2, BRANCH_LIGHT ** 2, false),
      ),
    ]),
  ];
}

/** Bends every piece in its middle, `halvings` times over. */
function jag(points: readonly Point[], halvings: number, unit: () => number): readonly Point[] {
  if (halvings === 0) return points;
  const bent = points.flatMap((point, i): readonly Point[] => {
    const next = points[i + 1];
    if (next === undefined) return [point];
    const aside = JAGGEDNESS * (2 * unit() - 1);
    return [
      point,
      {
        x: (point.x + next.x) / 2 - aside * (next.y - point.y),
        y: (point.y + next.y) / 2 + aside * (next.x - point.x),
      },
    ];
  });
  return jag(bent, halvings - 1, unit);
}

function branchesOf(
  channel: readonly Point[],
  count: number,
  unit: () => number,
): readonly (readonly Point[])[] {
  const end = channel.at(-1)!;
  return Array.from({ length: count }, () => {
    const root = channel[Math.floor((0.08 + 0.72 * unit()) * (channel.length - 1))]!;
    const [alongX, alongY] = [end.x - root.x, end.y - root.y];
    const angle = LEAST_ANGLE + (MOST_ANGLE - LEAST_ANGLE) * unit();
    const turns = unit() < 0.5 ? -angle : angle;
    const share = LEAST_SHARE + (MOST_SHARE - LEAST_SHARE) * unit() * unit();
    const [cosine, sine] = [cosineOfTurns(turns), sineOfTurns(turns)];
    const tip = {
      x: root.x + share * (alongX * cosine - alongY * sine),
      y: root.y + share * (alongX * sine + alongY * cosine),
    };
    return jag([root, tip], BRANCH_HALVINGS, unit);
  });
}

/** Branches taper; the channel does so only a little. */
function piecesOf(
  points: readonly Point[],
  width: number,
  light: number,
  isChannel: boolean,
): readonly BoltPiece[] {
  const taper = isChannel ? 0.3 : 0.8;
  return points.slice(1).map((to, i) => {
    const left = 1 - (taper * i) / (points.length - 1);
    return { from: points[i]!, to, width: width * left, light: light * left, isChannel };
  });
}
