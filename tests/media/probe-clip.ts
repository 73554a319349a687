import type { AVPixelFormat } from 'node-av/constants';
import { avGetCodecName, avGetPixFmtName, type FormatContext, type Stream } from 'node-av/lib';
import { decodeTrack, findTrack, withContainer } from './read-track.ts';
import { topLevelBoxes } from './top-level-boxes.ts';

/** What a clip turns out to be when it is read back. */
export interface ClipProbe {
  readonly width: number;
  readonly height: number;
  /** Counted by decoding. */
  readonly frameCount: number;
  /** Of the container; the tracks' own follow. */
  readonly durationSeconds: number;
  readonly videoDurationSeconds: number;
  readonly videoStartSeconds: number;
  readonly videoCodec: string;
  /** RFC 6381, such as `avc1.64001f`: 64 (hexadecimal) is the High profile. */
  readonly videoCodecString: string | undefined;
  readonly pixelFormat: string;
  readonly colour: {
    readonly range: number;
    readonly primaries: number;
    readonly transfer: number;
    readonly matrix: number;
  };
  readonly audio: AudioProbe | undefined;
  readonly tags: Readonly<Record<string, string>>;
  /** Top-level MP4 boxes in file order. */
  readonly boxes: readonly string[];
}

export interface AudioProbe {
  readonly codec: string;
  /** RFC 6381; `mp4a.40.2` is AAC-LC. */
  readonly codecString: string | undefined;
  readonly sampleRate: number;
  readonly channels: number;
  readonly durationSeconds: number;
  readonly startSeconds: number;
}

/** Reads a clip back: container, tracks, and every frame. @throws Error when it is no media file or has no picture. */
export function probeClip(path: string): ClipProbe {
  return withContainer(path, (container) => {
    const video = findTrack(container, 'video');
    if (video === undefined) throw new Error(`${path} has no picture.`);
    const audio = findTrack(container, 'audio');
    const parameters = video.codecpar;
    return {
      width: parameters.width,
      height: parameters.height,
      durationSeconds: Number(container.duration) / 1e6,
      videoDurationSeconds: Number(video.duration) * video.timeBase.toDouble(),
      videoStartSeconds: Number(video.startTime) * video.timeBase.toDouble(),
      videoCodec: avGetCodecName(parameters.codecId) ?? 'unknown',
      videoCodecString: parameters.getCodecString() ?? undefined,
      pixelFormat: avGetPixFmtName(parameters.format as AVPixelFormat) ?? 'unknown',
      colour: {
        range: parameters.colorRange,
        primaries: parameters.colorPrimaries,
        transfer: parameters.colorTrc,
        matrix: parameters.colorSpace,
      },
      audio: audio === undefined ? undefined : probeAudio(audio),
      tags: container.metadata?.getAll() ?? {},
      boxes: topLevelBoxes(path),
      frameCount: countFrames(container, video),
    };
  });
}

function probeAudio(track: Stream): AudioProbe {
  const parameters = track.codecpar;
  return {
    codec: avGetCodecName(parameters.codecId) ?? 'unknown',
    codecString: parameters.getCodecString() ?? undefined,
    sampleRate: parameters.sampleRate,
    channels: parameters.channels,
    durationSeconds: Number(track.duration) * track.timeBase.toDouble(),
    startSeconds: Number(track.startTime) * track.timeBase.toDouble(),
  };
}

function countFrames(container: FormatContext, video: Stream): number {
  let count = 0;
  decodeTrack(container, video, () => {
    count += 1;
  });
  return count;
}
