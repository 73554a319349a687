/** Encodes a stereo recording as AAC-LC, a stretch at a time, so that sound and picture enter the file side by side. */
import {
  AV_CHANNEL_LAYOUT_STEREO,
  AV_CODEC_FLAG_BITEXACT,
  AV_CODEC_FLAG_GLOBAL_HEADER,
  AV_PROFILE_AAC_LOW,
  AV_SAMPLE_FMT_FLTP,
  FF_ENCODER_AAC,
} from 'node-av/constants';
import { Codec, CodecContext, Frame, Rational } from 'node-av/lib';
import { SAMPLE_RATE, type StereoSound } from '../sound/stereo-sound.ts';
import { requireSuccess } from './require-success.ts';

const BITS_PER_SECOND = 160_000n;

/** An open AAC-LC encoder, stereo 48 kHz; its time base is one sample. The caller frees it. */
export function openSoundEncoder(): CodecContext {
  const codec = Codec.findEncoderByName(FF_ENCODER_AAC);
  if (codec === null) throw new Error('The FFmpeg build of node-av has no AAC encoder.');
  const context = new CodecContext();
  try {
    context.allocContext3(codec);
    context.sampleRate = SAMPLE_RATE;
    context.sampleFormat = AV_SAMPLE_FMT_FLTP;
    context.channelLayout = AV_CHANNEL_LAYOUT_STEREO;
    context.bitRate = BITS_PER_SECOND;
    context.profile = AV_PROFILE_AAC_LOW;
    context.timeBase = new Rational(1, SAMPLE_RATE);
    context.setFlags(AV_CODEC_FLAG_GLOBAL_HEADER, AV_CODEC_FLAG_BITEXACT);
    requireSuccess(context.open2Sync(codec, null), 'Opening the AAC encoder');
    return context;
  } catch (error) {
    context.freeContext();
    throw error;
  }
}

/** A native frame with `sampleCount` samples of `sound` from `firstSample` on. The caller frees it. */
export function soundFrame(sound: StereoSound, firstSample: number, sampleCount: number): Frame {
  const frame = new Frame();
  frame.alloc();
  try {
    frame.nbSamples = sampleCount;
    frame.format = AV_SAMPLE_FMT_FLTP;
    frame.channelLayout = AV_CHANNEL_LAYOUT_STEREO;
    frame.sampleRate = SAMPLE_RATE;
    requireSuccess(frame.getBuffer(), 'Allocating a sound frame');
    frame.pts = BigInt(firstSample);
    const [left, right] = frame.data ?? [];
    if (left === undefined || right === undefined)
      throw new Error('FFmpeg gave a stereo frame without two channels.');
    samplesOf(left, sampleCount).set(sound.left.subarray(firstSample, firstSample + sampleCount));
    samplesOf(right, sampleCount).set(sound.right.subarray(firstSample, firstSample + sampleCount));
    return frame;
  } catch (error) {
    frame.free();
    throw error;
  }
}

/** The float samples behind a channel's native bytes, which FFmpeg aligns to at least 32 bytes. */
const samplesOf = (channel: Buffer, sampleCount: number) =>
  new Float32Array(channel.buffer, channel.byteOffset, sampleCount);
