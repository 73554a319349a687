/**
 * The first picture of a film file as a small WebP. Belongs into a child process, because a fault inside FFmpeg ends the process it
 * happens in.
 */
import {
  AV_LOG_QUIET,
  AV_PIX_FMT_RGB24,
  AVERROR_EAGAIN,
  AVERROR_EOF,
  AVMEDIA_TYPE_VIDEO,
} from 'node-av/constants';
import {
  Codec,
  CodecContext,
  FFmpegError,
  FormatContext,
  Frame,
  Log,
  Packet,
  SoftwareScaleContext,
  type Stream,
} from 'node-av/lib';
import sharp from 'sharp';
import { AnimaticError } from '#domain/errors.ts';

/** Longer side in pixels: sharp on a contact sheet at twice the pixel density. */
const LONGEST_SIDE = 640;
/** Of libwebp, 0 to 100: about 25 KB for a photograph of this size. */
const QUALITY = 74;
/** As of the clip probe. */
const MOST_PIXELS = 10_000_000;

/** @throws AnimaticError `media_unreadable`. */
export async function makePoster(clipPath: string): Promise<Uint8Array<ArrayBuffer>> {
  Log.setLevel(AV_LOG_QUIET);
  const { data, width, height } = firstPicture(clipPath);
  const { buffer, byteOffset, byteLength } = await sharp(data, { raw: { width, height, channels: 3 } })
    .webp({ quality: QUALITY })
    .toBuffer();
  return new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength).slice();
}

interface RgbPicture {
  /** Without padding between rows. */
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
}

function firstPicture(clipPath: string): RgbPicture {
  const file = new FormatContext();
  // The prefix keeps FFmpeg from reading a name as a protocol.
  check(file.openInputSync(`file:${clipPath}`), 'opening it');
  try {
    check(file.findStreamInfoSync(), 'looking for its tracks');
    const video = file.streams.find((stream) => stream.codecpar.codecType === AVMEDIA_TYPE_VIDEO);
    if (video === undefined) throw unreadable('it has no picture');
    using decoder = openDecoder(video);
    using frame = new Frame();
    frame.alloc();
    decodeFirst(file, video, decoder, frame);
    return toSmallRgb(frame);
  } finally {
    file.closeInputSync();
  }
}

function openDecoder(video: Stream): CodecContext {
  const codec = Codec.findDecoder(video.codecpar.codecId);
  if (codec === null) throw unreadable('its kind of picture is not known here');
  const decoder = new CodecContext();
  decoder.allocContext3(codec);
  try {
    check(decoder.parametersToContext(video.codecpar), 'reading its settings');
    decoder.setOption('max_pixels', String(MOST_PIXELS));
    check(decoder.open2Sync(codec, null), 'opening its decoder');
  } catch (error) {
    decoder[Symbol.dispose]();
    throw error;
  }
  return decoder;
}

/** Feeds the decoder until a picture is in `frame`. */
function decodeFirst(file: FormatContext, video: Stream, decoder: CodecContext, frame: Frame): void {
  using packet = new Packet();
  packet.alloc();
  while (file.readFrameSync(packet) >= 0) {
    if (packet.streamIndex === video.index) {
      check(decoder.sendPacketSync(packet), 'decoding its first picture');
      if (receive(decoder, frame)) return;
    }
    packet.unref();
  }
  check(decoder.sendPacketSync(null), 'decoding its first picture');
  if (!receive(decoder, frame)) throw unreadable('no picture comes out of it');
}

function receive(decoder: CodecContext, frame: Frame): boolean {
  const code = decoder.receiveFrameSync(frame);
  if (code === AVERROR_EAGAIN || code === AVERROR_EOF) return false;
  check(code, 'decoding its first picture');
  return true;
}

function toSmallRgb(source: Frame): RgbPicture {
  const scale = Math.min(1, LONGEST_SIDE / Math.max(source.width, source.height));
  using target = new Frame();
  target.alloc();
  target.width = Math.round(source.width * scale);
  target.height = Math.round(source.height * scale);
  target.format = AV_PIX_FMT_RGB24;
  check(target.getBuffer(), 'making room for its first picture');
  using scaler = new SoftwareScaleContext();
  // So allocated, it takes the colours' matrix and range from the frame; `getContext` would not.
  scaler.allocContext();
  check(scaler.scaleFrameSync(target, source), 'scaling its first picture');
  return withoutPadding(target);
}

function withoutPadding({ width, height, data: planes, linesize }: Frame): RgbPicture {
  const rowBytes = width * 3;
  const data = new Uint8Array(rowBytes * height);
  const source = planes![0]!;
  const stride = linesize[0]!;
  for (let y = 0; y < height; y += 1)
    data.set(source.subarray(y * stride, y * stride + rowBytes), y * rowBytes);
  return { data, width, height };
}

const unreadable = (why: string): AnimaticError =>
  new AnimaticError('media_unreadable', `The clip cannot be read: ${why}.`);

/** FFmpeg's own word on a failed call. */
function check(code: number, what: string): void {
  if (code < 0) throw unreadable(`${what} failed (${FFmpegError.strerror(code)})`);
}
