/**
 * What speaks for water, cell by cell. Seen at a slant, all that can be seen in it is drawn out sideways; and it shows
 * what is above it again: the sky's colours, or when it is calm everything upside down.
 */
import { boxMean, mean3x3 } from './box-filter.ts';
import { percentile } from './percentile.ts';
import { ramp } from './ramp.ts';
import type { Grid } from './scene.ts';
import type { Shoreline } from './shoreline.ts';
import { type Colour, colourAt, paletteOf } from './sky-palette.ts';
import { slantOf } from './slant.ts';
import { emptyGrid, type WorkGrid } from './work-grid.ts';

/** Of what water mirrors, this share comes back, less where it is deep. */
const REFLECTED = [1, 0.85, 0.7, 0.55] as const;
/** Distances, relative to the light, between the colours of water and what it mirrors: surely the same, surely not. */
const SAME = 0.09;
const OTHER = 0.2;
/** A mirror image may be wavy by so many rows. */
const WAVER = 4;
/** Crispness of the calmest water that is seen well, and as many cells of a mirror as are needed to tell. */
const USUAL_CRISPNESS = 0.12;
const ENOUGH_CELLS = 200;

export interface WaterEvidence {
  /** 0..1; 0 above `farRows`. */
  readonly evidence: Grid;
  /** Crispness, averaged over some cells, that the water of this picture seldom exceeds. */
  readonly crispness: number;
}

export interface WaterSetting {
  /** 1 for sky. */
  readonly sky: Grid;
  /** The row above which there is mostly sky: what else reaches up there stands before the water. */
  readonly skyline: number;
  /** About what the water mirrors; undefined when it is not seen to. */
  readonly mirror: Shoreline | undefined;
  /** In every column the row that water lies below. */
  readonly farRows: Int32Array;
}

export function gatherWaterEvidence(work: WorkGrid, setting: WaterSetting): WaterEvidence {
  const { sky, farRows } = setting;
  const { width } = work;
  const smooth = { luma: mean3x3(work.luma), blue: mean3x3(work.blue), red: mean3x3(work.red) };
  const crispness = boxMean(work.crispness, 2);
  const mirrored = mirroredShare(smooth, crispness, setting);
  const usual = usualCrispness(crispness, mirrored);
  const palette = paletteOf(smooth, sky);
  const slant = slantOf(work.luma);
  const evidence = emptyGrid(sky);
  for (let cell = 0; cell < evidence.data.length; cell++) {
    if (Math.floor(cell / width) <= farRows[cell % width]!) continue;
    const level = slant.data[cell]!;
    const asMirror = mirrored.data[cell]! * (0.25 + 0.75 * ramp(level, -0.6, 0));
    const calm = ramp(level, 0.05, 0.45) * ramp(crispness.data[cell]!, 2 * usual + 0.04, 1.4 * usual + 0.02);
    const asSky = calm > 0 ? calm * ramp(closestOf(palette, smooth, cell), OTHER, SAME) : 0;
    evidence.data[cell] = Math.max(asMirror, asSky);
  }
  return { evidence, crispness: usual };
}

type SmoothWork = Pick<WorkGrid, 'luma' | 'blue' | 'red'>;

/** 0..1 for every cell below the shore: it has the colour of what would be seen in a mirror there, and is hardly crisper. */
function mirroredShare(work: SmoothWork, crispness: Grid, { sky, skyline, mirror }: WaterSetting): Grid {
  const { width, height } = work.luma;
  const share = emptyGrid(work.luma);
  if (mirror === undefined) return share;
  const { rows, likeness } = mirror;
  for (let x = 0; x < width; x++) {
    const trust = ramp(likeness[x]!, 0.35, 0.65);
    if (trust === 0) continue;
    for (let y = rows[x]! + 1; y < height && y <= 2 * rows[x]!; y++) {
      const cell = y * width + x;
      const image = 2 * rows[x]! - y;
      let [closest, crisp] = [OTHER, 0];
      for (let row = Math.max(0, image - WAVER); row <= Math.min(rows[x]! - 1, image + WAVER); row++) {
        if (row < skyline && sky.data[row * width + x] === 0) continue;
        closest = Math.min(closest, reflectionDistance(work, cell, colourAt(work, row * width + x)));
        crisp = Math.max(crisp, crispness.data[row * width + x]!);
      }
      const soft = ramp(crispness.data[cell]!, 1.8 * crisp + 0.09, 1.2 * crisp + 0.04);
      share.data[cell] = trust * ramp(closest, OTHER, SAME) * soft;
    }
  }
  return share;
}

function usualCrispness(crispness: Grid, mirrored: Grid): number {
  const seen = crispness.data.filter((_, cell) => mirrored.data[cell]! > 0.6);
  return seen.length < ENOUGH_CELLS ? USUAL_CRISPNESS : Math.min(USUAL_CRISPNESS, percentile(seen, 0.5));
}

function closestOf(palette: readonly Colour[], work: SmoothWork, cell: number): number {
  return palette.reduce((least, colour) => Math.min(least, reflectionDistance(work, cell, colour)), OTHER);
}

/** How far a cell's colour is from a colour seen in bright or dark water. */
function reflectionDistance({ luma, blue, red }: SmoothWork, cell: number, colour: Colour): number {
  const light = luma.data[cell]!;
  let least = Number.POSITIVE_INFINITY;
  for (const share of REFLECTED) {
    const l = light - share * colour.light;
    const u = 2 * (blue.data[cell]! - share * colour.blue);
    const v = 2 * (red.data[cell]! - share * colour.red);
    const distance = Math.sqrt(l * l + u * u + v * v) / (0.35 + 0.65 * Math.max(light, share * colour.light));
    if (distance < least) least = distance;
  }
  return least;
}
