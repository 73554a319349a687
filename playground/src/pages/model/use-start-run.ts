/** Sends the form, or a run's inputs once more, and opens what comes of it. */
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Storyboard } from '../../form/use-storyboard.ts';
import { WireError } from '../../wire/api-client.ts';
import type { ModelInput } from '../../wire/catalogue.ts';
import { askQuote } from '../../wire/quote.ts';
import { startRun } from '../../wire/run.ts';
import { sessionQuery } from '../../wire/session.ts';

export interface StartRun {
  readonly isStarting: boolean;
  /** Why the last request was not taken; undefined when it was. */
  readonly refusal: string | undefined;
  /** The run that was started from this page last. */
  readonly freshId: string | undefined;
  start(input: ModelInput): Promise<void>;
}

export function useStartRun({ model, refuse }: Storyboard, onStarted: (id: string) => void): StartRun {
  const queries = useQueryClient();
  const [isStarting, setStarting] = useState(false);
  const [refusal, setRefusal] = useState<string>();
  const [freshId, setFreshId] = useState<string>();

  const start = async (input: ModelInput) => {
    setStarting(true);
    setRefusal(undefined);
    try {
      const id = await startRun(model, input);
      setFreshId(id);
      onStarted(id);
      void queries.invalidateQueries({ queryKey: ['account', 'runs'] });
      void queries.invalidateQueries({ queryKey: sessionQuery.queryKey });
    } catch (error) {
      if (!(error instanceof WireError)) throw error;
      setRefusal(error.message);
      // A dialect that does not say where the fault lies is helped out by the quote, which does.
      const places = error.faults.length > 0 ? error.faults : (await askQuote(model, input)).faults;
      refuse(places);
    } finally {
      setStarting(false);
    }
  };
  return { isStarting, refusal, freshId, start };
}
