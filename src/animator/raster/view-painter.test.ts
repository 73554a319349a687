import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertSameSamples } from '#tests/fixtures/same-samples.ts';
import { REST_POSE } from '../camera/pose.ts';
import type { Grid } from '../scene/scene.ts';
import { createFrame } from './create-frame.ts';
import type { Displacement } from './displacement.ts';
import { loadKernels } from './load-kernels.ts';
import { UNITS_PER_PIXEL } from './map-units.ts';
import { MemoryLayout } from './memory-layout.ts';
import type { I420Frame, RgbaImage } from './picture.ts';
import { createRasteriser, type Over } from './rasteriser.ts';
import { reserveSourceMap, SourceMap } from './source-map.ts';
import { colouredWaves, drawPicture, flatDepth, waves } from './test-pictures.ts';
import type { View } from './view-painter.ts';

const SIZE = { width: 160, height: 96 };
const DEPTH = flatDepth(0);
const slow = (x: number, y: number) => colouredWaves(x / 3, y / 3);
const stills = [drawPicture(SIZE, slow), drawPicture(SIZE, (x, y) => slow(y + 50, x))];

const viewOf = (stillIndex: number, changes: Partial<View> = {}): View => ({
  stillIndex,
  pose: REST_POSE,
  depth: DEPTH,
  ...changes,
});

function render(view: View, over?: Over, blurred: readonly RgbaImage[] = []): I420Frame {
  const rasteriser = createRasteriser({ stills, blurred, sampling: { luma: 2, chroma: 2 }, seed: 1 });
  const frame = createFrame(SIZE);
  rasteriser.render({ view, over, grainStrength: 0, frameIndex: 0 }, frame);
  return frame;
}

function grid(value: (x: number, y: number) => number): Grid {
  const [width, height] = [40, 24];
  const data = Float32Array.from({ length: width * height }, (_, cell) =>
    value(((cell % width) + 0.5) / width, (Math.floor(cell / width) + 0.5) / height),
  );
  return { width, height, data };
}

/** A displacement of `share` of a field given in pixels by shares of the sides. */
function displacement(
  share: number,
  field: (x: number, y: number) => readonly [dx: number, dy: number],
): Displacement {
  const along = (axis: 0 | 1) => grid((x, y) => field(x, y)[axis] / 4).data;
  return { share, field: { width: 40, height: 24, dx: along(0), dy: along(1) } };
}

const lumaOf = (frame: I420Frame, x: number, y: number) => frame.y.data[y * SIZE.width + x]!;
/** Luma of a colour, BT.709, limited range. */
const luma = ([red, green, blue]: readonly [number, number, number]) =>
  16 + (219 / 255) * (0.2126 * red + 0.7152 * green + 0.0722 * blue);

test('a displacement shows what lies elsewhere in the still, by its share', () => {
  const frame = render(viewOf(0, { displacement: displacement(0.5, () => [12, -8]) }));
  for (let y = 12; y < SIZE.height - 8; y += 5) {
    for (let x = 8; x < SIZE.width - 16; x += 7)
      assert.ok(Math.abs(lumaOf(frame, x, y) - luma(slow(x + 6, y - 4))) < 1.5, `${x}, ${y}`);
  }
  assertSameSamples(render(viewOf(0, { displacement: displacement(0, () => [12, -8]) })), render(viewOf(0)));
});

test('a displacement never reads past the still, however far it goes', () => {
  const layout = new MemoryLayout();
  const room = reserveSourceMap(layout, SIZE);
  const place = { room, ...loadKernels(layout.byteLength) };
  const map = new SourceMap(SIZE, place);
  const { columns, rows } = map;
  const nodes = new Int32Array(place.memory.buffer, room.map.address, 2 * columns * rows);
  map.place({ ...REST_POSE, zoom: 0.9 }, DEPTH);
  map.write(
    undefined,
    displacement(1, (x, y) => [400 * (x - 0.3), 300 * (y - 0.8)]),
  );
  for (let row = 0; row < SIZE.height / 8; row++) {
    for (let column = 0; column < SIZE.width / 8; column++) {
      const node = 2 * (row * columns + column);
      assert.ok(nodes[node]! >= 0 && nodes[node]! <= (SIZE.width - 1) * UNITS_PER_PIXEL);
      assert.ok(nodes[node + 1]! >= 0 && nodes[node + 1]! <= (SIZE.height - 1) * UNITS_PER_PIXEL);
    }
  }
});

test('weights show the second view more here and less there', () => {
  const [first, second] = [render(viewOf(0)), render(viewOf(1))];
  const weights = grid((x) => (x < 0.4 ? 0 : x > 0.6 ? 1 : (x - 0.4) / 0.2));
  const mixed = render(viewOf(0), { view: viewOf(1), weight: 0.5, weights });
  for (let y = 0; y < SIZE.height; y += 3) {
    for (let x = 0; x < SIZE.width; x++) {
      const [under, over] = [lumaOf(first, x, y), lumaOf(second, x, y)];
      if (x < 0.35 * SIZE.width) assert.equal(lumaOf(mixed, x, y), under);
      if (x > 0.65 * SIZE.width) assert.equal(lumaOf(mixed, x, y), over);
      const share = (x + 0.5) / SIZE.width / 0.2 - 2;
      if (share > 0.15 && share < 0.85)
        assert.ok(Math.abs(lumaOf(mixed, x, y) - under - share * (over - under)) <= 3, `${x}, ${y}`);
    }
  }
});

test('weights belong to places of the picture, not of the frame', () => {
  const weights = grid((x) => (x < 0.5 ? 0 : 1));
  const pose = { ...REST_POSE, panX: 40 };
  const mixed = render(viewOf(0, { pose }), { view: viewOf(1), weight: 0.5, weights });
  const [first, second] = [render(viewOf(0, { pose })), render(viewOf(1))];
  // The middle of the picture is seen a quarter from the left.
  assert.equal(lumaOf(mixed, 20, 48), lumaOf(first, 20, 48));
  assert.equal(lumaOf(mixed, 60, 48), lumaOf(second, 60, 48));
});

test('at weight 0 and 1 one view alone is seen, whatever the weights say', () => {
  const weights = grid(() => 0.5);
  assertSameSamples(render(viewOf(0), { view: viewOf(1), weight: 0, weights }), render(viewOf(0)));
  assertSameSamples(render(viewOf(0), { view: viewOf(1), weight: 1, weights }), render(viewOf(1)));
});

test('exposures are averaged', () => {
  const pans = [-6, -2, 2, 6];
  const poses = pans.map((panX) => ({ ...REST_POSE, panX }));
  const streaked = render(viewOf(0, { pose: poses[0]!, exposures: poses.slice(1) }));
  const single = poses.map((pose) => render(viewOf(0, { pose })));
  for (let y = 0; y < SIZE.height; y += 5) {
    for (let x = 0; x < SIZE.width; x += 3) {
      const mean = single.reduce((sum, frame) => sum + lumaOf(frame, x, y), 0) / 4;
      assert.ok(Math.abs(lumaOf(streaked, x, y) - mean) < 1.6, `${x}, ${y}`);
    }
  }
});

test('blurred pictures are seen where their weights say', () => {
  const soft = drawPicture(SIZE, (x, y) => {
    const value = waves(x / 12, y / 12);
    return [value, value, value];
  });
  const weights = grid((_, y) => (y < 0.5 ? 0 : 1));
  const frame = render(viewOf(0, { blurs: [{ blurred: 0, weights }] }), undefined, [soft]);
  const sharp = render(viewOf(0));
  for (let x = 0; x < SIZE.width; x += 3) {
    assert.equal(lumaOf(frame, x, 20), lumaOf(sharp, x, 20));
    assert.ok(
      Math.abs(lumaOf(frame, x, 76) - luma([...Array(3)].map(() => waves(x / 12, 76 / 12)) as never)) <= 1,
    );
  }
});
