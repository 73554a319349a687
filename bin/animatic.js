#!/usr/bin/env node
/**
 * The `animatic` command. The program is TypeScript that Node 24 runs as it is; started by an older Node, it hands over to
 * the pinned one that `npm ci` put beside it.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const OLDEST_NODE = 24;

if (Number.parseInt(process.versions.node, 10) >= OLDEST_NODE) {
  const { runCommandLine } = await import('../src/apps/cli/command-line.ts');
  process.exitCode = await runCommandLine(process.argv.slice(2));
} else {
  handOver();
}

function handOver() {
  const pinned = fileURLToPath(
    new URL(`../node_modules/.bin/node${process.platform === 'win32' ? '.cmd' : ''}`, import.meta.url),
  );
  if (!existsSync(pinned)) {
    console.error(
      `animatic needs Node ${OLDEST_NODE} or newer; this is ${process.version}. Run "npm ci" in its folder, or install Node ${OLDEST_NODE}.`,
    );
    process.exit(1);
  }
  const child = spawn(pinned, process.argv.slice(1), {
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  // The terminal signals the whole group; what another program sends to us alone is passed on.
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => process.exit(code ?? (signal === null ? 1 : 130)));
}
