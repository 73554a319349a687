/** Gates over source maps: every pixel is covered by the picture, and the map neither folds nor tears. */
import type { FrameSize } from '#domain/media/frame-size.ts';
import type { Measurement } from './measurement.ts';
import { fitSimilarity } from './similarity-fit.ts';
import type { Point } from './track-points.ts';

/** Where each node reads from, pixels of the still, row by row; a node at every 8th pixel. */
export interface MapNodes {
  readonly size: FrameSize;
  readonly columns: number;
  readonly rows: number;
  readonly sourceX: Readonly<Float64Array>;
  readonly sourceY: Readonly<Float64Array>;
  /** Magnification of the pose: 1 / zoom is the slope of a map without parallax. */
  readonly zoom: number;
  /** The view looks past the picture, and the elastic border stretches its rim by up to 2.7 times. */
  readonly opensBorder: boolean;
}

/** Distance of neighbouring nodes in the frame. */
export const NODE_PX = 8;
const SMALLEST_SLOPE = 0.5;
const LARGEST_SLOPE = 2;
/** What is left of the map's slope where the elastic border stretches most: 1 - 2 / (1 + 2.2), less the parallax's 20 %. */
const SMALLEST_ELASTIC_SLOPE = 0.3;
/** A map this flat repeats one pixel of the still: a smear, seen where a view is clamped to the picture's edge. */
const SMEARED_SLOPE = 0.02;

interface Slopes {
  readonly lowest: number;
  readonly highest: number;
  readonly smeared: number;
  readonly outside: number;
}

/** Gates "coverage" and "no folds" over any number of maps, as the worst of all. */
export function judgeMaps(maps: readonly MapNodes[]): readonly Measurement[] {
  let [lowestOpen, lowest, highest, uncovered] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, 0, 0];
  for (const map of maps) {
    const slopes = slopesOf(map);
    if (map.opensBorder) lowestOpen = Math.min(lowestOpen, slopes.lowest * map.zoom);
    else lowest = Math.min(lowest, slopes.lowest * map.zoom);
    highest = Math.max(highest, slopes.highest * map.zoom);
    uncovered += slopes.smeared + slopes.outside;
  }
  const measurements: Measurement[] = [
    { gate: 'coverage, uncovered nodes', value: uncovered, unit: '', atMost: 0 },
    { gate: 'folds, largest slope', value: highest, unit: 'x', atMost: LARGEST_SLOPE },
  ];
  if (lowest < Number.POSITIVE_INFINITY)
    measurements.push({ gate: 'folds, smallest slope', value: lowest, unit: 'x', atLeast: SMALLEST_SLOPE });
  if (lowestOpen < Number.POSITIVE_INFINITY)
    measurements.push({
      gate: 'folds, smallest slope at an open border',
      value: lowestOpen,
      unit: 'x',
      atLeast: SMALLEST_ELASTIC_SLOPE,
    });
  return measurements;
}

function slopesOf({ size, columns, sourceX, sourceY }: MapNodes): Slopes {
  // Nodes beyond the outermost pixel are extrapolated: only the whole cells within the picture count.
  const across = Math.floor((size.width - 1) / NODE_PX);
  const down = Math.floor((size.height - 1) / NODE_PX);
  let [lowest, highest, smeared, outside] = [Number.POSITIVE_INFINITY, 0, 0, 0];
  const see = (slope: number): void => {
    lowest = Math.min(lowest, slope);
    highest = Math.max(highest, slope);
    if (slope < SMEARED_SLOPE) smeared++;
  };
  for (let row = 0; row <= down; row++) {
    for (let column = 0; column <= across; column++) {
      const node = row * columns + column;
      const [x, y] = [sourceX[node]!, sourceY[node]!];
      if (!(x > -0.01 && y > -0.01 && x < size.width - 0.99 && y < size.height - 0.99)) outside++;
      if (column < across) see((sourceX[node + 1]! - x) / NODE_PX);
      if (row < down) see((sourceY[node + columns]! - y) / NODE_PX);
    }
  }
  return { lowest, highest, smeared, outside };
}

/**
 * Gate "lines stay straight" for a picture of something flat: how far the map's nodes lie at most from the similarity that
 * fits them best. Not in the table of targets, which has no figure for bent lines: 2 px at 1280x720 are seen on print.
 */
export function judgeStraightness(maps: readonly MapNodes[], scale: number): Measurement {
  const errors = maps.map((map) => scale * largestBend(map));
  return { gate: 'lines stay straight', value: Math.max(...errors), unit: 'px', atMost: 2 };
}

function largestBend({ size, columns, sourceX, sourceY }: MapNodes): number {
  const [from, to]: [Point[], Point[]] = [[], []];
  for (let y = 0; y < size.height; y += NODE_PX) {
    for (let x = 0; x < size.width; x += NODE_PX) {
      const node = (y / NODE_PX) * columns + x / NODE_PX;
      from.push({ x, y });
      to.push({ x: sourceX[node]!, y: sourceY[node]! });
    }
  }
  const { zoom, rollDegrees, shiftX, shiftY } = fitSimilarity(from, to, { x: 0, y: 0 });
  const angle = (rollDegrees * Math.PI) / 180;
  const [a, b] = [zoom * Math.cos(angle), zoom * Math.sin(angle)];
  const bends = from.map(({ x, y }, i) =>
    Math.hypot(a * x - b * y + shiftX - to[i]!.x, b * x + a * y + shiftY - to[i]!.y),
  );
  return Math.max(...bends);
}
