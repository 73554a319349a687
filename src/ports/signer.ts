/** Proves later that a text was issued by this server. The key never leaves the server. */
export interface Signer {
  /** Lower-case hex HMAC-SHA256. */
  sign(text: string): string;
  /** Compared in constant time. */
  verify(text: string, signature: string): boolean;
}
