/**
 * Builds the page into playground/dist, with a compressed copy beside each text file, so that the server compresses nothing. A
 * build whose inputs are unchanged is left as it is; `--force` builds anyway. Runs after every install; one without the
 * development packages keeps the page that is there.
 */
import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const ROOT = resolve(import.meta.dirname, '..');
const PLAYGROUND = join(ROOT, 'playground');
const DIST = join(PLAYGROUND, 'dist');
/** Names what the build was made from. */
const STAMP = '.inputs';
const INPUTS = ['index.html', 'vite.config.ts', 'package.json', 'src/**/*', 'public/**/*'];
const COMPRESSIBLE = '**/*.{js,css,html,svg,json}';

const inputs = fingerprint();
const stamp = join(DIST, STAMP);
const isCurrent = existsSync(stamp) && readFileSync(stamp, 'utf8') === inputs;
if (!isCurrent || process.argv.includes('--force')) await buildPage();

/** Built beside the page that is there and then put in its place, so that a server at work never serves half of one. */
async function buildPage(): Promise<void> {
  const bundler = await loadBundler();
  if (bundler === undefined) {
    console.log(
      'The playground is not built: this installation has no bundler (it was made without development packages).',
    );
    return;
  }
  const next = `${DIST}.${process.pid}`;
  await bundler.build({
    configFile: join(PLAYGROUND, 'vite.config.ts'),
    logLevel: 'warn',
    build: { outDir: next },
  });
  for (const file of globSync(COMPRESSIBLE, { cwd: next })) compress(join(next, file));
  writeFileSync(join(next, STAMP), inputs);
  putInPlace(next);
}

function putInPlace(next: string): void {
  rmSync(DIST, { recursive: true, force: true });
  try {
    renameSync(next, DIST);
  } catch (error) {
    // Another build of the same inputs was there first.
    if ((error as NodeJS.ErrnoException).code !== 'ENOTEMPTY') throw error;
    rmSync(next, { recursive: true });
  }
}

/** Loaded only for a build. Undefined where it is not installed. */
async function loadBundler(): Promise<typeof import('vite') | undefined> {
  try {
    return await import('vite');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_MODULE_NOT_FOUND') return undefined;
    throw error;
  }
}

function compress(path: string): void {
  const bytes = readFileSync(path);
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
    [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
  };
  writeFileSync(`${path}.br`, brotliCompressSync(bytes, { params }));
  writeFileSync(`${path}.gz`, gzipSync(bytes, { level: constants.Z_BEST_COMPRESSION }));
}

/** Of names and contents, in a fixed order. */
function fingerprint(): string {
  const hash = createHash('sha256');
  const files = globSync(INPUTS, { cwd: PLAYGROUND, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.test.ts'))
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted();
  for (const file of [...files, join(ROOT, 'package-lock.json')]) {
    hash.update(file.slice(ROOT.length)).update(readFileSync(file));
  }
  return hash.digest('hex');
}
