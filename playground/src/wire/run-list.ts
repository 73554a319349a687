/** Runs of the account, whichever protocol they came by: looked through page by page, narrowed down by what stands in the address. */
import { infiniteQueryOptions, useInfiniteQuery } from '@tanstack/react-query';
import { request } from './api-client.ts';
import { isEnded, type Run } from './run.ts';

/** As in the address; absent members leave everything in. */
export interface RunFilter {
  readonly text?: string;
  /** `<protocol>/<id>`. */
  readonly model?: string;
  /** States with commas between. */
  readonly state?: string;
  /** A local day such as 2026-04-01, or a moment in RFC 3339. */
  readonly from?: string;
  /** The last day, or the moment after the last. */
  readonly until?: string;
  readonly apiKeyId?: string;
  readonly endUserId?: string;
}

export const RUN_FILTERS = ['text', 'model', 'state', 'from', 'until', 'apiKeyId', 'endUserId'] as const;

interface RunPage {
  readonly runs: readonly Run[];
  readonly next?: string;
}

const REFRESH_MS = 2000;
const PAGE_SIZE = 40;
const DAY = /^\d{4}-\d\d-\d\d$/;

/** What the server is asked for by a filter, as the curl line shows it. */
export function runsPath(filter: RunFilter, cursor?: string): string {
  const { text, model, state, from, until, apiKeyId, endUserId } = filter;
  const [protocol, ...id] = (model ?? '').split('/');
  const query = {
    text,
    protocol,
    endpoint: id.join('/'),
    state,
    from: from !== undefined && DAY.test(from) ? new Date(`${from}T00:00`).toISOString() : from,
    until: until !== undefined && DAY.test(until) ? dayAfter(until).toISOString() : until,
    apiKeyId,
    endUserId,
    cursor,
    limit: String(PAGE_SIZE),
  };
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== '');
  return `/account/runs?${new URLSearchParams(given as [string, string][])}`;
}

function dayAfter(day: string): Date {
  const date = new Date(`${day}T00:00`);
  date.setDate(date.getDate() + 1);
  return date;
}

const runsQuery = (filter: RunFilter) =>
  infiniteQueryOptions({
    queryKey: ['account', 'runs', 'list', filter],
    queryFn: ({ pageParam, signal }) =>
      request<RunPage>('GET', runsPath(filter, pageParam === '' ? undefined : pageParam), { signal }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
    // Kept current while something is under way.
    refetchInterval: ({ state: { data } }) =>
      data?.pages.some(({ runs }) => runs.some((run) => !isEnded(run))) === true ? REFRESH_MS : false,
  });

export const useRuns = (filter: RunFilter) => useInfiniteQuery(runsQuery(filter));
