import { useEffect } from 'react';
import { belongsToTarget } from '../../ui/keyboard-target.ts';

export interface PageKeys {
  readonly run: () => void;
  readonly newSeed: (() => void) | undefined;
  readonly compare: (() => void) | undefined;
  readonly help: () => void;
}

/** The page's shortcuts; the player has its own. Run works while typing, the single letters do not. */
export function usePageKeys({ run, newSeed, compare, help }: PageKeys): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        run();
        return;
      }
      if (belongsToTarget(event) || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === 's') newSeed?.();
      else if (event.key === 'c') compare?.();
      else if (event.key === '?') help();
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  });
}
