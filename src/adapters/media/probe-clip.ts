/**
 * What is in a film file, read by FFmpeg: every packet is looked at, the first picture is decoded. Belongs into a child process,
 * because a fault inside FFmpeg ends the process it happens in. All calls are synchronous.
 */
import { closeSync, openSync, readSync } from 'node:fs';
import {
  AV_LOG_QUIET,
  AVERROR_EAGAIN,
  AVERROR_EOF,
  AVMEDIA_TYPE_AUDIO,
  AVMEDIA_TYPE_VIDEO,
} from 'node-av/constants';
import {
  avGetCodecName,
  Codec,
  CodecContext,
  FFmpegError,
  FormatContext,
  Frame,
  Log,
  Packet,
  type Stream,
} from 'node-av/lib';
import { AnimaticError } from '#domain/errors.ts';
import type { FrameSize } from '#domain/media/frame-size.ts';
import { CLIP_HEAD_BYTES, clipContainer } from './clip-container.ts';
import type { ClipFacts } from './clip-prober.ts';

/** 4096 x 2304 and a little: beyond what any endpoint sells, and 15 MB a decoded picture. */
const MOST_PIXELS = 10_000_000;
/** A minute and a half at 60 frames per second. */
const MOST_FRAMES = 5400;

const unreadable = (why: string): AnimaticError =>
  new AnimaticError('media_unreadable', `The clip cannot be read: ${why}.`);

/** FFmpeg's own word on a failed call. */
function check(code: number, what: string): void {
  if (code < 0) throw unreadable(`${what} failed (${FFmpegError.strerror(code)})`);
}

/** @throws AnimaticError `media_unsupported`, `media_unreadable`, `media_too_large`. */
export function probeClip(filePath: string): ClipFacts {
  const container = clipContainer(readHead(filePath));
  if (container === undefined)
    throw new AnimaticError('media_unsupported', 'The file is neither an MP4 nor a WebM film.');
  Log.setLevel(AV_LOG_QUIET);
  const file = new FormatContext();
  // The prefix keeps FFmpeg from reading a name as a protocol.
  check(file.openInputSync(`file:${filePath}`), 'opening it');
  try {
    check(file.findStreamInfoSync(), 'looking for its tracks');
    return { container, ...factsOf(file) };
  } finally {
    file.closeInputSync();
  }
}

function readHead(filePath: string): Uint8Array {
  const head = new Uint8Array(CLIP_HEAD_BYTES);
  const file = openSync(filePath, 'r');
  try {
    return head.subarray(0, readSync(file, head, 0, CLIP_HEAD_BYTES, 0));
  } finally {
    closeSync(file);
  }
}

function factsOf(file: FormatContext): Omit<ClipFacts, 'container'> {
  const video = file.streams.find((stream) => stream.codecpar.codecType === AVMEDIA_TYPE_VIDEO);
  if (video === undefined) throw unreadable('it has no picture');
  const { width, height, codecId } = video.codecpar;
  if (width * height > MOST_PIXELS) {
    throw new AnimaticError('media_too_large', `The clip's pictures of ${width}x${height} are too large.`);
  }
  const { frameCount, endSeconds, startSeconds, size } = readPackets(file, video);
  const framesPerSecond = video.avgFrameRate.toDouble();
  return {
    videoCodec: avGetCodecName(codecId) ?? 'unknown',
    size,
    frameCount,
    framesPerSecond: Number.isFinite(framesPerSecond) ? framesPerSecond : 0,
    durationSeconds: Math.max(0, endSeconds - startSeconds),
    hasSound: file.streams.some((stream) => stream.codecpar.codecType === AVMEDIA_TYPE_AUDIO),
  };
}

interface PacketTally {
  readonly frameCount: number;
  readonly startSeconds: number;
  readonly endSeconds: number;
  readonly size: FrameSize;
}

/** Walks through the file once: counts pictures, and decodes until the first one comes out. */
function readPackets(file: FormatContext, video: Stream): PacketTally {
  using decoder = openDecoder(video);
  using packet = new Packet();
  using frame = new Frame();
  packet.alloc();
  frame.alloc();
  const tick = video.timeBase.toDouble();
  const usualDuration = 1 / Math.max(1, video.avgFrameRate.toDouble());
  let frameCount = 0;
  let startSeconds = Number.POSITIVE_INFINITY;
  let endSeconds = Number.NEGATIVE_INFINITY;
  let size: FrameSize | undefined;
  while (file.readFrameSync(packet) >= 0) {
    if (packet.streamIndex === video.index) {
      frameCount += 1;
      if (frameCount > MOST_FRAMES)
        throw new AnimaticError('media_too_large', `The clip has more than ${MOST_FRAMES} pictures.`);
      const begins = Number(packet.pts) * tick;
      const lasts = packet.duration > 0n ? Number(packet.duration) * tick : usualDuration;
      startSeconds = Math.min(startSeconds, begins);
      endSeconds = Math.max(endSeconds, begins + lasts);
      if (size === undefined) {
        check(decoder.sendPacketSync(packet), 'decoding its first picture');
        size = receive(decoder, frame);
      }
    }
    packet.unref();
  }
  if (size === undefined) {
    check(decoder.sendPacketSync(null), 'decoding its first picture');
    size = receive(decoder, frame);
  }
  if (size === undefined) throw unreadable('no picture comes out of it');
  // WebM does not say how many there are.
  if (frameCount < Number(video.nbFrames)) throw unreadable('it breaks off before its end');
  return { frameCount, startSeconds, endSeconds, size };
}

function openDecoder(video: Stream): CodecContext {
  const codec = Codec.findDecoder(video.codecpar.codecId);
  if (codec === null) throw unreadable('its kind of picture is not known here');
  const decoder = new CodecContext();
  decoder.allocContext3(codec);
  try {
    check(decoder.parametersToContext(video.codecpar), 'reading its settings');
    decoder.setOption('max_pixels', String(MOST_PIXELS));
    decoder.pktTimebase = video.timeBase;
    check(decoder.open2Sync(codec, null), 'opening its decoder');
  } catch (error) {
    decoder[Symbol.dispose]();
    throw error;
  }
  return decoder;
}

/** The size of the picture that has come out, if one has. */
function receive(decoder: CodecContext, frame: Frame): FrameSize | undefined {
  const code = decoder.receiveFrameSync(frame);
  if (code === AVERROR_EAGAIN || code === AVERROR_EOF) return undefined;
  check(code, 'decoding its first picture');
  const { width, height } = frame;
  frame.unref();
  return { width, height };
}
