import { createHash } from 'node:crypto';

const MARK_LENGTH = 32;

/**
 * What a start can be found again by at the service: the same for the same correlation id, unlike any other, and without a meaning to
 * whoever reads it there.
 */
export const correlationMark = (correlationId: string): string =>
  createHash('sha256').update(correlationId).digest('hex').slice(0, MARK_LENGTH);
