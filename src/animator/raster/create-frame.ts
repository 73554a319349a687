import type { FrameSize } from '#domain/media/frame-size.ts';
import type { I420Frame, Plane } from './picture.ts';

/** A zeroed frame with planes of their own and no padding between rows. */
export function createFrame({ width, height }: FrameSize): I420Frame {
  const plane = (columns: number, rows: number): Plane => ({
    data: new Uint8Array(columns * rows),
    width: columns,
    height: rows,
    stride: columns,
  });
  return {
    width,
    height,
    y: plane(width, height),
    u: plane(width / 2, height / 2),
    v: plane(width / 2, height / 2),
  };
}
