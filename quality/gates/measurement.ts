/** What a gate found: a figure and the bounds it is held to. */
export interface Measurement {
  /** The gate and, where it has several figures, which one; unique within a case. */
  readonly gate: string;
  readonly value: number;
  readonly unit: string;
  readonly atLeast?: number;
  readonly atMost?: number;
}

/** A figure that could not be taken (NaN) is a miss too. */
export function isMiss({ value, atLeast, atMost }: Measurement): boolean {
  return !(value >= (atLeast ?? Number.NEGATIVE_INFINITY) && value <= (atMost ?? Number.POSITIVE_INFINITY));
}

export function percentileOf(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

export const medianOf = (values: readonly number[]): number => percentileOf(values, 0.5);

export const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
