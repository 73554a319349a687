/**
 * The sky as far as it is seen to be one: what the flood from the top reaches, part by part, when it has a colour of the main
 * part. Walls and trunks that reach up to the picture's edge are parts of their own; haze over ridges, which the skyline takes in
 * by its colour, is left out.
 */
import { connectedParts } from './connected-cells.ts';
import { findHorizon } from './horizon.ts';
import { findOpenSky, type OpenSky } from './open-sky.ts';
import { ramp } from './ramp.ts';
import { colourDistance } from './region-shapes.ts';
import type { Grid } from './scene.ts';
import { type Colour, colourAt, paletteOf } from './sky-palette.ts';
import type { Skyline } from './skyline.ts';
import { emptyGrid, type WorkGrid } from './work-grid.ts';

/** Mean distance to the closest colour of the main part up to which a part is of the same sky. */
const SAME_SKY = 0.16;
/** What is as bright as a cloud may differ from all else. */
const CLOUD_LIGHT = 0.75;

/** Of the skyline's sky that is also seen: too little for any, and enough. The rest is walls and ceilings. */
const POOR_SHARE = 0.45;
const ENOUGH_SHARE = 0.6;
/** Of what is seen, the share that lies below the horizon: a blurred background does, a sky does not. */
const MUCH_BELOW = 0.42;
const TOO_MUCH_BELOW = 0.55;

/**
 * The skyline as far as the flood bears it out, with the sky that is seen.
 *
 * @param seen 1 for the sky that is seen.
 */
export function checkSkyline(work: WorkGrid, skyline: Skyline, seen: Grid): Skyline {
  let [both, line, below, all] = [0, 1e-6, 0, 1e-6];
  for (let cell = 0; cell < seen.data.length; cell++) {
    line += skyline.sky.data[cell]!;
    both += skyline.sky.data[cell]! * seen.data[cell]!;
    all += seen.data[cell]!;
    if (cell >= skyline.horizon * seen.data.length) below += seen.data[cell]!;
  }
  const trust = ramp(both / line, POOR_SHARE, ENOUGH_SHARE) * ramp(below / all, TOO_MUCH_BELOW, MUCH_BELOW);
  if (trust === 0) return { ...skyline, confidence: 0 };
  const rows = Int32Array.from({ length: work.width }, (_, x) => firstRowBelow(seen, x));
  return { confidence: trust * skyline.confidence, horizon: findHorizon(work, rows), sky: seen };
}

/** The row below the lowest cell of a mask in a column; 0 where there is none. */
export function firstRowBelow({ width, height, data }: Grid, x: number): number {
  let y = height - 1;
  while (y >= 0 && data[y * width + x]! < 0.5) y--;
  return y + 1;
}

/** The flood without the parts that are walls. */
export function seenOpenSky(work: WorkGrid): OpenSky {
  const { wide, sure } = findOpenSky(work);
  const seen = seenSky(work, wide);
  return { wide: seen, sure: { ...sure, data: sure.data.map((value, cell) => value * seen.data[cell]!) } };
}

function seenSky(work: WorkGrid, flooded: Grid): Grid {
  const parts = connectedParts(flooded, (cell) => flooded.data[cell] === 1);
  const sky = emptyGrid(flooded);
  const largest = parts.reduce(
    (main, part) => (part.length > main.length ? part : main),
    [] as readonly number[],
  );
  for (const cell of largest) sky.data[cell] = 1;
  const palette = paletteOf(work, sky);
  for (const part of parts) {
    if (part === largest || !isLike(work, part, palette)) continue;
    for (const cell of part) sky.data[cell] = 1;
  }
  return sky;
}

function isLike(work: WorkGrid, part: readonly number[], palette: readonly Colour[]): boolean {
  let [distance, light] = [0, 0];
  for (const cell of part) {
    const colour = colourAt(work, cell);
    light += colour.light / part.length;
    distance += Math.min(...palette.map((other) => colourDistance(colour, other))) / part.length;
  }
  return distance < SAME_SKY || light > CLOUD_LIGHT;
}
