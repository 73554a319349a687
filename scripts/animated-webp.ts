/**
 * An animated WebP file out of still ones, each shown whole: RFC 9649, section 2.7.1. libwebp's own animation encoder leaves out what differs
 * little from the frame before, and so loses slow changes altogether: a cross-fade stays half done.
 */
import type { FrameSize } from '#domain/media/frame-size.ts';

const RIFF_HEADER_BYTES = 12;
const CHUNK_HEADER_BYTES = 8;
const HAS_ANIMATION = 0b10;
/** Each frame replaces all of the one before. */
const DO_NOT_BLEND = 0b10;

/** @param stills WebP files of one size in the simple (lossy, opaque) format. */
export function animatedWebp(stills: readonly Buffer[], size: FrameSize, frameMs: number): Buffer {
  const canvas = chunk('VP8X', [Buffer.from([HAS_ANIMATION, 0, 0, 0]), sides(size)]);
  // A background that nobody sees, and a loop without end.
  const loop = chunk('ANIM', [Buffer.alloc(6)]);
  const place = [Buffer.alloc(6), sides(size), uint24(Math.round(frameMs)), Buffer.from([DO_NOT_BLEND])];
  const frames = stills.map((still) => chunk('ANMF', [...place, still.subarray(RIFF_HEADER_BYTES)]));
  return chunk('RIFF', [Buffer.from('WEBP'), canvas, loop, ...frames]);
}

/** Both sides less one, as the format counts them. */
const sides = ({ width, height }: FrameSize): Buffer =>
  Buffer.concat([uint24(width - 1), uint24(height - 1)]);

function uint24(value: number): Buffer {
  const bytes = Buffer.alloc(3);
  bytes.writeUIntLE(value, 0, 3);
  return bytes;
}

/** Four letters, the length of the payload, the payload, filled up to an even number of bytes. */
function chunk(name: string, payload: readonly Buffer[]): Buffer {
  const body = Buffer.concat(payload);
  const header = Buffer.alloc(CHUNK_HEADER_BYTES);
  header.write(name, 'latin1');
  header.writeUInt32LE(body.length, 4);
  return Buffer.concat([header, body, Buffer.alloc(body.length % 2)]);
}
