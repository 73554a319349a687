/**
 * Sends webhooks to users' URLs without becoming a way into this machine's network: the host is resolved once per
 * attempt, every address judged, and the connection goes to the addresses that were judged; no redirect is followed, no proxy
 * used, and nothing of the answer but its status is looked at.
 */
import { request as httpRequest } from 'undici';
import { AnimaticError } from '#domain/errors.ts';
import type { WebhookAnswer } from '#domain/webhook/event.ts';
import type { WebhookRequest, WebhookSender } from '#ports/webhook-sender.ts';
import { abortable } from '../fetch/abortable.ts';
import { failureReason } from '../fetch/access-failed.ts';
import { AddressPolicy } from '../fetch/address-policy.ts';
import { type ResolveHost, resolveWithSystem } from '../fetch/fetch-target.ts';
import { createPinnedAgent } from '../fetch/pinned-agent.ts';
import { parseWebhookUrl, resolveWebhookTarget } from './webhook-target.ts';

/** A submit is answered in well under ten seconds, however slow the caller's name servers are. */
const CHECK_LOOKUP_MS = 2000;
const CONNECT_MS = 10_000;

/** What a receiver says in its answer is read so far and so long, so that it is not cut off in the middle. */
const DRAIN = { limit: 16 * 1024, ms: 1000 };

export interface HttpWebhookSenderOptions {
  /** CIDRs that may be reached besides public addresses. */
  readonly allowedRanges: readonly string[];
  readonly resolveHost?: ResolveHost;
}

export class HttpWebhookSender implements WebhookSender {
  readonly #policy: AddressPolicy;
  readonly #resolveHost: ResolveHost;

  /** @throws AnimaticError `bad_setting` for a range that is not a CIDR. */
  constructor(options: HttpWebhookSenderOptions) {
    this.#policy = new AddressPolicy(options.allowedRanges);
    this.#resolveHost = options.resolveHost ?? resolveWithSystem;
  }

  async check(text: string): Promise<void> {
    const judged = resolveWebhookTarget(parseWebhookUrl(text), this.#resolveHost, this.#policy);
    try {
      await abortable(judged, AbortSignal.timeout(CHECK_LOOKUP_MS));
    } catch (error) {
      if (error instanceof AnimaticError) throw error;
    }
  }

  async send(request: WebhookRequest, signal: AbortSignal): Promise<WebhookAnswer> {
    const deadline = AbortSignal.timeout(request.timeoutMs);
    try {
      return { status: await this.#exchange(request, AbortSignal.any([signal, deadline])) };
    } catch (error) {
      if (signal.aborted) return { error: 'the attempt was broken off because the server stopped' };
      if (deadline.aborted) return { error: `no answer within ${request.timeoutMs / 1000} seconds` };
      return { error: error instanceof AnimaticError ? error.message : failureReason(error) };
    }
  }

  async #exchange(
    { url: text, headers, body, timeoutMs }: WebhookRequest,
    signal: AbortSignal,
  ): Promise<number> {
    const url = parseWebhookUrl(text);
    const target = await abortable(resolveWebhookTarget(url, this.#resolveHost, this.#policy), signal);
    const agent = createPinnedAgent(target, {
      connectMs: Math.min(CONNECT_MS, timeoutMs),
      headersMs: timeoutMs,
      bodyIdleMs: DRAIN.ms,
    });
    try {
      const response = await httpRequest(url, {
        method: 'POST',
        dispatcher: agent,
        signal,
        headers: { 'user-agent': 'animatic', ...headers },
        body,
      });
      // The status is all that counts: whatever goes wrong with the rest is no news.
      response.body.on('error', () => {});
      await response.body.dump({ limit: DRAIN.limit, signal: AbortSignal.timeout(DRAIN.ms) }).catch(() => {});
      return response.statusCode;
    } finally {
      await agent.destroy();
    }
  }
}
