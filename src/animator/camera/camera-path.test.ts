import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { FrameSize } from '#domain/media/frame-size.ts';
import { type Easing, MOVES, type Move, type MoveName, type Shot } from '../director/plan.ts';
import { LIMITER_KAPPA, limitSlope } from '../scene/limit-slope.ts';
import type { Grid, Scene } from '../scene/scene.ts';
import { type CameraPath, createCameraPath } from './camera-path.ts';
import { MOVE_PARAMETERS } from './grammar.ts';
import { type Pose, REST_POSE } from './pose.ts';

const SIZE: FrameSize = { width: 1280, height: 720 };
const FRAMES = 120;

function sceneWith(depthAt: (u: number, v: number) => number, changes: Partial<Scene> = {}): Scene {
  const grid = (value: (u: number, v: number) => number): Grid => {
    const data = new Float32Array(320 * 180);
    for (let i = 0; i < data.length; i++)
      data[i] = value(((i % 320) + 0.5) / 320, (Math.floor(i / 320) + 0.5) / 180);
    return { width: 320, height: 180, data };
  };
  return {
    depth: grid(depthAt),
    sky: grid(() => 0),
    confidence: { ground: 1, subject: 0, flat: 0 },
    horizon: 0.4,
    subjectDepth: 0.5,
    focus: { x: 0.56, y: 0.5 },
    areas: {},
    ...changes,
  };
}

const LANDSCAPE = sceneWith((_u, v) => (v < 0.4 ? 0.03 : 0.06 + (0.94 * (v - 0.4)) / 0.6));

function shotOf(moves: readonly (Move | MoveName)[], changes: Partial<Shot> = {}): Shot {
  const full = moves.map((move) => (typeof move === 'string' ? { name: move, strength: 1 } : move));
  return { firstFrame: 0, frameCount: FRAMES, stillIndex: 0, moves: full, easing: 'glide', ...changes };
}

const POSE_KEYS = ['zoom', 'panX', 'panY', 'roll', 'truckX', 'truckY', 'dolly'] as const;

/** The source position that the pose's equation gives for an output position; both relative to the centre. */
function sourceOf(pose: Pose, x: number, y: number, depthAt: (x: number, y: number) => number) {
  const cosine = Math.cos(pose.roll);
  const sine = Math.sin(pose.roll);
  const qx = (cosine * x - sine * y) / pose.zoom + pose.panX;
  const qy = (sine * x + cosine * y) / pose.zoom + pose.panY;
  let px = qx;
  let py = qy;
  for (let step = 0; step < 24; step++) {
    const w = depthAt(px, py);
    px = qx * (1 - pose.dolly * w) + pose.truckX * (w - pose.pivot);
    py = qy * (1 - pose.dolly * w) + pose.truckY * (w - pose.pivot);
  }
  return { x: px, y: py };
}

function bilinear(grid: Grid) {
  return (x: number, y: number) => {
    const gx = Math.min(grid.width - 1, Math.max(0, (x / SIZE.width + 0.5) * grid.width - 0.5));
    const gy = Math.min(grid.height - 1, Math.max(0, (y / SIZE.height + 0.5) * grid.height - 0.5));
    const [x0, y0] = [Math.min(grid.width - 2, Math.floor(gx)), Math.min(grid.height - 2, Math.floor(gy))];
    const at = (dx: number, dy: number) => grid.data[(y0 + dy) * grid.width + x0 + dx]!;
    const [fx, fy] = [gx - x0, gy - y0];
    return (at(0, 0) * (1 - fx) + at(1, 0) * fx) * (1 - fy) + (at(0, 1) * (1 - fx) + at(1, 1) * fx) * fy;
  };
}

/**
 * The furthest that any pixel of the frame's rim reads past the picture's last row or column, in pixels, over the whole
 * shot.
 */
function overshoot(path: CameraPath, scene: Scene): number {
  const depth = limitSlope(scene.depth, { parallaxPx: path.parallaxPx, size: SIZE, kappa: LIMITER_KAPPA });
  const halfX = (SIZE.width - 1) / 2;
  const halfY = (SIZE.height - 1) / 2;
  let worst = 0;
  for (let frame = 0; frame < FRAMES; frame += 7) {
    const pose = path.poseAt(frame);
    for (let k = -1; k <= 1; k += 0.125) {
      for (const [x, y] of [
        [k * halfX, -halfY],
        [k * halfX, halfY],
        [-halfX, k * halfY],
        [halfX, k * halfY],
      ] as const) {
        const p = sourceOf(pose, x, y, bilinear(depth));
        worst = Math.max(worst, Math.abs(p.x) - halfX, Math.abs(p.y) - halfY);
      }
    }
  }
  return worst;
}

describe('every move', () => {
  for (const name of MOVES) {
    it(`${name} starts exactly at rest`, () => {
      assert.deepEqual(createCameraPath(shotOf([name]), LANDSCAPE, SIZE, 1).poseAt(0), REST_POSE);
    });

    for (const easing of ['glide', 'ramp'] as const) {
      it(`${name} is smooth with ${easing}`, () => {
        assert.ok(kinkiness(name, easing) < 0.22, `${kinkiness(name, easing)}`);
      });
    }

    if (MOVE_PARAMETERS[name].opensBorder) {
      it(`${name} opens no more than a tenth on every side, twice that near the ground`, () => {
        const path = createCameraPath(shotOf([name]), LANDSCAPE, SIZE, 1);
        assert.ok(overshoot(path, LANDSCAPE) < 0.16 * (SIZE.width / 2));
      });
    } else {
      it(`${name} keeps every edge covered at flat depths and in a landscape`, () => {
        for (const scene of [0, 0.3, 0.7, 1].map((w) => sceneWith(() => w)).concat(LANDSCAPE)) {
          for (const strength of [1, 1.8]) {
            const path = createCameraPath(shotOf([{ name, strength }]), scene, SIZE, 7);
            assert.ok(overshoot(path, scene) < 0.1, `${overshoot(path, scene)} px at strength ${strength}`);
          }
        }
      });
    }
  }
});

/**
 * By how much the largest third difference of a pose's entries shrinks when the step is halved: to 1/8 where the path
 * has a bounded third derivative, to 1/4 only where its acceleration jumps, to 1/2 where its speed does.
 */
function kinkiness(name: MoveName, easing: Easing): number {
  const frames = 960;
  // Well below the period of what moves; a snap is over within seven frames.
  const step = MOVE_PARAMETERS[name].snaps ? 0.25 : ({ handheld: 2, walk: 1 }[name as string] ?? 8);
  const path = createCameraPath(shotOf([name], { easing, frameCount: frames + 1 }), LANDSCAPE, SIZE, 5);
  const largest = (key: (typeof POSE_KEYS)[number], step: number) => {
    const at = (frame: number) => path.poseAt(frame)[key];
    let worst = 0;
    for (let f = 0; f + 3 * step <= frames; f++) {
      worst = Math.max(worst, Math.abs(at(f + 3 * step) - 3 * at(f + 2 * step) + 3 * at(f + step) - at(f)));
    }
    return worst;
  };
  return Math.max(
    ...POSE_KEYS.map((key) =>
      largest(key, 2 * step) < 1e-4 ? 0 : largest(key, step) / largest(key, 2 * step),
    ),
  );
}

describe('createCameraPath', () => {
  it('keeps a static camera exactly at rest in every frame', () => {
    const path = createCameraPath(shotOf(['static']), LANDSCAPE, SIZE, 1);
    assert.equal(path.parallaxPx, 0);
    for (let frame = 0; frame < FRAMES; frame++) assert.deepEqual(path.poseAt(frame), REST_POSE);
  });

  it('goes where there is more of the picture before it magnifies', () => {
    const beyond = { x: 0.12 * SIZE.width, y: 0.12 * SIZE.height };
    for (const name of ['pan-left', 'tilt-up', 'truck-right', 'pedestal-up'] as const) {
      const end = (room?: typeof beyond) =>
        createCameraPath(shotOf([name]), LANDSCAPE, SIZE, 1, room).poseAt(FRAMES - 1);
      assert.ok(end().zoom > 1.03, `${name}: ${end().zoom} without`);
      assert.equal(end(beyond).zoom, 1, `${name} with`);
    }
    // Room on one axis is no room on the other.
    const tilt = createCameraPath(shotOf(['tilt-up']), LANDSCAPE, SIZE, 1, { ...beyond, y: 0 });
    assert.ok(tilt.poseAt(FRAMES - 1).zoom > 1.03);
  });

  it('ends with the figures of the grammar', () => {
    const end = (name: MoveName) => createCameraPath(shotOf([name]), LANDSCAPE, SIZE, 1).poseAt(FRAMES - 1);
    const close = (actual: number, expected: number) =>
      assert.ok(Math.abs(actual - expected) < 0.02 * Math.abs(expected), `${actual}`);
    close(end('push-in').dolly, 0.16);
    close(end('push-in').zoom, 1.04);
    close(end('zoom-in').zoom, 1.18);
    close(end('zoom-out').zoom, 1 / 1.1);
    close(end('pan-left').panX, -0.055 * SIZE.width);
    close(end('tilt-down').panY, 0.06 * SIZE.height);
    close(end('truck-right').truckX, 0.04 * SIZE.width);
    close(end('dolly-zoom').dolly, -0.26);
  });

  it('makes what a bold push may not move forward by the zoom, so that the subject comes as near', () => {
    const moves = [{ name: 'push-in', strength: 2 }] as const;
    const { dolly, zoom } = createCameraPath({ ...shotOf([]), moves }, LANDSCAPE, SIZE, 1).poseAt(FRAMES - 1);
    assert.ok(dolly > 0.19 && dolly <= 0.2, `${dolly}`);
    const growth = zoom / (1 - dolly * LANDSCAPE.subjectDepth);
    const wished = 1.04 ** 2 / (1 - 0.32 * LANDSCAPE.subjectDepth);
    assert.ok(Math.abs(growth / wished - 1) < 0.01, `${growth} in place of ${wished}`);
  });

  it('turns around the subject and leaves it in place in an orbit', () => {
    const scene = sceneWith(() => 0.5);
    const pose = createCameraPath(shotOf(['orbit-right']), scene, SIZE, 1).poseAt(FRAMES - 1);
    const subject = { x: 0.06 * SIZE.width, y: 0 };
    const seenAt = sourceOf(pose, subject.x, subject.y, () => scene.subjectDepth);
    assert.ok(Math.hypot(seenAt.x - subject.x, seenAt.y - subject.y) < 0.5);
  });

  it('spares a face that fills the frame', () => {
    const face = sceneWith((u, v) => (Math.hypot(u - 0.5, v - 0.5) < 0.35 ? 0.9 : 0.2), {
      confidence: { ground: 0, subject: 0.9, flat: 0 },
      subjectDepth: 0.9,
    });
    const bold = shotOf([{ name: 'orbit-left', strength: 1.8 }]);
    assert.ok(createCameraPath(bold, face, SIZE, 1).parallaxPx <= 45 + 1e-9);
    assert.ok(createCameraPath(bold, LANDSCAPE, SIZE, 1).parallaxPx > 80);
  });

  it('moves less over a flat picture', () => {
    const flat = { ...LANDSCAPE, confidence: { ground: 0, subject: 0, flat: 1 } };
    const dolly = (scene: Scene) =>
      createCameraPath(shotOf(['push-in']), scene, SIZE, 1).poseAt(FRAMES - 1).dolly;
    assert.ok(Math.abs(dolly(flat) / dolly(LANDSCAPE) - 0.3) < 0.01);
  });

  it('continues a shot without a jump and takes an opposite move back to rest', () => {
    const first = shotOf(['push-in', 'handheld', 'truck-left']);
    const second = shotOf(['pull-out', 'truck-right'], { after: first.moves, firstFrame: FRAMES });
    const end = createCameraPath(first, LANDSCAPE, SIZE, 3).poseAt(FRAMES - 1);
    const path = createCameraPath(second, LANDSCAPE, SIZE, 3);
    for (const key of POSE_KEYS) {
      const jump = Math.abs(path.poseAt(0)[key] - end[key]);
      assert.ok(
        jump < (key === 'panX' || key === 'panY' || key === 'truckX' ? 1.5 : 2e-3),
        `${key} jumps by ${jump}`,
      );
    }
    assert.deepEqual({ ...path.poseAt(FRAMES - 1), pivot: 0 }, REST_POSE);
  });

  it('depends on the seed for handheld only', () => {
    const pose = (name: MoveName, seed: number) =>
      createCameraPath(shotOf([name]), LANDSCAPE, SIZE, seed).poseAt(60);
    assert.notDeepEqual(pose('handheld', 1), pose('handheld', 2));
    assert.deepEqual(pose('orbit-left', 1), pose('orbit-left', 2));
  });

  it('keeps edges covered for any combination of moves', () => {
    const closed = MOVES.filter((name) => !MOVE_PARAMETERS[name].opensBorder);
    const move = fc.record({
      name: fc.constantFrom(...closed),
      strength: fc.double({ min: 0.3, max: 1.8, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.uniqueArray(move, { minLength: 2, maxLength: 3, selector: (m) => m.name }), (moves) => {
        const path = createCameraPath(shotOf(moves), LANDSCAPE, SIZE, 11);
        return overshoot(path, LANDSCAPE) < 0.5;
      }),
      { numRuns: 40, seed: 20 },
    );
  });
});
