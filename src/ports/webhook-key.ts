/** The key that proves a webhook to come from this server, to receivers that fetch its public half. */

/** RFC 8037, as an entry of a JWK set (RFC 7517). */
export interface PublicWebhookKey {
  readonly kty: 'OKP';
  readonly crv: 'Ed25519';
  /** The public key, base64url. */
  readonly x: string;
  /** Thumbprint of the key, RFC 7638. */
  readonly kid: string;
  readonly alg: 'EdDSA';
  readonly use: 'sig';
}

export interface WebhookKey {
  readonly publicKey: PublicWebhookKey;
  /** The 64 bytes of an Ed25519 signature (RFC 8032): the same for the same message. */
  sign(message: Uint8Array): Uint8Array;
}
