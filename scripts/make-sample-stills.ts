/**
 * Draws the sample pictures in examples/stills, so that the project owns every pixel it ships: a lake in the morning,
 * the same place at dusk (an end picture for it), and a portrait. No randomness: the same code draws the same pictures.
 * Takes a few minutes.
 *
 *     node scripts/make-sample-stills.ts
 */
import { mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type Canvas, writeJpeg } from './sample-stills/canvas.ts';
import { drawExplorer } from './sample-stills/explorer.ts';
import { drawLakeside } from './sample-stills/lakeside.ts';
import { DUSK, MORNING } from './sample-stills/weather.ts';

const FOLDER = join(import.meta.dirname, '..', 'examples', 'stills');
const QUALITY = 90;

const STILLS: Readonly<Record<string, () => Canvas>> = {
  'lakeside.jpg': () => drawLakeside(MORNING),
  'lakeside-dusk.jpg': () => drawLakeside(DUSK),
  'portrait.jpg': drawExplorer,
};

await mkdir(FOLDER, { recursive: true });
for (const [name, draw] of Object.entries(STILLS)) {
  const path = join(FOLDER, name);
  await writeJpeg(draw(), path, QUALITY);
  const { size } = await stat(path);
  console.log(`${name}: ${Math.round(size / 1024)} KB`);
}
