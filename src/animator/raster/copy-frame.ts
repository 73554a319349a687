import type { I420Frame, Plane } from './picture.ts';

/** Copies a frame into another of the same size and any stride. */
export function copyFrame(from: I420Frame, to: I420Frame): void {
  copyPlane(from.y, to.y);
  copyPlane(from.u, to.u);
  copyPlane(from.v, to.v);
}

function copyPlane(from: Plane, to: Plane): void {
  for (let row = 0; row < from.height; row += 1) {
    const start = row * from.stride;
    to.data.set(from.data.subarray(start, start + from.width), row * to.stride);
  }
}
