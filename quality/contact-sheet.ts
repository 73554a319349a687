/**
 * Contact sheets to look at: a row a clip, eight frames from its first to its last, with what was asked and how the director
 * cast it. Written to out/ as PNG: every still with nothing asked, what scenes do, and the camera's moves at bold strength.
 *
 *     npm run contact-sheet [-- <part of a sheet's name>]
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import sharp, { type OverlayOptions } from 'sharp';
import { MOVES, type Plan } from '#animator/director/plan.ts';
import { type ClipWish, createStillLoader, drawFrame, makeClip } from './case-clip.ts';
import { MOVE_PROMPTS } from './cases.ts';
import { STILLS } from './stills/stills.ts';
import { lettering } from './stills/svg.ts';
import { toRgb } from './to-rgb.ts';

const FOLDER = join(import.meta.dirname, '..', 'out');
const FRAMES = 8;
const CELL = { width: 256, height: 156 };
const CAPTION_HEIGHT = 20;

const nothingAsked: readonly ClipWish[] = STILLS.map((still) => ({ still, prompt: '' }));

const scenes: readonly ClipWish[] = [
  { still: 'lakeside', prompt: 'clouds drift, gentle ripples on the lake' },
  { still: 'sea', prompt: 'waves roll in, wind in the sail' },
  { still: 'panorama', prompt: 'drone flight over the bay, clouds drift' },
  { still: 'street', prompt: 'heavy rain, handheld' },
  { still: 'night', prompt: 'thunderstorm, lightning over the town' },
  { still: 'high key', prompt: 'snow falls softly' },
  { still: 'tall wood', prompt: 'light rays through the trees, dust in the air' },
  { still: 'interior', prompt: 'morning fog drifts in, push in' },
  { still: 'close face', prompt: 'wind in her hair, shallow depth of field' },
  { still: 'portrait', prompt: 'embers rise around him', style: 'spicy' },
  { still: 'street', prompt: '', style: 'spicy' },
  { still: 'lakeside', prompt: 'shot 1: wide shot. cut to close up of the hut', durationSeconds: 6 },
  { still: 'lakeside', endStill: 'dusk', prompt: 'slow push in' },
  { still: 'street', endStill: 'interior', prompt: '' },
  { still: 'portrait', endStill: 'close face', prompt: 'whip pan' },
];

const moves: readonly ClipWish[] = (['lakeside', 'portrait', 'street'] as const).flatMap((still) =>
  MOVES.filter((move) => move !== 'static').map((move) => ({
    still,
    prompt: `dramatic ${MOVE_PROMPTS[move]}`,
  })),
);

const SHEETS: Readonly<Record<string, readonly ClipWish[]>> = {
  'sheet-nothing-asked': nothingAsked,
  'sheet-scenes': scenes,
  'sheet-moves': moves,
};

const load = createStillLoader();

mkdirSync(FOLDER, { recursive: true });
for (const [name, wishes] of Object.entries(SHEETS)) {
  if (!name.includes(process.argv[2] ?? '')) continue;
  const rows: Buffer[] = [];
  for (const wish of wishes) rows.push(await drawRow(wish));
  const height = CELL.height + CAPTION_HEIGHT;
  const file = join(FOLDER, `${name}.png`);
  await blank(FRAMES * CELL.width, rows.length * height)
    .composite(rows.map((input, i) => ({ input, left: 0, top: i * height })))
    .png()
    .toFile(file);
  console.log(`${file}: ${rows.length} rows`);
}

async function drawRow(wish: ClipWish): Promise<Buffer> {
  const { clip } = await makeClip(wish, '480p', load);
  const { size, frameCount } = clip.plan;
  const cells = Array.from({ length: FRAMES }, async (_, i): Promise<OverlayOptions> => {
    const frame = drawFrame(clip, Math.round((i * (frameCount - 1)) / (FRAMES - 1)));
    const input = await sharp(toRgb(frame), { raw: { ...size, channels: 3 } })
      .resize({ ...CELL, fit: 'contain', background: '#202020' })
      .png()
      .toBuffer();
    return { input, left: i * CELL.width, top: CAPTION_HEIGHT };
  });
  const width = FRAMES * CELL.width;
  const caption = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${CAPTION_HEIGHT}">
    ${lettering(captionOf(wish, clip.plan), 6, 3, 2, 'fill="#ffffff"')}</svg>`;
  return blank(width, CELL.height + CAPTION_HEIGHT)
    .composite([{ input: Buffer.from(caption), left: 0, top: 0 }, ...(await Promise.all(cells))])
    .png()
    .toBuffer();
}

function captionOf({ still, endStill, prompt, style }: ClipWish, { shots }: Plan): string {
  const pictures = endStill === undefined ? still : `${still} to ${endStill}`;
  const asked = prompt === '' ? 'nothing asked' : prompt;
  const cast = shots
    .map((shot) => shot.moves.map(({ name, strength }) => `${name} ${strength.toFixed(2)}`).join(' + '))
    .join(' / ');
  return `${pictures}: ${asked}${style === 'spicy' ? ' (spicy)' : ''} = ${cast}`;
}

function blank(width: number, height: number) {
  return sharp({ create: { width, height, channels: 3, background: '#101010' } });
}
