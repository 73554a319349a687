/**
 * A flare of warm light, as when film is exposed for a moment: it comes in from one side, blots out the picture, and is gone. Under its peak a cut is
 * not seen.
 */
import { seededUnit, smootherstep } from '../camera/seeded-noise.ts';
import type { Side } from '../director/plan.ts';
import type { Veil } from '../raster/veil.ts';

/** The flare is brightest after this share of its time. */
export const LEAK_PEAK = 0.42;
const LARGEST_OPACITY = 0.95;

/** Luma and chroma of the glow and of its core, which is almost white. */
const GLOW = { luma: 186, blue: 84, red: 162 };
const CORE = { luma: 233, blue: 118, red: 134 };

/** Lays the flare over a veil. `progress` 0..1; nothing is drawn at either end. */
export function addLightLeak(veil: Veil, progress: number, side: Side, seed: number): void {
  const strength = strengthAt(progress);
  if (strength === 0) return;
  const { columns, rows } = veil;
  const aspect = rows / columns;
  // The core travels in from outside, past the middle at its peak, and hardly further.
  const along = -0.25 + 0.8 * smootherstep(progress / LEAK_PEAK) + 0.25 * progress;
  const height = 0.3 + 0.4 * seededUnit(seed, 'light leak height');
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const x = column / (columns - 1);
      const dx = (side === 'left' ? x : 1 - x) - along;
      const dy = aspect * (row / (rows - 1) - height);
      const distance = dx * dx + 0.6 * dy * dy;
      // At its peak the glow reaches everywhere, at first and at last only around the core.
      const reach = 0.04 + 1.1 * strength * strength;
      const glow = LARGEST_OPACITY * strength * smootherstep(1.2 - distance / reach);
      const core = strength * smootherstep(1 - distance / (0.25 * reach));
      const node = row * columns + column;
      if (glow > 0) veil.cover(node, glow, GLOW.luma, GLOW.blue, GLOW.red);
      if (core > 0) veil.cover(node, 0.85 * core * glow, CORE.luma, CORE.blue, CORE.red);
    }
  }
}

function strengthAt(progress: number): number {
  if (progress <= 0 || progress >= 1) return 0;
  const near = progress < LEAK_PEAK ? progress / LEAK_PEAK : (1 - progress) / (1 - LEAK_PEAK);
  return smootherstep(near) * near;
}
