import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { RgbaImage } from '../raster/picture.ts';
import { analyseScene } from './analyse-scene.ts';
import type { AreaName } from './areas.ts';
import {
  FLAME,
  paintCampfire,
  paintClearDay,
  paintLake,
  paintMeadow,
  paintSea,
  paintStreet,
  paintWaterfall,
  SHORE,
} from './test-scenes.ts';

const SIZE = { width: 640, height: 360 };

/** From here on the director takes an area for granted, and from here on when a prompt names it. */
const PLAIN = 0.5;
const NAMED = 0.2;

const areasOf = (paint: (size: typeof SIZE) => RgbaImage) => analyseScene(paint(SIZE)).areas;
const confidenceIn = (areas: ReturnType<typeof areasOf>, name: AreaName): number =>
  areas[name]?.confidence ?? 0;

/** The share of a rectangle, given in shares of width and height, that a mask covers. */
function coverOf(
  areas: ReturnType<typeof areasOf>,
  name: AreaName,
  [left, top, right, bottom]: readonly [number, number, number, number],
): number {
  const { width, height, data } = areas[name]!.mask;
  let [sum, cells] = [0, 0];
  for (let y = Math.ceil(top * height); y < bottom * height; y++) {
    for (let x = Math.ceil(left * width); x < right * width; x++, cells++) sum += data[y * width + x]!;
  }
  return sum / cells;
}

describe('areas: water', () => {
  const lake = areasOf(paintLake);

  it('is found below the shore of a lake that mirrors its hills, and nowhere above', () => {
    assert.ok(confidenceIn(lake, 'water') >= PLAIN);
    assert.ok(coverOf(lake, 'water', [0, SHORE + 0.03, 1, 1]) > 0.9);
    assert.ok(coverOf(lake, 'water', [0, 0, 1, SHORE - 0.02]) < 0.01);
  });

  it('leaves out a post that stands in it', () => {
    assert.ok(coverOf(lake, 'water', [0.296, 0.62, 0.304, 0.78]) < 0.2);
  });

  it('is found on a rough sea when a prompt names it, though not unasked', () => {
    const sea = areasOf(paintSea);
    const confidence = confidenceIn(sea, 'water');
    assert.ok(confidence >= NAMED && confidence < PLAIN, `${confidence}`);
    assert.ok(coverOf(sea, 'water', [0, 0.7, 1, 1]) > 0.9);
    assert.ok(coverOf(sea, 'water', [0, 0, 1, SHORE]) < 0.01);
  });

  it('is not found on a street, a meadow or hills, even when named', () => {
    for (const paint of [paintStreet, paintMeadow, paintClearDay])
      assert.ok(confidenceIn(areasOf(paint), 'water') < NAMED, paint.name);
  });
});

describe('areas: clouds', () => {
  it('are found in a sky that has some, down to the hills', () => {
    for (const paint of [paintLake, paintMeadow, paintSea]) {
      const areas = areasOf(paint);
      assert.ok(confidenceIn(areas, 'clouds') >= PLAIN, paint.name);
      assert.ok(coverOf(areas, 'clouds', [0, 0, 1, 0.24]) > 0.95, paint.name);
      assert.ok(coverOf(areas, 'clouds', [0, 0.52, 1, 1]) < 0.01, paint.name);
    }
  });

  it('are not found in a clear sky', () => {
    for (const paint of [paintStreet, paintClearDay])
      assert.ok(confidenceIn(areasOf(paint), 'clouds') < NAMED, paint.name);
  });
});

describe('areas: fire and smoke', () => {
  const areas = areasOf(paintCampfire);

  it('are found where they are', () => {
    assert.ok(confidenceIn(areas, 'fire') >= NAMED);
    assert.ok(confidenceIn(areas, 'smoke') >= NAMED);
    const flame = [FLAME.u - 0.015, FLAME.v - 0.05, FLAME.u + 0.015, FLAME.v + 0.08] as const;
    assert.ok(coverOf(areas, 'fire', flame) > 0.9);
    assert.ok(coverOf(areas, 'fire', [0, 0, 0.4, 1]) < 0.01);
    assert.ok(coverOf(areas, 'smoke', [0.7, 0.2, 0.73, 0.45]) > 0.7);
    assert.ok(coverOf(areas, 'smoke', [0, 0, 0.6, 1]) < 0.01);
  });

  it('are not found on a meadow by day', () => {
    const meadow = areasOf(paintMeadow);
    assert.ok(confidenceIn(meadow, 'fire') < NAMED);
    assert.ok(confidenceIn(meadow, 'smoke') < NAMED);
  });
});

describe('areas: falls and foliage', () => {
  it('finds a waterfall between rocks, whole', () => {
    const areas = areasOf(paintWaterfall);
    assert.ok(confidenceIn(areas, 'falls') >= NAMED);
    assert.ok(coverOf(areas, 'falls', [0.42, 0.2, 0.58, 0.8]) > 0.9);
    assert.ok(coverOf(areas, 'falls', [0, 0, 0.35, 1]) < 0.01);
  });

  it('finds the grass of a meadow, and none on a street', () => {
    const meadow = areasOf(paintMeadow);
    assert.ok(confidenceIn(meadow, 'foliage') >= PLAIN);
    assert.ok(coverOf(meadow, 'foliage', [0, 0.5, 1, 1]) > 0.3);
    assert.ok(coverOf(meadow, 'foliage', [0, 0, 1, 0.25]) < 0.01);
    assert.ok(confidenceIn(areasOf(paintStreet), 'foliage') < NAMED);
  });
});

describe('areas', () => {
  it('are looked for once, when first asked for, and alike every time', () => {
    const areas = areasOf(paintLake);
    assert.equal(areas.water, areas.water);
    assert.deepEqual(areasOf(paintLake).clouds, areas.clouds);
  });

  it('are defined for pictures of any size and kind', () => {
    for (const [width, height] of [
      [2, 2],
      [16, 400],
      [400, 16],
      [33, 21],
    ] as const) {
      const { areas } = analyseScene(paintLake({ width, height }));
      for (const area of Object.values(areas))
        assert.ok(area === undefined || area.mask.data.every((share) => share >= 0 && share <= 1));
    }
  });
});
