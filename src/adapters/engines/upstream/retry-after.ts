import type { Instant } from '#domain/instant.ts';

const LONGEST_MS = 10 * 60_000;

/** The pause that a `Retry-After` header asks for (RFC 9110 section 10.2.3: seconds or a date), at most ten minutes. */
export function retryAfterMs(header: string | string[] | undefined, now: Instant): number | undefined {
  const text = Array.isArray(header) ? header[0] : header;
  if (text === undefined) return undefined;
  const wanted = /^\d+(\.\d+)?$/.test(text.trim()) ? Number(text) * 1000 : Date.parse(text) - now;
  return Number.isNaN(wanted) ? undefined : Math.min(LONGEST_MS, Math.max(0, wanted));
}
