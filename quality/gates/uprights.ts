/**
 * Gate "uprights": what stands in the still neither leans nor bends when the camera moves. The table of targets has no
 * figure for it; leaning by 3 degrees is seen at once on a house, and so is a bow of a hundredth of its height.
 */
import { depthAt, landing, type Standpoint } from './landing.ts';
import type { Measurement } from './measurement.ts';
import type { Point } from './track-points.ts';

/** From top to bottom, as shares of the still's width and height. */
export type Upright = readonly [top: Point, bottom: Point];

const PARTS = 16;

export function judgeUprights(standpoint: Standpoint, uprights: readonly Upright[]): readonly Measurement[] {
  const figures = uprights.map((upright) => leanAndBow(standpoint, upright));
  return [
    {
      gate: 'uprights, lean',
      value: Math.max(...figures.map(({ lean }) => lean)),
      unit: 'degrees',
      atMost: 3,
    },
    { gate: 'uprights, bow', value: Math.max(...figures.map(({ bow }) => bow)), unit: '%', atMost: 1 },
  ];
}

function leanAndBow(standpoint: Standpoint, [top, bottom]: Upright) {
  const { size, pose } = standpoint;
  const points = Array.from({ length: PARTS + 1 }, (_, i) => ({
    x: (top.x + ((bottom.x - top.x) * i) / PARTS) * size.width,
    y: (top.y + ((bottom.y - top.y) * i) / PARTS) * size.height,
  }));
  const ends = points.map((point) => landing(standpoint, point, depthAt(standpoint, point)));
  const [first, last] = [ends[0]!, ends[PARTS]!];
  const turned = angleOf(first, last) - angleOf(points[0]!, points[PARTS]!) + pose.roll;
  const length = Math.hypot(last.x - first.x, last.y - first.y);
  const offLine = ends.map(
    ({ x, y }) => Math.abs((x - first.x) * (last.y - first.y) - (y - first.y) * (last.x - first.x)) / length,
  );
  return { lean: (Math.abs(turned) * 180) / Math.PI, bow: (100 * Math.max(...offLine)) / length };
}

const angleOf = (from: Point, to: Point): number => Math.atan2(to.y - from.y, to.x - from.x);
