/** What is close to the eye: a jetty with a lantern on the left, a grassy bank with a pine on the right, reeds along the bottom. */
import { type Canvas, pixelAt, plot, stroke, SUPERSAMPLING } from './canvas.ts';
import type { View } from './lakeside.ts';
import { type Colour, fractal, lattice, mix, mixColour, noise, smoothstep } from './noise.ts';
import { drawPine } from './pine.ts';
import type { Weather } from './weather.ts';

export function drawForeground(picture: Canvas, view: View, weather: Weather): void {
  drawJetty(picture, view, weather);
  drawBank(picture, weather);
  drawPine(picture, weather);
  drawReeds(picture, weather);
}

const JETTY = { left: -3.7, right: -1.75, deck: 0.62, nearest: 5, farthest: 25 } as const;
const PLANK = 0.24;
const WOOD: Colour = [0.2, 0.155, 0.115];

export const lightOn = (colour: Colour, weather: Weather, direct: number, ambient: number): Colour => {
  const lit = (channel: 0 | 1 | 2) =>
    colour[channel] * (weather.sunlight[channel] * direct + weather.skylight[channel] * ambient);
  return [lit(0), lit(1), lit(2)];
};

function drawJetty(picture: Canvas, view: View, weather: Weather): void {
  const posts = [7.2, 11.4, 15.6, 19.8, 24.6];
  for (const z of posts.toReversed()) drawPost(picture, view, weather, JETTY.left, z);
  for (let y = Math.ceil(view.horizon); y < picture.height; y++) {
    for (let x = 0; x < view.centre; x++) {
      const colour = sideColour(picture, view, weather, x, y) ?? deckColour(view, weather, x, y);
      if (colour !== undefined) plot(picture, x, y, 4, colour);
    }
  }
  for (const z of posts.toReversed()) drawPost(picture, view, weather, JETTY.right, z);
  drawLantern(picture, view, weather, posts.at(-1)!);
}

function deckColour(view: View, weather: Weather, x: number, y: number): Colour | undefined {
  const z = ((view.eye - JETTY.deck) * view.focal) / (y - view.horizon);
  const worldX = ((x - view.centre) / view.focal) * z;
  const plank = Math.floor(z / PLANK);
  const ragged = 0.09 * (lattice(plank, 1, 51) - 0.5);
  if (z < JETTY.nearest || z > JETTY.farthest || worldX < JETTY.left + ragged || worldX > JETTY.right + ragged) return undefined;
  const within = z / PLANK - plank;
  const gap = smoothstep(0.05, 0.12, within) * smoothstep(0.99, 0.94, within);
  const grain = 0.5 * fractal(worldX * 5, z * 60, 4, 53) + 0.3 * noise(worldX * 1.5, plank * 7, 54);
  const knot = smoothstep(0.62, 0.78, noise(worldX * 3.5, plank * 3.7, 55));
  const tone = (0.75 + 0.45 * lattice(plank, 2, 52) + 0.32 * grain) * (1 - 0.5 * knot) * (0.12 + 0.88 * gap);
  const wet = mixColour(WOOD, [0.25, 0.24, 0.23], lattice(plank, 3, 56));
  return lightOn([wet[0] * tone, wet[1] * tone, wet[2] * tone], weather, 0.42, 1);
}

/** The beam along the jetty's right side, and its reflection in the water below. */
function sideColour(picture: Canvas, view: View, weather: Weather, x: number, y: number): Colour | undefined {
  const z = (JETTY.right * view.focal) / (x - view.centre);
  if (z < JETTY.nearest || z > JETTY.farthest) return undefined;
  const height = view.eye - ((y - view.horizon) * z) / view.focal;
  if (height < JETTY.deck && height > JETTY.deck - 0.24) {
    const tone = 0.55 + 0.3 * fractal(z * 3, height * 30, 3, 57);
    return lightOn([WOOD[0] * tone, WOOD[1] * tone, WOOD[2] * tone], weather, 0.06, 0.8);
  }
  const wobble = 0.12 * noise(z * 2, height * 14, 58) + 0.06 * noise(z * 7, height * 30, 59);
  const mirrored = -height + wobble;
  if (height < 0 && mirrored > 0 && mirrored < JETTY.deck) {
    return mixColour(pixelAt(picture, x, y), lightOn(WOOD, weather, 0.02, 0.35), mirrored > JETTY.deck - 0.3 ? 0.7 : 0.5);
  }
  return height < JETTY.deck && height >= 0 ? lightOn([0.02, 0.02, 0.02], weather, 0, 0.7) : undefined;
}

function drawPost(picture: Canvas, view: View, weather: Weather, x: number, z: number): void {
  const scale = view.focal / z;
  const middle = view.centre + x * scale;
  const half = 0.11 * scale;
  const rowOf = (height: number) => view.horizon - (height - view.eye) * scale;
  for (let column = Math.round(middle - half); column <= middle + half; column++) {
    const side = (column - middle) / half;
    const round = Math.sqrt(Math.max(0, 1 - side * side));
    const sunward = Math.max(0, side * Math.sign(weather.sun[0]) * 0.75 + round * 0.35);
    for (let y = Math.round(rowOf(1.05) - 0.03 * scale * round); y < Math.min(picture.height, rowOf(0)); y++) {
      const tone = 0.75 + 0.35 * fractal(column * 0.25, y * 0.02, 3, 60);
      plot(picture, column, y, 3.9, lightOn([WOOD[0] * tone, WOOD[1] * tone, WOOD[2] * tone], weather, 0.75 * sunward, 0.4 + 0.4 * round));
    }
    for (let y = Math.round(rowOf(0)); y < Math.min(picture.height, rowOf(-1.05)); y++) {
      const wobble = Math.round(half * 0.8 * noise(y * 0.06, z, 61));
      plot(picture, column + wobble, y, 3.95, mixColour(pixelAt(picture, column + wobble, y), lightOn(WOOD, weather, 0.05, 0.4), 0.55));
    }
  }
}

/** Hangs from the last post; unlit by day. */
function drawLantern(picture: Canvas, view: View, weather: Weather, z: number): void {
  const scale = view.focal / z;
  const middle = view.centre + JETTY.right * scale;
  const centreY = view.horizon - (1.42 - view.eye) * scale;
  const brightness = weather.lamp[0] / 6;
  const haloRadius = 2.2 * scale * Math.min(1, brightness + 0.15);
  for (let y = Math.round(centreY - haloRadius); y < centreY + haloRadius; y++) {
    for (let x = Math.round(middle - haloRadius); x < middle + haloRadius; x++) {
      const away = Math.hypot(x - middle, y - centreY);
      const halo = 0.2 * brightness * Math.max(0, 1 - away / haloRadius) ** 3;
      const below = pixelAt(picture, x, y);
      const glow: Colour = [below[0] + halo * weather.lamp[0], below[1] + halo * weather.lamp[1], below[2] + halo * weather.lamp[2]];
      const [dx, dy] = [Math.abs(x - middle) / scale, (y - centreY) / scale];
      const isFrame = dx < 0.15 && Math.abs(dy) < 0.26;
      const isPane = dx < 0.105 && Math.abs(dy) < 0.18;
      const isRoof = dy < -0.2 && dy > -0.36 && dx < 0.15 * (0.36 + dy) * 8;
      plot(picture, x, y, 3.8, isPane ? weather.lamp : isFrame || isRoof ? [0.012, 0.011, 0.01] : glow);
    }
  }
}

/** Upper edge of the bank as a row, for a column of the final picture. */
const bankRow = (x: number): number =>
  900 - 118 * smoothstep(1090, 1520, x) - 30 * smoothstep(1000, 1200, x) * (1 + fractal(x / 90, 0, 3, 70)) + 60 * smoothstep(1100, 1000, x);

function drawBank(picture: Canvas, weather: Weather): void {
  const s = SUPERSAMPLING;
  for (let x = 1000 * s; x < picture.width; x++) {
    for (let y = Math.floor(bankRow(x / s) * s); y < picture.height; y++) {
      const tone = 0.7 + 0.5 * fractal(x / 20, y / 12, 4, 71);
      plot(picture, x, y, 3.5, lightOn([0.035 * tone, 0.045 * tone, 0.014 * tone], weather, 0.2, 0.8));
    }
  }
  for (let blade = 0; blade < 2600; blade++) {
    const x = 1005 + 610 * lattice(blade, 0, 72);
    const row = mix(bankRow(x) - 2, 915, lattice(blade, 1, 72) ** 1.2);
    if (row < 915) drawBlade(picture, weather, x, row, mix(14, 46, lattice(blade, 2, 72)) * (0.5 + row / 1500), blade);
  }
}

const GRASS: Colour = [0.07, 0.1, 0.025];
const STRAW: Colour = [0.24, 0.19, 0.07];

/** One leaf of grass, bent by its own weight; positions in pixels of the final picture. */
function drawBlade(picture: Canvas, weather: Weather, x: number, y: number, tall: number, stream: number): void {
  const s = SUPERSAMPLING;
  const lean = (lattice(stream, 5, 73) - 0.45) * 0.9;
  const tint = lattice(stream, 6, 73);
  const base = mixColour(GRASS, STRAW, tint ** 3);
  const parts = 7;
  for (let part = 0; part < parts; part++) {
    const at = (share: number): readonly [number, number] => [
      (x + lean * tall * share * share) * s,
      (y - tall * share * (1 - 0.25 * Math.abs(lean) * share)) * s,
    ];
    const height = (part + 0.5) / parts;
    const wide = s * mix(2.4, 0.5, part / parts) * (0.7 + 0.5 * tint);
    stroke(picture, at(part / parts), at((part + 1) / parts), [wide, wide * 0.85], 3.2, () =>
      lightOn(base, weather, 0.12 + 0.75 * height * height, 0.35 + 0.6 * height),
    );
  }
}

/** Clumps of reeds in the left corner and before the bank. */
function drawReeds(picture: Canvas, weather: Weather): void {
  for (let reed = 0; reed < 150; reed++) {
    const isLeft = reed % 3 !== 0;
    const spread = lattice(reed, 0, 80) ** 1.6;
    const x = isLeft ? -10 + 175 * spread : 1010 + 150 * lattice(reed, 1, 80);
    const tall = (isLeft ? mix(210, 90, spread) : 100) * mix(0.6, 1.15, lattice(reed, 2, 80));
    drawBlade(picture, weather, x, 906, tall, 5000 + reed);
    if (lattice(reed, 3, 80) < 0.16) drawCattail(picture, weather, x, tall * 1.12, 5000 + reed);
  }
}

function drawCattail(picture: Canvas, weather: Weather, x: number, tall: number, stream: number): void {
  const s = SUPERSAMPLING;
  const lean = (lattice(stream, 5, 73) - 0.45) * 0.25;
  const at = (share: number): readonly [number, number] => [(x + lean * tall * share) * s, (906 - tall * share) * s];
  const stem = () => lightOn(GRASS, weather, 0.3, 0.7);
  const head = (_along: number, across: number) =>
    lightOn([0.09, 0.045, 0.02], weather, Math.max(0, 0.3 + 0.6 * across * Math.sign(weather.sun[0])), 0.7);
  stroke(picture, at(0), at(1), [2.2 * s, 1.2 * s], 3.1, stem);
  stroke(picture, at(0.8), at(0.94), [6 * s, 5.4 * s], 3.05, head);
}
