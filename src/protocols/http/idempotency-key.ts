import type { FastifyRequest } from 'fastify';
import { AnimaticError } from '#domain/errors.ts';

/** What a key may be: visible ASCII and blanks, as in the draft's structured header; quotes around it are taken off. */
const USABLE_KEY = /^[\x20-\x7e]{1,255}$/;

/**
 * The name that a caller gave its request by the header `Idempotency-Key` (draft-ietf-httpapi-idempotency-key-header).
 * @throws AnimaticError `malformed_request` for a header that holds none.
 */
export function idempotencyKeyOf({ headers }: Pick<FastifyRequest, 'headers'>): string | undefined {
  const header = headers['idempotency-key'];
  if (header === undefined) return undefined;
  const key = String(header)
    .trim()
    .replace(/^"(.*)"$/, '$1');
  if (USABLE_KEY.test(key)) return key;
  throw new AnimaticError(
    'malformed_request',
    'The header Idempotency-Key must hold 1 to 255 visible ASCII characters, such as a UUID; send another one.',
  );
}
