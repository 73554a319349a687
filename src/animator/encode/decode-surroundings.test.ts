import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import sharp from 'sharp';
import { cropCentre } from '../raster/crop-centre.ts';
import { decodeStill } from './decode-still.ts';
import { decodeSurroundings } from './decode-surroundings.ts';

let folder = '';
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'animatic-surroundings-'));
});
after(() => rm(folder, { recursive: true }));

/** A picture without two like pixels beside each other. */
async function picture(width: number, height: number): Promise<string> {
  const path = join(folder, `${width}x${height}.png`);
  const data = Buffer.from(
    Uint8Array.from({ length: 3 * width * height }, (_, i) => Math.imul(i + 7, 2_654_435_761) >>> 24),
  );
  await sharp(data, { raw: { width, height, channels: 3 } })
    .png()
    .toFile(path);
  return path;
}

const SIZE = { width: 320, height: 180 };

for (const [width, height] of [
  [400, 600],
  [641, 481],
  [900, 300],
  [150, 200],
  [320, 184],
] as const) {
  test(`${width}x${height}: the still is what the crop alone gives, to the byte, with real pixels around it`, async () => {
    const path = await picture(width, height);
    const { still, surroundings } = await decodeSurroundings(path, SIZE);
    const alone = await decodeStill(path, SIZE);
    assert.ok(Buffer.from(still.data).equals(alone.data));
    assert.ok(surroundings !== undefined);
    assert.deepEqual(cropCentre(surroundings, SIZE).data, still.data);
    const [x, y] = [surroundings.width - SIZE.width, surroundings.height - SIZE.height];
    assert.ok(x === 0 || y === 0, 'a crop is across or down');
    assert.ok(x % 4 === 0 && y % 4 === 0 && x + y > 0);
    assert.ok(x <= 0.24 * SIZE.width && y <= 0.24 * SIZE.height);
  });
}

test('a picture of the same ratio has nothing around it', async () => {
  const { still, surroundings } = await decodeSurroundings(await picture(640, 360), SIZE);
  assert.equal(surroundings, undefined);
  assert.deepEqual([still.width, still.height], [320, 180]);
});
