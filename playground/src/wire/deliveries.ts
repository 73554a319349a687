/** Webhooks of the account's runs, and what became of them. */
import { infiniteQueryOptions, useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { request } from './api-client.ts';
import type { Protocol } from './catalogue.ts';

export const DELIVERY_STATES = ['pending', 'delivered', 'dead'] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

/** Without status and error it is under way, or was broken off. */
export interface DeliveryAttempt {
  readonly number: number;
  readonly at: string;
  readonly durationMs?: number;
  readonly status?: number;
  readonly error?: string;
}

export interface Delivery {
  readonly runId: string;
  readonly protocol: Protocol;
  readonly endpoint: string;
  readonly url: string;
  readonly state: DeliveryState;
  readonly queuedAt: string;
  /** Of the next attempt at the earliest. */
  readonly dueAt?: string;
  readonly attempts: readonly DeliveryAttempt[];
}

interface DeliveryPage {
  readonly deliveries: readonly Delivery[];
  readonly next?: string;
}

const KEY = ['account', 'deliveries'] as const;
const REFRESH_MS = 2000;

export const deliveriesPath = (state: DeliveryState | undefined, cursor = ''): string => {
  const given = Object.entries({ state: state ?? '', cursor }).filter(([, value]) => value !== '');
  const query = new URLSearchParams(given).toString();
  return `/account/webhooks${query === '' ? '' : `?${query}`}`;
};

const deliveriesQuery = (state: DeliveryState | undefined) =>
  infiniteQueryOptions({
    queryKey: [...KEY, state],
    queryFn: ({ pageParam, signal }) =>
      request<DeliveryPage>('GET', deliveriesPath(state, pageParam), { signal }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
    refetchInterval: ({ state: { data } }) =>
      data?.pages.some((page) => page.deliveries.some((delivery) => delivery.state === 'pending')) === true
        ? REFRESH_MS
        : false,
  });

export const useDeliveries = (state: DeliveryState | undefined) => useInfiniteQuery(deliveriesQuery(state));

export function useResend() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (runId: string) =>
      request<unknown>('POST', `/account/webhooks/${encodeURIComponent(runId)}/resend`),
    onSuccess: () => queries.invalidateQueries({ queryKey: KEY }),
  });
}
