/** The account's API keys. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { request } from './api-client.ts';

export type Role = 'member' | 'admin';

export interface ApiKey {
  readonly id: string;
  readonly accountId: string;
  readonly name: string;
  readonly role: Role;
  /** Its first characters. */
  readonly prefix: string;
  readonly createdAt: string;
  readonly revokedAt?: string;
}

export interface CreatedKey {
  readonly apiKey: ApiKey;
  /** The key itself, known only now. */
  readonly key: string;
}

export const KEYS_PATH = '/account/keys';
const KEY = ['account', 'keys'] as const;

export const useKeys = () =>
  useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => request<{ readonly keys: readonly ApiKey[] }>('GET', KEYS_PATH, { signal }),
  });

export function useCreateKey() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: { readonly name: string; readonly role: Role }) =>
      request<CreatedKey>('POST', KEYS_PATH, { body }),
    onSuccess: () => queries.invalidateQueries({ queryKey: KEY }),
  });
}

export function useRevokeKey() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => request<void>('DELETE', `${KEYS_PATH}/${encodeURIComponent(id)}`),
    onSuccess: () => queries.invalidateQueries({ queryKey: KEY }),
  });
}
