import type { FrameSize } from '#domain/media/frame-size.ts';

/** What a film file really holds, whatever its maker says of it. */
export interface ClipFacts {
  readonly container: 'mp4' | 'webm';
  /** As the codec has them, such as `h264`. */
  readonly videoCodec: string;
  /** Of the first frame, decoded. */
  readonly size: FrameSize;
  /** Pictures in the file, counted. */
  readonly frameCount: number;
  readonly framesPerSecond: number;
  /** How long the pictures are shown. */
  readonly durationSeconds: number;
  readonly hasSound: boolean;
}

/** Looks into clips that others made. */
export interface ClipProber {
  /**
   * Reads the whole file and decodes its first frame, away from this process. Calls may overlap.
   * @throws AnimaticError `media_unsupported` for what is no film of an accepted kind, `media_unreadable` for a damaged one,
   *   `media_too_large` for one with too many pixels or frames.
   */
  probe(filePath: string): Promise<ClipFacts>;
}
