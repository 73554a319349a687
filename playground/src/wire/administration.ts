/** What keys of role admin may see and do. Money is exact decimal USD text. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { request } from './api-client.ts';
import type { Protocol } from './catalogue.ts';
import type { CreatedKey } from './keys.ts';

export interface AccountEntry {
  readonly id: string;
  readonly name: string;
  readonly createdAt: string;
  readonly balance: string;
}

export interface EngineEntry {
  readonly name: string;
  readonly health: {
    readonly state: 'ready' | 'degraded' | 'unavailable';
    readonly message: string;
    readonly queued?: number;
  };
  /** After failures an engine is not asked for a while. */
  readonly breaker: {
    readonly state: 'closed' | 'open' | 'trying';
    readonly reopensInMs?: number;
  };
  readonly endpoints: readonly { readonly protocol: Protocol; readonly id: string }[];
}

export interface QueueDepth {
  readonly waiting: number;
  readonly delayed: number;
  readonly processing: number;
  readonly oldestWaitingSeconds?: number;
  readonly pendingWebhooks: number;
  readonly accounts: readonly {
    readonly accountId: string;
    readonly accountName: string;
    readonly waiting: number;
    readonly processing: number;
  }[];
}

export interface LedgerReport {
  readonly entryCount: number;
  readonly taskCount: number;
  /** Empty when the books balance. */
  readonly faults: readonly string[];
}

export const ADMIN_PATHS = {
  accounts: '/admin/accounts',
  engines: '/admin/engines',
  queue: '/admin/queue',
  ledger: '/admin/ledger/verify',
} as const;

const KEY = ['account', 'admin'] as const;
const REFRESH_MS = 3000;

export const useAccounts = () =>
  useQuery({
    queryKey: [...KEY, 'accounts'],
    queryFn: ({ signal }) =>
      request<{ readonly accounts: readonly AccountEntry[] }>('GET', ADMIN_PATHS.accounts, { signal }),
  });

export const useEngines = () =>
  useQuery({
    queryKey: [...KEY, 'engines'],
    queryFn: ({ signal }) =>
      request<{ readonly engines: readonly EngineEntry[] }>('GET', ADMIN_PATHS.engines, { signal }),
    refetchInterval: REFRESH_MS,
  });

export const useQueueDepth = () =>
  useQuery({
    queryKey: [...KEY, 'queue'],
    queryFn: ({ signal }) => request<QueueDepth>('GET', ADMIN_PATHS.queue, { signal }),
    refetchInterval: REFRESH_MS,
  });

/** Asked for by hand: it adds up every posting. */
export const useLedgerReport = (isAsked: boolean) =>
  useQuery({
    queryKey: [...KEY, 'ledger'],
    queryFn: ({ signal }) => request<LedgerReport>('GET', ADMIN_PATHS.ledger, { signal }),
    enabled: isAsked,
  });

export function useOpenAccount() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: { readonly name: string; readonly credit?: string }) =>
      request<AccountEntry>('POST', ADMIN_PATHS.accounts, { body }),
    onSuccess: () => queries.invalidateQueries({ queryKey: KEY }),
  });
}

export function useGrant(accountId: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: { readonly amount: string; readonly note?: string }) =>
      request<unknown>('POST', `${ADMIN_PATHS.accounts}/${encodeURIComponent(accountId)}/credit`, { body }),
    onSuccess: () =>
      queries
        .invalidateQueries({ queryKey: ['session'] })
        .then(() => queries.invalidateQueries({ queryKey: KEY })),
  });
}

/** A first key for an account that has none. */
export const useKeyFor = (accountId: string) =>
  useMutation({
    mutationFn: (name: string) =>
      request<CreatedKey>('POST', '/admin/keys', { body: { accountId, name, role: 'member' } }),
  });
