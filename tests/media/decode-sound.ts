import type { Frame } from 'node-av/lib';
import { SAMPLE_RATE, type StereoSound } from '#animator/sound/stereo-sound.ts';
import { decodeTrack, findTrack, withContainer } from './read-track.ts';

/** The whole sound track of a clip, with the encoder's priming samples removed as a player does. */
export function decodeSound(path: string): StereoSound {
  const left: Float32Array[] = [];
  const right: Float32Array[] = [];
  withContainer(path, (container) => {
    const track = findTrack(container, 'audio');
    if (track === undefined) throw new Error(`${path} has no sound.`);
    if (track.codecpar.sampleRate !== SAMPLE_RATE)
      throw new Error(`${path} is not sampled at ${SAMPLE_RATE} Hz.`);
    decodeTrack(container, track, (frame) => {
      left.push(copyChannel(frame, 0));
      right.push(copyChannel(frame, 1));
    });
  });
  return { sampleRate: SAMPLE_RATE, left: concatenate(left), right: concatenate(right) };
}

/** Planar float samples, which is what FFmpeg's AAC decoder gives. */
function copyChannel(frame: Frame, index: number): Float32Array {
  const channel = frame.data![index]!;
  return new Float32Array(channel.buffer, channel.byteOffset, frame.nbSamples).slice();
}

function concatenate(parts: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(parts.reduce((total, part) => total + part.length, 0));
  let position = 0;
  for (const part of parts) {
    whole.set(part, position);
    position += part.length;
  }
  return whole;
}
