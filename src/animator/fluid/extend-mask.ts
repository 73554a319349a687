import type { FrameSize } from '#domain/media/frame-size.ts';
import { beyondOf } from '../raster/beyond.ts';
import type { Grid } from '../scene/scene.ts';

/** A mask over a still as one over the larger picture around it: beyond the still its edge goes on. Its cells keep their size. */
export function extendMask(mask: Grid, still: FrameSize, around: FrameSize): Grid {
  const beyond = beyondOf(around, still);
  if (beyond.x === 0 && beyond.y === 0) return mask;
  const width = Math.round((mask.width * around.width) / still.width);
  const height = Math.round((mask.height * around.height) / still.height);
  const data = new Float32Array(width * height);
  for (let row = 0; row < height; row += 1) {
    const y = ((row + 0.5) * around.height) / height - beyond.y;
    const fromY = Math.max(0, Math.min(mask.height - 1, Math.floor((y * mask.height) / still.height)));
    for (let column = 0; column < width; column += 1) {
      const x = ((column + 0.5) * around.width) / width - beyond.x;
      const fromX = Math.max(0, Math.min(mask.width - 1, Math.floor((x * mask.width) / still.width)));
      data[row * width + column] = mask.data[fromY * mask.width + fromX]!;
    }
  }
  return { width, height, data };
}
