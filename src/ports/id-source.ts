/** Randomness, so that tests can name every id. Values come from a cryptographic source. */
export interface IdSource {
  /** `byteLength` random bytes as lower-case hex. */
  hex(byteLength: number): string;
  /** A seed for a task that was given none: 0..2147483647. */
  seed(): number;
}
