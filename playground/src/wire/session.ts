/** Who is signed in. The key itself stays with the server's cookie: no script can read it. */
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { request } from './api-client.ts';

/** Money is exact decimal USD text. */
export interface Account {
  readonly accountId: string;
  readonly accountName: string;
  readonly apiKeyId: string;
  readonly apiKeyName: string;
  readonly role: 'member' | 'admin';
  /** What can still be spent. */
  readonly balance: string;
  /** Set aside for runs that have not ended. */
  readonly held: string;
}

interface SessionAnswer {
  readonly account: Account | null;
}

const SESSION_FRESH_MS = 15_000;

export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: ({ signal }) => request<SessionAnswer>('GET', '/session', { signal }),
  staleTime: SESSION_FRESH_MS,
  refetchInterval: SESSION_FRESH_MS,
  refetchOnWindowFocus: true,
});

/** Null when nobody is signed in, undefined until that is known. */
export const useAccount = (): Account | null | undefined => useQuery(sessionQuery).data?.account;

/** A key that a person has, or the one-time ticket of the link that the server prints. */
export type Credential = { readonly key: string } | { readonly ticket: string };

export function useSignIn() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (credential: Credential) => request<SessionAnswer>('POST', '/session', { body: credential }),
    onSuccess: (answer) => queries.setQueryData(sessionQuery.queryKey, answer),
  });
}

export function useSignOut() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => request<void>('DELETE', '/session'),
    onSuccess: () => {
      queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] === 'account' });
      queries.setQueryData(sessionQuery.queryKey, { account: null });
    },
  });
}
