import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Pose, REST_POSE } from '../camera/pose.ts';
import { drawDepth, flatDepth } from '../raster/test-pictures.ts';
import type { Moment } from './effect.ts';
import { LayerView } from './layer-view.ts';
import { Outlook } from './outlook.ts';
import { Projection } from './projection.ts';

const SIZE = { width: 640, height: 360 };

const POSES: readonly Pose[] = [
  REST_POSE,
  { ...REST_POSE, zoom: 1.3, panX: 60, panY: -20, roll: 0.07 },
  { ...REST_POSE, truckX: 50, truckY: -10, dolly: 0.29, pivot: 0.3 },
  // As far out as any move goes.
  { ...REST_POSE, zoom: 0.84, dolly: -0.09, panX: -70, panY: 40, roll: -0.1 },
];

function momentOf(pose: Pose, depth = flatDepth(0)): Moment {
  const outlook = new Outlook(SIZE);
  outlook.look({ view: { stillIndex: 0, pose, depth }, depth }, undefined);
  return { seconds: 1, pose, outlook, swiftLevel: 1, slowLevel: 1 };
}

describe('Projection', () => {
  it('solves the equation of the pose', () => {
    for (const pose of POSES) {
      for (const w of [0, 0.4, 1.1]) {
        const { x, y } = new Projection(SIZE, pose, w).place({ x: 110, y: -70 });
        // Forwards again: from the frame's pixel to the picture's.
        const [dx, dy] = [x - (SIZE.width - 1) / 2, y - (SIZE.height - 1) / 2];
        const [cosine, sine] = [Math.cos(pose.roll) / pose.zoom, Math.sin(pose.roll) / pose.zoom];
        const view = { x: cosine * dx - sine * dy + pose.panX, y: sine * dx + cosine * dy + pose.panY };
        const sourceX = view.x * (1 - pose.dolly * w) + pose.truckX * (w - pose.pivot);
        const sourceY = view.y * (1 - pose.dolly * w) + pose.truckY * (w - pose.pivot);
        assert.ok(Math.hypot(sourceX - 110, sourceY + 70) < 1e-4);
      }
    }
  });

  it('moves near things farther than distant ones', () => {
    const truck = { ...REST_POSE, truckX: 40 };
    const shift = (w: number) =>
      new Projection(SIZE, truck, w).place({ x: 0, y: 0 }).x - (SIZE.width - 1) / 2;
    assert.deepEqual([0, 0.5, 1].map(shift), [0, -20, -40]);
  });
});

describe('LayerView', () => {
  it('fills every view with particles, whatever the camera and the time', () => {
    for (const pose of POSES) {
      for (const depth of [0.15, 1.1]) {
        const view = new LayerView(SIZE, momentOf(pose), depth);
        const seen = new Set<number>();
        for (let i = 0; i < 6000; i += 1) {
          // An even lattice over one tile, drifted far away.
          const x = (i % 100) * 0.01 * view.tileWidth + 12_345;
          const y = Math.floor(i / 100) * (1 / 60) * view.tileHeight - 54_321;
          const point = view.placeParticle(x, y);
          if (view.isInFrame(point, 0)) seen.add(Math.floor(point.x / 40) + 100 * Math.floor(point.y / 40));
        }
        assert.equal(seen.size, 16 * 9, `${JSON.stringify(pose)} at ${depth}`);
      }
    }
  });

  it('is hidden by nearer things and seen before farther ones', () => {
    const moment = momentOf(
      REST_POSE,
      drawDepth((x) => (x < 0.5 ? 0.05 : 0.9)),
    );
    const visibility = (depth: number, x: number) =>
      new LayerView(SIZE, moment, depth).visibilityAt({ x, y: 180 });
    assert.deepEqual([visibility(0.3, 100), visibility(0.3, 500)], [1, 0]);
    assert.deepEqual([visibility(1.1, 100), visibility(1.1, 500)], [1, 1]);
  });

  it('follows a near thing that the camera moves across the frame', () => {
    const depth = drawDepth((x) => (x > 0.45 && x < 0.55 ? 0.9 : 0.05));
    const hidden = (panX: number) => {
      const view = new LayerView(SIZE, momentOf({ ...REST_POSE, panX }, depth), 0.3);
      const columns = Array.from({ length: SIZE.width }, (_, x) => x);
      const behind = columns.filter((x) => view.visibilityAt({ x, y: 180 }) < 0.5);
      return (behind[0]! + behind.at(-1)!) / 2;
    };
    assert.ok(Math.abs(hidden(0) - 320) < 4, `${hidden(0)}`);
    assert.ok(Math.abs(hidden(96) - 224) < 4, `${hidden(96)}`);
  });
});
