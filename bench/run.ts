/**
 * `npm run bench [name ...] [-- --option ...]`: every benchmark, or those named. Each prints ratios within its own run; options are
 * passed on to it. What they said last stands in README.md beside this.
 */
import { spawnSync } from 'node:child_process';
import { globSync } from 'node:fs';
import { basename } from 'node:path';

const all = globSync('bench/*.ts')
  .filter((file) => basename(file) !== 'run.ts')
  .toSorted();
const words = process.argv.slice(2);
const firstOption = words.findIndex((word) => word.startsWith('--'));
const chosen = firstOption === -1 ? words : words.slice(0, firstOption);
const options = firstOption === -1 ? [] : words.slice(firstOption);
const files = chosen.length === 0 ? all : all.filter((file) => chosen.includes(basename(file, '.ts')));
if (files.length === 0) {
  console.error(
    `There is no such benchmark; there are: ${all.map((file) => basename(file, '.ts')).join(', ')}.`,
  );
  process.exitCode = 1;
}
for (const file of files) {
  console.log(`\n== ${basename(file, '.ts')}`);
  const { status } = spawnSync(process.execPath, [file, ...options], { stdio: 'inherit' });
  if (status !== 0) process.exitCode = 1;
}
