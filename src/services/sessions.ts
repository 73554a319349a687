/**
 * Sessions of the playground: what a browser holds in place of an API key. A session is a random id, stored as a hash, that stands
 * for one key: it may do what the key may, and ends with its time, with its key, or when somebody signs out.
 */
import { AnimaticError } from '#domain/errors.ts';
import type { ApiKeyId } from '#domain/ids.ts';
import { addMs, type Instant } from '#domain/instant.ts';
import type { ApiKey, Session } from '#ports/account-store.ts';
import type { Ports } from '#ports/ports.ts';
import type { Principal } from './api-keys.ts';
import { hashSecret } from './hash-secret.ts';

const DAY_MS = 24 * 3_600_000;
/** A working week and the weekend after it. */
const SESSION_MS = 7 * DAY_MS;
/** Long enough for a link that was printed in the morning. */
const TICKET_MS = DAY_MS;
const SECRET_BYTES = 24;

type SessionPorts = Pick<Ports, 'accounts' | 'clock' | 'ids'>;

export interface OpenedSession {
  /** The id itself: known only now. */
  readonly id: string;
  readonly expiresAt: Instant;
}

export const openSession = (ports: SessionPorts, apiKeyId: ApiKeyId): Promise<OpenedSession> =>
  issue(ports, { kind: 'page', apiKeyId, lifetimeMs: SESSION_MS });

/** For a link that signs its first reader in, within a day. */
export const issueTicket = (ports: SessionPorts, apiKeyId: ApiKeyId): Promise<OpenedSession> =>
  issue(ports, { kind: 'ticket', apiKeyId, lifetimeMs: TICKET_MS });

/** @throws AnimaticError `unauthorized`. */
export async function authenticateSession(
  { accounts, clock }: Pick<Ports, 'accounts' | 'clock'>,
  id: string,
): Promise<Principal> {
  const apiKey = await accounts.findSession(await hashSecret(id), clock.now());
  if (apiKey === undefined) throw new AnimaticError('unauthorized', 'You are signed out; sign in again.');
  return principalOf(apiKey);
}

/** The key that the ticket stands for; the next time it stands for none. @throws AnimaticError `unauthorized`. */
export async function redeemTicket(
  { accounts, clock }: Pick<Ports, 'accounts' | 'clock'>,
  ticket: string,
): Promise<Principal> {
  const apiKey = await accounts.redeemTicket(await hashSecret(ticket), clock.now());
  if (apiKey === undefined) {
    throw new AnimaticError(
      'unauthorized',
      'This sign-in link was used before or is too old; "animatic sign-in" prints a new one.',
    );
  }
  return principalOf(apiKey);
}

export async function endSession({ accounts }: Pick<Ports, 'accounts'>, id: string): Promise<void> {
  await accounts.endSession(await hashSecret(id));
}

const principalOf = ({ accountId, id, role }: ApiKey): Principal => ({ accountId, apiKeyId: id, role });

async function issue(
  { accounts, clock, ids }: SessionPorts,
  { kind, apiKeyId, lifetimeMs }: Pick<Session, 'kind' | 'apiKeyId'> & { readonly lifetimeMs: number },
): Promise<OpenedSession> {
  const id = ids.hex(SECRET_BYTES);
  const now = clock.now();
  const expiresAt = addMs(now, lifetimeMs);
  await accounts.createSession({ kind, apiKeyId, createdAt: now, expiresAt }, await hashSecret(id));
  return { id, expiresAt };
}
