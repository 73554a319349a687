import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ASPECT_RATIOS } from '#domain/media/aspect-ratio.ts';
import { type FrameSize, frameSize, ownRatioFrameSize, RESOLUTIONS } from '#domain/media/frame-size.ts';
import { assertSameSamples } from '#tests/fixtures/same-samples.ts';
import { type Pose, REST_POSE } from '../camera/pose.ts';
import { createFrame } from './create-frame.ts';
import { cropCentre } from './crop-centre.ts';
import { loadKernels, loadTypeScriptKernels } from './load-kernels.ts';
import { MemoryLayout, type PaddedPlane } from './memory-layout.ts';
import type { I420Frame, Plane, RgbaImage } from './picture.ts';
import { paintPicture, reservePicture } from './picture-planes.ts';
import { createRasteriser, type Rasteriser } from './rasteriser.ts';
import {
  type Colour,
  colouredWaves,
  dotCentres,
  dots,
  drawPicture,
  flatDepth,
  waves,
} from './test-pictures.ts';

const DOUBLED = { luma: 2, chroma: 2 } as const;
const INFINITY = flatDepth(0);

/** The still's own planes, the yardstick of exactness. */
function planesOf(still: RgbaImage): I420Frame {
  const layout = new MemoryLayout();
  const planes = reservePicture(layout, still, { luma: 1, chroma: 1 });
  const bytes = new Uint8Array(layout.byteLength);
  paintPicture(bytes, planes, still);
  const frame = createFrame(still);
  const copy = (from: PaddedPlane, to: Plane) => {
    for (let y = 0; y < to.height; y += 1) {
      const row = from.address + y * from.stride;
      to.data.set(bytes.subarray(row, row + to.width), y * to.stride);
    }
  };
  copy(planes.y, frame.y);
  copy(planes.cb, frame.u);
  copy(planes.cr, frame.v);
  return frame;
}

function renderStill(
  rasteriser: Rasteriser,
  size: FrameSize,
  pose: Pose,
  options = { stillIndex: 0, grainStrength: 0 },
): I420Frame {
  const frame = createFrame(size);
  const view = { stillIndex: options.stillIndex, pose, depth: INFINITY };
  rasteriser.render({ view, over: undefined, grainStrength: options.grainStrength, frameIndex: 5 }, frame);
  return frame;
}

const grey =
  (value: (x: number, y: number) => number): Colour =>
  (x, y) => [value(x, y), value(x, y), value(x, y)];

test('what lies around a still is not seen at rest, and seen as it is by a camera that goes there', () => {
  const wide = drawPicture({ width: 240, height: 150 }, colouredWaves);
  const size = { width: 160, height: 90 };
  const still = cropCentre(wide, size);
  for (const load of [loadKernels, loadTypeScriptKernels]) {
    const around = createRasteriser({ size, stills: [wide], sampling: DOUBLED, seed: 1, load });
    const alone = createRasteriser({ stills: [still], sampling: DOUBLED, seed: 1, load });
    const atRest = renderStill(around, size, REST_POSE);
    assertSameSamples(atRest.y.data, renderStill(alone, size, REST_POSE).y.data);
    const everything = planesOf(wide);
    for (const [panX, panY] of [
      [40, 30],
      [-40, 0],
      [12, -30],
    ] as const) {
      const { y } = renderStill(around, size, { ...REST_POSE, panX, panY });
      for (let row = 0; row < size.height; row += 1) {
        const from = (30 + panY + row) * 240 + 40 + panX;
        const expected = everything.y.data.subarray(from, from + size.width);
        assertSameSamples(y.data.subarray(row * y.stride, row * y.stride + size.width), expected);
      }
    }
  }
});

test('a camera at rest gives the still sample for sample, at every size that is sold and at odd ones', () => {
  const sold = ASPECT_RATIOS.map((ratio) => frameSize('480p', ratio));
  const awkward = [
    frameSize('720p', '4:3'),
    frameSize('720p', '21:9'),
    frameSize('1080p', '21:9'),
    ...RESOLUTIONS.slice(0, 2).map((resolution) => ownRatioFrameSize(resolution, 1662, 554)),
    { width: 2, height: 2 },
    { width: 18, height: 10 },
  ];
  for (const size of [...sold, ...awkward]) {
    // A cheap texture: every size is drawn in full.
    const data = new Uint8Array(4 * size.width * size.height).map(
      (_, index) => (Math.imul(index, 2_654_435_761) >>> 24) | 0,
    );
    const still = { ...size, data };
    for (const sampling of [DOUBLED, { luma: 2, chroma: 1 } as const]) {
      const rasteriser = createRasteriser({ stills: [still], sampling, seed: 1 });
      const frame = renderStill(rasteriser, size, REST_POSE);
      const expected = planesOf(still);
      for (const plane of ['y', 'u', 'v'] as const) {
        assert.ok(
          Buffer.from(frame[plane].data).equals(expected[plane].data),
          `${plane} of ${size.width}x${size.height}`,
        );
      }
    }
  }
});

/** PSNR of luma against a formula, in the part of the frame that no border rule touches. */
function lumaPsnr(frame: I420Frame, ideal: (x: number, y: number) => number): number {
  let sum = 0;
  let count = 0;
  for (let y = 10; y < frame.height * 0.6; y += 1) {
    for (let x = 10; x < frame.width * 0.6; x += 1) {
      sum += (frame.y.data[y * frame.y.stride + x]! - (16 + (219 / 255) * ideal(x, y))) ** 2;
      count += 1;
    }
  }
  return 10 * Math.log10(255 ** 2 / (sum / count));
}

test('a shift by parts of a pixel is close to the ideal shift, from doubled planes at every phase', () => {
  const size = { width: 256, height: 144 };
  const still = drawPicture(size, grey(waves));
  const worst = (luma: 1 | 2) => {
    const rasteriser = createRasteriser({ stills: [still], sampling: { luma, chroma: 1 }, seed: 1 });
    const phases = [0.125, 0.25, 0.375, 0.5, 0.75].map((shift) => {
      const frame = renderStill(rasteriser, size, { ...REST_POSE, panX: shift, panY: shift });
      return lumaPsnr(frame, (x, y) => waves(x + shift, y + shift));
    });
    return Math.min(...phases);
  };
  // Seen: 48.2 dB from doubled planes, 35.8 from plain ones.
  assert.ok(worst(2) >= 46.5, `doubled planes: ${worst(2)} dB`);
  assert.ok(worst(2) >= worst(1) + 8, `plain planes: ${worst(1)} dB`);
});

test('chroma moves with luma', () => {
  const size = { width: 256, height: 144 };
  const pose = { ...REST_POSE, zoom: 1.25, panX: 3.3, panY: -2.6, roll: 0.02 };
  const zoomed: Colour = (x, y) => {
    const qx = (Math.cos(0.02) * (x - 127.5) - Math.sin(0.02) * (y - 71.5)) / 1.25 + 3.3 + 127.5;
    const qy = (Math.sin(0.02) * (x - 127.5) + Math.cos(0.02) * (y - 71.5)) / 1.25 - 2.6 + 71.5;
    return colouredWaves(qx / 2, qy / 2);
  };
  const half: Colour = (x, y) => colouredWaves(x / 2, y / 2);
  const rasteriser = createRasteriser({ stills: [drawPicture(size, half)], sampling: DOUBLED, seed: 1 });
  const frame = renderStill(rasteriser, size, pose);
  const ideal = planesOf(drawPicture(size, zoomed));
  for (const plane of ['u', 'v'] as const) {
    let sum = 0;
    for (const [index, value] of frame[plane].data.entries()) sum += (value - ideal[plane].data[index]!) ** 2;
    const psnr = 10 * Math.log10((255 ** 2 * frame[plane].data.length) / sum);
    // A chroma plane half a luma row off, or unshifted, stays below 43 dB here.
    assert.ok(psnr >= 46, `${plane}: ${psnr} dB`);
  }
});

test('a push of 10 % moves dots as smoothly as it is told', () => {
  const size = { width: 320, height: 180 };
  const rasteriser = createRasteriser({
    stills: [dots(size, 36)],
    sampling: { luma: 2, chroma: 1 },
    seed: 1,
  });
  const frame = createFrame(size);
  const near = flatDepth(1);
  const centres = dotCentres(size, 36);
  const tracks = centres.map((): (readonly [number, number])[] => []);
  for (let index = 0; index < 60; index += 1) {
    const growth = 1 + (0.1 * index) / 59;
    const pose = { ...REST_POSE, dolly: 1 - 1 / growth };
    rasteriser.render(
      { view: { stillIndex: 0, pose, depth: near }, over: undefined, grainStrength: 0, frameIndex: index },
      frame,
    );
    for (const [dot, [x, y]] of centres.entries()) {
      tracks[dot]!.push(centroid(frame, (x - 159.5) * growth + 159.5, (y - 89.5) * growth + 89.5));
    }
  }
  const bends = tracks.flatMap((track) =>
    track.slice(2).flatMap(([x, y], i) => {
      const [x1, y1] = track[i + 1]!;
      const [x0, y0] = track[i]!;
      return [x - 2 * x1 + x0, y - 2 * y1 + y0];
    }),
  );
  const rms = Math.sqrt(bends.reduce((sum, bend) => sum + bend * bend, 0) / bends.length);
  assert.ok(rms <= 0.03, `second difference ${rms} px per frame squared`);
});

/** Where the bright dot near a point is, in pixels: the mean position weighted by light. */
function centroid({ y: plane }: I420Frame, nearX: number, nearY: number): [number, number] {
  let light = 0;
  let sumX = 0;
  let sumY = 0;
  for (let y = Math.max(0, Math.round(nearY) - 10); y <= Math.min(plane.height - 1, nearY + 10); y += 1) {
    for (let x = Math.max(0, Math.round(nearX) - 10); x <= Math.min(plane.width - 1, nearX + 10); x += 1) {
      const weight = Math.max(0, plane.data[y * plane.stride + x]! - 36);
      light += weight;
      sumX += weight * x;
      sumY += weight * y;
    }
  }
  return [sumX / light, sumY / light];
}

test('a dissolve shows the first view at weight 0, the second at weight 1 and their mean between', () => {
  const size = { width: 34, height: 22 };
  const stills = [drawPicture(size, colouredWaves), drawPicture(size, (x, y) => colouredWaves(y + 50, x))];
  const rasteriser = createRasteriser({ stills, sampling: DOUBLED, seed: 1 });
  const dissolve = (weight: number) => {
    const frame = createFrame(size);
    const view = (stillIndex: number) => ({ stillIndex, pose: REST_POSE, depth: INFINITY });
    rasteriser.render(
      { view: view(0), over: { view: view(1), weight }, grainStrength: 0, frameIndex: 0 },
      frame,
    );
    return frame;
  };
  const [first, second] = stills.map(planesOf);
  assertSameSamples(dissolve(0), first!);
  assertSameSamples(dissolve(1), second!);
  const middle = dissolve(0.5).y.data;
  for (const [index, value] of middle.entries()) {
    assert.equal(value, (first!.y.data[index]! + second!.y.data[index]! + 1) >> 1);
  }
});

test('grain keeps the mean, is strongest in the mid-tones, falls differently on every frame and grows with its strength', () => {
  const size = { width: 256, height: 256 };
  const deviation = (level: number, grainStrength: number) => {
    const rasteriser = createRasteriser({
      stills: [
        drawPicture(
          size,
          grey(() => level),
        ),
      ],
      sampling: DOUBLED,
      seed: 3,
    });
    const rest = renderStill(rasteriser, size, REST_POSE).y.data[0]!;
    const { data } = renderStill(rasteriser, size, REST_POSE, { stillIndex: 0, grainStrength }).y;
    const differences = Array.from(data, (value) => value - rest);
    const mean = differences.reduce((sum, value) => sum + value, 0) / data.length;
    assert.ok(Math.abs(mean) < 0.02, `mean ${mean}`);
    return Math.sqrt(differences.reduce((sum, value) => sum + (value - mean) ** 2, 0) / data.length);
  };
  const middle = deviation(128, 1);
  assert.ok(middle > 0.5 && middle < 0.7, `mid-tone deviation ${middle} levels`);
  assert.ok(deviation(250, 1) < 0.8 * middle);
  assert.ok(deviation(128, 0.5) < 0.8 * middle);

  const rasteriser = createRasteriser({
    stills: [
      drawPicture(
        size,
        grey(() => 128),
      ),
    ],
    sampling: DOUBLED,
    seed: 3,
  });
  const draw = (frameIndex: number) => {
    const frame = createFrame(size);
    const view = { stillIndex: 0, pose: REST_POSE, depth: INFINITY };
    rasteriser.render({ view, over: undefined, grainStrength: 1, frameIndex }, frame);
    return Buffer.from(frame.y.data);
  };
  assert.ok(draw(4).equals(draw(4)));
  assert.ok(!draw(4).equals(draw(5)));
});

test('a frame with padded rows gets the picture and keeps its padding', () => {
  const size = { width: 18, height: 10 };
  const still = drawPicture(size, colouredWaves);
  const padded = (width: number, height: number): Plane => ({
    data: new Uint8Array(64 * height).fill(7),
    width,
    height,
    stride: 64,
  });
  const frame: I420Frame = { ...size, y: padded(18, 10), u: padded(9, 5), v: padded(9, 5) };
  createRasteriser({ stills: [still], sampling: DOUBLED, seed: 1 }).render(
    {
      view: { stillIndex: 0, pose: REST_POSE, depth: INFINITY },
      over: undefined,
      grainStrength: 0,
      frameIndex: 0,
    },
    frame,
  );
  const expected = planesOf(still);
  for (let y = 0; y < 10; y += 1) {
    assert.deepEqual(frame.y.data.slice(64 * y, 64 * y + 18), expected.y.data.slice(18 * y, 18 * y + 18));
    assert.ok(frame.y.data.subarray(64 * y + 18, 64 * y + 64).every((value) => value === 7));
  }
});

test('stills of odd or different sizes and frames of another size are refused', () => {
  const still = drawPicture({ width: 8, height: 8 }, colouredWaves);
  const create = (stills: RgbaImage[]) => createRasteriser({ stills, sampling: DOUBLED, seed: 1 });
  assert.throws(() => create([]), RangeError);
  assert.throws(() => create([drawPicture({ width: 9, height: 8 }, colouredWaves)]), RangeError);
  assert.throws(() => create([still, drawPicture({ width: 8, height: 10 }, colouredWaves)]), RangeError);
  assert.throws(() => renderStill(create([still]), { width: 8, height: 10 }, REST_POSE), RangeError);
});
