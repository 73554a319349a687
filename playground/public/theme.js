/* Sets the theme before the first paint: the chosen one, else the system's. `src/app/theme.ts` keeps it from then on. */
(() => {
  let chosen = null;
  try {
    chosen = localStorage.getItem('animatic:theme');
  } catch {
    // Storage may be switched off; the system's theme serves.
  }
  const isDark = chosen === null ? matchMedia('(prefers-color-scheme: dark)').matches : chosen === 'dark';
  document.documentElement.dataset.theme = isDark ? 'dark' : 'light';
})();
