/** Gates over points followed through consecutive frames: smoothness, backward steps, dynamic degree, a fixed camera. */
import { type Measurement, meanOf, medianOf, percentileOf } from './measurement.ts';
import { fitSimilarity } from './similarity-fit.ts';
import type { Point, Track } from './track-points.ts';

/** Fewer tracks than this say nothing of a picture: it is too plain to follow. */
export const FEWEST_TRACKS = 12;

/**
 * Gate "smoothness": the second difference of every track at every frame. `scale` turns pixels into pixels at 1280x720.
 * For moves that glide.
 */
export function judgeSmoothness(tracks: readonly Track[], scale: number): readonly Measurement[] {
  const jerks = tracks.flatMap((track) =>
    track.slice(2).map((point, i) => {
      const [before, at] = [track[i]!, track[i + 1]!];
      return scale * Math.hypot(point.x - 2 * at.x + before.x, point.y - 2 * at.y + before.y);
    }),
  );
  return [
    { gate: 'smoothness, median', value: medianOf(jerks), unit: 'px/f2', atMost: 0.06 },
    { gate: 'smoothness, p95', value: percentileOf(jerks, 0.95), unit: 'px/f2', atMost: 0.2 },
  ];
}

/**
 * Gate "no backward steps": no frame in which the picture as a whole (the median track) goes against its way through the
 * clip by more than the tracker's own noise. For a single move.
 */
export function judgeBackwardSteps(tracks: readonly Track[], scale: number): Measurement {
  const moving = tracks.filter((track) => scale * distance(track[0]!, track.at(-1)!) > 8);
  const steps = (moving[0]?.length ?? 1) - 1;
  let backward = 0;
  for (let step = 0; step < steps; step++) {
    const speeds = moving.map((track) => {
      const way = distance(track[0]!, track.at(-1)!);
      const [wayX, wayY] = [(track.at(-1)!.x - track[0]!.x) / way, (track.at(-1)!.y - track[0]!.y) / way];
      return (
        scale * ((track[step + 1]!.x - track[step]!.x) * wayX + (track[step + 1]!.y - track[step]!.y) * wayY)
      );
    });
    if (medianOf(speeds) < -0.02) backward++;
  }
  return { gate: 'backward steps', value: steps === 0 ? 0 : (100 * backward) / steps, unit: '%', atMost: 0 };
}

const distance = (a: Point, b: Point): number => Math.hypot(b.x - a.x, b.y - a.y);

/** Gate "dynamic degree" of a default clip: the mean length of what the camera moves in a frame, over frames' dense flows. */
export function judgeMeanMotion(flows: readonly (readonly number[])[], scale: number): Measurement {
  return { gate: 'mean motion', value: scale * meanOf(flows.map(meanOf)), unit: 'px/f', atLeast: 0.3 };
}

/** Frames between the pairs that VBench's dynamic degree looks at: 8 a second. */
export const VBENCH_FRAME_STEP = 3;

/**
 * Gate "dynamic degree" of a spicy clip, VBench's rule: at 8 frames a second a pair moves when the mean of its fastest 5 %
 * exceeds 6 * min(W, H) / 256 pixels, and the clip counts when round(4 * N / 16) of its N frames' pairs move. The figure
 * is moving pairs over pairs needed. `flows` holds the lengths of each pair's motion in pixels, anywhere in the frame.
 */
export function judgeDynamicDegree(flows: readonly (readonly number[])[], shortSide: number): Measurement {
  const threshold = (6 * shortSide) / 256;
  const moving = flows.filter((lengths) => {
    const fastest = lengths
      .toSorted((a, b) => b - a)
      .slice(0, Math.max(1, Math.round(0.05 * lengths.length)));
    return meanOf(fastest) > threshold;
  }).length;
  const needed = Math.round((4 * (flows.length + 1)) / 16);
  return { gate: 'VBench dynamic degree', value: moving / needed, unit: 'of needed', atLeast: 1 };
}

/** Gate "camera_fixed": a robust fit first -> last shows neither shift nor zoom. */
export function judgeFixedCamera(
  tracks: readonly Track[],
  centre: Point,
  scale: number,
): readonly Measurement[] {
  const fit = fitSimilarity(
    tracks.map((track) => track[0]!),
    tracks.map((track) => track.at(-1)!),
    centre,
  );
  const shift = scale * Math.hypot(fit.shiftX, fit.shiftY);
  return [
    { gate: 'camera_fixed, shift', value: shift, unit: 'px', atMost: 0.5 },
    { gate: 'camera_fixed, zoom', value: 100 * Math.abs(fit.zoom - 1), unit: '%', atMost: 0.1 },
  ];
}
