/** How much a picture looks like a page, a map or a wall: most of it is one light, plain colour, with marks on it. */
import { ramp } from './ramp.ts';
import type { WorkGrid } from './work-grid.ts';

const LUMA_BINS = 16;
const CHROMA_BINS = 16;

/** 0..1. */
export function pageLikeness(work: WorkGrid): number {
  const { luma, blue, red } = work;
  const counts = new Int32Array(LUMA_BINS * CHROMA_BINS * CHROMA_BINS);
  const bin = (value: number, bins: number) => Math.min(bins - 1, Math.max(0, Math.floor(value * bins)));
  for (let i = 0; i < luma.data.length; i++) {
    const lumaBin = bin(luma.data[i]!, LUMA_BINS);
    const chromaBin =
      bin(blue.data[i]! + 0.5, CHROMA_BINS) * CHROMA_BINS + bin(red.data[i]! + 0.5, CHROMA_BINS);
    counts[lumaBin * CHROMA_BINS * CHROMA_BINS + chromaBin]!++;
  }
  const modal = counts.indexOf(Math.max(...counts));
  const light = (Math.floor(modal / CHROMA_BINS ** 2) + 0.5) / LUMA_BINS;
  const u = ((Math.floor(modal / CHROMA_BINS) % CHROMA_BINS) + 0.5) / CHROMA_BINS - 0.5;
  const v = ((modal % CHROMA_BINS) + 0.5) / CHROMA_BINS - 0.5;
  let alike = 0;
  for (let i = 0; i < luma.data.length; i++) {
    const distance = Math.hypot(luma.data[i]! - light, 2 * (blue.data[i]! - u), 2 * (red.data[i]! - v));
    if (distance < 0.12) alike++;
  }
  return ramp(alike / luma.data.length, 0.35, 0.6) * ramp(light, 0.2, 0.35);
}
