/**
 * Milliseconds per frame of the frame kernels, WebAssembly against their TypeScript twin, on one core. Both take turns of
 * some frames in every round and the ratio is taken per round, so it holds on a busy machine where the milliseconds drift.
 *
 *     node bench/kernels.ts
 */
import { REST_POSE } from '#animator/camera/pose.ts';
import { createStreamLayer, type MovingLayer } from '#animator/fluid/moving-layer.ts';
import { createFrame } from '#animator/raster/create-frame.ts';
import { loadTypeScriptKernels, loadWasmKernels } from '#animator/raster/load-kernels.ts';
import type { RgbaImage } from '#animator/raster/picture.ts';
import type { Sampling } from '#animator/raster/picture-planes.ts';
import { createRasteriser } from '#animator/raster/rasteriser.ts';
import { countNodes } from '#animator/raster/source-map.ts';
import { colouredWaves, drawDepth, drawPicture } from '#animator/raster/test-pictures.ts';
import { type FrameSize, frameSize } from '#domain/media/frame-size.ts';

const ROUNDS = 8;
const WARM_UP_ROUNDS = 2;
const FRAMES_PER_TURN = 6;

interface Setting {
  readonly name: string;
  readonly sampling: Sampling;
  readonly grainStrength: number;
  /** Half the picture flows, in two readings with their contrast restored. */
  readonly flows?: true;
}

const SETTINGS: readonly Setting[] = [
  { name: 'plain planes', sampling: { luma: 1, chroma: 1 }, grainStrength: 0 },
  { name: 'quick: doubled luma', sampling: { luma: 2, chroma: 1 }, grainStrength: 0 },
  { name: 'doubled planes', sampling: { luma: 2, chroma: 2 }, grainStrength: 0 },
  { name: 'high: doubled planes, grain', sampling: { luma: 2, chroma: 2 }, grainStrength: 1 },
  { name: 'quick, half of it fluid', sampling: { luma: 2, chroma: 1 }, grainStrength: 0, flows: true },
  { name: 'high, half of it fluid', sampling: { luma: 2, chroma: 2 }, grainStrength: 1, flows: true },
];

const depth = drawDepth((x, y) => 0.3 + 0.5 * y * y + 0.05 * Math.sin(9 * x));

/** A move with every term of the pose, so that nothing is skipped. */
const poseAt = (frame: number) => ({
  ...REST_POSE,
  zoom: 1.05 + 0.001 * frame,
  panX: 0.3 * frame,
  roll: 0.0002 * frame,
  truckX: 10 + 0.2 * frame,
  dolly: 0.05 + 0.001 * frame,
  pivot: 0.4,
});

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1]!;
}

/** Streams to the right in the lower half of the picture, whose matte winds a little. */
function streamOver(still: RgbaImage): MovingLayer {
  const { columns, rows } = countNodes(still);
  const mask = drawDepth((x, y) => (y > 0.5 + 0.02 * Math.sin(9 * x) ? 1 : 0));
  const velocity = {
    columns,
    rows,
    x: new Float32Array(columns * rows).fill(20),
    y: new Float32Array(columns * rows),
  };
  const layer = createStreamLayer(
    { still, surroundings: undefined, stillIndex: 0, mask },
    { velocity, periodSeconds: 4 },
  );
  if (layer === undefined) throw new Error('The matte shows nothing.');
  return layer;
}

interface Contestant {
  readonly setUpMs: number;
  /** Draws some frames; milliseconds for one, the median. */
  turn(): number;
}

function enter(still: RgbaImage, setting: Setting, load: typeof loadTypeScriptKernels): Contestant {
  const start = performance.now();
  const { sampling, flows } = setting;
  const layer = flows && streamOver(still);
  const fluids = layer === undefined ? [] : [layer.source];
  const rasteriser = createRasteriser({ stills: [still], sampling, seed: 1, fluids, load });
  const setUpMs = performance.now() - start;
  const out = createFrame(still);
  const timeFrame = (frameIndex: number): number => {
    const motion = layer && {
      sway: undefined,
      fluids: [{ fluid: 0, ...layer.stateAt(2 + frameIndex / 24) }],
    };
    const view = { stillIndex: 0, pose: poseAt(frameIndex), depth, motion };
    const before = performance.now();
    rasteriser.render({ view, over: undefined, grainStrength: setting.grainStrength, frameIndex }, out);
    return performance.now() - before;
  };
  return {
    setUpMs,
    turn: () => median(Array.from({ length: FRAMES_PER_TURN }, (_, index) => timeFrame(index))),
  };
}

function loadWasm(byteLength: number) {
  const loaded = loadWasmKernels(byteLength);
  if (loaded === undefined) throw new Error('This host has no WebAssembly SIMD to compare with.');
  return loaded;
}

function compare(size: FrameSize): void {
  const still = drawPicture(size, colouredWaves);
  const title = `${size.width}x${size.height}`.padEnd(28);
  console.log(`\n${title}  set-up ms    wasm ms  TypeScript ms  TypeScript / wasm`);
  for (const setting of SETTINGS) {
    const wasm = enter(still, setting, loadWasm);
    const twin = enter(still, setting, loadTypeScriptKernels);
    const takeTurns = () => ({ wasm: wasm.turn(), twin: twin.turn() });
    const rounds = Array.from({ length: WARM_UP_ROUNDS + ROUNDS }, takeTurns).slice(WARM_UP_ROUNDS);
    const figures = [
      wasm.setUpMs.toFixed(0).padStart(11),
      median(rounds.map((round) => round.wasm)).toFixed(2),
      median(rounds.map((round) => round.twin))
        .toFixed(2)
        .padStart(13),
      median(rounds.map((round) => round.twin / round.wasm)).toFixed(1),
    ];
    console.log(setting.name.padEnd(28) + figures.map((figure) => figure.padStart(11)).join(''));
  }
}

for (const resolution of ['720p', '1080p'] as const) compare(frameSize(resolution, '16:9'));
