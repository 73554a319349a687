/** Sends webhooks to addresses that users name, guarded against reaching what only this machine can reach. */
import type { WebhookAnswer } from '#domain/webhook/event.ts';

export interface WebhookRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Sent byte for byte as it is: a signature covers it. */
  readonly body: Uint8Array;
  /** For everything up to the answer's headers. */
  readonly timeoutMs: number;
}

export interface WebhookSender {
  /**
   * Judges a URL before anything is promised for it: it must be http(s) without credentials, and every address of its host
   * public or allowed by the operator. A name that cannot be looked up within two seconds is let through, because it is judged
   * again at each `send`. No connection is made.
   * @throws AnimaticError `webhook_url_refused`, without an input path: the caller knows the parameter and adds it.
   */
  check(url: string): Promise<void>;
  /**
   * One POST, to the very addresses that were judged, without following redirects; the answer's body is thrown away. Never
   * rejects: a refused address, a dead connection, a late answer and an abort of `signal` are answers too.
   */
  send(request: WebhookRequest, signal: AbortSignal): Promise<WebhookAnswer>;
}
