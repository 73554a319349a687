/** Following runs. The open one is followed closely; a lost connection is tried again until the run has ended. */
import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { request, WireError } from './api-client.ts';
import type { Model } from './catalogue.ts';
import { type FollowedRun, isEnded, type Run, readRun } from './run.ts';
import { sessionQuery } from './session.ts';

const LONGEST_WAIT_MS = 20_000;
/** Between two answers of a run that is followed closely, so that a busy one does not flood the page. */
const PAUSE_MS = 120;
const RETRY_MS = 1500;
const LIST_MS = 2000;
const LISTED = 12;

const runKey = (id: string) => ['account', 'run', id] as const;
const listKey = ({ protocol, id }: Pick<Model, 'protocol' | 'id'>) =>
  ['account', 'runs', protocol, id] as const;

const isGone = (error: unknown): boolean =>
  error instanceof WireError && (error.status === 404 || error.status === 401);

export interface Following {
  readonly run: FollowedRun | undefined;
  /** The server cannot be reached; what is shown is what was last known. */
  readonly isLost: boolean;
  /** There is no such run in this account. */
  readonly isGone: boolean;
}

/** @param id Undefined follows nothing. */
export function useFollowedRun(id: string | undefined): Following {
  const queries = useQueryClient();
  const query = useQuery({
    queryKey: runKey(id ?? ''),
    queryFn: async ({ signal }) => {
      const before = queries.getQueryData<FollowedRun>(runKey(id!));
      const run = await readRun(id!, {
        after: before?.log.at(-1)?.number ?? 0,
        waitMs: before === undefined ? 0 : LONGEST_WAIT_MS,
        signal,
      });
      return before === undefined ? run : { ...run, log: [...before.log, ...run.log] };
    },
    enabled: id !== undefined,
    retry: false,
    staleTime: PAUSE_MS,
    refetchInterval: ({ state: { data, error } }) => {
      if (isGone(error) || (data !== undefined && isEnded(data))) return false;
      return error === null ? PAUSE_MS : RETRY_MS;
    },
  });
  const run = query.data;
  const hasEnded = run !== undefined && isEnded(run);
  // What the run cost is on the balance now.
  useEffect(() => {
    if (!hasEnded) return;
    void queries.invalidateQueries({ queryKey: sessionQuery.queryKey });
    void queries.invalidateQueries({ queryKey: ['account', 'runs'] });
  }, [hasEnded, queries]);
  return { run, isLost: query.isError && !isGone(query.error), isGone: isGone(query.error) };
}

/** The newest runs of a model, kept current while one of them has not ended. */
export const runsOfModelQuery = (model: Pick<Model, 'protocol' | 'id'>) =>
  queryOptions({
    queryKey: listKey(model),
    queryFn: ({ signal }) =>
      request<{ readonly runs: readonly Run[] }>(
        'GET',
        `/account/runs?protocol=${model.protocol}&endpoint=${encodeURIComponent(model.id)}&limit=${LISTED}`,
        { signal },
      ),
    staleTime: LIST_MS,
    refetchInterval: ({ state: { data } }) =>
      data?.runs.some((run) => !isEnded(run)) === true ? LIST_MS : false,
  });
