/**
 * Writes a finished MP4: H.264 High yuv420p at 24 frames per second in BT.709 limited range, AAC-LC stereo 48 kHz when there is sound
 * and no sound track otherwise, `moov` first. Frame count and duration are exact, both tracks start at 0, and the same input gives
 * the same bytes on the same kind of processor, however many cores it has and whatever ran before.
 *
 * All calls are synchronous, because a native call still running when its thread is terminated aborts the whole process. A fault inside
 * FFmpeg does too: this belongs into a child process.
 */
import { rmSync } from 'node:fs';
import { AV_LOG_ERROR, AVFMT_FLAG_BITEXACT } from 'node-av/constants';
import { Dictionary, FormatContext, type Frame, Log } from 'node-av/lib';
import type { ClipQuality } from '#domain/media/clip-quality.ts';
import { FRAME_RATE } from '#domain/media/clip-spec.ts';
import type { FrameSize } from '#domain/media/frame-size.ts';
import type { I420Frame, Plane } from '../raster/picture.ts';
import { SAMPLE_RATE, type StereoSound } from '../sound/stereo-sound.ts';
import { EncodedStream } from './encoded-stream.ts';
import { requireSuccess } from './require-success.ts';
import { openSoundEncoder, soundFrame } from './sound-encoder.ts';
import { allocateVideoFrame, openVideoEncoder } from './video-encoder.ts';

/** Stands in the file's comment tag, so that any player or tool can tell how the clip came about (AI Act, Art. 50). */
export const PROVENANCE_COMMENT = "Made by Animatic's embedded engine: synthetic media";

const SAMPLES_PER_FRAME = SAMPLE_RATE / FRAME_RATE;
/** AAC-LC's frame length; only the last one of a track may be shorter. */
const SAMPLES_PER_SOUND_FRAME = 1024;

export interface ClipWriterOptions {
  /** The file that is written, and overwritten if it is there. */
  readonly path: string;
  readonly size: FrameSize;
  readonly frameCount: number;
  /** Exactly as long as the picture: 2,000 samples a frame. Undefined for a clip without sound track. */
  readonly sound: StereoSound | undefined;
  readonly quality: ClipQuality;
}

/**
 * Takes the frames one by one. Any error, also one thrown by `paint`, abandons the clip by itself; calls after `finish`,
 * `abandon` or an error throw.
 */
export interface ClipWriter {
  /** Encodes the next frame as `paint` leaves it. The planes are native memory: full of old pixels, and gone when `paint` returns. */
  addFrame(paint: (frame: I420Frame) => void): void;
  /** Completes the file. @throws RangeError unless exactly `frameCount` frames were added. */
  finish(): void;
  /** Gives the clip up: frees everything and removes the file. Harmless when called again or after `finish`. */
  abandon(): void;
}

/** @throws RangeError on a size with odd sides or a sound of another length; Error when the file cannot be opened. */
export function createClipWriter(options: ClipWriterOptions): ClipWriter {
  const { size, frameCount, sound } = options;
  if (size.width % 2 !== 0 || size.height % 2 !== 0) {
    throw new RangeError(`Chroma at half size needs even sides, not ${size.width}x${size.height}.`);
  }
  const samples = frameCount * SAMPLES_PER_FRAME;
  if (sound !== undefined && (sound.left.length !== samples || sound.right.length !== samples)) {
    throw new RangeError(
      `${frameCount} frames need ${samples} samples of sound, not ${sound.left.length} and ${sound.right.length}.`,
    );
  }
  return new Mp4Writer(options);
}

class Mp4Writer implements ClipWriter {
  readonly #options: ClipWriterOptions;
  readonly #container = new FormatContext();
  #frame: Frame | undefined;
  #video: EncodedStream | undefined;
  #sound: EncodedStream | undefined;
  #framesAdded = 0;
  #samplesAdded = 0;
  #open = true;

  constructor(options: ClipWriterOptions) {
    this.#options = options;
    this.#orAbandon(() => this.#begin());
  }

  addFrame(paint: (frame: I420Frame) => void): void {
    this.#orAbandon(() => {
      if (this.#framesAdded === this.#options.frameCount)
        throw new RangeError('The clip already has all its frames.');
      const frame = this.#frame!;
      // The encoder may still hold the last frame's memory; this then gives the frame memory of its own.
      requireSuccess(frame.makeWritable(), 'Preparing a video frame');
      paint(planesOf(frame, this.#options.size));
      frame.pts = BigInt(this.#framesAdded);
      this.#video!.write(frame);
      this.#framesAdded += 1;
      this.#writeSoundUpTo(this.#framesAdded * SAMPLES_PER_FRAME);
    });
  }

  finish(): void {
    this.#orAbandon(() => {
      const { frameCount } = this.#options;
      if (this.#framesAdded !== frameCount) {
        throw new RangeError(`The clip has ${this.#framesAdded} of its ${frameCount} frames.`);
      }
      this.#video!.flush();
      this.#sound?.flush();
      requireSuccess(this.#container.writeTrailerSync(), 'Completing the file');
    });
    this.#release();
  }

  abandon(): void {
    if (!this.#open) return;
    this.#release();
    rmSync(this.#options.path, { force: true });
  }

  #begin(): void {
    const { path, size, sound, quality } = this.#options;
    Log.setLevel(AV_LOG_ERROR);
    // The prefix keeps FFmpeg from reading a name such as `pipe:1.mp4` as a protocol.
    requireSuccess(
      this.#container.allocOutputContext2(null, 'mp4', `file:${path}`),
      'Creating the container',
    );
    this.#container.setFlags(AVFMT_FLAG_BITEXACT);
    using comment = Dictionary.fromObject({ comment: PROVENANCE_COMMENT });
    this.#container.metadata = comment;
    this.#frame = allocateVideoFrame(size);
    this.#video = new EncodedStream(this.#container, openVideoEncoder(size, quality));
    if (sound !== undefined) this.#sound = new EncodedStream(this.#container, openSoundEncoder());
    requireSuccess(this.#container.openOutputSync(), `Opening ${path} for writing`);
    requireSuccess(this.#container.setOption('movflags', '+faststart'), 'Asking for moov first');
    requireSuccess(this.#container.writeHeaderSync(), 'Writing the header');
  }

  #writeSoundUpTo(sampleCount: number): void {
    const { sound } = this.#options;
    if (sound === undefined) return;
    const isLast = sampleCount === sound.left.length;
    while (sampleCount - this.#samplesAdded >= (isLast ? 1 : SAMPLES_PER_SOUND_FRAME)) {
      const length = Math.min(SAMPLES_PER_SOUND_FRAME, sampleCount - this.#samplesAdded);
      const frame = soundFrame(sound, this.#samplesAdded, length);
      try {
        this.#sound!.write(frame);
      } finally {
        frame.free();
      }
      this.#samplesAdded += length;
    }
  }

  #orAbandon(step: () => void): void {
    if (!this.#open) throw new Error('The clip is finished or was abandoned.');
    try {
      step();
    } catch (error) {
      this.abandon();
      throw error;
    }
  }

  #release(): void {
    this.#open = false;
    this.#frame?.free();
    this.#video?.free();
    this.#sound?.free();
    this.#container.closeOutputSync();
    this.#container.freeContext();
  }
}

function planesOf(frame: Frame, size: FrameSize): I420Frame {
  const buffers = frame.data ?? [];
  const strides = frame.linesize;
  const plane = (index: number, width: number, height: number): Plane => {
    const data = buffers[index];
    const stride = strides[index];
    if (data === undefined || stride === undefined)
      throw new Error('FFmpeg gave an I420 frame without three planes.');
    return { data, width, height, stride };
  };
  const [chromaWidth, chromaHeight] = [size.width / 2, size.height / 2];
  return {
    ...size,
    y: plane(0, size.width, size.height),
    u: plane(1, chromaWidth, chromaHeight),
    v: plane(2, chromaWidth, chromaHeight),
  };
}
