import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { FrameSize } from '#domain/media/frame-size.ts';
import { REST_POSE } from '../camera/pose.ts';
import { FLUIDS, type Fluid, type FluidKind } from '../director/plan.ts';
import { createFrame } from '../raster/create-frame.ts';
import type { FluidSource, FluidState } from '../raster/fluid-source.ts';
import { CELL_SIDE } from '../raster/kernels.ts';
import type { NodeField } from '../raster/node-field.ts';
import type { I420Frame, RgbaImage } from '../raster/picture.ts';
import { createRasteriser } from '../raster/rasteriser.ts';
import { colouredWaves, drawPicture, flatDepth } from '../raster/test-pictures.ts';
import { type AreaName, areasFoundBy } from '../scene/areas.ts';
import type { Grid, Scene } from '../scene/scene.ts';
import { createStillMotion, type StillMotion } from './still-motion.ts';

const SIZE = { width: 320, height: 180 };

/** A soft mask on a grid as fine as a scene's, by shares of width and height. */
function drawMask(share: (u: number, v: number) => number): Grid {
  const data = Float32Array.from({ length: 320 * 180 }, (_, cell) =>
    Math.max(0, Math.min(1, share((cell % 320) / 320, Math.floor(cell / 320) / 180))),
  );
  return { width: 320, height: 180, data };
}

/** The lower half but for its corners. */
const LOW = drawMask((u, v) => 8 * (v - 0.45 - 0.3 * (u - 0.5) ** 2));
/** Somebody who stands in the middle. */
const FIGURE = drawMask((u, v) => 8 * (1 - Math.hypot((u - 0.5) / 0.15, (v - 0.65) / 0.3)));

const SCENE: Scene = {
  depth: flatDepth(0.5),
  sky: flatDepth(0),
  confidence: { ground: 1, subject: 1, flat: 0 },
  horizon: 0.9,
  subjectDepth: 0.5,
  focus: { x: 0.5, y: 0.5 },
  areas: areasFoundBy((name) => ({ mask: name === 'subject' ? FIGURE : LOW, confidence: 1 })),
};

const AREA_OF: Readonly<Record<FluidKind, AreaName>> = {
  clouds: 'clouds',
  water: 'water',
  river: 'falls',
  smoke: 'smoke',
  fire: 'fire',
  foliage: 'foliage',
  hair: 'subject',
  cloth: 'subject',
  breathing: 'subject',
};

const fluidOf = (kind: FluidKind, strength = 1): Fluid => ({
  stillIndex: 0,
  kind,
  area: AREA_OF[kind],
  heading: kind === 'fire' || kind === 'smoke' ? 'up' : 'right',
  strength,
});

const paint = (size: FrameSize): RgbaImage => drawPicture(size, colouredWaves);

function motionOf(fluid: Fluid, size: FrameSize = SIZE, seed = 3): StillMotion {
  return createStillMotion({
    still: paint(size),
    stillIndex: 0,
    scene: SCENE,
    fluids: [fluid],
    seed,
    firstFluid: 0,
  });
}

function render(motion: StillMotion, size: FrameSize, ...times: readonly number[]): readonly I420Frame[] {
  const rasteriser = createRasteriser({
    stills: [paint(size)],
    sampling: { luma: 2, chroma: 1 },
    seed: 1,
    fluids: motion.sources,
  });
  return times.map((seconds) => {
    const frame = createFrame(size);
    const view = { stillIndex: 0, pose: REST_POSE, depth: SCENE.depth, motion: motion.at(seconds) };
    rasteriser.render({ view, over: undefined, grainStrength: 0, frameIndex: 0 }, frame);
    return frame;
  });
}

const difference = (a: Uint8Array, b: Uint8Array): number =>
  a.reduce((sum, value, i) => sum + Math.abs(value - b[i]!), 0) / a.length;

for (const kind of FLUIDS) {
  describe(`motion of ${kind}`, () => {
    const motion = motionOf(fluidOf(kind));
    const [start, next, early, late] = render(motion, SIZE, 0, 1 / 24, 1.9, 4.2) as readonly [
      I420Frame,
      I420Frame,
      I420Frame,
      I420Frame,
    ];
    const [still] = render({ sources: motion.sources, at: () => undefined }, SIZE, 0) as readonly [I420Frame];

    it('starts from the exact still, gently', () => {
      assert.deepEqual(start, still);
      assert.ok(difference(next.y.data, still.y.data) < 0.15);
    });

    it('moves, luma and chroma together, and differently by seed', () => {
      // A breath moves its outline by tenths of a pixel.
      const least = kind === 'breathing' ? 0.003 : 0.03;
      assert.ok(difference(early.y.data, still.y.data) > least, 'luma');
      assert.ok(difference(early.u.data, still.u.data) > least / 3, 'chroma');
      const [other] = render(motionOf(fluidOf(kind), SIZE, 4), SIZE, 1.9) as readonly [I420Frame];
      if (kind !== 'clouds' && kind !== 'river') assert.notDeepEqual(other.y.data, early.y.data);
    });

    it('is a function of time alone', () => {
      const again = render(motionOf(fluidOf(kind)), SIZE, 4.2, 1.9);
      assert.deepEqual(again, [late, early]);
    });

    it('leaves whatever its mask does not reach as it is, byte for byte', () => {
      const { matte } = motion.sources[0] ?? {};
      const isOutside = (x: number, y: number) =>
        matte === undefined ? isFarFromMask(x, y) : matte[y * SIZE.width + x] === 0;
      for (let y = 0; y < SIZE.height; y += 1) {
        for (let x = 0; x < SIZE.width; x += 1) {
          if (!isOutside(x, y)) continue;
          const at = y * SIZE.width + x;
          assert.equal(late.y.data[at], still.y.data[at], `luma at ${x}, ${y}`);
          const isSite = x % 2 === 0 && y % 2 === 0 && isOutside(x, y + 1);
          const site = (y >> 1) * late.u.stride + (x >> 1);
          if (isSite) assert.equal(late.u.data[site], still.u.data[site], `chroma at ${x}, ${y}`);
        }
      }
    });

    it('folds nowhere and never reads past its plate, at any strength', () => {
      for (const strength of [0.3, 1, 2]) {
        const strong = motionOf(fluidOf(kind, strength));
        for (const seconds of [0.7, 1.9, 3.3, 5, 7.7]) {
          const { sway, fluids } = strong.at(seconds)!;
          if (sway !== undefined) assertNoFold(sway, 1, () => true);
          for (const state of fluids) {
            const source = strong.sources[state.fluid]!;
            for (const factor of [state.firstFactor, state.second?.factor ?? 0]) {
              assertNoFold(state.field, factor, (node) => isInMatte(source, node, state));
              assertInPlate(source, state, factor);
            }
          }
        }
      }
    });
  });
}

/** What bends the picture itself gives way softly; well above the mask nothing does. */
const isFarFromMask = (_: number, y: number): boolean => y < 0.1 * SIZE.height;

function nodePosition(node: number, { columns }: NodeField): readonly [x: number, y: number] {
  return [CELL_SIDE * (node % columns), CELL_SIDE * Math.floor(node / columns)];
}

function isInMatte({ matte }: FluidSource, node: number, { field }: Pick<FluidState, 'field'>): boolean {
  const [x, y] = nodePosition(node, field);
  return x < SIZE.width && y < SIZE.height && matte[y * SIZE.width + x]! > 0;
}

/** The determinant of the map's derivative stays positive between every node and its right and lower neighbours. */
function assertNoFold(field: NodeField, factor: number, isSeen: (node: number) => boolean): void {
  const { columns, rows, x, y } = field;
  for (let node = 0; node < columns * (rows - 1); node += 1) {
    if (node % columns === columns - 1 || !isSeen(node)) continue;
    const slope = (values: Float32Array, other: number) =>
      (factor * (values[other]! - values[node]!)) / CELL_SIDE;
    const determinant =
      (1 + slope(x, node + 1)) * (1 + slope(y, node + columns)) -
      slope(x, node + columns) * slope(y, node + 1);
    assert.ok(determinant > 0.05, `folds at ${nodePosition(node, field)}: ${determinant}`);
  }
}

function assertInPlate(source: FluidSource, state: FluidState, factor: number): void {
  const { field } = state;
  for (let node = 0; node < field.x.length; node += 1) {
    if (!isInMatte(source, node, state)) continue;
    const [x, y] = nodePosition(node, field);
    const fromX = x + factor * field.x[node]! - source.left;
    const fromY = y + factor * field.y[node]! - source.top;
    assert.ok(fromX >= 0 && fromX <= source.plate.width - 1, `column ${fromX} of ${source.plate.width}`);
    assert.ok(fromY >= 0 && fromY <= source.plate.height - 1, `row ${fromY} of ${source.plate.height}`);
  }
}

describe('motion in a still', () => {
  it('has no jump where a reading starts over', () => {
    const motion = motionOf(fluidOf('clouds'));
    const times = Array.from({ length: 40 }, (_, i) => 2.6 + i / 24);
    const frames = render(motion, SIZE, ...times);
    const steps = frames.slice(1).map((frame, i) => difference(frame.y.data, frames[i]!.y.data));
    const usual = steps.toSorted((a, b) => a - b)[steps.length >> 1]!;
    for (const [i, step] of steps.entries())
      assert.ok(
        step < 1.5 * usual + 0.02,
        `a step of ${step} levels where ${usual} is usual, at ${times[i]} s`,
      );
  });

  it('runs towards the still from negative times', () => {
    const motion = motionOf(fluidOf('clouds'));
    const [before, last] = render(motion, SIZE, -1 / 24, 0) as readonly [I420Frame, I420Frame];
    assert.ok(difference(before.y.data, last.y.data) < 0.15);
    assert.notDeepEqual(render(motion, SIZE, -2), render(motion, SIZE, 2));
  });

  it('is drawn at any even size', () => {
    for (const size of [
      { width: 2, height: 2 },
      { width: 18, height: 10 },
      { width: 34, height: 66 },
      { width: 178, height: 102 },
    ]) {
      for (const kind of FLUIDS) {
        const [frame] = render(motionOf(fluidOf(kind), size), size, 1.3) as readonly [I420Frame];
        assert.equal(frame.width, size.width, kind);
      }
    }
  });

  it('is none where the scene shows nothing, and then costs nothing', () => {
    const motion = createStillMotion({
      still: paint(SIZE),
      stillIndex: 0,
      scene: { ...SCENE, areas: {} },
      fluids: FLUIDS.map((kind) => fluidOf(kind)),
      seed: 1,
      firstFluid: 0,
    });
    assert.deepEqual(motion.sources, []);
    assert.equal(motion.at(2), undefined);
  });
});
