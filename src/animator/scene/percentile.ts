/** The value below which `share` (0..1) of `values` lie; 0 for none. Leaves `values` as they are. */
export function percentile(values: Float32Array, share: number): number {
  if (values.length === 0) return 0;
  const sorted = values.slice().sort();
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!;
}
