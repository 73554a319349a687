/**
 * What `npm ci` does at its end: builds the playground's page. JavaScript, so that an install with a Node that cannot run
 * TypeScript (macOS has no pinned one) still succeeds; `npm start` builds the page later.
 */
const OLDEST_NODE = 24;

if (Number.parseInt(process.versions.node, 10) >= OLDEST_NODE) await import('./build-playground.ts');
else
  console.error(
    `The playground is not built yet: that needs Node ${OLDEST_NODE}, and this is ${process.version}.`,
  );
