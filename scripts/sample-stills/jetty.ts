/** A jetty of planks on posts, with a lantern at its end. */
import { type Canvas, pixelAt, plot } from './canvas.ts';
import type { View } from './lakeside.ts';
import { type Colour, fractal, lattice, mixColour, noise, smoothstep } from './noise.ts';
import { lightOn, type Weather } from './weather.ts';

const JETTY = { left: -3.7, right: -1.75, deck: 0.62, nearest: 5, farthest: 25 } as const;
/** Far to near, as they are drawn. */
const POSTS = [24.6, 19.8, 15.6, 11.4, 7.2];
const LANTERN = { x: JETTY.right, z: POSTS[0]!, height: 1.42 } as const;
const PLANK = 0.24;
const WOOD: Colour = [0.2, 0.155, 0.115];

export function drawJetty(picture: Canvas, view: View, weather: Weather): void {
  for (const z of POSTS) {
    drawPostReflection(picture, view, weather, JETTY.left, z);
    drawPostReflection(picture, view, weather, JETTY.right, z);
  }
  for (const z of POSTS) drawPost(picture, view, weather, JETTY.left, z);
  for (let y = Math.ceil(view.horizon); y < picture.height; y++) {
    for (let x = 0; x < view.centre; x++) {
      const colour = sideColour(picture, view, weather, x, y) ?? deckColour(view, weather, x, y);
      if (colour !== undefined) plot(picture, x, y, 4, colour);
    }
  }
  for (const z of POSTS) drawPost(picture, view, weather, JETTY.right, z);
}

function deckColour(view: View, weather: Weather, x: number, y: number): Colour | undefined {
  const z = ((view.eye - JETTY.deck) * view.focal) / (y - view.horizon);
  const worldX = ((x - view.centre) / view.focal) * z;
  const plank = Math.floor(z / PLANK);
  const ragged = 0.09 * (lattice(plank, 1, 51) - 0.5);
  if (
    z < JETTY.nearest ||
    z > JETTY.farthest ||
    worldX < JETTY.left + ragged ||
    worldX > JETTY.right + ragged
  )
    return undefined;
  const within = z / PLANK - plank;
  const gap = smoothstep(0.05, 0.12, within) * smoothstep(0.99, 0.94, within);
  const grain = 0.5 * fractal(worldX * 5, z * 60, 4, 53) + 0.3 * noise(worldX * 1.5, plank * 7, 54);
  const knot = smoothstep(0.62, 0.78, noise(worldX * 3.5, plank * 3.7, 55));
  const tone = (0.75 + 0.45 * lattice(plank, 2, 52) + 0.32 * grain) * (1 - 0.5 * knot) * (0.12 + 0.88 * gap);
  const wet = mixColour(WOOD, [0.25, 0.24, 0.23], lattice(plank, 3, 56));
  const colour: Colour = [wet[0] * tone, wet[1] * tone, wet[2] * tone];
  const lit = lightOn(colour, weather, 0.42, 1);
  const lamp = (2.2 * weather.stars) / (1 + ((worldX - LANTERN.x) ** 2 + (z - LANTERN.z) ** 2) / 3);
  return [
    lit[0] + colour[0] * lamp * weather.lamp[0],
    lit[1] + colour[1] * lamp * weather.lamp[1],
    lit[2] + colour[2] * lamp * weather.lamp[2],
  ];
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
    return mixColour(
      pixelAt(picture, x, y),
      lightOn(WOOD, weather, 0.02, 0.35),
      mirrored > JETTY.deck - 0.3 ? 0.7 : 0.5,
    );
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
    for (
      let y = Math.round(rowOf(1.05) - 0.03 * scale * round);
      y < Math.min(picture.height, rowOf(0));
      y++
    ) {
      const tone = 0.75 + 0.35 * fractal(column * 0.25, y * 0.02, 3, 60);
      plot(
        picture,
        column,
        y,
        3.9,
        lightOn([WOOD[0] * tone, WOOD[1] * tone, WOOD[2] * tone], weather, 0.75 * sunward, 0.4 + 0.4 * round),
      );
    }
  }
}

function drawPostReflection(picture: Canvas, view: View, weather: Weather, x: number, z: number): void {
  const scale = view.focal / z;
  const middle = view.centre + x * scale;
  const half = 0.11 * scale;
  const rowOf = (height: number) => view.horizon - (height - view.eye) * scale;
  for (let y = Math.round(rowOf(0)); y < Math.min(picture.height, rowOf(-1.05)); y++) {
    const wobble = Math.round(half * 0.8 * noise(y * 0.06, z, 61));
    for (let column = Math.round(middle - half) + wobble; column <= middle + half + wobble; column++) {
      plot(
        picture,
        column,
        y,
        6,
        mixColour(pixelAt(picture, column, y), lightOn(WOOD, weather, 0.05, 0.4), 0.55),
      );
    }
  }
}

/** Stands on the last post; unlit by day. */
export function drawLantern(canvas: Canvas, view: View, weather: Weather, isMirrored: boolean): void {
  const scale = view.focal / LANTERN.z;
  const middle = view.centre + LANTERN.x * scale;
  const up = isMirrored ? -1 : 1;
  const centreY = view.horizon - up * (LANTERN.height - up * view.eye) * scale;
  const haloRadius = 2.4 * scale;
  for (let y = Math.round(centreY - haloRadius); y < centreY + haloRadius; y++) {
    for (let x = Math.round(middle - haloRadius); x < middle + haloRadius; x++) {
      const away = Math.hypot(x - middle, y - centreY);
      const halo = 0.38 * weather.stars * Math.max(0, 1 - away / haloRadius) ** 3;
      const behind = pixelAt(canvas, x, y);
      const glow: Colour = [
        behind[0] + halo * weather.lamp[0],
        behind[1] + halo * weather.lamp[1],
        behind[2] + halo * weather.lamp[2],
      ];
      const [dx, dy] = [Math.abs(x - middle) / scale, (up * (y - centreY)) / scale];
      const isFrame = dx < 0.15 && Math.abs(dy) < 0.26;
      const isPane = dx < 0.105 && Math.abs(dy) < 0.18;
      const isRoof = dy < -0.2 && dy > -0.36 && dx < 0.15 * (0.36 + dy) * 8;
      plot(canvas, x, y, 3.8, isPane ? weather.lamp : isFrame || isRoof ? [0.012, 0.011, 0.01] : glow);
    }
  }
}
