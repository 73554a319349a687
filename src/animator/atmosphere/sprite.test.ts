import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Plane } from '../raster/picture.ts';
import { drawSprite, halved, opaqueTint, type Sprite } from './sprite.ts';

const GROUND = 40;
const TINT = opaqueTint(240);

function plane(): Plane {
  return { data: new Uint8Array(80 * 60).fill(GROUND), width: 70, height: 60, stride: 80 };
}

const disc = (x: number, y: number, radius = 5): Sprite => ({
  x,
  y,
  alongX: 0,
  alongY: 1,
  core: 0,
  cap: radius,
  radius,
  opacity: 1,
});

/** What was added, and where its centre of mass lies. */
function measure({ data, width, height, stride }: Plane) {
  let [sum, x, y] = [0, 0, 0];
  for (let row = 0; row < height; row += 1) {
    for (let column = 0; column < width; column += 1) {
      const added = data[row * stride + column]! - GROUND;
      sum += added;
      x += added * column;
      y += added * row;
    }
  }
  return { sum, x: x / sum, y: y / sum };
}

function drawn(sprite: Sprite) {
  const target = plane();
  drawSprite(target, TINT, sprite);
  return measure(target);
}

describe('drawSprite', () => {
  it('places sprites to a fraction of a sample, with the same light wherever they fall', () => {
    const first = drawn(disc(30, 30));
    for (const [x, y] of [
      [30.25, 30],
      [30.5, 30.75],
      [30.1, 30.9],
    ] as const) {
      const { sum, x: centreX, y: centreY } = drawn(disc(x, y));
      assert.ok(Math.abs(centreX - x) < 0.02 && Math.abs(centreY - y) < 0.02, `${centreX}, ${centreY}`);
      assert.ok(Math.abs(sum / first.sum - 1) < 0.02);
    }
  });

  it('draws a line along its direction, in any direction', () => {
    const lengths = [0, 0.3, Math.PI / 2, 2.5].map((angle) => {
      const target = plane();
      const along = { alongX: Math.cos(angle), alongY: Math.sin(angle) };
      drawSprite(target, TINT, { ...disc(35, 30, 2), ...along, core: 12 });
      const { x, y, sum } = measure(target);
      let spread = 0;
      target.data.forEach((value, at) => {
        const [dx, dy] = [(at % 80) - x, Math.floor(at / 80) - y];
        spread += (value - GROUND) * (dx * along.alongX + dy * along.alongY) ** 2;
      });
      return [sum, Math.sqrt(spread / sum)] as const;
    });
    for (const [sum, spread] of lengths) {
      assert.ok(Math.abs(sum / lengths[0]![0] - 1) < 0.03, `light ${sum}`);
      assert.ok(Math.abs(spread / lengths[0]![1] - 1) < 0.03, `length ${spread}`);
    }
  });

  it('is cut off at the edges and never leaves the plane', () => {
    for (const [x, y] of [
      [-3, 30],
      [72, 30],
      [30, -2],
      [30, 62],
      [-50, -50],
    ] as const) {
      const target = plane();
      drawSprite(target, TINT, disc(x, y, 8));
      for (let row = 0; row < 60; row += 1) {
        const padding = target.data.subarray(row * 80 + 70, row * 80 + 80);
        assert.ok(padding.every((value) => value === GROUND));
      }
    }
  });

  it('lies at the same place on a plane of half the size', () => {
    // Chroma samples sit on the even columns, and between an even row and the next.
    const { x, y } = halved(disc(20, 30.5));
    assert.deepEqual([x, y], [10, 15]);
  });
});
