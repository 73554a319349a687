/** A frame as the kernels draw it: whole cells, so a little wider and higher than the picture that is handed out. */
import { CELL_SIDE, type WarpTarget } from './kernels.ts';
import type { MemoryLayout } from './memory-layout.ts';
import type { I420Frame, Plane } from './picture.ts';

export interface FrameBuffer {
  /** The three planes lie one after another from here; the length is a multiple of 16. */
  readonly address: number;
  readonly byteLength: number;
  readonly y: WarpTarget;
  readonly u: WarpTarget;
  readonly v: WarpTarget;
}

/** `columns`, which must be even, and `rows` count cells of 8 x 8 luma samples. */
export function reserveFrameBuffer(layout: MemoryLayout, columns: number, rows: number): FrameBuffer {
  const stride = columns * CELL_SIDE;
  const lumaLength = stride * rows * CELL_SIDE;
  const byteLength = (lumaLength * 3) / 2;
  const address = layout.reserve(byteLength);
  const chroma = { stride: stride / 2, columns, rows };
  return {
    address,
    byteLength,
    y: { address, stride, columns, rows },
    u: { ...chroma, address: address + lumaLength },
    v: { ...chroma, address: address + (lumaLength * 5) / 4 },
  };
}

/** Copies the picture, cropped to the frame's size, into a frame of any stride. */
export function presentFrame(bytes: Uint8Array, buffer: FrameBuffer, frame: I420Frame): void {
  copyRows(bytes, buffer.y, frame.y);
  copyRows(bytes, buffer.u, frame.u);
  copyRows(bytes, buffer.v, frame.v);
}

function copyRows(bytes: Uint8Array, from: WarpTarget, to: Plane): void {
  for (let y = 0; y < to.height; y += 1) {
    const row = from.address + y * from.stride;
    to.data.set(bytes.subarray(row, row + to.width), y * to.stride);
  }
}
