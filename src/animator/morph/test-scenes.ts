/** Pictures for the tests of this folder: surfaces that look the same nowhere twice, seen from any place. */
import type { FrameSize } from '#domain/media/frame-size.ts';
import { seededUnit } from '../camera/seeded-noise.ts';
import type { RgbaImage } from '../raster/picture.ts';
import { drawPicture } from '../raster/test-pictures.ts';

export const SCENE_SIZE: FrameSize = { width: 320, height: 180 };

/** Where the surface is seen that a pixel shows; both in pixels from the centre. */
export type Sight = (x: number, y: number) => readonly [x: number, y: number];

/** Light 0..1 that a colour channel gets of the surface's brightness 0..1. */
export type Light = (brightness: number, channel: 0 | 1 | 2) => number;

const OCTAVES = [6, 13, 29, 61] as const;
const EVEN_LIGHT: Light = (brightness) => brightness;

/** A surface of bumps of four sizes, all different; `seed` tells surfaces apart. */
export function drawSurface(seed: number, sight: Sight = (x, y) => [x, y], light = EVEN_LIGHT): RgbaImage {
  const [centreX, centreY] = [(SCENE_SIZE.width - 1) / 2, (SCENE_SIZE.height - 1) / 2];
  return drawPicture(SCENE_SIZE, (x, y) => {
    const [u, v] = sight(x - centreX, y - centreY);
    const brightness = OCTAVES.reduce((sum, size) => sum + bumps(seed, size, u / size, v / size), 0) / 4;
    return [0, 1, 2].map((channel) => 255 * light(brightness, channel as 0 | 1 | 2)) as [
      number,
      number,
      number,
    ];
  });
}

/** Smooth noise 0..1 with one value per whole place. */
function bumps(seed: number, stream: number, x: number, y: number): number {
  const [column, row] = [Math.floor(x), Math.floor(y)];
  const smooth = (t: number) => t * t * (3 - 2 * t);
  const [fx, fy] = [smooth(x - column), smooth(y - row)];
  const at = (dx: number, dy: number) =>
    seededUnit(seed, `bumps ${stream}`, Math.imul(column + dx, 7919) + Math.imul(row + dy, 104_729));
  const top = at(0, 0) + (at(1, 0) - at(0, 0)) * fx;
  const bottom = at(0, 1) + (at(1, 1) - at(0, 1)) * fx;
  return top + (bottom - top) * fy;
}

/** An evening: darker, and warmer the brighter it is. */
export const DUSK: Light = (brightness, channel) =>
  brightness ** (1.3 + 0.5 * channel) * (channel === 0 ? 0.8 : 0.5) + 0.05;
