/** Finds in a picture what a shot is to show: the middle of a view, as large as the shot's, that shows most of it. */
import type { AreaName } from '../scene/areas.ts';
import type { Grid, Scene } from '../scene/scene.ts';
import type { Point } from './choose-framing.ts';
import type { ShotTarget } from './target-vocabulary.ts';

/** Confidence from which an area is what the words name, and a matte a subject. */
const NAMED = 0.2;
const SURE_OF_SUBJECT = 0.5;
/** A sky smaller than this, as a share of the picture, is none. */
const LEAST_SKY = 0.03;
/** The middles of a subject's face and feet, from its top to its foot. */
const FACE_HEIGHT = 0.17;
const FEET_HEIGHT = 0.9;

/** What rises in the distance has its middle so far above the horizon, as a share of the height. */
const ABOVE_HORIZON = 0.15;

const AREA_OF: Partial<Record<ShotTarget, AreaName>> = {
  water: 'water',
  falls: 'falls',
  fire: 'fire',
  smoke: 'smoke',
  foliage: 'foliage',
};

/** Undefined where the scene does not know the place. @param zoom Sides of the picture in sides of the view. */
export function locateTarget(target: ShotTarget, scene: Scene, zoom: number): Point | undefined {
  const name = AREA_OF[target];
  if (name !== undefined) {
    const area = scene.areas[name];
    return area === undefined || area.confidence < NAMED ? undefined : fullestView(area.mask, zoom);
  }
  switch (target) {
    case 'face':
      return placeOnSubject(scene, FACE_HEIGHT);
    case 'feet':
      return placeOnSubject(scene, FEET_HEIGHT);
    case 'subject':
      return scene.confidence.subject < SURE_OF_SUBJECT ? undefined : scene.focus;
    case 'sky':
      return scene.confidence.ground >= NAMED && mean(scene.sky) >= LEAST_SKY
        ? fullestView(scene.sky, zoom)
        : undefined;
    case 'distance':
      return scene.confidence.ground < NAMED ? undefined : { x: 0.5, y: scene.horizon - ABOVE_HORIZON };
    case 'foreground':
      return { x: 0.5, y: 1 };
    case 'left':
      return { x: 0, y: scene.focus.y };
    case 'right':
      return { x: 1, y: scene.focus.y };
    default:
      return undefined;
  }
}

const mean = ({ data }: Grid): number => data.reduce((sum, value) => sum + value, 0) / data.length;

/** A place in the middle of the subject at a share of its height. */
function placeOnSubject({ areas, confidence }: Scene, share: number): Point | undefined {
  const mask = areas.subject?.mask;
  if (mask === undefined || confidence.subject < SURE_OF_SUBJECT) return undefined;
  const { width, height, data } = mask;
  const widths = Array.from({ length: height }, (_, row) =>
    data.subarray(row * width, (row + 1) * width).reduce((sum, value) => sum + (value > 0.5 ? 1 : 0), 0),
  );
  const top = widths.findIndex((cells) => cells > 1);
  const bottom = widths.findLastIndex((cells) => cells > 1);
  if (top === -1) return undefined;
  const row = Math.round(top + share * (bottom - top));
  const band = Math.max(1, Math.round(0.08 * (bottom - top)));
  let [sum, cells] = [0, 0];
  for (let y = Math.max(top, row - band); y <= Math.min(bottom, row + band); y++) {
    for (let x = 0; x < width; x++) {
      if (data[y * width + x]! <= 0.5) continue;
      sum += (x + 0.5) / width;
      cells += 1;
    }
  }
  return cells === 0 ? undefined : { x: sum / cells, y: (row + 0.5) / height };
}

/** Views that are tried along each axis, and cells looked at of each view. */
const STEPS = 16;
const SAMPLES = 24;

/** The view that holds most of a mask; of equals, the one in the middle of it. */
function fullestView(mask: Grid, zoom: number): Point {
  const middle = centreOf(mask);
  let best = { point: middle, value: -1 };
  for (let step = 0; step < STEPS * STEPS; step++) {
    const half = 0.5 / zoom;
    const point = {
      x: half + ((1 - 2 * half) * (step % STEPS)) / (STEPS - 1),
      y: half + ((1 - 2 * half) * Math.floor(step / STEPS)) / (STEPS - 1),
    };
    const aside = Math.abs(point.x - middle.x) + Math.abs(point.y - middle.y);
    const value = shareWithin(mask, point, half) - 0.1 * aside;
    if (value > best.value) best = { point, value };
  }
  return best.point;
}

function shareWithin({ width, height, data }: Grid, { x, y }: Point, half: number): number {
  let sum = 0;
  for (let sample = 0; sample < SAMPLES * SAMPLES; sample++) {
    const across = x + half * ((2 * ((sample % SAMPLES) + 0.5)) / SAMPLES - 1);
    const down = y + half * ((2 * (Math.floor(sample / SAMPLES) + 0.5)) / SAMPLES - 1);
    const column = Math.min(width - 1, Math.max(0, Math.floor(across * width)));
    const row = Math.min(height - 1, Math.max(0, Math.floor(down * height)));
    sum += data[row * width + column]!;
  }
  return sum / (SAMPLES * SAMPLES);
}

function centreOf({ width, height, data }: Grid): Point {
  let [sum, x, y] = [1e-6, 0.5e-6, 0.5e-6];
  for (let i = 0; i < data.length; i++) {
    sum += data[i]!;
    x += (data[i]! * ((i % width) + 0.5)) / width;
    y += (data[i]! * (Math.floor(i / width) + 0.5)) / height;
  }
  return { x: x / sum, y: y / sum };
}
