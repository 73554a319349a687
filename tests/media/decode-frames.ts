import type { Frame } from 'node-av/lib';
import type { I420Frame, Plane } from '#animator/raster/picture.ts';
import { decodeTrack, findTrack, withContainer } from './read-track.ts';

/** The frames at the given indices (0 is the first), in that order, as planes without row padding. */
export function decodeFrames(path: string, indices: readonly number[]): I420Frame[] {
  const found = new Map<number, I420Frame>();
  const wanted = new Set(indices);
  withContainer(path, (container) => {
    const track = findTrack(container, 'video');
    if (track === undefined) throw new Error(`${path} has no picture.`);
    let index = 0;
    decodeTrack(container, track, (frame) => {
      if (wanted.has(index)) found.set(index, copyFrame(frame));
      index += 1;
    });
  });
  return indices.map((index) => {
    const frame = found.get(index);
    if (frame === undefined) throw new RangeError(`${path} has no frame ${index}.`);
    return frame;
  });
}

function copyFrame(frame: Frame): I420Frame {
  const { width, height } = frame;
  const [chromaWidth, chromaHeight] = [width / 2, height / 2];
  return {
    width,
    height,
    y: copyPlane(frame, 0, width, height),
    u: copyPlane(frame, 1, chromaWidth, chromaHeight),
    v: copyPlane(frame, 2, chromaWidth, chromaHeight),
  };
}

function copyPlane(frame: Frame, index: number, width: number, height: number): Plane {
  const source = frame.data![index]!;
  const stride = frame.linesize[index]!;
  const data = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) data.set(source.subarray(y * stride, y * stride + width), y * width);
  return { data, width, height, stride: width };
}
