/** Which run the page shows. It stands in the address, so that a reload or a link shows the same. */
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useSearchParams } from 'wouter';
import type { Storyboard } from '../../form/use-storyboard.ts';
import type { Model } from '../../wire/catalogue.ts';
import { type Following, runsOfModelQuery, useFollowedRun } from '../../wire/followed-run.ts';
import type { Run } from '../../wire/run.ts';
import { useAccount } from '../../wire/session.ts';

export interface OpenRun extends Following {
  readonly id: string | undefined;
  open(id: string | undefined): void;
}

export function useOpenRun({ runId, replace, values }: Storyboard): OpenRun {
  const [query, setQuery] = useSearchParams();
  const id = query.get('run') ?? undefined;
  const account = useAccount();
  const following = useFollowedRun(account == null ? undefined : id);
  const { run } = following;
  // Opened by a link: its inputs come into the form, unless the form is already about it.
  const isLinked = useRef(id !== undefined && id !== runId);
  useEffect(() => {
    if (!isLinked.current || run === undefined) return;
    isLinked.current = false;
    replace(run.input, run.id);
  });
  const open = (wanted: string | undefined) => {
    isLinked.current = false;
    replace(values, wanted);
    setQuery((before) => {
      const after = new URLSearchParams(before);
      if (wanted === undefined) after.delete('run');
      else after.set('run', wanted);
      return after;
    });
  };
  return { ...following, id, open };
}

/** Newest first. */
export function useRunsOfModel(model: Model): readonly Run[] {
  const account = useAccount();
  return useQuery({ ...runsOfModelQuery(model), enabled: account != null }).data?.runs ?? [];
}

/** The last one that was completed before `run`; undefined when there is none, or nothing is open. */
export function useCompletedBefore(model: Model, run: Run | undefined): Run | undefined {
  const runs = useRunsOfModel(model);
  if (run === undefined) return undefined;
  return runs.find(
    ({ id, state, createdAt }) => id !== run.id && state === 'completed' && createdAt <= run.createdAt,
  );
}
