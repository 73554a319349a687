/**
 * Randomness without state: every value is an integer hash of (seed, stream name, index), so any worker can ask for any
 * value in any order, and no value depends on the JavaScript engine.
 */

/** An unsigned 32-bit hash: FNV-1a over the stream's name, finished with the avalanche steps of MurmurHash3. */
export function seededHash(seed: number, stream: string, index: number): number {
  let hash = 0x811c9dc5 ^ (seed | 0);
  for (let i = 0; i < stream.length; i++) {
    hash = Math.imul(hash ^ stream.charCodeAt(i), 0x01000193);
  }
  hash = Math.imul(hash ^ (index | 0), 0x9e3779b1);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** A uniform value in [0, 1). */
export function seededUnit(seed: number, stream: string, index = 0): number {
  return seededHash(seed, stream, index) / 0x1_0000_0000;
}

/** Zero to one with the first and second derivative zero at both ends; `x` outside 0..1 is clamped. */
export function smootherstep(x: number): number {
  const t = Math.min(1, Math.max(0, x));
  return t * t * t * (t * (6 * t - 15) + 10);
}

/** Smooth noise in [-1, 1] with one independent value per whole `position`; C2 in between. */
export function valueNoise(seed: number, stream: string, position: number): number {
  const cell = Math.floor(position);
  const from = 2 * seededUnit(seed, stream, cell) - 1;
  const to = 2 * seededUnit(seed, stream, cell + 1) - 1;
  return from + (to - from) * smootherstep(position - cell);
}
