/**
 * Downloads what users name by URL without becoming their way into this machine's network (server-side request forgery).
 *
 * Guaranteed: only http and https; each host is resolved once per hop, every address judged, and the connection goes to the
 * addresses that were judged, so that a name which changes its answer in between gains nothing; each redirect starts over;
 * time and size are bounded, size after decompression; nothing is left behind on failure.
 */
import type { Readable } from 'node:stream';
import { request } from 'undici';
import type { FetchedFile, Fetcher } from '#ports/fetcher.ts';
import { abortable } from './abortable.ts';
import { accessFailed, fetchProblem } from './access-failed.ts';
import { AddressPolicy } from './address-policy.ts';
import { parseFetchUrl, type ResolveHost, resolveTarget, resolveWithSystem } from './fetch-target.ts';
import { createPinnedAgent, type PinnedAgentTimeouts } from './pinned-agent.ts';
import { saveBody, tooLarge } from './response-body.ts';

const MOST_REDIRECTS = 5;
const REDIRECTS: readonly number[] = [301, 302, 303, 307, 308];

export interface GuardedFetcherOptions {
  /** CIDRs that may be reached besides public addresses. */
  readonly allowedRanges: readonly string[];
  readonly timeouts?: Partial<FetchTimeouts>;
  readonly resolveHost?: ResolveHost;
}

export interface FetchTimeouts extends PinnedAgentTimeouts {
  /** For everything together: lookups, redirects and the body. */
  readonly totalMs: number;
}

const DEFAULT_TIMEOUTS: FetchTimeouts = {
  connectMs: 10_000,
  headersMs: 20_000,
  bodyIdleMs: 20_000,
  totalMs: 60_000,
};

interface Limits {
  readonly maxBytes: number;
  readonly signal: AbortSignal;
}

export class GuardedFetcher implements Fetcher {
  readonly #policy: AddressPolicy;
  readonly #timeouts: FetchTimeouts;
  readonly #resolveHost: ResolveHost;

  /** @throws AnimaticError `bad_setting` for a range that is not a CIDR. */
  constructor(options: GuardedFetcherOptions) {
    this.#policy = new AddressPolicy(options.allowedRanges);
    this.#timeouts = { ...DEFAULT_TIMEOUTS, ...options.timeouts };
    this.#resolveHost = options.resolveHost ?? resolveWithSystem;
  }

  /** As the port promises; when the caller's signal aborts, rejects with the signal's reason. */
  async fetch(
    text: string,
    filePath: string,
    limits: { readonly maxBytes: number; readonly signal?: AbortSignal },
  ): Promise<FetchedFile> {
    let url = parseFetchUrl(text);
    const deadline = AbortSignal.timeout(this.#timeouts.totalMs);
    const signal = limits.signal === undefined ? deadline : AbortSignal.any([limits.signal, deadline]);
    try {
      for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
        const outcome = await this.#fetchOnce(url, filePath, { maxBytes: limits.maxBytes, signal });
        if (!('location' in outcome)) return outcome;
        url = parseFetchUrl(outcome.location, url);
      }
    } catch (error) {
      limits.signal?.throwIfAborted();
      if (deadline.aborted)
        throw fetchProblem(url, `it took longer than ${this.#timeouts.totalMs / 1000} seconds`, error);
      throw error;
    }
    throw fetchProblem(url, `it is redirected more than ${MOST_REDIRECTS} times`);
  }

  /** One hop: the file, or where to look instead. */
  async #fetchOnce(
    url: URL,
    filePath: string,
    limits: Limits,
  ): Promise<FetchedFile | { readonly location: string }> {
    const target = await abortable(resolveTarget(url, this.#resolveHost, this.#policy), limits.signal);
    const agent = createPinnedAgent(target, this.#timeouts);
    try {
      const response = await request(url, {
        dispatcher: agent,
        signal: limits.signal,
        headers: { accept: '*/*', 'accept-encoding': 'identity', 'user-agent': 'animatic' },
      }).catch((error: unknown) => {
        throw accessFailed(url, error);
      });
      // A body that is not read to its end fails when its connection is destroyed, which is no news then.
      response.body.on('error', () => {});
      if (REDIRECTS.includes(response.statusCode)) return { location: locationOf(url, response) };
      return await saveResponse(url, response, filePath, limits.maxBytes);
    } finally {
      await agent.destroy();
    }
  }
}

interface Response {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Readable;
}

function headerOf(response: Response, name: string): string | undefined {
  const value = response.headers[name];
  return Array.isArray(value) ? value.join(', ') : value;
}

function locationOf(url: URL, response: Response): string {
  const location = headerOf(response, 'location');
  if (location === undefined)
    throw fetchProblem(url, `the server redirects (HTTP ${response.statusCode}) without saying where to`);
  return location;
}

async function saveResponse(
  url: URL,
  response: Response,
  filePath: string,
  maxBytes: number,
): Promise<FetchedFile> {
  if (response.statusCode !== 200) throw fetchProblem(url, `the server answered HTTP ${response.statusCode}`);
  // A compressed length says little; what comes out is counted in any case.
  if (Number(headerOf(response, 'content-length') ?? 0) > maxBytes) throw tooLarge(url, maxBytes);
  const contentEncoding = headerOf(response, 'content-encoding');
  const byteLength = await saveBody({ url, body: response.body, contentEncoding }, filePath, maxBytes);
  const contentType = headerOf(response, 'content-type')?.split(';')[0]?.trim().toLowerCase();
  return { filePath, byteLength, contentType: contentType === '' ? undefined : contentType };
}
