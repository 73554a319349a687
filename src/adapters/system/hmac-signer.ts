/** Signs with HMAC-SHA256 (RFC 2104, FIPS 180-4). */
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Signer } from '#ports/signer.ts';

/** A key shorter than the hash weakens it (RFC 2104 section 3). */
const SHORTEST_KEY_BYTES = 32;

const SIGNATURE = /^[0-9a-f]{64}$/;

export class HmacSigner implements Signer {
  readonly #key: Uint8Array;

  /** @param key Secret bytes, at least 32. @throws RangeError when it is shorter. */
  constructor(key: Uint8Array) {
    if (key.length < SHORTEST_KEY_BYTES) {
      throw new RangeError(
        `A signing key needs at least ${SHORTEST_KEY_BYTES} bytes, this one has ${key.length}.`,
      );
    }
    this.#key = Uint8Array.from(key);
  }

  sign(text: string): string {
    return createHmac('sha256', this.#key).update(text, 'utf8').digest('hex');
  }

  verify(text: string, signature: string): boolean {
    if (!SIGNATURE.test(signature)) return false;
    return timingSafeEqual(Buffer.from(this.sign(text), 'latin1'), Buffer.from(signature, 'latin1'));
  }
}
