/** What the engine behind a model understands of a prompt. */
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { request } from './api-client.ts';
import type { Model } from './catalogue.ts';
import { useAccount } from './session.ts';

export type WishKind = 'camera' | 'air' | 'motion' | 'sound' | 'cut' | 'ending';

export interface PromptReading {
  /** False for engines that do not say; the rest is empty then. */
  readonly readsPrompts: boolean;
  readonly understood: readonly {
    readonly kind: WishKind;
    readonly label: string;
    /** The words of the prompt. */
    readonly text: string;
  }[];
  readonly notDrawn: readonly { readonly text: string; readonly reason: string }[];
  readonly description: readonly string[];
}

/** Nothing is asked for an empty prompt, or before somebody is signed in. */
export function usePromptReading({ protocol, id, engine }: Model, prompt: string) {
  const account = useAccount();
  return useQuery({
    queryKey: ['prompt-reading', protocol, id, prompt],
    queryFn: ({ signal }) =>
      request<PromptReading>('POST', '/catalogue/read-prompt', { body: { protocol, id, prompt }, signal }),
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
    enabled: account != null && engine.readsPrompts && prompt.trim() !== '',
  });
}
