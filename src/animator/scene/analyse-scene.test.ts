import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { RgbaImage } from '../raster/picture.ts';
import { analyseScene } from './analyse-scene.ts';
import type { Grid, Scene } from './scene.ts';

type Colour = readonly [red: number, green: number, blue: number];

/** A picture from a function of the place in shares of width and height, colours 0..1. */
function paint(
  width: number,
  height: number,
  colourAt: (u: number, v: number, x: number, y: number) => Colour,
): RgbaImage {
  const data = new Uint8Array(4 * width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const colour = colourAt((x + 0.5) / width, (y + 0.5) / height, x, y);
      for (let c = 0; c < 3; c++)
        data[4 * (y * width + x) + c] = Math.round(255 * Math.min(1, Math.max(0, colour[c]!)));
      data[4 * (y * width + x) + 3] = 255;
    }
  }
  return { width, height, data };
}

/** The same pseudo-random value in 0..1 for the same cell. */
const speckle = (x: number, y: number): number =>
  ((Math.imul(x * 374761393 + y * 668265263, 0x5bd1e995) >>> 9) % 4096) / 4095;

const shaded = ([r, g, b]: Colour, light: number): Colour => [r * light, g * light, b * light];

/**
 * Sky with soft clouds, a dark ridge, a meadow whose texture grows coarser towards the viewer, and a hut that stands on
 * it.
 */
const LANDSCAPE = paint(640, 360, (u, v, x, y) => {
  const ridge = 0.38 - 0.06 * Math.sin(5 * u) - 0.02 * speckle(x >> 1, 7);
  if (v < ridge) return shaded([0.5, 0.68, 0.95], 0.85 + 0.3 * v + 0.04 * Math.sin(9 * u + 14 * v));
  if (v < 0.5) return shaded([0.28, 0.33, 0.36], 0.75 + 0.4 * speckle(x >> 1, y >> 1));
  if (Math.abs(u - 0.7) < 0.05 && v > 0.52 && v < 0.68)
    return shaded([0.75, 0.2, 0.12], 0.9 + 0.1 * speckle(x >> 2, y >> 2));
  const coarse = 1 + Math.floor(5 * (v - 0.5));
  return shaded([0.35, 0.5, 0.16], 0.6 + 0.5 * speckle(Math.floor(x / coarse), Math.floor(y / coarse)));
});

/** Head and shoulders with crisp texture before a soft wall. */
const PORTRAIT = paint(480, 600, (u, v, x, y) => {
  const isHead = Math.hypot((u - 0.5) / 0.19, (v - 0.36) / 0.2) < 1;
  const isBody = v > 0.58 && Math.abs(u - 0.5) < 0.16 + 0.5 * (v - 0.5);
  if (isHead) return shaded([0.85, 0.62, 0.5], 0.75 + 0.35 * speckle(x, y));
  if (isBody) return shaded([0.16, 0.2, 0.42], 0.6 + 0.7 * speckle(x, y));
  return [0.42 + 0.15 * u, 0.5 - 0.1 * v, 0.46 + 0.05 * Math.sin(4 * u)];
});

/** Lines of print on white. */
const DOCUMENT = paint(480, 640, (u, v, x, y) => {
  const isLine = u > 0.1 && u < 0.9 && v > 0.08 && v < 0.92 && y % 16 < 8;
  return isLine && speckle(x >> 2, y >> 4) < 0.6 && speckle(x, y >> 1) < 0.7
    ? [0.1, 0.1, 0.1]
    : [0.97, 0.97, 0.96];
});

const at = (grid: Grid, u: number, v: number): number =>
  grid.data[Math.floor(v * grid.height) * grid.width + Math.floor(u * grid.width)]!;

function rangeOf(grid: Grid): number {
  const sorted = grid.data.slice().sort();
  return sorted[Math.floor(0.98 * sorted.length)]! - sorted[Math.floor(0.02 * sorted.length)]!;
}

describe('analyseScene on a landscape', () => {
  const scene = analyseScene(LANDSCAPE);

  it('finds sky and ground', () => {
    assert.ok(scene.confidence.ground > 0.7, `${scene.confidence.ground}`);
    assert.ok(at(scene.sky, 0.5, 0.1) > 0.9);
    assert.ok(at(scene.sky, 0.2, 0.8) < 0.1);
    assert.ok(scene.horizon > 0.38 && scene.horizon < 0.55, `horizon at ${scene.horizon}`);
  });

  it('puts the meadow before the hills and the hills before the sky', () => {
    const [sky, hills, meadow, feet] = [0.1, 0.45, 0.75, 0.95].map((v) => at(scene.depth, 0.3, v)) as [
      number,
      number,
      number,
      number,
    ];
    assert.ok(
      sky < 0.06 && hills > sky && meadow > hills + 0.2 && feet > meadow + 0.1,
      `${sky} ${hills} ${meadow} ${feet}`,
    );
  });

  it('stands the hut upright: as near at its top as at its foot', () => {
    const [top, foot] = [at(scene.depth, 0.7, 0.55), at(scene.depth, 0.7, 0.67)];
    assert.ok(Math.abs(top - foot) < 0.1, `${top} against ${foot}`);
    assert.ok(top > at(scene.depth, 0.5, 0.55) + 0.05);
  });
});

describe('analyseScene on a portrait', () => {
  const scene = analyseScene(PORTRAIT);

  it('sees a subject and looks at it', () => {
    assert.ok(scene.confidence.subject > 0.6, `${scene.confidence.subject}`);
    assert.ok(Math.abs(scene.focus.x - 0.5) < 0.08);
    assert.ok(scene.focus.y > 0.35 && scene.focus.y < 0.85);
  });

  it('puts face and clothes before the wall', () => {
    const wall = at(scene.depth, 0.1, 0.2);
    for (const [u, v] of [
      [0.5, 0.36],
      [0.5, 0.25],
      [0.5, 0.8],
    ] as const) {
      assert.ok(at(scene.depth, u, v) > wall + 0.35, `${at(scene.depth, u, v)} against ${wall}`);
    }
    assert.ok(Math.abs(scene.subjectDepth - at(scene.depth, 0.5, 0.8)) < 0.25);
  });
});

it('analyseScene takes a document for flat and does not stretch its depth', () => {
  const scene = analyseScene(DOCUMENT);
  assert.ok(scene.confidence.flat > 0.6, `${scene.confidence.flat}`);
  assert.ok(rangeOf(scene.depth) < 0.25, `${rangeOf(scene.depth)}`);
});

it('analyseScene gives the same scene for the same picture', () => {
  assert.deepEqual(analyseScene(LANDSCAPE), analyseScene(LANDSCAPE));
});

describe('analyseScene on anything', () => {
  const isSound = (scene: Scene, image: RgbaImage): void => {
    const { width, height } = scene.depth;
    assert.ok(Math.max(width, height) === 320 && Math.min(width, height) >= 2);
    assert.equal(scene.sky.data.length, width * height);
    const shares = [
      ...Object.values(scene.confidence),
      scene.horizon,
      scene.subjectDepth,
      scene.focus.x,
      scene.focus.y,
    ];
    for (const value of [...scene.depth.data, ...scene.sky.data, ...shares]) {
      assert.ok(value >= 0 && value <= 1, `${value} in a picture of ${image.width}x${image.height}`);
    }
  };

  for (const [width, height] of [
    [2, 2],
    [2, 700],
    [700, 2],
    [3, 5],
    [96, 32],
    [1, 1],
  ] as const) {
    it(`is defined for ${width}x${height}`, () => {
      const image = paint(width, height, (u, v, x, y) => [speckle(x, y), u, v]);
      isSound(analyseScene(image), image);
    });
  }

  it('is defined for plain and for noisy pictures of any shape', () => {
    const sides = fc.integer({ min: 2, max: 90 });
    fc.assert(
      fc.property(
        sides,
        sides,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (width, height, light, noise) => {
          const image = paint(width, height, (_u, v, x, y) => {
            const value = light * (1 - noise) + noise * speckle(x, y);
            return [value, value * v, value];
          });
          isSound(analyseScene(image), image);
        },
      ),
      { numRuns: 12, seed: 8 },
    );
  });
});
