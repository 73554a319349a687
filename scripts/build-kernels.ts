/**
 * Compiles the frame kernels to WebAssembly and writes them as a TypeScript module, so that they load wherever
 * TypeScript does: no file to find, no fetch, no Node. The module is committed; a test compiles again and compares.
 *
 *     node scripts/build-kernels.ts            writes the module
 *     node scripts/build-kernels.ts --check    fails when the module is not what its source compiles to
 */
import { readFileSync, writeFileSync } from 'node:fs';
import asc from 'assemblyscript/asc';

const SOURCE = new URL('../src/animator/raster/assembly/kernels.ts', import.meta.url);
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
  const source = readFileSync(SOURCE, 'utf8');
  let wasm: Uint8Array | undefined;
  const { error, stderr } = await asc.main(['kernels.ts', '--outFile', 'kernels.wasm', ...OPTIONS], {
    readFile: (name) => (name === 'kernels.ts' ? source : null),
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
    ' * Generated from assembly/kernels.ts by scripts/build-kernels.ts; do not edit.',
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
  console.error(
    'kernels-wasm.ts is not what assembly/kernels.ts compiles to: run node scripts/build-kernels.ts.',
  );
  process.exitCode = 1;
}
