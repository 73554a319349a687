/** A point in time: whole milliseconds since 1970-01-01 UTC. Branded, because a duration is a number too. */
declare const brand: unique symbol;
export type Instant = number & { readonly [brand]: 'instant' };

export const instant = (epochMs: number): Instant => Math.trunc(epochMs) as Instant;

export const addMs = (from: Instant, durationMs: number): Instant => instant(from + durationMs);

/** RFC 3339 in UTC with milliseconds: `2026-04-01T12:34:56.789Z`. */
export const toRfc3339 = (at: Instant): string => new Date(at).toISOString();
