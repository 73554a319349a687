/**
 * The key that was typed into this page, for the code that it shows. It lives in this variable alone: a reload forgets it, and
 * nothing writes it anywhere.
 */
import { useSyncExternalStore } from 'react';

let typedKey: string | undefined;
const listeners = new Set<() => void>();

export function rememberKey(key: string | undefined): void {
  typedKey = key;
  for (const listener of listeners) listener();
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
};

/** Undefined until a person typed one since the page was loaded. */
export const useTypedKey = (): string | undefined => useSyncExternalStore(subscribe, () => typedKey);
