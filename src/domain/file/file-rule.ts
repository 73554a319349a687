/**
 * What its owner has said about a file: how long it lives and who may read it. Most files have no rule: they stay, and whoever
 * knows their address reads them.
 */
import type { AccountId } from '../ids.ts';
import { addMs, type Instant } from '../instant.ts';

/** `forbid` tells a reader that the file is not for it, `hide` that there is none. */
export const FILE_DECISIONS = ['allow', 'forbid', 'hide'] as const;
export type FileDecision = (typeof FILE_DECISIONS)[number];

export interface FileAccess {
  /** For readers that no exception names. */
  readonly default: FileDecision;
  readonly exceptions: readonly { readonly accountId: AccountId; readonly decision: FileDecision }[];
}

/** A rule for a file that is yet to be. */
export interface FileWish {
  /** For ever when omitted. */
  readonly lifetimeSeconds?: number;
  /** Everybody when omitted. */
  readonly access?: FileAccess;
}

export interface FileRule {
  readonly ownerId: AccountId;
  readonly expiresAt?: Instant;
  readonly access?: FileAccess;
}

/** @param now When the file's life begins. */
export const ruleFrom = (
  { lifetimeSeconds, access }: FileWish,
  ownerId: AccountId,
  now: Instant,
): FileRule => ({
  ownerId,
  ...(lifetimeSeconds === undefined ? {} : { expiresAt: addMs(now, lifetimeSeconds * 1000) }),
  ...(access === undefined ? {} : { access }),
});

/** @param reader Undefined for one that shows no key. Its owner may always read a file, while it lives. */
export function decideReading(
  { ownerId, expiresAt, access }: FileRule,
  reader: AccountId | undefined,
  now: Instant,
): FileDecision {
  if (expiresAt !== undefined && now >= expiresAt) return 'hide';
  if (access === undefined || reader === ownerId) return 'allow';
  return access.exceptions.find(({ accountId }) => accountId === reader)?.decision ?? access.default;
}
