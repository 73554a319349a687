import { writeJpeg } from './sample-stills/canvas.ts';
import { drawLakeside } from './sample-stills/lakeside.ts';
import { DUSK, MORNING } from './sample-stills/weather.ts';

const out = process.argv[2] ?? 'examples/stills';
for (const [n, w] of [
  ['lakeside', MORNING],
  ['lakeside-dusk', DUSK],
] as const) {
  const t = performance.now();
  await writeJpeg(drawLakeside(w), `${out}/${n}.jpg`, 86);
  console.log(n, performance.now() - t);
}
