/** `npm run bench [name ...]`: every benchmark, or those named. Each prints ratios within its own run. */
import { spawnSync } from 'node:child_process';
import { globSync } from 'node:fs';
import { basename } from 'node:path';

const all = globSync('bench/*.ts')
  .filter((file) => basename(file) !== 'run.ts')
  .toSorted();
const chosen = process.argv.slice(2);
const files = chosen.length === 0 ? all : all.filter((file) => chosen.includes(basename(file, '.ts')));
if (files.length === 0) {
  console.error(
    `There is no such benchmark; there are: ${all.map((file) => basename(file, '.ts')).join(', ')}.`,
  );
  process.exitCode = 1;
}
for (const file of files) {
  console.log(`\n== ${basename(file, '.ts')}`);
  const { status } = spawnSync(process.execPath, [file], { stdio: 'inherit' });
  if (status !== 0) process.exitCode = 1;
}
