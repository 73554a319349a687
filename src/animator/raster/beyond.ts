/**
 * What there is of a picture beyond the frame: real pixels that the crop to the frame's ratio cut off. A camera at rest does not see them; one that
 * moves finds them there before anything has to be enlarged or stretched.
 */
import type { FrameSize } from '#domain/media/frame-size.ts';

/** Pixels beyond the left and the right side, and beyond the upper and the lower one; even. */
export interface Beyond {
  readonly x: number;
  readonly y: number;
}

export const NOTHING_BEYOND: Beyond = { x: 0, y: 0 };

/** Of a picture whose middle the frame shows. */
export function beyondOf(picture: FrameSize, frame: FrameSize): Beyond {
  const beyond = { x: (picture.width - frame.width) / 2, y: (picture.height - frame.height) / 2 };
  for (const pixels of [beyond.x, beyond.y]) {
    if (pixels < 0 || pixels % 2 !== 0) {
      throw new RangeError(
        `A picture of ${picture.width}x${picture.height} does not lie evenly around a frame of ${frame.width}x${frame.height}.`,
      );
    }
  }
  return beyond;
}
