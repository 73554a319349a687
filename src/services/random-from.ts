import type { IdSource } from '#ports/id-source.ts';

const SEED_COUNT = 2 ** 31;

/** Numbers from 0 up to 1, another each time. */
export const randomFrom = (ids: Pick<IdSource, 'seed'>) => (): number => ids.seed() / SEED_COUNT;
