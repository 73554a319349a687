/** Luma at full, half, quarter and eighth size, for tracking from coarse to fine. */
import type { Plane } from '#animator/raster/picture.ts';

export interface LumaLevel {
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array;
}

const LEVELS = 4;

/** Finest first; levels stop where a side would fall below 32 samples. */
export function lumaPyramid(plane: Plane): readonly LumaLevel[] {
  const levels: LumaLevel[] = [firstLevel(plane)];
  while (levels.length < LEVELS) {
    const last = levels.at(-1)!;
    if (Math.min(last.width, last.height) < 64) break;
    levels.push(halved(last));
  }
  return levels;
}

function firstLevel({ data, width, height, stride }: Plane): LumaLevel {
  const level = { width, height, data: new Float32Array(width * height) };
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) level.data[y * width + x] = data[y * stride + x]!;
  }
  return level;
}

/** Every second sample after a 1-2-1 filter both ways: sample (i, j) stays at (2i, 2j). */
function halved({ width, height, data }: LumaLevel): LumaLevel {
  const half = { width: width >> 1, height: height >> 1 };
  const out = new Float32Array(half.width * half.height);
  for (let y = 0; y < half.height; y++) {
    const row = 2 * y * width;
    const above = y === 0 ? row : row - width;
    const below = 2 * y + 1 < height ? row + width : row;
    for (let x = 0; x < half.width; x++) {
      const at = 2 * x;
      const before = x === 0 ? at : at - 1;
      const after = at + 1 < width ? at + 1 : at;
      const line = (start: number) => data[start + before]! + 2 * data[start + at]! + data[start + after]!;
      out[y * half.width + x] = (line(above) + 2 * line(row) + line(below)) / 16;
    }
  }
  return { ...half, data: out };
}
