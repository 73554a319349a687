import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { analyseScene } from './analyse-scene.ts';
import type { Grid } from './scene.ts';
import {
  BACK_WALL,
  CAR,
  PASSER_BY,
  paintCloseFace,
  paintPine,
  paintRoom,
  paintTraffic,
  SHORE,
  TRUNK,
} from './test-scenes.ts';

const SIZE = { width: 640, height: 360 };

const at = (grid: Grid, u: number, v: number): number =>
  grid.data[Math.floor(v * grid.height) * grid.width + Math.floor(u * grid.width)]!;

/** Largest less smallest depth over `steps` places from one point to another. */
function range(
  grid: Grid,
  [fromU, fromV]: readonly [number, number],
  [toU, toV]: readonly [number, number],
): number {
  const steps = 40;
  const values = Array.from({ length: steps + 1 }, (_, i) =>
    at(grid, fromU + ((toU - fromU) * i) / steps, fromV + ((toV - fromV) * i) / steps),
  );
  return Math.max(...values) - Math.min(...values);
}

describe('a pine before a lake', () => {
  const { depth, sky } = analyseScene(paintPine(SIZE));

  it('has one depth from its foot to its top, whatever is behind it', () => {
    assert.ok(range(depth, [TRUNK.u, TRUNK.top + 0.03], [TRUNK.u, TRUNK.foot - 0.03]) < 0.01);
  });

  it('stands as near as the bank at its foot, and before all that it hides', () => {
    const trunk = at(depth, TRUNK.u, 0.5);
    assert.ok(Math.abs(trunk - at(depth, TRUNK.u + 0.05, TRUNK.foot)) < 0.08);
    assert.ok(trunk > at(depth, TRUNK.u - 0.2, 0.45) + 0.3);
  });

  it('holds the boughs that are seen against the sky', () => {
    const bough = at(depth, TRUNK.u + 0.06, 3.3 / 18);
    assert.ok(Math.abs(bough - at(depth, TRUNK.u, 0.5)) < 0.05, `bough at ${bough}`);
  });

  it('pulls neither the sky nor the far bank along', () => {
    assert.ok(at(sky, 0.5, 0.08) > 0.9);
    assert.ok(at(depth, 0.5, 0.08) < 0.05);
    assert.ok(at(depth, 0.55, SHORE - 0.03) < 0.25, `${at(depth, 0.55, SHORE - 0.03)}`);
  });

  it('sees the mirrored wood on the water and not as a wood close by', () => {
    for (const u of [0.1, 0.4, 0.55]) {
      const [near, far] = [at(depth, u, SHORE + 0.16), at(depth, u, SHORE + 0.06)];
      assert.ok(near > far + 0.05, `${far} to ${near} at ${u}`);
      assert.ok(Math.abs(far - at(depth, 0.25, SHORE + 0.06)) < 0.05, 'a level plane');
    }
  });
});

describe('a street with traffic', () => {
  const { depth, sky } = analyseScene(paintTraffic(SIZE));

  it('gives a passer-by one depth from head to foot', () => {
    const { u, head, foot } = PASSER_BY;
    assert.ok(range(depth, [u, head + 0.01], [u, foot - 0.02]) < 0.02);
    assert.ok(at(depth, u, 0.55) > at(depth, u + 0.06, 0.55) + 0.02);
  });

  it('stands a car up, flat as it is', () => {
    assert.ok(range(depth, [CAR.u, CAR.top + 0.02], [CAR.u, CAR.foot - 0.02]) < 0.02);
  });

  it('keeps the corners of houses upright and lets their walls recede', () => {
    for (const u of [0.1, 0.25, 0.75, 0.9]) {
      const foot = 0.46 + 0.9 * Math.abs(u - 0.5);
      const top = 0.44 - 0.75 * Math.abs(u - 0.5);
      assert.ok(range(depth, [u, top + 0.05], [u, foot - 0.03]) < 0.03, `at ${u}`);
    }
    assert.ok(at(depth, 0.05, 0.5) > at(depth, 0.25, 0.5) + 0.1);
    assert.ok(at(depth, 0.25, 0.5) > at(depth, 0.4, 0.47) + 0.1);
  });

  it('leaves the marking on the road lying', () => {
    assert.ok(at(depth, 0.5, 0.95) > at(depth, 0.5, 0.65) + 0.3);
  });

  it('takes no wall for sky', () => {
    assert.ok(at(sky, 0.5, 0.1) > 0.9);
    assert.ok(at(sky, 0.03, 0.12) < 0.1);
  });
});

describe('a room', () => {
  const { depth, confidence } = analyseScene(paintRoom(SIZE));

  it('is not taken for a place under the sky, bright as its ceiling is', () => {
    assert.ok(confidence.ground < 0.1, `${confidence.ground}`);
  });

  it('keeps the back wall straight and its corners upright', () => {
    const { left, right, top, foot } = BACK_WALL;
    assert.ok(range(depth, [left + 0.06, 0.4], [right - 0.06, 0.4]) < 0.03);
    for (const u of [left, 0.5, right, 0.12, 0.88]) {
      assert.ok(range(depth, [u, top + 0.02], [u, foot - 0.02]) < 0.02, `at ${u}`);
    }
  });

  it('brings the side walls towards the viewer along their feet, gently', () => {
    assert.ok(at(depth, 0.03, 0.4) > at(depth, 0.5, 0.4) + 0.08);
    const steps = Array.from({ length: depth.width - 1 }, (_, x) => {
      const cell = Math.floor(0.4 * depth.height) * depth.width + x;
      return Math.abs(depth.data[cell + 1]! - depth.data[cell]!);
    });
    assert.ok(Math.max(...steps) < 0.02);
  });
});

describe('a face that fills the frame', () => {
  const { depth, confidence, areas } = analyseScene(paintCloseFace(SIZE));

  it('is a subject and no ground', () => {
    assert.ok(confidence.ground < 0.2 && confidence.subject > 0.6, JSON.stringify(confidence));
  });

  it('is one body: no feature of it is nearer than another', () => {
    assert.ok(range(depth, [0.5, 0.1], [0.5, 0.9]) < 0.05);
    assert.ok(range(depth, [0.36, 0.45], [0.64, 0.45]) < 0.05);
    assert.ok(at(depth, 0.5, 0.45) > at(depth, 0.9, 0.45) + 0.3);
  });

  it('does not own the blurred lights behind it', () => {
    assert.ok(at(areas.subject!.mask, 0.1, 0.3) < 0.5);
  });
});

it('depth keeps to what the slope limiter leaves alone on a ground that is seen from close by', () => {
  const { depth } = analyseScene(paintTraffic(SIZE));
  for (let y = Math.floor(0.8 * depth.height); y < depth.height - 1; y++) {
    const cell = y * depth.width + Math.floor(0.45 * depth.width);
    assert.ok((depth.data[cell + depth.width]! - depth.data[cell]!) * depth.height < 1.9);
  }
});
