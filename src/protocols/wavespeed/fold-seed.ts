import type { JsonObject } from '#domain/json.ts';

/** One more than the largest seed of any endpoint. */
const SEED_COUNT = 2_147_483_648;

/** WaveSpeed's ComfyUI nodes send seeds up to 9999999998: one that is too large stands for its remainder. */
export function foldSeed(input: JsonObject): JsonObject {
  const { seed } = input;
  const value = typeof seed === 'string' && seed !== '' ? Number(seed) : seed;
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < SEED_COUNT) return input;
  return { ...input, seed: value % SEED_COUNT };
}
