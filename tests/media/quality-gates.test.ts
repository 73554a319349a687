/** The gates themselves: each finds the fault that it is there for, and passes what is sound. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createFrame } from '#animator/raster/create-frame.ts';
import type { I420Frame, Plane } from '#animator/raster/picture.ts';
import { SAMPLE_RATE } from '#animator/sound/stereo-sound.ts';
import { judgeBrightness, judgeStaticFlicker } from '../../quality/gates/flicker.ts';
import { psnr, ssim } from '../../quality/gates/likeness.ts';
import { lumaPyramid } from '../../quality/gates/luma-pyramid.ts';
import { judgeMaps, judgeStraightness, type MapNodes } from '../../quality/gates/map-gates.ts';
import { isMiss } from '../../quality/gates/measurement.ts';
import {
  judgeBackwardSteps,
  judgeDynamicDegree,
  judgeFixedCamera,
  judgeSmoothness,
} from '../../quality/gates/motion-gates.ts';
import { fitSimilarity } from '../../quality/gates/similarity-fit.ts';
import { judgeOnsets } from '../../quality/gates/sound-gates.ts';
import { choosePoints, type Track, trackPoint } from '../../quality/gates/track-points.ts';

const SIZE = { width: 256, height: 144 };

/** Waves in both directions, seen `shiftX`, `shiftY` pixels further on. */
function waves(shiftX = 0, shiftY = 0): I420Frame {
  const frame = createFrame(SIZE);
  for (let y = 0; y < SIZE.height; y++) {
    for (let x = 0; x < SIZE.width; x++) {
      const [u, v] = [x - shiftX, y - shiftY];
      frame.y.data[y * SIZE.width + x] = Math.round(
        128 +
          40 * Math.sin(0.31 * u + 0.05 * v) +
          40 * Math.cos(0.27 * v - 0.08 * u) +
          20 * Math.sin(0.02 * u * u * 0.1),
      );
    }
  }
  return frame;
}

const steps = (xs: readonly number[]): Track => xs.map((x, i) => ({ x: 100 + x, y: 50 + 0.1 * i }));
const many = (xs: readonly number[]): readonly Track[] => Array.from({ length: 20 }, () => steps(xs));

describe('likeness', () => {
  it('is perfect for the same frame and falls with noise', () => {
    const [one, other] = [waves(), waves()];
    assert.equal(psnr(one, other), 99);
    assert.equal(ssim(one.y, other.y), 1);
    for (let i = 0; i < other.y.data.length; i++) other.y.data[i]! += i % 2 === 0 ? 10 : -10;
    assert.ok(psnr(one, other) < 31 && psnr(one, other) > 29, `${psnr(one, other)} dB`);
    assert.ok(ssim(one.y, other.y) < 0.99);
  });
});

describe('tracking', () => {
  it('finds shifts by parts of a pixel and by many pixels', () => {
    for (const [shiftX, shiftY] of [
      [0.4, -0.3],
      [7.25, 3.5],
    ] as const) {
      const [from, to] = [lumaPyramid(waves().y), lumaPyramid(waves(shiftX, shiftY).y)];
      const ends = choosePoints(from[0]!, 0.15).map((point) => ({ point, end: trackPoint(from, to, point) }));
      const good = ends.filter(
        ({ point, end }) =>
          end !== undefined && Math.hypot(end.x - point.x - shiftX, end.y - point.y - shiftY) < 0.1,
      );
      assert.ok(good.length > 0.9 * ends.length && good.length > 40, `${good.length} of ${ends.length}`);
    }
  });

  it('fits a similarity through outliers', () => {
    const from = Array.from({ length: 40 }, (_, i) => ({ x: 13 * (i % 8), y: 17 * Math.floor(i / 8) }));
    const angle = (2 * Math.PI) / 180;
    const to = from.map(({ x, y }, i) =>
      i % 8 === 0
        ? { x: x + 60, y: y - 40 }
        : {
            x: 1.1 * (Math.cos(angle) * x - Math.sin(angle) * y) + 5,
            y: 1.1 * (Math.sin(angle) * x + Math.cos(angle) * y) - 3,
          },
    );
    const fit = fitSimilarity(from, to, { x: 0, y: 0 });
    assert.ok(Math.abs(fit.zoom - 1.1) < 0.005 && Math.abs(fit.rollDegrees - 2) < 0.3, JSON.stringify(fit));
    assert.ok(Math.abs(fit.shiftX - 5) < 0.6 && Math.abs(fit.shiftY + 3) < 0.6, JSON.stringify(fit));
  });
});

describe('motion gates', () => {
  const even = Array.from({ length: 40 }, (_, i) => i);
  const jerky = even.map((x) => x + (x % 2) * 0.4);

  it('tell an even pan from a jerky one', () => {
    assert.ok(!judgeSmoothness(many(even), 1).some(isMiss));
    assert.ok(judgeSmoothness(many(jerky), 1).every(isMiss));
  });

  it('find a step backwards', () => {
    assert.ok(!isMiss(judgeBackwardSteps(many(even), 1)));
    assert.ok(isMiss(judgeBackwardSteps(many(even.map((x) => (x === 20 ? 18.5 : x))), 1)));
  });

  it('find a camera that drifts', () => {
    const rest = even.map(() => 0);
    const spread = (xs: readonly number[]) =>
      many(xs).map((track, i) => track.map(({ x }) => ({ x: x + 9 * i, y: 7 * (i % 5) })));
    assert.ok(!judgeFixedCamera(spread(rest), { x: 0, y: 0 }, 1).some(isMiss));
    assert.ok(judgeFixedCamera(spread(even), { x: 0, y: 0 }, 1).some(isMiss));
  });

  it('count moving pairs as VBench does', () => {
    const pair = (length: number) => Array.from({ length: 100 }, (_, i) => (i < 5 ? length : 0));
    const flows = (moving: number) => Array.from({ length: 31 }, (_, i) => pair(i < moving ? 13 : 10));
    assert.ok(!isMiss(judgeDynamicDegree(flows(8), 480)));
    assert.ok(isMiss(judgeDynamicDegree(flows(7), 480)));
  });
});

describe('flicker', () => {
  it('is found in the mean and between frames', () => {
    assert.ok(!isMiss(judgeBrightness([100, 100.2, 100.4, 100.6])));
    assert.ok(isMiss(judgeBrightness([100, 100, 101, 100])));
    const plane = (value: number): Plane => ({
      data: new Uint8Array(64).fill(value),
      width: 8,
      height: 8,
      stride: 8,
    });
    assert.ok(!isMiss(judgeStaticFlicker([plane(50), plane(50), plane(50)])));
    assert.ok(isMiss(judgeStaticFlicker([plane(50), plane(52), plane(50)])));
  });
});

describe('maps', () => {
  /** The identity but for what `bend` makes of it. */
  function mapOf(bend: (x: number, y: number) => number, opensBorder = false): MapNodes {
    const [columns, rows] = [SIZE.width / 8 + 1, SIZE.height / 8 + 1];
    const sourceX = new Float64Array(columns * rows);
    const sourceY = new Float64Array(columns * rows);
    for (let i = 0; i < sourceX.length; i++) {
      const [x, y] = [8 * (i % columns), 8 * Math.floor(i / columns)];
      sourceX[i] = bend(x, y);
      sourceY[i] = y;
    }
    return { size: SIZE, columns, rows, sourceX, sourceY, zoom: 1, opensBorder };
  }

  it('pass the picture itself', () => {
    assert.ok(!judgeMaps([mapOf((x) => x)]).some(isMiss));
    assert.ok(!isMiss(judgeStraightness([mapOf((x) => x)], 1)));
  });

  it('are refused where they fold, tear, smear or leave the picture', () => {
    const missed = (map: MapNodes) =>
      judgeMaps([map])
        .filter(isMiss)
        .map(({ gate }) => gate);
    assert.ok(missed(mapOf((x) => (x === 80 ? 60 : x))).includes('folds, smallest slope'));
    assert.ok(missed(mapOf((x) => (x > 80 ? Math.min(255, x + 12) : x))).includes('folds, largest slope'));
    assert.ok(missed(mapOf((x) => Math.min(200, x))).includes('coverage, uncovered nodes'));
    assert.ok(missed(mapOf((x) => x - 3)).includes('coverage, uncovered nodes'));
  });

  it('are refused where they bend a line', () => {
    assert.ok(isMiss(judgeStraightness([mapOf((x, y) => x + 6 * Math.sin(y / 20))], 1)));
  });
});

describe('onsets', () => {
  it('are measured to the millisecond', () => {
    const clap = (atMs: number) => {
      const samples = Float32Array.from({ length: SAMPLE_RATE }, (_, i) => {
        const after = i - (atMs * SAMPLE_RATE) / 1000;
        return 0.01 * Math.sin(0.02 * i) + (after < 0 ? 0 : 0.5 * Math.exp(-after / 800) * Math.sin(after));
      });
      return { sampleRate: SAMPLE_RATE, left: samples, right: samples } as const;
    };
    const events = [{ timeSeconds: 0.5, kind: 'impact', strength: 1 }] as const;
    assert.ok(judgeOnsets(clap(500), events, 'raw').value <= 1);
    const late = judgeOnsets(clap(540), events, 'raw');
    assert.ok(isMiss(late) && Math.abs(late.value - 40) <= 1, `${late.value} ms`);
  });
});
