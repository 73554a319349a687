/** Dark or light: the system's until a person chooses. `public/theme.js` has set it before the first paint. */
import { useSyncExternalStore } from 'react';

export type Theme = 'dark' | 'light';

const STORAGE_KEY = 'animatic:theme';
const systemIsDark = matchMedia('(prefers-color-scheme: dark)');
const listeners = new Set<() => void>();

const current = (): Theme => (document.documentElement.dataset.theme === 'dark' ? 'dark' : 'light');

function show(theme: Theme): void {
  document.documentElement.dataset.theme = theme;
  for (const listener of listeners) listener();
}

systemIsDark.addEventListener('change', () => {
  if (localStorage.getItem(STORAGE_KEY) === null) show(systemIsDark.matches ? 'dark' : 'light');
});

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function chooseTheme(theme: Theme): void {
  localStorage.setItem(STORAGE_KEY, theme);
  show(theme);
}

export const useTheme = (): Theme => useSyncExternalStore(subscribe, current);
