/**
 * `npm run demo [picture] [prompt]`: animates a still through the whole path - HTTP, price and hold, queue, worker, engine,
 * file, ledger - exactly as `animatic generate` does, with a sample picture and prompt where none are given.
 */
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { runCommandLine } from '#apps/cli/command-line.ts';

const SAMPLE_STILL = fileURLToPath(new URL('../examples/stills/lakeside.jpg', import.meta.url));
const SAMPLE_PROMPT = 'slow push in over the lake, gentle waves, a light wind';

const [picture = SAMPLE_STILL, prompt = SAMPLE_PROMPT, ...flags] = process.argv.slice(2);
const output = 'out/demo.mp4';
mkdirSync('out', { recursive: true });
process.stdout.write(`Animating ${picture}\n  "${prompt}"\n`);
process.exitCode = await runCommandLine(['generate', picture, prompt, '--output', output, ...flags]);
