/** Opens x264 such that equal frames give equal bytes on any machine of one architecture, however many cores it has. */
import {
  AV_CODEC_FLAG_BITEXACT,
  AV_CODEC_FLAG_GLOBAL_HEADER,
  AV_PIX_FMT_YUV420P,
  AVCHROMA_LOC_LEFT,
  AVCOL_PRI_BT709,
  AVCOL_RANGE_MPEG,
  AVCOL_SPC_BT709,
  AVCOL_TRC_BT709,
  FF_ENCODER_LIBX264,
} from 'node-av/constants';
import { Codec, CodecContext, Frame, Rational } from 'node-av/lib';
import type { ClipQuality } from '#domain/media/clip-quality.ts';
import { FRAME_RATE } from '#domain/media/clip-spec.ts';
import type { FrameSize } from '#domain/media/frame-size.ts';
import { requireSuccess } from './require-success.ts';
import { X264_SETTINGS } from './x264-settings.ts';

/**
 * x264 lets each frame thread search only the rows that the thread before it has finished, and writes the count into the stream:
 * by default it follows the cores, and the bytes with it. Two keep two cores as busy as four do (6.1 and 6.3 ms a 720p frame), which is
 * what a render process has of a machine, and take 44 MB less at 1080p.
 */
const X264_THREADS = 2;

/**
 * The newest instructions x264 may use on x86-64; every such processor since 2008 has them. Its AVX-512 code reads memory that nobody
 * wrote when it propagates importance between frames (macroblock tree), so that runs over equal pictures differ at nearly every
 * size; SSE4.2 and AVX2 give the same bytes as each other every time. Costs a tenth of the encoding time.
 */
const X264_INSTRUCTIONS = process.arch === 'x64' ? ':asm=SSE4.2' : '';

/**
 * The calling thread looks ahead itself: it has nothing else to do while others draw, and a thread for it keeps five more frames, 30 MB at
 * 1080p. The same bytes.
 */
const X264_LOOKAHEAD = 'sync-lookahead=0';

/** A key frame every two seconds, so that players and editors seek quickly. */
const KEY_FRAME_INTERVAL = 2 * FRAME_RATE;

/** An open H.264 High encoder for BT.709 limited-range frames of `size`; its time base is one frame. The caller frees it. */
export function openVideoEncoder(size: FrameSize, quality: ClipQuality): CodecContext {
  const codec = Codec.findEncoderByName(FF_ENCODER_LIBX264);
  if (codec === null) throw new Error('The FFmpeg build of node-av has no x264 encoder.');
  const context = new CodecContext();
  try {
    context.allocContext3(codec);
    context.width = size.width;
    context.height = size.height;
    context.pixelFormat = AV_PIX_FMT_YUV420P;
    context.timeBase = new Rational(1, FRAME_RATE);
    context.framerate = new Rational(FRAME_RATE, 1);
    context.sampleAspectRatio = new Rational(1, 1);
    context.gopSize = KEY_FRAME_INTERVAL;
    context.threadCount = X264_THREADS;
    context.setFlags(AV_CODEC_FLAG_GLOBAL_HEADER, AV_CODEC_FLAG_BITEXACT);
    tagAsBt709(context);
    const { preset, rateFactor } = X264_SETTINGS[quality];
    requireSuccess(context.setOption('preset', preset), 'Setting the x264 preset');
    requireSuccess(context.setOption('crf', String(rateFactor)), 'Setting the x264 rate factor');
    requireSuccess(context.setOption('profile', 'high'), 'Setting the H.264 profile');
    const parameters = `${X264_LOOKAHEAD}${X264_INSTRUCTIONS}`;
    requireSuccess(context.setOption('x264-params', parameters), 'Setting the x264 parameters');
    // Options go through setOption: a Dictionary passed to open2Sync is freed twice and crashes the process later.
    requireSuccess(context.open2Sync(codec, null), 'Opening the H.264 encoder');
    return context;
  } catch (error) {
    context.freeContext();
    throw error;
  }
}

/** A writable I420 frame of native memory, tagged like the encoder. The caller frees it. */
export function allocateVideoFrame(size: FrameSize): Frame {
  const frame = new Frame();
  frame.alloc();
  try {
    frame.width = size.width;
    frame.height = size.height;
    frame.format = AV_PIX_FMT_YUV420P;
    tagAsBt709(frame);
    requireSuccess(frame.getBuffer(), 'Allocating a video frame');
    return frame;
  } catch (error) {
    frame.free();
    throw error;
  }
}

function tagAsBt709(target: CodecContext | Frame): void {
  target.colorRange = AVCOL_RANGE_MPEG;
  target.colorPrimaries = AVCOL_PRI_BT709;
  target.colorTrc = AVCOL_TRC_BT709;
  target.colorSpace = AVCOL_SPC_BT709;
  target.chromaLocation = AVCHROMA_LOC_LEFT;
}
