/**
 * Inverse depth of a picture from its readings: the ground and what stands behind it, the things that stand before that, the
 * subject of a portrait, and the bulge of a flat picture, mixed by how far each is trusted. What stands has one depth from foot
 * to top, so nothing here is smoothed by what the picture shows but the edges of the sky and of the subject.
 */
import { boxMean } from './box-filter.ts';
import { dome } from './dome.ts';
import type { FocusSubject } from './focus-subject.ts';
import { floorPrior, groundPrior, raiseBehind, vaguePrior } from './ground-depth.ts';
import { findGroundLine, type GroundLine } from './ground-line.ts';
import { guidedFilter } from './guided-filter.ts';
import { darkChannel } from './haze.ts';
import type { Regions } from './regions.ts';
import type { Grid } from './scene.ts';
import type { Skyline } from './skyline.ts';
import { raiseThings } from './standing-things.ts';
import { type CutRegions, cutOutStems, findStems } from './stems.ts';
import { emptyGrid, type WorkGrid } from './work-grid.ts';

export interface Readings {
  readonly skyline: Skyline;
  readonly subject: FocusSubject;
  /** 0..1: the picture is itself flat. */
  readonly flat: number;
  /** 0..1: what is surely ground, such as water. */
  readonly lying: Grid;
}

/** Inverse depth of the background and the subject of a portrait. */
const BEHIND = 0.15;
const BEFORE = 0.9;
/** Thin air and thick air move a depth by at most this much, evenly over this share of the width: what stands must not bend. */
const HAZE_SHARE = 0.1;
const HAZE_REACH = 0.06;
/** Rows above a subject's lowest that are its foot. */
const FOOT_ROWS = 3;
/** Share of the height at which the ground may begin indoors. */
const HIGHEST_FLOOR = 0.3;

export function readDepth(work: WorkGrid, regions: Regions, readings: Readings): Grid {
  const { skyline, subject, flat } = readings;
  const ground = skyline.confidence;
  const cut = cutOutStems(regions, findStems(work), work);
  const outdoors = ground > 0 ? readOutdoors(work, cut, readings) : emptyGrid(work);
  const indoors = ground < 1 ? readIndoors(work, cut, readings) : emptyGrid(work);
  // Where the ground explains the picture, what is enclosed may be the ground itself.
  const trust = subject.confidence * (1 - 0.5 * ground);
  const matte = softened(work, subject.matte);
  const own = depthAtFoot(matte, ground, outdoors, indoors);
  const depth = emptyGrid(work);
  for (let cell = 0; cell < depth.data.length; cell++) {
    const inside = matte.data[cell]!;
    const around = ground * outdoors.data[cell]! + (1 - ground) * indoors.data[cell]!;
    const scene = around + (own - around) * subject.confidence * inside;
    const portrait = BEHIND + (BEFORE - BEHIND) * inside;
    const deep = (1 - trust) * scene + trust * portrait;
    depth.data[cell] = (1 - flat) * deep + flat * dome(cell, depth);
  }
  return depth;
}

function readOutdoors(work: WorkGrid, regions: CutRegions, { skyline, subject, lying }: Readings): Grid {
  const sky = softened(work, skyline.sky);
  const horizonRow = Math.round(skyline.horizon * work.height);
  const line = findGroundLine(work, {
    sky: skyline.sky,
    horizonRow,
    lying,
    subject: weighted(subject),
  });
  const prior = groundPrior(work, skyline.horizon);
  const behind = raiseBehind(work, prior, line);
  const haze = boxMean(darkChannel(work), Math.round(HAZE_REACH * work.width));
  const clear = { ...haze, data: haze.data.map((value) => HAZE_SHARE * (0.5 - value)) };
  const things = raiseThings(work, regions, {
    line,
    horizonRow,
    prior: clearedGround(prior, clear, line),
    sky: skyline.sky,
    lying,
  });
  return {
    ...behind,
    data: behind.data.map((value, cell) =>
      Math.max((1 - sky.data[cell]!) * (value + clear.data[cell]!), things.data[cell]!),
    ),
  };
}

/** The depth of the ground by row with what the air adds to it: things are as near as the ground that they stand on. */
function clearedGround(prior: Float32Array, { width, data }: Grid, { rows }: GroundLine): Float32Array {
  return prior.map((value, y) => {
    let [sum, cells] = [0, 1e-6];
    for (let x = 0; x < width; x++) {
      if (y < rows[x]! || (y + 1) * width > data.length) continue;
      sum += data[y * width + x]!;
      cells++;
    }
    return value + sum / cells;
  });
}

/** Where the line tells little of the floor, depth changes gently. */
function readIndoors(work: WorkGrid, regions: CutRegions, { subject, lying }: Readings): Grid {
  const noSky = emptyGrid(work);
  const horizonRow = Math.round(HIGHEST_FLOOR * work.height);
  const line = findGroundLine(work, {
    sky: noSky,
    horizonRow,
    lying,
    subject: weighted(subject),
  });
  const prior = floorPrior(work, line);
  const behind = raiseBehind(work, prior, line);
  const things = raiseThings(work, regions, { line, horizonRow, prior, sky: noSky, lying });
  const vague = vaguePrior(work);
  return {
    ...behind,
    data: behind.data.map((value, cell) => {
      const known = Math.max(value, things.data[cell]!);
      return line.confidence * known + (1 - line.confidence) * vague[Math.floor(cell / work.width)]!;
    }),
  };
}

/** That of the scene in the lowest row that the subject reaches, on the mean: all of the subject stands there. */
function depthAtFoot(matte: Grid, ground: number, outdoors: Grid, indoors: Grid): number {
  const { width } = matte;
  let last = matte.data.length - 1;
  while (last > 0 && matte.data[last]! < 0.5) last--;
  const first = Math.max(0, Math.floor(last / width) - FOOT_ROWS) * width;
  let [sum, cells] = [0, 1e-6];
  for (let cell = first; cell <= last; cell++) {
    if (matte.data[cell]! < 0.5) continue;
    sum += ground * outdoors.data[cell]! + (1 - ground) * indoors.data[cell]!;
    cells++;
  }
  return sum / cells;
}

const weighted = ({ matte, confidence }: FocusSubject): Grid => ({
  ...matte,
  data: matte.data.map((value) => confidence * value),
});

/** A mask with the edges that the picture has at the same place. */
function softened(work: WorkGrid, mask: Grid): Grid {
  const long = Math.max(work.width, work.height);
  const fine = guidedFilter(work.luma, mask, Math.max(1, Math.round(long / 100)), 4e-4);
  return { ...fine, data: fine.data.map((value) => Math.min(1, Math.max(0, value))) };
}
