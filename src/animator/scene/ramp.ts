/** 0 at or below `from`, 1 at or above `to`, straight in between; the other way round when `from` is the larger. */
export const ramp = (value: number, from: number, to: number): number =>
  Math.min(1, Math.max(0, (value - from) / (to - from)));
