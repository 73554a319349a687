/** Takes a still out of a clip, to be shown before it plays and wherever many clips lie side by side. */
export interface PosterMaker {
  /**
   * The clip's first picture as a WebP of at most 640 pixels a side. Made away from this process: a damaged clip can neither crash nor
   * stall the caller. Calls may overlap.
   * @throws AnimaticError `media_unreadable`.
   */
  make(clipPath: string): Promise<Uint8Array<ArrayBuffer>>;
}
