/**
 * Reads depth out of a single picture with no learned model: sky by its crisp edge, ground by its horizon, what stands
 * on it by its foot, and a portrait's subject by its focus. Each reading has a confidence; the depth is their mixture.
 * Deterministic, and defined for every picture.
 */
import type { RgbaImage } from '../raster/picture.ts';
import { findAreas } from './find-areas.ts';
import { type FocusSubject, findFocusSubject } from './focus-subject.ts';
import { guidedFilter } from './guided-filter.ts';
import { darkChannel } from './haze.ts';
import { findPage, type Page } from './page-likeness.ts';
import { percentile } from './percentile.ts';
import { ramp } from './ramp.ts';
import { measureRegions, type RegionShape } from './region-shapes.ts';
import { type Regions, segmentRegions } from './regions.ts';
import type { Grid, Scene } from './scene.ts';
import { findSkyline, type Skyline } from './skyline.ts';
import { groundPrior, roomPrior, standUp } from './standing-depth.ts';
import { emptyGrid, sampleWorkGrid, type WorkGrid } from './work-grid.ts';

export function analyseScene(image: RgbaImage): Scene {
  const work = sampleWorkGrid(image);
  const regions = segmentRegions(work);
  const shapes = measureRegions(work, regions);
  const page = findPage(image, work);
  const skyline = withoutPage(findSkyline(work), page);
  const subject = withoutPrint(findFocusSubject(work, regions, shapes), page);
  const ground = skyline.confidence;
  const flat = (1 - ground) * (1 - subject.confidence) * (0.45 + 0.45 * page.likeness);
  const depth = smoothed(work, mixReadings(work, regions, shapes, { skyline, subject, flat }));
  const focus = focusOf(subject);
  return {
    depth,
    sky: skyline.sky,
    confidence: { ground: round(ground), subject: round(subject.confidence), flat: round(flat) },
    horizon: round(skyline.horizon),
    subjectDepth: subjectDepthOf(subject, depth),
    focus: { x: round(focus.x), y: round(focus.y) },
    areas: findAreas(work, { regions, subject, ground, horizon: skyline.horizon }),
  };
}

/** Results are rounded so that they do not depend on how an engine computes its exponentials and hypotenuses. */
const round = (value: number): number => Math.round(value * 65536) / 65536;

/** The edge of a heading crosses a page as a horizon crosses a landscape, but below it lies the page and no ground. */
function withoutPage(skyline: Skyline, { blank, likeness }: Page): Skyline {
  let [shown, cells] = [0, 1e-6];
  for (let i = 0; i < blank.data.length; i++) {
    const below = 1 - skyline.sky.data[i]!;
    shown += below * blank.data[i]!;
    cells += below;
  }
  return { ...skyline, confidence: skyline.confidence * (1 - likeness * ramp(shown / cells, 0.35, 0.6)) };
}

/** A block of print is enclosed as a subject is, but the page shows through it. */
function withoutPrint(subject: FocusSubject, { blank, likeness }: Page): FocusSubject {
  let [shown, cells] = [0, 1e-6];
  for (let i = 0; i < blank.data.length; i++) {
    shown += subject.matte.data[i]! * blank.data[i]!;
    cells += subject.matte.data[i]!;
  }
  return { ...subject, confidence: subject.confidence * (1 - likeness * ramp(shown / cells, 0.2, 0.45)) };
}

interface Readings {
  readonly skyline: Skyline;
  readonly subject: FocusSubject;
  readonly flat: number;
}

/** Thin air and thick air move a depth by at most this much. */
const HAZE_SHARE = 0.1;
/** Inverse depth of the background and the subject of a portrait. */
const BEHIND = 0.15;
const BEFORE = 0.9;

function mixReadings(
  work: WorkGrid,
  regions: Regions,
  shapes: readonly RegionShape[],
  readings: Readings,
): Grid {
  const { skyline, subject, flat } = readings;
  const ground = skyline.confidence;
  const outdoors = standUp(
    groundPrior(work, skyline.horizon),
    skyline.horizon * work.height,
    skyline.sky,
    regions,
    shapes,
  );
  const indoors = standUp(roomPrior(work), 0, emptyGrid(work), regions, shapes);
  const haze = darkChannel(work);
  // Where the ground explains the picture, what is enclosed may be the ground itself.
  const trust = subject.confidence * (1 - 0.5 * ground);
  const depth = emptyGrid(work);
  for (let i = 0; i < depth.data.length; i++) {
    const clearAir = HAZE_SHARE * (0.5 - haze.data[i]!) * (1 - skyline.sky.data[i]!);
    const scene = ground * (outdoors.data[i]! + clearAir) + (1 - ground) * indoors.data[i]!;
    const portrait = BEHIND + (BEFORE - BEHIND) * subject.matte.data[i]!;
    const deep = (1 - trust) * scene + trust * portrait;
    depth.data[i] = (1 - flat) * deep + flat * dome(i, depth);
  }
  return depth;
}

/** A shallow bulge: moves over a flat picture keep a hint of life without bending its lines. */
function dome(cell: number, { width, height }: Grid): number {
  const u = ((cell % width) + 0.5) / width - 0.5;
  const v = (Math.floor(cell / width) + 0.5) / height - 0.5;
  return 0.6 - 0.2 * (u * u + v * v);
}

function smoothed(work: WorkGrid, depth: Grid): Grid {
  const long = Math.max(work.width, work.height);
  const fine = guidedFilter(work.luma, depth, Math.max(1, Math.round(long / 100)), 4e-4);
  const broad = guidedFilter(work.luma, fine, Math.max(1, Math.round(long / 40)), 2e-3);
  return { ...broad, data: broad.data.map((value) => round(Math.min(1, Math.max(0, value)))) };
}

function subjectDepthOf(subject: FocusSubject, depth: Grid): number {
  const inside = depth.data.filter((_, i) => subject.matte.data[i]! > 0.5);
  return inside.length > 0 ? percentile(inside, 0.5) : percentile(depth.data, 0.5);
}

/** The centre of the matte; the middle of the picture when there is none. */
function focusOf({ matte }: FocusSubject): { x: number; y: number } {
  let [sum, x, y] = [1e-6, 0.5e-6, 0.5e-6];
  for (let i = 0; i < matte.data.length; i++) {
    const weight = matte.data[i]!;
    sum += weight;
    x += (weight * ((i % matte.width) + 0.5)) / matte.width;
    y += (weight * (Math.floor(i / matte.width) + 0.5)) / matte.height;
  }
  return { x: x / sum, y: y / sum };
}
