/** What one effect of the atmosphere is made from, and what it is told of each frame. */
import type { FrameSize } from '#domain/media/frame-size.ts';
import type { Pose } from '../camera/pose.ts';
import type { RandomStreams } from '../sound/random-stream.ts';
import type { Air } from './air.ts';
import type { Outlook } from './outlook.ts';
import type { Space } from './strata.ts';

/**
 * The picture that an effect plays in, and how it was ordered. The same effect over several pictures has the same
 * streams.
 */
export interface EffectSetting {
  readonly size: FrameSize;
  /** 1 as designed; 0.4 a trace of it, 1.8 the most. */
  readonly strength: number;
  /** -1..1, positive blows to the right; 1 is a storm. */
  readonly wind: number;
  readonly scene: Space;
  readonly air: Air;
  readonly streams: RandomStreams;
}

export interface Moment {
  readonly seconds: number;
  readonly pose: Pose;
  readonly outlook: Outlook;
  /** 0..1: how far what falls and floats has faded in, within tenths of a second; 0 on the first frame. */
  readonly swiftLevel: number;
  /** The same, over seconds, for what fills the picture and should not be seen to come. */
  readonly slowLevel: number;
}

/** Effects are designed at 1280x720 and drawn in proportion to the shorter side. */
export const designScale = ({ width, height }: FrameSize): number => Math.min(width, height) / 720;

/** How often the frame holds the area that the counts of particles were designed for. */
export const designAreas = ({ width, height }: FrameSize): number =>
  (width * height) / (1280 * 720 * designScale({ width, height }) ** 2);
