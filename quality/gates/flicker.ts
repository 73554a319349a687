/** Gate "flicker": brightness that jumps from frame to frame. */
import type { Plane } from '#animator/raster/picture.ts';
import type { Measurement } from './measurement.ts';

export function meanLuma({ data, width, height, stride }: Plane): number {
  let sum = 0;
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) sum += data[y * stride + x]!;
  return sum / (width * height);
}

/** The largest second difference of the mean luma. */
export function judgeBrightness(means: readonly number[]): Measurement {
  const jumps = means.slice(2).map((mean, i) => Math.abs(mean - 2 * means[i + 1]! + means[i]!));
  return { gate: 'flicker, brightness', value: Math.max(0, ...jumps), unit: 'levels', atMost: 0.25 };
}

/** VBench's temporal flickering over a clip whose camera rests: 1 - the mean difference of neighbours / 255. */
export function judgeStaticFlicker(frames: readonly Plane[]): Measurement {
  let [sum, samples] = [0, 0];
  for (const [index, frame] of frames.slice(1).entries()) {
    const before = frames[index]!;
    for (let y = 0; y < frame.height; y++) {
      for (let x = 0; x < frame.width; x++) {
        sum += Math.abs(frame.data[y * frame.stride + x]! - before.data[y * before.stride + x]!);
      }
    }
    samples += frame.width * frame.height;
  }
  return { gate: 'flicker, static', value: 1 - sum / (255 * samples), unit: '', atLeast: 0.998 };
}
