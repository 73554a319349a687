/** What is said about a picture beforehand. It makes a reading that the picture supports more trusted, and never makes one up. */
export interface SceneHints {
  /** Somebody or something is shown before a background. */
  readonly subject: boolean;
  /** Land, water or streets that recede to a horizon. */
  readonly ground: boolean;
  /** A page, a map, a table from above: what is shown is itself flat. */
  readonly flat: boolean;
}

export const NO_HINTS: SceneHints = { subject: false, ground: false, flat: false };

/** A confidence 0..1 after it was said that the reading is right, or that another one is: half becomes 0.7 or 0.25. */
export function hinted(confidence: number, isNamed: boolean, isContradicted: boolean): number {
  if (isNamed) return Math.sqrt(confidence);
  return isContradicted ? confidence * confidence : confidence;
}
