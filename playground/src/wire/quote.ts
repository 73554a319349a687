/** What a request would cost and what is wrong with it, in the server's own words; nothing is charged for asking. */
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { type Fault, request } from './api-client.ts';
import type { Model, ModelInput } from './catalogue.ts';

export interface Quote {
  /** Exact decimal USD text: the price, or the most that it can be. */
  readonly price: string;
  readonly exact: boolean;
  /** The arithmetic in words. */
  readonly explanation: string;
}

export interface QuoteAnswer {
  /** Absent when a value that moves the price is itself wrong. */
  readonly quote?: Quote;
  readonly faults: readonly Fault[];
}

const keyOf = (model: Model, input: ModelInput) => ['account', 'quote', model.protocol, model.id, input];

export const askQuote = (
  { protocol, id }: Pick<Model, 'protocol' | 'id'>,
  input: ModelInput,
  signal?: AbortSignal,
): Promise<QuoteAnswer> => request('POST', '/catalogue/quote', { body: { protocol, id, input }, signal });

/** The answer before stays while the next one is under way. */
export const useQuote = (model: Model, input: ModelInput, enabled: boolean) =>
  useQuery({
    queryKey: keyOf(model, input),
    queryFn: ({ signal }) => askQuote(model, input, signal),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    retry: false,
    enabled,
  });
