/** The walls: imports point down the floors of src/README.md, show their floor, and domain stays pure. */
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, normalize, resolve } from 'node:path';
import { it } from 'node:test';

const ROOT = resolve(import.meta.dirname, '..');

/** Folder -> folders it may import besides itself. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  domain: [],
  catalogue: ['domain'],
  animator: ['domain'],
  ports: ['domain'],
  services: ['domain', 'catalogue', 'ports'],
  adapters: ['domain', 'ports', 'animator'],
  protocols: ['domain', 'catalogue', 'ports', 'services'],
  apps: ['domain', 'catalogue', 'animator', 'ports', 'services', 'adapters', 'protocols'],
};

interface Import {
  readonly file: string;
  readonly floor: string;
  readonly target: string;
}

const files = globSync('src/**/*.ts', { cwd: ROOT }).filter((file) => !file.includes('/assembly/'));
const isTest = (file: string) => file.endsWith('.test.ts');
const floorOf = (file: string) => file.split('/')[1]!;

const imports: readonly Import[] = files.flatMap((file) => {
  const text = readFileSync(join(ROOT, file), 'utf8');
  const targets = text.matchAll(
    /^(?:import|export)\s[^;]*?from\s+'([^']+)'|^import\s+'([^']+)'|\bimport\(\s*'([^']+)'\s*\)/gm,
  );
  return [...targets].map((match) => ({
    file,
    floor: floorOf(file),
    target: (match[1] ?? match[2] ?? match[3])!,
  }));
});

const offenders = (isWrong: (one: Import) => boolean) =>
  imports.filter(isWrong).map((one) => `${one.file} -> ${one.target}`);

it('finds the imports that it judges', () => {
  assert.ok(files.length > 60 && imports.length > 200, `${files.length} files, ${imports.length} imports`);
});

it('imports between floors point down', () => {
  const wrong = offenders(({ file, floor, target }) => {
    const other = /^#([a-z]+)\//.exec(target)?.[1];
    if (other === undefined || other === floor) return false;
    return !(MAY_IMPORT[floor]?.includes(other) || (isTest(file) && other === 'tests'));
  });
  assert.deepEqual(wrong, []);
});

it('relative imports stay on their floor, and adapters and protocols stay apart from their siblings', () => {
  const wrong = offenders(({ file, floor, target }) => {
    if (!target.startsWith('.')) return false;
    const [, targetFloor, sibling] = normalize(join(dirname(file), target)).split('/');
    if (targetFloor !== floor) return true;
    // `protocols/mount-protocols.ts` puts them together, `protocols/http/` is what they share.
    const own = file.split('/')[2]!;
    const isShared = (name: string | undefined) => name === 'http' || name?.endsWith('.ts') === true;
    return floor === 'protocols' && own !== sibling && !isShared(sibling) && !isShared(own);
  });
  assert.deepEqual(wrong, []);
});

it('files are imported with their ending', () => {
  assert.deepEqual(
    offenders(({ target }) => /^[.#]/.test(target) && !target.endsWith('.ts')),
    [],
  );
});

it('domain and ports import nothing from outside', () => {
  assert.deepEqual(
    offenders(
      ({ file, floor, target }) =>
        ['domain', 'ports'].includes(floor) && !isTest(file) && !/^[.#]/.test(target),
    ),
    [],
  );
});

it('the animator outside encode/ needs neither Node nor packages, so that a page can run it', () => {
  const inside = ({ file, floor }: Import) => floor === 'animator' && !isTest(file);
  const wrong = offenders(
    (one) => inside(one) && !one.file.startsWith('src/animator/encode/') && !/^[.#]/.test(one.target),
  );
  assert.deepEqual(wrong, []);
  const reaching = offenders(
    (one) => inside(one) && !one.file.includes('/encode/') && one.target.includes('/encode/'),
  );
  assert.deepEqual(reaching, []);
});

it('services reach the world through ports alone', () => {
  const isNode = (target: string) => target.startsWith('node:') || builtinModules.includes(target);
  assert.deepEqual(
    offenders(({ file, floor, target }) => floor === 'services' && !isTest(file) && isNode(target)),
    [],
  );
});

it('time and randomness come through ports', () => {
  const pure = files.filter((file) => !isTest(file) && !/^src\/(apps|adapters)\//.test(file));
  const wrong = pure.filter((file) =>
    /Math\.random\(|Date\.now\(|new Date\(\)/.test(readFileSync(join(ROOT, file), 'utf8')),
  );
  assert.deepEqual(wrong, []);
});

it('only the catalogue knows a model', () => {
  // An adapter's table names what the service behind it sells: data of theirs, which no code compares.
  const isTable = (file: string) => /^src\/adapters\/engines\/[a-z]+\/models\.ts$/.test(file);
  const outside = files.filter(
    (file) => !isTest(file) && !file.startsWith('src/catalogue/') && !isTable(file),
  );
  const code = (file: string) =>
    readFileSync(join(ROOT, file), 'utf8').replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
  assert.deepEqual(
    outside.filter((file) => code(file).includes('bytedance/')),
    [],
  );
});

it('the playground is a client: it imports nothing of the server', () => {
  const own = globSync('playground/src/**/*.{ts,tsx}', { cwd: ROOT }).filter((file) => !isTest(file));
  assert.ok(own.length > 30, `${own.length} files`);
  const wrong = own.flatMap((file) =>
    [...readFileSync(join(ROOT, file), 'utf8').matchAll(/(?:from|import\()\s*'([^']+)'/g)]
      .map((match) => match[1]!)
      .filter(
        (target) =>
          target.startsWith('#') ||
          target.startsWith('node:') ||
          (target.startsWith('.') && !normalize(join(dirname(file), target)).startsWith('playground/src/')),
      )
      .map((target) => `${file} -> ${target}`),
  );
  assert.deepEqual(wrong, []);
});
