import type { FrameSize } from './frame-size.ts';

/** Every clip runs at 24 frames per second; durations are whole seconds, so frame counts are exact. */
export const FRAME_RATE = 24;

/** What a finished clip must be, whoever makes it: H.264 High yuv420p, AAC-LC stereo 48 kHz when it has sound. */
export interface ClipSpec {
  readonly size: FrameSize;
  readonly durationSeconds: number;
  readonly generateAudio: boolean;
}

export const frameCount = (durationSeconds: number): number => FRAME_RATE * durationSeconds;
