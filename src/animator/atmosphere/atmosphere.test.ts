import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { FrameSize } from '#domain/media/frame-size.ts';
import { type Pose, REST_POSE } from '../camera/pose.ts';
import type { AtmosphereEffect, AtmosphereKind, Plan } from '../director/plan.ts';
import { prepareClip } from '../prepare-clip.ts';
import { createFrame } from '../raster/create-frame.ts';
import type { I420Frame, RgbaImage } from '../raster/picture.ts';
import { createRasteriser } from '../raster/rasteriser.ts';
import { colouredWaves, drawPicture } from '../raster/test-pictures.ts';
import type { Grid } from '../scene/scene.ts';
import { createAtmosphere } from './atmosphere.ts';
import type { Space } from './strata.ts';

const SIZE = { width: 320, height: 180 };
const FRAMES = 96;
const KINDS: readonly AtmosphereKind[] = ['fog', 'rays', 'rain', 'snow', 'dust', 'embers'];
const PARTICLES: readonly AtmosphereKind[] = ['rain', 'snow', 'dust', 'embers'];

function gridOf(value: (x: number, y: number) => number): Grid {
  const [width, height] = [64, 36];
  const data = Float32Array.from({ length: width * height }, (_, cell) =>
    value(((cell % width) + 0.5) / width, (Math.floor(cell / width) + 0.5) / height),
  );
  return { width, height, data };
}

/** Sky over ground that comes nearer from the middle on. */
const LAND: Space = {
  depth: gridOf((_, y) => (y < 0.5 ? 0.03 : 0.06 + 1.88 * (y - 0.5))),
  sky: gridOf((_, y) => (y < 0.5 ? 1 : 0)),
  confidence: { ground: 1, subject: 0, flat: 0 },
  horizon: 0.5,
};

const greyStill = (level: number, size: FrameSize = SIZE): RgbaImage =>
  drawPicture(size, () => [level, level, level]);

interface Clip {
  readonly effects?: readonly (AtmosphereKind | AtmosphereEffect)[];
  readonly events?: Plan['events'];
  readonly still?: RgbaImage;
  readonly scene?: Space;
  readonly seed?: number;
  readonly pose?: Pose;
  readonly arrives?: boolean;
}

/** Draws frames of a clip that is nothing but air over a still; each call stands for a worker of its own. */
function worker({
  effects = [],
  events = [],
  still = greyStill(110),
  scene = LAND,
  seed = 1,
  pose = REST_POSE,
  arrives = false,
}: Clip): (index: number) => I420Frame {
  const { width, height } = still;
  const plan = {
    size: { width, height },
    frameCount: FRAMES,
    seed,
    arrival: arrives ? {} : undefined,
    events,
    atmosphere: effects.map((effect) =>
      typeof effect === 'string' ? { kind: effect, strength: 1, wind: 0.2 } : effect,
    ),
  };
  const atmosphere = createAtmosphere(plan, [still], [scene]);
  const rasteriser = createRasteriser({ stills: [still], sampling: { luma: 1, chroma: 1 }, seed });
  const view = { stillIndex: 0, pose, depth: scene.depth };
  return (index) => {
    const frame = createFrame(still);
    const air = atmosphere.at(index, view, undefined);
    rasteriser.render({ view, over: undefined, veil: air?.veil, grainStrength: 0, frameIndex: index }, frame);
    air?.paint(frame);
    return frame;
  };
}

const mean = (data: Uint8Array): number => data.reduce((sum, value) => sum + value, 0) / data.length;

/** As `deepEqual`, without the minutes that it takes to print what differs between two pictures. */
function assertSame(frame: I420Frame, other: I420Frame): void {
  for (const plane of ['y', 'u', 'v'] as const) {
    const at = frame[plane].data.findIndex((value, i) => value !== other[plane].data[i]);
    assert.equal(at, -1, `sample ${at} of ${plane} differs`);
  }
}

/** Mean of what was changed in a part of the frame, in luma levels; shares of width and height. */
function change(frame: I420Frame, before: I420Frame, [left, top, right, bottom] = [0, 0, 1, 1]): number {
  const { width, height, data, stride } = frame.y;
  let [sum, count] = [0, 0];
  for (let y = Math.floor(top! * height); y < bottom! * height; y += 1) {
    for (let x = Math.floor(left! * width); x < right! * width; x += 1) {
      sum += Math.abs(data[y * stride + x]! - before.y.data[y * stride + x]!);
      count += 1;
    }
  }
  return sum / count;
}

const strong = (kind: AtmosphereKind): AtmosphereEffect => ({ kind, strength: 1.8, wind: 0.8 });

describe('atmosphere: exact ends', () => {
  const events = [{ kind: 'lightning', timeSeconds: 0.1, strength: 1 }] as const;

  for (const kind of [...KINDS, 'gloom'] as const) {
    it(`${kind}: nothing in the first frame, nor in a last one that has to be the end still`, () => {
      const clear = worker({})(0);
      const open = worker({ effects: [strong(kind)], events });
      assertSame(open(0), clear);
      assert.ok(change(open(FRAMES - 1), clear) > 0.02);
      const ending = worker({ effects: [strong(kind)], arrives: true });
      assertSame(ending(FRAMES - 1), clear);
      assert.ok(change(ending(48), clear) > 0.02);
      assert.ok(change(ending(FRAMES - 2), clear) < 0.2, 'and it is gone gradually');
    });
  }

  it('is drawn by a clip whose prompt asks for it', () => {
    const size = { width: 128, height: 72 };
    const still = drawPicture(size, (x, y) => colouredWaves(0.5 * x, 0.5 * y));
    const [stormy, clear] = ['a thunderstorm in thick fog', 'no rain'].map((prompt) => {
      const request = {
        durationSeconds: 4,
        cameraFixed: true,
        hasLastImage: false,
        seed: 3,
        style: 'natural',
      } as const;
      const clip = prepareClip({ stills: [still], request: { ...request, prompt }, quality: 'quick' });
      return (index: number) => {
        const frame = createFrame(size);
        clip.renderFrame(index, frame);
        return frame;
      };
    });
    assertSame(stormy!(0), clear!(0));
    assert.ok(change(stormy!(60), clear!(60)) > 5);
  });
});

describe('atmosphere: any frame at any time', () => {
  for (const kind of KINDS) {
    it(`${kind}: the same bytes in any order and from any worker`, () => {
      const [one, other] = [worker({ effects: [kind] }), worker({ effects: [kind] })];
      const indices = [1, 5, 40, 95];
      const forwards = indices.map(one);
      const backwards = indices.toReversed().map(other).toReversed();
      for (const [i, frame] of forwards.entries()) assertSame(backwards[i]!, frame);
    });

    it(`${kind}: another seed is seen`, () => {
      const [frame, other] = [1, 2].map((seed) => worker({ effects: [strong(kind)], seed })(60));
      const squares = frame!.y.data.reduce((sum, value, i) => sum + (value - other!.y.data[i]!) ** 2, 0);
      const decibels = 10 * Math.log10(255 ** 2 / (squares / frame!.y.data.length));
      assert.ok(decibels < 45, `${decibels} dB`);
    });

    it(`${kind}: comes without a flicker of the whole picture`, () => {
      for (const level of [20, 200]) {
        const draw = worker({ effects: [strong(kind)], still: greyStill(level) });
        const means = Array.from({ length: 60 }, (_, index) => mean(draw(index).y.data));
        for (let i = 1; i < means.length - 1; i += 1) {
          const bend = Math.abs(means[i - 1]! - 2 * means[i]! + means[i + 1]!);
          assert.ok(bend < 0.25, `${bend} levels at frame ${i} over ${level}`);
        }
      }
    });

    it(`${kind}: stays within black and white, and reads on dark, grey and white`, () => {
      for (const level of [0, 40, 110, 150, 190, 220, 255]) {
        const still = greyStill(level);
        const frame = worker({ effects: [strong(kind)], still })(60);
        for (const value of frame.y.data) assert.ok(value >= 16 && value <= 235, `${value} over ${level}`);
        for (const value of frame.u.data) assert.ok(value >= 16 && value <= 240);
        const clear = worker({ still })(60);
        const most = frame.y.data.reduce(
          (far, value, i) => Math.max(far, Math.abs(value - clear.y.data[i]!)),
          0,
        );
        assert.ok(most >= 5, `${most} levels over ${level}`);
      }
    });
  }

  it('draws at every size and ratio', () => {
    for (const [width, height] of [
      [2, 2],
      [18, 10],
      [102, 178],
      [420, 180],
    ] as const) {
      const still = greyStill(110, { width, height });
      const frame = worker({ effects: KINDS.map(strong), still })(60);
      assert.ok(change(frame, worker({ still })(60)) > 0);
    }
  });
});

describe('atmosphere: depth', () => {
  for (const kind of PARTICLES) {
    it(`${kind}: most of it is behind a near block, some before it`, () => {
      const near = [0.4, 0.2, 0.7, 0.9];
      const isNear = (x: number, y: number) => x > near[0]! && x < near[2]! && y > near[1]! && y < near[3]!;
      const scene = { ...LAND, depth: gridOf((x, y) => (isNear(x, y) ? 1 : 0.03)) };
      const draw = worker({ effects: [strong(kind)], scene });
      const open = worker({ effects: [strong(kind)], scene: { ...LAND, depth: gridOf(() => 0.03) } });
      const inside = [0.43, 0.25, 0.67, 0.85];
      const clear = worker({})(60);
      // Haze aside, which differs with the scene: only what stands out counts.
      const shares = [draw, open].map((render) => {
        const frames = [40, 60, 80].map((index) => specks(render(index), clear, inside));
        return frames.reduce((sum, value) => sum + value, 0);
      });
      assert.ok(shares[0]! < 0.5 * shares[1]!, `${shares}`);
      assert.ok(shares[0]! > 0, 'near particles pass before everything');
    });

    it(`${kind}: fills the frame, wherever the camera has gone`, () => {
      const pose = { ...REST_POSE, zoom: 0.86, dolly: -0.09, panX: -36, panY: 18, roll: 0.05 };
      for (const camera of [REST_POSE, pose]) {
        const draw = worker({
          effects: [strong(kind)],
          pose: camera,
          scene: { ...LAND, depth: gridOf(() => 0.03) },
        });
        const frames = [30, 45, 60, 75].map(draw);
        const clear = worker({ pose: camera })(60);
        for (let tile = 0; tile < 16; tile += 1) {
          const area = [
            (tile % 4) / 4,
            Math.floor(tile / 4) / 4,
            (tile % 4) / 4 + 0.25,
            Math.floor(tile / 4) / 4 + 0.25,
          ];
          assert.ok(
            frames.some((frame) => specks(frame, clear, area) > 0),
            `tile ${tile}`,
          );
        }
      }
    });
  }

  it('fog hides the distance and leaves what is near', () => {
    const frame = worker({ effects: ['fog'], still: greyStill(60) })(90);
    const clear = worker({ still: greyStill(60) })(90);
    const [far, near] = [change(frame, clear, [0, 0, 1, 0.4]), change(frame, clear, [0, 0.9, 1, 1])];
    assert.ok(far === 0 || far > 2.5 * near, `${far} and ${near}`);
  });
});

/** Share of an area whose luma differs from that of its neighbours more than it did before: single particles. */
function specks(frame: I420Frame, before: I420Frame, [left, top, right, bottom]: readonly number[]): number {
  const { width, height, data, stride } = frame.y;
  let count = 0;
  for (let y = Math.ceil(top! * height) + 1; y < bottom! * height - 1; y += 1) {
    for (let x = Math.ceil(left! * width) + 1; x < right! * width - 1; x += 1) {
      const at = y * stride + x;
      const detail = Math.abs(2 * data[at]! - data[at - 1]! - data[at + 1]!);
      const was = Math.abs(2 * before.y.data[at]! - before.y.data[at - 1]! - before.y.data[at + 1]!);
      if (detail - was > 4) count += 1;
    }
  }
  return count;
}

describe('atmosphere: weather of some shots', () => {
  it('is there from the first frame after its cut to the last before the next, and nowhere else', () => {
    const span = { firstFrame: 40, frameCount: 20 };
    const clear = worker({});
    const draw = worker({ effects: [{ kind: 'rain', strength: 1.5, wind: 0.2, span }] });
    const all = worker({ effects: [{ kind: 'rain', strength: 1.5, wind: 0.2 }] });
    for (const index of [0, 39, 60, 95]) assertSame(draw(index), clear(index));
    // Rain closes in over seconds from the clip's start, but not after a cut.
    for (const index of [40, 59])
      assert.ok(change(draw(index), clear(index)) >= change(all(index), clear(index)));
    assert.ok(change(draw(40), clear(40)) > 0.3);
  });
});

describe('atmosphere: lightning', () => {
  const events = [{ kind: 'lightning', timeSeconds: 1.5, strength: 1 }] as const;
  const FLASH = 36;

  it('lights the sky more than the ground, for two frames, and dies away over five', () => {
    for (const level of [30, 110]) {
      const still = greyStill(level);
      const draw = worker({ events, still, seed: seedWithOneStroke() });
      const clear = worker({ still })(0);
      const sky = (index: number) => change(draw(index), clear, [0, 0, 1, 0.3]);
      const ground = (index: number) => change(draw(index), clear, [0, 0.8, 1, 1]);
      assert.equal(sky(FLASH - 1), 0);
      assert.ok(sky(FLASH) > 15 && sky(FLASH) > 1.8 * ground(FLASH), `${sky(FLASH)} and ${ground(FLASH)}`);
      assert.equal(sky(FLASH + 1), sky(FLASH));
      const fall = [1, 2, 3, 4, 5, 6].map((frames) => sky(FLASH + frames));
      assert.deepEqual(
        fall,
        fall.toSorted((a, b) => b - a),
      );
      assert.equal(sky(FLASH + 7), 0);
    }
  });

  it('shows a bolt that ends where the sky does, and goes with the sky when the camera pans', () => {
    const still = drawPicture(SIZE, (_x, y) => (y < 90 ? [90, 95, 105] : [40, 60, 35]));
    /** The mean column of what is nearly white, and the lowest row of it. */
    const boltIn = ({ y: { data, width, height, stride } }: I420Frame) => {
      let [sum, count, lowest] = [0, 0, 0];
      for (let y = 0; y < height; y += 1) {
        for (let x = 0; x < width; x += 1) {
          if (data[y * stride + x]! < 200) continue;
          sum += x;
          count += 1;
          lowest = y;
        }
      }
      return { count, x: sum / count, lowest };
    };
    const bolt = boltIn(worker({ events, still })(FLASH));
    assert.ok(bolt.count > 40, `${bolt.count} samples`);
    assert.ok(bolt.lowest > 60 && bolt.lowest <= 91, `row ${bolt.lowest}`);
    const shifted = boltIn(worker({ events, still, pose: { ...REST_POSE, panX: 20 } })(FLASH));
    assert.ok(Math.abs(bolt.x - 20 - shifted.x) < 1, `${bolt.x} and ${shifted.x}`);
    const other = boltIn(worker({ events, still, seed: 2 })(FLASH));
    assert.ok(Math.abs(other.x - bolt.x) > 3, 'another seed strikes elsewhere');
  });

  it('has no bolt where there is no sky', () => {
    const scene = { ...LAND, sky: gridOf(() => 0) };
    const { data } = worker({ events, scene })(FLASH).y;
    assert.ok(Math.max(...data) - Math.min(...data) < 90);
  });

  it('darkens a bright sky for a storm, but no dark one', () => {
    const skyLoss = (level: number) => {
      const still = greyStill(level);
      const [before, after] = [worker({ still })(60), worker({ still, effects: ['gloom'] })(60)];
      return mean(before.y.data.subarray(0, 320 * 30)) - mean(after.y.data.subarray(0, 320 * 30));
    };
    assert.ok(skyLoss(200) > 40, `${skyLoss(200)}`);
    assert.ok(skyLoss(40) < 2, `${skyLoss(40)}`);
  });

  it('leaves the rest of the clip alone', () => {
    const draw = worker({ events });
    assertSame(draw(20), worker({})(20));
    assertSame(draw(70), worker({})(70));
  });

  /** Some flashes are followed by a second one. */
  function seedWithOneStroke(): number {
    const clear = worker({})(0);
    const seed = [1, 2, 3, 4, 5, 6, 7, 8].find(
      (candidate) => change(worker({ events, seed: candidate })(FLASH + 7), clear) === 0,
    );
    assert.ok(seed !== undefined);
    return seed;
  }
});

describe('atmosphere: rays of light', () => {
  it('come from the brightest place, and breathe', () => {
    const still = drawPicture(SIZE, (x, y) =>
      Math.hypot(x - 240, y - 40) < 14 ? [250, 250, 240] : [60, 70, 80],
    );
    const draw = worker({ effects: ['rays'], still, scene: { ...LAND, depth: gridOf(() => 0.05) } });
    const clear = worker({ still })(0);
    const near = change(draw(60), clear, [0.6, 0.3, 0.9, 0.5]);
    const far = change(draw(60), clear, [0, 0.7, 0.2, 1]);
    assert.ok(near > 2 * far && far > 0, `${near} and ${far}`);
    const levels = [48, 60, 84, 95].map((index) => mean(draw(index).y.data) - mean(clear.y.data));
    assert.ok(Math.max(...levels) / Math.min(...levels) > 1.02, `${levels}`);
    assert.ok(Math.max(...levels) / Math.min(...levels) < 1.3, `${levels}`);
  });
});
