/** What stands before the line where the ground ends, and the row of its foot: it is as near as the ground there, from foot to top. */
import { fastenParts, settleFeet } from './fastened-parts.ts';
import type { GroundLine } from './ground-line.ts';
import { measureRegions, type RegionShape, shareOfRegions } from './region-shapes.ts';
import type { Grid } from './scene.ts';
import { joinSeenAgainstSky } from './seen-against-sky.ts';
import type { CutRegions } from './stems.ts';
import { isUpright, LIKE_GROUND } from './upright-shape.ts';
import { emptyGrid, type WorkGrid } from './work-grid.ts';

export interface StandingSearch {
  readonly line: GroundLine;
  /** Row that the ground recedes to. */
  readonly horizonRow: number;
  /** Inverse depth of the ground by row. */
  readonly prior: Float32Array;
  readonly sky: Grid;
  /** What is surely ground, such as water: 0..1. */
  readonly lying: Grid;
}

/** Of the height: so far before the line a foot has to be. */
const LEAST_BEFORE = 0.025;
/** A region that is more than this sky, or water, is neither; of one that is hardly sky no cell is. */
const MOSTLY = 0.5;
const LARGELY = 0.3;
const HARDLY = 0.2;
/** Of the height: rows below a region that tell what it stands on. */
const UNDER = 0.04;

/** The depth of every standing cell, 0 elsewhere; the sky that is seen through things stays where it is. */
export function raiseThings(work: WorkGrid, regions: CutRegions, search: StandingSearch): Grid {
  const { sky, prior } = search;
  const shapes = measureRegions(work, regions);
  const skyShare = shareOfRegions(sky, regions, shapes);
  const feet = findFeet(regions, shapes, skyShare, search);
  const depth = emptyGrid(sky);
  const stems = emptyGrid(sky);
  for (let cell = 0; cell < depth.data.length; cell++) {
    const region = regions.labels[cell]!;
    const foot = feet[region];
    if (foot === undefined) continue;
    const seenThrough = skyShare[region]! < HARDLY ? 0 : sky.data[cell]!;
    depth.data[cell] = (1 - seenThrough) * prior[foot]!;
    if (regions.stems.has(region)) stems.data[cell] = prior[foot]!;
  }
  joinSeenAgainstSky(depth, sky, stems);
  return depth;
}

/** The row of the foot for every region that stands, or rests on one that does. */
function findFeet(
  regions: CutRegions,
  shapes: readonly RegionShape[],
  skyShare: Float32Array,
  { line, horizonRow, sky, lying }: StandingSearch,
): readonly (number | undefined)[] {
  const { width, height } = sky;
  const lyingShare = shareOfRegions(lying, regions, shapes);
  const groundness = shareOfRegions(line.evidence, regions, shapes);
  const lineRows = shapes.map((shape) => lineUnder(shape, line));
  const isBeforeLine = (i: number) => shapes[i]!.foot > lowestLine(shapes[i]!, line) + LEAST_BEFORE * height;
  const mayStand = (i: number) => skyShare[i]! < MOSTLY && lyingShare[i]! < LARGELY;
  const isReflected = (i: number) => shareUnder(lying, shapes[i]!) > MOSTLY;
  const feet = shapes.map((shape, i) => {
    if (!mayStand(i) || isReflected(i) || !isBeforeLine(i)) return undefined;
    const search = {
      horizonRow,
      lineRow: lineRows[i]!,
      groundness: groundness[i]!,
      stem: regions.stems.get(i),
      width,
    };
    if (!isUpright(regions, i, shape, search)) return undefined;
    return shape.foot;
  });
  settleFeet(feet, shapes);
  fastenParts(feet, shapes, {
    mayBelong: (i) => mayStand(i) && (groundness[i]! < LIKE_GROUND || !isBeforeLine(i)),
    isAboveLine: (i) => shapes[i]!.foot < lineRows[i]!,
    cells: sky.data.length,
  });
  return feet;
}

const lineUnder = ({ left, right }: RegionShape, { rows }: GroundLine): number =>
  rows.subarray(left, right + 1).reduce((sum, row) => sum + row, 0) / (right - left + 1);

/** The foot of a slanting wall is lower on one side than in its middle. */
const lowestLine = ({ left, right }: RegionShape, { rows }: GroundLine): number =>
  Math.max(...rows.subarray(left, right + 1));

/** The mean of `mask` just below a region: what it stands on. A mirror image, or a tree together with its own, ends in water. */
function shareUnder({ width, height, data }: Grid, { left, right, bottom }: RegionShape): number {
  let [sum, cells] = [0, 1e-6];
  for (let y = bottom + 1; y <= Math.min(height - 1, bottom + UNDER * height); y++) {
    for (let x = left; x <= right; x++, cells++) sum += data[y * width + x]!;
  }
  return sum / cells;
}
