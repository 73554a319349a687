/**
 * A lake among mountains, drawn column by column from near to far as the height maps of early flight games were, with
 * the far shore mirrored in the water. The same place for any weather.
 */

import { drawCabin } from './cabin.ts';
import { type Canvas, createCanvas, pixelAt, plot, SUPERSAMPLING } from './canvas.ts';
import { drawForeground } from './foreground.ts';
import { drawLantern } from './jetty.ts';
import { type Colour, fractal, lattice, mix, mixColour, noise, smoothstep } from './noise.ts';
import { drawShoreTrees, TREE_RANGE } from './shore-trees.ts';
import { canopyAt, forestDensity, groundHeight } from './terrain.ts';
import { skyColour, throughAir, type Weather } from './weather.ts';

const WIDTH = 1600;
const HEIGHT = 900;

export interface View {
  /** Pixels from the eye to the picture plane, on the supersampled canvas. */
  readonly focal: number;
  readonly centre: number;
  /** Row of the horizon. */
  readonly horizon: number;
  /** Height of the eye above the water, metres. */
  readonly eye: number;
}

const VIEW: View = {
  focal: 1300 * SUPERSAMPLING,
  centre: (WIDTH * SUPERSAMPLING) / 2,
  horizon: 0.53 * HEIGHT * SUPERSAMPLING,
  eye: 3.4,
};

const NEAREST = 16;
const FARTHEST = 9500;

export function drawLakeside(weather: Weather): Canvas {
  const picture = createCanvas(WIDTH, HEIGHT);
  /** The world seen upside down in still water. */
  const mirror = createCanvas(WIDTH, HEIGHT);
  drawSky(picture, mirror, weather);
  const shadows = castShadows(weather);
  for (let column = 0; column < picture.width; column++)
    drawColumn(column, picture, mirror, weather, shadows);
  for (const [canvas, isMirrored] of [
    [mirror, true],
    [picture, false],
  ] as const) {
    // The water needs the finished mirror, and what stands on the shore hides the water.
    if (!isMirrored) drawWater(picture, mirror, weather);
    drawShoreTrees(canvas, VIEW, weather, isMirrored);
    drawCabin(canvas, VIEW, weather, isMirrored);
    if (isMirrored) drawLantern(canvas, VIEW, weather, isMirrored);
  }
  drawForeground(picture, VIEW, weather);
  return picture;
}

function drawSky(picture: Canvas, mirror: Canvas, weather: Weather): void {
  for (let y = 0; y < VIEW.horizon + 40; y++) {
    for (let x = 0; x < picture.width; x++) {
      const [across, up] = [(x - VIEW.centre) / VIEW.focal, (VIEW.horizon - y) / VIEW.focal];
      plot(picture, x, y, Number.POSITIVE_INFINITY, skyColour(weather, across, up));
      const mirrored =
        weather.stars > 0 ? skyColour({ ...weather, stars: 0 }, across, up) : pixelAt(picture, x, y);
      plot(mirror, x, Math.round(2 * VIEW.horizon - y), Number.POSITIVE_INFINITY, mirrored);
    }
  }
}

type Shadows = (x: number, z: number) => number;

/** How much sun reaches the ground, 0..1, on a coarse map walked towards the sun. */
function castShadows({ sun }: Weather): Shadows {
  const cell = 14;
  const [columns, rows] = [760, 700];
  const left = (-columns / 2) * cell;
  const heights = new Float32Array(columns * rows);
  for (let i = 0; i < heights.length; i++) {
    heights[i] = groundHeight(left + (i % columns) * cell, Math.floor(i / columns) * cell);
  }
  const reached = heights.map((height, i) => {
    let light = 1;
    for (let step = 1; step < 60; step++) {
      const away = step * cell * 1.6;
      const x = (i % columns) + (sun[0] * away) / cell;
      const z = Math.floor(i / columns) + (sun[2] * away) / cell;
      if (x < 0 || z < 0 || x >= columns - 1 || z >= rows - 1) break;
      const clearance = height + 8 + sun[1] * away - heights[Math.floor(z) * columns + Math.floor(x)]!;
      light = Math.min(light, smoothstep(-0.02 * away - 6, 0.02 * away + 6, clearance));
    }
    return light;
  });
  return (x, z) => {
    const column = Math.min(columns - 2, Math.max(0, (x - left) / cell));
    const row = Math.min(rows - 2, Math.max(0, z / cell));
    const i = Math.floor(row) * columns + Math.floor(column);
    const [fx, fz] = [column % 1, row % 1];
    return mix(
      mix(reached[i]!, reached[i + 1]!, fx),
      mix(reached[i + columns]!, reached[i + columns + 1]!, fx),
      fz,
    );
  };
}

/** One column of land, near to far: whatever rises above what was drawn before is visible. */
function drawColumn(
  column: number,
  picture: Canvas,
  mirror: Canvas,
  weather: Weather,
  shadows: Shadows,
): void {
  const across = (column - VIEW.centre) / VIEW.focal;
  let top = picture.height;
  // In the mirror each stretch of land hangs from its own shore; between two stretches the water shows what lies beyond.
  let hangs = 0;
  let wasWater = true;
  for (let z = NEAREST; z < FARTHEST && top > 0; z += Math.max(0.3, z * 0.0011)) {
    const x = z * across;
    const ground = groundHeight(x, z);
    const canopy = z > TREE_RANGE.farthest ? canopyAt(x, z, ground) : { height: 0, side: 0, tint: 0 };
    const height = Math.max(0, ground) + canopy.height;
    const y = Math.ceil(VIEW.horizon - ((height - VIEW.eye) / z) * VIEW.focal);
    const mirroredY = Math.floor(VIEW.horizon + ((height + VIEW.eye) / z) * VIEW.focal);
    const isWater = ground < 0;
    const isSeen = y < top;
    if (!isWater && wasWater) hangs = Math.floor(VIEW.horizon + (VIEW.eye / z) * VIEW.focal);
    wasWater = isWater;
    const isMirrored = !isWater && mirroredY > hangs;
    if (!isSeen && !isMirrored) continue;
    const colour: Colour = isWater
      ? [0, 0, 0]
      : throughAir(weather, landColour(x, z, ground, canopy, weather, shadows), across, z, height);
    // Water is marked by a negative distance until it is drawn.
    for (let row = Math.max(0, y); row < top; row++) {
      plot(picture, column, row, z, colour);
      if (isWater) picture.distance[row * picture.width + column] = -z;
    }
    if (isSeen) top = y;
    if (!isMirrored) continue;
    for (let row = hangs + 1; row <= Math.min(mirror.height - 1, mirroredY); row++)
      plot(mirror, column, row, z, colour);
    hangs = mirroredY;
  }
}

const ROCK: Colour = [0.2, 0.18, 0.17];
const SCREE: Colour = [0.27, 0.24, 0.2];
const MEADOW: Colour = [0.1, 0.13, 0.035];
const NEEDLES: Colour = [0.028, 0.052, 0.026];
const NEEDLES_YELLOW: Colour = [0.075, 0.085, 0.022];
const SNOW: Colour = [0.86, 0.9, 0.97];

function landColour(
  x: number,
  z: number,
  ground: number,
  canopy: ReturnType<typeof canopyAt>,
  weather: Weather,
  shadows: Shadows,
): Colour {
  const reach = Math.max(0.6, z * 0.0016);
  const slopeX = (groundHeight(x + reach, z) - ground) / reach;
  const slopeZ = (groundHeight(x, z + reach) - ground) / reach;
  const length = Math.hypot(slopeX, 1, slopeZ);
  const facing = (-slopeX * weather.sun[0] + weather.sun[1] - slopeZ * weather.sun[2]) / length;
  const isCanopy = canopy.height > 0;
  const steep = 1 - 1 / length;
  let colour = mixColour(
    mixColour(MEADOW, SCREE, smoothstep(0.1, 0.3, steep)),
    ROCK,
    smoothstep(250, 620, ground),
  );
  const forest = forestDensity(x, z, ground);
  colour = mixColour(colour, NEEDLES, 0.8 * forest);
  const bareness = smoothstep(430, 760, ground + 160 * fractal(x / 260, z / 260, 5, 500));
  colour = mixColour(colour, SNOW, bareness * smoothstep(0.42, 0.22, steep));
  if (isCanopy) colour = mixColour(NEEDLES, NEEDLES_YELLOW, canopy.tint ** 3);
  const grain = 0.8 + 0.4 * lattice(Math.round(x * 2), Math.round(z * 2), 510);
  const crown = isCanopy ? 0.45 + 0.75 * smoothstep(1, -1, canopy.side * Math.sign(-weather.sun[0]) * -1) : 1;
  const direct = Math.max(0, isCanopy ? 0.55 + 0.45 * facing : facing) * shadows(x, z) * crown;
  const ambient = 0.55 + 0.45 / length;
  const shade = (channel: 0 | 1 | 2) =>
    colour[channel] * grain * (weather.sunlight[channel] * direct + weather.skylight[channel] * ambient);
  return [shade(0), shade(1), shade(2)];
}

/** Still water with a breath of wind: the mirror, bent by ripples, over the colour of the deep. */
function drawWater(picture: Canvas, mirror: Canvas, weather: Weather): void {
  for (let y = Math.floor(VIEW.horizon); y < picture.height; y++) {
    for (let x = 0; x < picture.width; x++) {
      const i = y * picture.width + x;
      if (picture.distance[i]! >= 0) continue;
      const distance = -picture.distance[i]!;
      picture.distance[i] = distance;
      const colour = waterColour(x, y, mirror, weather);
      plot(picture, x, y, distance, colour);
    }
  }
}

function waterColour(x: number, y: number, mirror: Canvas, weather: Weather): Colour {
  const below = Math.max(1, y - VIEW.horizon);
  const z = (VIEW.eye * VIEW.focal) / below;
  const worldX = ((x - VIEW.centre) / VIEW.focal) * z;
  // Bands of wind: ruffled water between sheets of calm.
  const breeze = smoothstep(-0.15, 0.35, fractal(worldX / 70, z / 26, 4, 600));
  const fine = fractal(worldX * 1.1, z * 2.6, 4, 610) + 0.6 * noise(worldX * 0.35, z * 0.9, 620);
  const swell = fractal(worldX * 0.22, z * 0.5, 3, 630);
  const bend = (0.25 + 0.75 * breeze) * (0.75 * fine + 0.8 * swell);
  const seen = pixelAt(mirror, x + 3 * bend, y + bend * (3 + 0.05 * below) + 0.012 * below * breeze);
  const cosine = VIEW.eye / Math.hypot(VIEW.eye, z);
  const tilt = Math.max(0, 1 - cosine + 0.16 * bend * (0.3 + breeze) * Math.min(1, 60 / z));
  const reflectance = Math.min(0.96, 0.03 + 0.97 * tilt ** 4.2);
  const lit = mixColour(weather.water, seen, reflectance);
  const glint = smoothstep(0.42, 0.8, fine * (0.4 + breeze)) * 0.12 * Math.min(1, 40 / z);
  const sparkle: Colour = [
    lit[0] + glint * weather.horizon[0],
    lit[1] + glint * weather.horizon[1],
    lit[2] + glint * weather.horizon[2],
  ];
  return throughAir(weather, sparkle, (x - VIEW.centre) / VIEW.focal, z, 0);
}
