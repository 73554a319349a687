/** A question to a service that was not answered, or not usefully: nothing is known of the job, and it is asked again later. */
export class UpstreamTrouble extends Error {
  override readonly name = 'UpstreamTrouble';
  /** When the service wants to be asked again. */
  readonly retryAfterMs: number | undefined;

  /** @param message Completes "the service cannot be asked: ..."; holds no key. */
  constructor(
    message: string,
    options: { readonly retryAfterMs?: number | undefined; readonly cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.retryAfterMs = options.retryAfterMs;
  }
}
