/**
 * `npm test`: types, lint, then every test; closes with one line that counts them. `npm test -- <files>` runs some.
 * Exit code 0 only when all of it is clean. What the tests leave in the temporary folder, killed ones too, goes with the run.
 */
import { spawnSync } from 'node:child_process';
import { globSync, mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';

const temporaryFolder = mkdtempSync(join(tmpdir(), 'animatic-tests-'));
for (const name of ['TMPDIR', 'TEMP', 'TMP']) process.env[name] = temporaryFolder;
process.on('exit', () => rmSync(temporaryFolder, { recursive: true, force: true, maxRetries: 5 }));
process.once('SIGINT', () => process.exit(130));

const chosen = process.argv.slice(2);
const checksClean = chosen.length > 0 || (check('tsc') && check('biome', 'check', '.'));
const files = chosen.length > 0 ? chosen : globSync(['{src,tests,playground/src}/**/*.test.ts']).toSorted();

const stream = run({ files, concurrency: Math.min(4, availableParallelism()), timeout: 900_000 });
stream.on('test:summary', ({ file, counts }) => {
  if (file !== undefined) return;
  const failed = counts.tests - counts.passed - counts.skipped - counts.todo + (checksClean ? 0 : 1);
  const skipped = counts.skipped + counts.todo;
  process.exitCode = failed === 0 && counts.passed > 0 ? 0 : 1;
  process.on('exit', () =>
    console.log(`${counts.passed} passed, ${failed} failed${skipped === 0 ? '' : `, ${skipped} skipped`}`),
  );
});
stream.compose(spec).pipe(process.stdout);

/** Runs a tool of node_modules/.bin, which npm put on the path. */
function check(tool: string, ...options: string[]): boolean {
  console.log(`> ${[tool, ...options].join(' ')}`);
  return spawnSync(tool, options, { stdio: 'inherit', shell: process.platform === 'win32' }).status === 0;
}
