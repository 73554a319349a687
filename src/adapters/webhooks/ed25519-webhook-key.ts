/** Signs with Ed25519 (RFC 8032). */
import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
} from 'node:crypto';
import { AnimaticError } from '#domain/errors.ts';
import type { PublicWebhookKey, WebhookKey } from '#ports/webhook-key.ts';

export class Ed25519WebhookKey implements WebhookKey {
  readonly publicKey: PublicWebhookKey;
  readonly #privateKey: KeyObject;

  /** @param pem A private Ed25519 key, PKCS #8. @throws AnimaticError `bad_setting` for anything else. */
  constructor(pem: string) {
    this.#privateKey = readPrivateKey(pem);
    const { x } = createPublicKey(this.#privateKey).export({ format: 'jwk' });
    this.publicKey = { kty: 'OKP', crv: 'Ed25519', x: x!, kid: thumbprint(x!), alg: 'EdDSA', use: 'sig' };
  }

  /** A new key as the constructor takes it. */
  static generatePem(): string {
    return generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  }

  sign(message: Uint8Array): Uint8Array {
    return sign(null, message, this.#privateKey);
  }
}

function readPrivateKey(pem: string): KeyObject {
  const unusable = (cause?: unknown) =>
    new AnimaticError(
      'bad_setting',
      'webhook.key in the data folder holds no private Ed25519 key; restore the file, or remove it to have a new key made.',
      { cause },
    );
  let key: KeyObject;
  try {
    key = createPrivateKey(pem);
  } catch (cause) {
    throw unusable(cause);
  }
  if (key.asymmetricKeyType !== 'ed25519') throw unusable();
  return key;
}

/** RFC 7638: the hash of the required members in the order of their names. */
const thumbprint = (x: string): string =>
  createHash('sha256')
    .update(JSON.stringify({ crv: 'Ed25519', kty: 'OKP', x }))
    .digest('base64url');
