/**
 * Compiles the frame kernels to WebAssembly and writes them as a TypeScript module, so that they load wherever
 * TypeScript does: no file to find, no fetch, no Node. The module is committed; a test compiles again and compares.
 *
 *     node scripts/build-kernels.ts            writes the module
 *     node scripts/build-kernels.ts --check    fails when the module is not what its source compiles to
 */
import { readFileSync, writeFileSync } from 'node:fs';
import asc from 'assemblyscript/asc';

const SOURCES = new URL('../src/animator/raster/assembly/', import.meta.url);
/** Those whose exports are the module's; the others they import. */
const ENTRIES: readonly string[] = [
  'kernels.ts',
  'flow.ts',
  'mix.ts',
  'veil.ts',
  'map.ts',
  'flow-map.ts',
  'paint.ts',
];
const FILES: readonly string[] = [...ENTRIES, 'places.ts', 'sampling.ts', 'unforeseen.ts'];
const MODULE = new URL('../src/animator/raster/kernels-wasm.ts', import.meta.url);

/** No allocator, no static data, and the memory comes from outside: one module serves any number of clips. */
const OPTIONS = [
  '--runtime',
  'stub',
  '--importMemory',
  '--noExportMemory',
  '--noAssert',
  '--enable',
  'simd',
  '-O3',
];

/** The generated module's text; throws with the compiler's own words when the source does not compile. */
async function compileKernels(): Promise<string> {
  let wasm: Uint8Array | undefined;
  const { error, stderr } = await asc.main([...ENTRIES, '--outFile', 'kernels.wasm', ...OPTIONS], {
    readFile: (name) => (FILES.includes(name) ? readFileSync(new URL(name, SOURCES), 'utf8') : null),
    writeFile: (_name, contents) => {
      if (typeof contents !== 'string') wasm = contents;
    },
    listFiles: () => [],
  });
  if (error !== null || wasm === undefined)
    throw new Error(`The kernels did not compile.\n${stderr.toString()}`);
  return toModule(wasm);
}

function toModule(wasm: Uint8Array): string {
  const lines =
    Buffer.from(wasm)
      .toString('base64')
      .match(/.{1,100}/g) ?? [];
  return [
    '/**',
    ' * Generated from assembly/ by scripts/build-kernels.ts; do not edit.',
    ` * The frame kernels as a WebAssembly module, ${wasm.byteLength} bytes, base64.`,
    ' */',
    'export const KERNELS_WASM = [',
    ...lines.map((line) => `  '${line}',`),
    "].join('');",
    '',
  ].join('\n');
}

const module = await compileKernels();
if (!process.argv.includes('--check')) {
  writeFileSync(MODULE, module);
} else if (readFileSync(MODULE, 'utf8') !== module) {
  console.error('kernels-wasm.ts is not what assembly/ compiles to: run node scripts/build-kernels.ts.');
  process.exitCode = 1;
}
