import { randomBytes, randomInt } from 'node:crypto';
import type { IdSource } from '#ports/id-source.ts';

const SEED_COUNT = 2 ** 31;

/** Ids and seeds from the operating system's cryptographic source. */
export const randomIds: IdSource = {
  hex: (byteLength) => randomBytes(byteLength).toString('hex'),
  seed: () => randomInt(SEED_COUNT),
};
