/**
 * Reads depth out of a single picture with no learned model: sky by its crisp edge, ground by its horizon, what stands
 * on it by its foot, and a portrait's subject by its focus. Each reading has a confidence; the depth is their mixture, unless
 * somebody has measured it. Deterministic, and defined for every picture.
 */
import type { RgbaImage } from '../raster/picture.ts';
import { dome } from './dome.ts';
import { findAreas, once } from './find-areas.ts';
import { type FocusSubject, findFocusSubject } from './focus-subject.ts';
import { farthestRow, findLyingWater } from './lying-water.ts';
import { type MeasuredDepth, readMeasuredDepth } from './measured-depth.ts';
import { findPage, type Page } from './page-likeness.ts';
import { percentile } from './percentile.ts';
import { ramp } from './ramp.ts';
import { readDepth } from './read-depth.ts';
import { measureRegions } from './region-shapes.ts';
import { segmentRegions } from './regions.ts';
import type { Grid, Scene } from './scene.ts';
import { hinted, NO_HINTS, type SceneHints } from './scene-hints.ts';
import { checkSkyline, seenOpenSky } from './seen-sky.ts';
import { findSkyline, type Skyline } from './skyline.ts';
import { emptyGrid, sampleWorkGrid } from './work-grid.ts';

/** Water does not begin lower. Share of the height. */
const LOWEST_HORIZON = 0.7;

/**
 * @param measured Relative inverse depth from elsewhere: larger is nearer, of any scale and number of cells over the whole picture.
 * @param hints What is said about the picture.
 */
export function analyseScene(image: RgbaImage, measured?: Grid, hints: SceneHints = NO_HINTS): Scene {
  const work = sampleWorkGrid(image);
  const regions = segmentRegions(work);
  const shapes = measureRegions(work, regions);
  const page = findPage(image, work);
  const openSky = once(() => seenOpenSky(work));
  const line = withoutPage(findSkyline(work), page);
  const seen = line.confidence > 0 ? checkSkyline(work, line, openSky().wide) : line;
  const skyline = { ...seen, confidence: hinted(seen.confidence, hints.ground, hints.flat) };
  const enclosed = withoutPrint(findFocusSubject(work, regions, shapes), page);
  const subject = { ...enclosed, confidence: hinted(enclosed.confidence, hints.subject, hints.flat) };
  const ground = skyline.confidence;
  const areas = findAreas(work, { openSky, regions, subject, ground, horizon: skyline.horizon });
  const lying = ground > 0 ? findLyingWater(work, areas, skyline.sky) : emptyGrid(work);
  const horizon = Math.min(
    LOWEST_HORIZON,
    Math.max(skyline.horizon, (farthestRow(lying) ?? 0) / work.height),
  );
  const known = measured === undefined ? undefined : readMeasuredDepth(measured, work);
  const flat =
    known?.flat ?? (1 - ground) * (1 - subject.confidence) * (0.45 + 0.45 * (hints.flat ? 1 : page.likeness));
  const depth = rounded(
    known === undefined
      ? readDepth(work, regions, { skyline: { ...skyline, horizon }, subject, flat, lying })
      : flattened(known),
  );
  const focus = focusOf(subject);
  return {
    depth,
    sky: skyline.sky,
    confidence: { ground: round(ground), subject: round(subject.confidence), flat: round(flat) },
    horizon: round(horizon),
    subjectDepth: subjectDepthOf(subject, depth),
    focus: { x: round(focus.x), y: round(focus.y) },
    areas,
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

const flattened = ({ depth, flat }: MeasuredDepth): Grid => ({
  ...depth,
  data: depth.data.map((value, cell) => (1 - flat) * value + flat * dome(cell, depth)),
});

const rounded = (grid: Grid): Grid => ({
  ...grid,
  data: grid.data.map((value) => round(Math.min(1, Math.max(0, value)))),
});

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
