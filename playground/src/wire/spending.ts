/** What the account has paid. Money is exact decimal USD text, days are UTC. */
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { request } from './api-client.ts';
import type { RunState } from './run.ts';

export const USAGE_DIMENSIONS = ['endpoint', 'apiKey', 'endUser'] as const;
export type UsageDimension = (typeof USAGE_DIMENSIONS)[number];

export interface UsageRow {
  /** Such as 2026-04-01. */
  readonly day: string;
  /** `<protocol>/<id>`, a key's id, or an end user's name. */
  readonly group: string;
  readonly submitted: number;
  readonly completed: number;
  readonly charged: string;
}

export interface Usage {
  readonly from: string;
  readonly until: string;
  readonly rows: readonly UsageRow[];
}

export type MovementKind = 'hold' | 'settlement' | 'grant';

export interface Movement {
  readonly sequence: number;
  readonly kind: MovementKind;
  /** Negative where it left the wallet. */
  readonly amount: string;
  readonly at: string;
  readonly run?: {
    readonly id: string;
    readonly endpoint: string;
    readonly state: RunState;
    readonly held: string;
    readonly charged?: string;
    readonly apiKeyName: string;
  };
}

const DAY_MS = 24 * 3_600_000;
export const MOVEMENTS_PER_PAGE = 25;

/** From the beginning of a day in UTC, so that every bar is a whole day. */
export function usagePath(by: UsageDimension, days: number): string {
  const today = Math.floor(Date.now() / DAY_MS) * DAY_MS;
  const from = new Date(today - (days - 1) * DAY_MS).toISOString();
  return `/account/usage?by=${by}&from=${from}`;
}

export const useUsage = (by: UsageDimension, days: number) =>
  useQuery({
    queryKey: ['account', 'usage', by, days],
    queryFn: ({ signal }) => request<Usage>('GET', usagePath(by, days), { signal }),
    placeholderData: keepPreviousData,
  });

/** @param page From 1. */
export function movementsPath(page: number, kind: MovementKind | undefined): string {
  const only = kind === undefined ? '' : `&kind=${kind}`;
  return `/account/movements?limit=${MOVEMENTS_PER_PAGE}&offset=${(page - 1) * MOVEMENTS_PER_PAGE}${only}`;
}

export const useMovements = (page: number, kind: MovementKind | undefined) =>
  useQuery({
    queryKey: ['account', 'movements', page, kind],
    queryFn: ({ signal }) =>
      request<{ readonly movements: readonly Movement[]; readonly total: number }>(
        'GET',
        movementsPath(page, kind),
        { signal },
      ),
    placeholderData: keepPreviousData,
  });
