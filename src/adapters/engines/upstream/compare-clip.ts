import { FRAME_RATE } from '#domain/media/clip-spec.ts';
import type { ClipFacts } from '../../media/clip-prober.ts';
import type { SoldClip } from './upstream-handle.ts';

/** Encoders round odd sides. */
const SIDE_TOLERANCE = 2;

/**
 * The length that is reported and billed, in whole seconds: services add the start picture as one more frame (5 s are 121 frames), and
 * what was not sold is not charged for.
 */
export function soldSeconds(facts: ClipFacts, sold: SoldClip | undefined): number {
  const seconds = Math.max(1, Math.round(facts.durationSeconds));
  return sold === undefined ? seconds : Math.min(seconds, sold.longestDurationSeconds);
}

/** Where the file differs from what was sold; each completes "is not what was asked for: ...". */
export function clipDifferences(facts: ClipFacts, sold: SoldClip | undefined): readonly string[] {
  if (sold === undefined) return [];
  const differences: string[] = [];
  const { width, height } = facts.size;
  const isOtherSize =
    Math.abs(width - sold.size.width) > SIDE_TOLERANCE ||
    Math.abs(height - sold.size.height) > SIDE_TOLERANCE;
  if (isOtherSize)
    differences.push(`it has ${width}x${height} pixels instead of ${sold.size.width}x${sold.size.height}`);
  const seconds = Math.max(1, Math.round(facts.durationSeconds));
  if (sold.durationSeconds !== undefined && seconds !== sold.durationSeconds)
    differences.push(`it lasts ${seconds} s instead of ${sold.durationSeconds} s`);
  if (Math.round(facts.framesPerSecond) !== FRAME_RATE)
    differences.push(`it has ${facts.framesPerSecond} frames per second instead of ${FRAME_RATE}`);
  if (facts.hasSound !== sold.generateAudio)
    differences.push(facts.hasSound ? 'it has sound' : 'it has no sound');
  return differences;
}
