/**
 * The same push over the same picture by this engine and by FFmpeg's `zoompan` filter, in milliseconds a frame and in how smoothly it
 * moves. `zoompan` crops to whole pixels, so it is usually given a picture enlarged four times: that is its contestant here. The filter
 * is the one of the FFmpeg that the engine encodes with; no command line is needed.
 *
 * Jitter is measured on soft dots, whose centres can be told to a hundredth of a pixel: the second difference of their paths, which
 * are all but straight, over the whole clip. 0 is perfect.
 *
 *     node bench/run.ts zoompan
 */
import { AV_PIX_FMT_RGBA, AVERROR_EAGAIN, AVERROR_EOF } from 'node-av/constants';
import { Filter, type FilterContext, FilterGraph, Frame } from 'node-av/lib';
import { REST_POSE } from '#animator/camera/pose.ts';
import { createFrame } from '#animator/raster/create-frame.ts';
import type { RgbaImage } from '#animator/raster/picture.ts';
import { createRasteriser } from '#animator/raster/rasteriser.ts';
import { dotCentres, dots, drawDepth } from '#animator/raster/test-pictures.ts';
import { type FrameSize, frameSize } from '#domain/media/frame-size.ts';
import { median } from './tools/median.ts';

const FRAMES = 120;
const PUSH = 0.1;
const ENLARGEMENT = 4;
const ROUNDS = 3;
const DOT_SPACING = 120;
/** Beyond a dot's centre, pixels. */
const DOT_REACH = 10;

const zoomAt = (frame: number): number => 1 + (PUSH * frame) / (FRAMES - 1);

/** Gets every frame's luma, `stride` bytes a row. */
type Watch = (luma: Uint8Array, stride: number, frame: number) => void;

/** Analysis left aside: a push without depth, which is all that the filter can do. */
function drawByEngine(still: RgbaImage, watch: Watch): void {
  const rasteriser = createRasteriser({ stills: [still], sampling: { luma: 2, chroma: 1 }, seed: 1 });
  const depth = drawDepth(() => 0);
  const out = createFrame(still);
  for (let frame = 0; frame < FRAMES; frame += 1) {
    const view = { stillIndex: 0, depth, pose: { ...REST_POSE, zoom: zoomAt(frame) } };
    rasteriser.render({ view, over: undefined, grainStrength: 0, frameIndex: frame }, out);
    watch(out.y.data, out.y.stride, frame);
  }
}

function requireSuccess(code: number, what: string): void {
  if (code < 0) throw new Error(`${what} failed with code ${code}.`);
}

function createChain(graph: FilterGraph, steps: readonly (readonly [name: string, options: string])[]) {
  const chain = steps.map(([name, options], index): FilterContext => {
    const filter = Filter.getByName(name);
    const context = filter && graph.createFilter(filter, `step${index}`, options === '' ? null : options);
    if (!context) throw new Error(`There is no filter ${name} in this FFmpeg.`);
    return context;
  });
  for (const [index, context] of chain.slice(1).entries())
    requireSuccess(chain[index]!.link(0, context, 0), 'Linking filters');
  requireSuccess(graph.configSync(), 'Configuring the filters');
  return { first: chain[0]!, last: chain.at(-1)! };
}

function drawByZoompan(still: RgbaImage, watch: Watch): void {
  const { width, height } = still;
  using graph = new FilterGraph();
  graph.alloc();
  const { first, last } = createChain(graph, [
    ['buffer', `video_size=${width}x${height}:pix_fmt=${AV_PIX_FMT_RGBA}:time_base=1/24:pixel_aspect=1/1`],
    ['scale', `w=${ENLARGEMENT * width}:h=${ENLARGEMENT * height}:flags=lanczos`],
    [
      'zoompan',
      `z='1+${PUSH}*on/${FRAMES - 1}':x='iw/2-(iw/zoom/2)':y='ih/2-(ih/zoom/2)':d=${FRAMES}:s=${width}x${height}:fps=24`,
    ],
    ['format', 'pix_fmts=yuv420p'],
    ['buffersink', ''],
  ]);
  using picture = new Frame();
  picture.alloc();
  picture.width = width;
  picture.height = height;
  picture.format = AV_PIX_FMT_RGBA;
  requireSuccess(picture.getBuffer(), 'Allocating the picture');
  for (let y = 0; y < height; y += 1)
    picture.data![0]!.set(still.data.subarray(4 * width * y, 4 * width * (y + 1)), y * picture.linesize[0]!);
  picture.pts = 0n;
  requireSuccess(first.buffersrcAddFrameSync(picture), 'Feeding the filters');
  requireSuccess(first.buffersrcAddFrameSync(null), 'Ending the input');
  using out = new Frame();
  out.alloc();
  for (let frame = 0; ; frame += 1) {
    const code = last.buffersinkGetFrameSync(out);
    if (code === AVERROR_EAGAIN || code === AVERROR_EOF) return;
    requireSuccess(code, 'Taking a frame');
    watch(out.data![0]!, out.linesize[0]!, frame);
    out.unref();
  }
}

/** The centre of a dot near a place: the mean of places, weighted by how much brighter than the ground they are. */
function centreNear(luma: Uint8Array, stride: number, x: number, y: number): readonly [number, number] {
  let [sum, sumX, sumY] = [0, 0, 0];
  for (let row = Math.round(y) - DOT_REACH; row <= Math.round(y) + DOT_REACH; row += 1) {
    for (let column = Math.round(x) - DOT_REACH; column <= Math.round(x) + DOT_REACH; column += 1) {
      const weight = Math.max(0, luma[row * stride + column]! - 40);
      sum += weight;
      sumX += weight * column;
      sumY += weight * row;
    }
  }
  return [sumX / sum, sumY / sum];
}

/** Root mean square of the second differences of the dots' paths, pixels per frame squared. */
function jitterOf(size: FrameSize, draw: typeof drawByEngine): number {
  const still = dots(size, DOT_SPACING);
  // A margin keeps every dot in the frame to the end.
  const centres = dotCentres(size, DOT_SPACING).filter(
    ([x, y]) => Math.abs(x / size.width - 0.5) < 0.4 && Math.abs(y / size.height - 0.5) < 0.4,
  );
  const paths = centres.map(() => [] as (readonly [number, number])[]);
  draw(still, (luma, stride, frame) => {
    for (const [i, [x, y]] of centres.entries()) {
      const shown = (value: number, side: number) => (value - side / 2) * zoomAt(frame) + side / 2;
      paths[i]!.push(centreNear(luma, stride, shown(x, size.width), shown(y, size.height)));
    }
  });
  let [sum, count] = [0, 0];
  for (const path of paths) {
    for (let frame = 1; frame < path.length - 1; frame += 1) {
      for (const axis of [0, 1] as const) {
        const [before, at, after] = [path[frame - 1]!, path[frame]!, path[frame + 1]!];
        sum += (after[axis] - 2 * at[axis] + before[axis]) ** 2;
        count += 1;
      }
    }
  }
  return Math.sqrt(sum / count);
}

function cpuMillisecondsOf(run: () => void): number {
  const before = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000 / FRAMES;
}

const size = frameSize('720p', '16:9');
const still = dots(size, DOT_SPACING);
const rounds = Array.from({ length: ROUNDS }, () => ({
  engine: cpuMillisecondsOf(() => drawByEngine(still, () => {})),
  zoompan: cpuMillisecondsOf(() => drawByZoompan(still, () => {})),
}));
const engineJitter = jitterOf(size, drawByEngine);
const zoompanJitter = jitterOf(size, drawByZoompan);
console.log(
  `a push of ${100 * PUSH} % over ${FRAMES} frames of ${size.width}x${size.height}, set-up included, nothing encoded`,
);
console.log('                   CPU ms a frame   jitter px/frame²');
console.log(
  `this engine        ${median(rounds.map(({ engine }) => engine))
    .toFixed(2)
    .padStart(14)}   ${engineJitter.toFixed(4).padStart(16)}`,
);
console.log(
  `zoompan, enlarged 4${median(rounds.map(({ zoompan }) => zoompan))
    .toFixed(2)
    .padStart(14)}   ${zoompanJitter.toFixed(4).padStart(16)}`,
);
const ratio = median(rounds.map(({ engine, zoompan }) => zoompan / engine));
console.log(
  `zoompan takes ${ratio.toFixed(1)} times as long and jitters ${(zoompanJitter / engineJitter).toFixed(0)} times as much`,
);
