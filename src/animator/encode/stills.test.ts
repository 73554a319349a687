import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { crc32, deflateSync } from 'node:zlib';
import sharp, { type Sharp } from 'sharp';
import { AnimaticError, type ErrorCode } from '#domain/errors.ts';
import type { StillInfo } from '#domain/media/still-info.ts';
import { assertSameSamples } from '#tests/fixtures/same-samples.ts';
import type { RgbaImage } from '../raster/picture.ts';
import { decodeStill } from './decode-still.ts';
import { inspectStill } from './inspect-still.ts';

type Rgb = readonly [number, number, number];

let folder: string;
let files = 0;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'animatic-stills-'));
});

after(() => rm(folder, { recursive: true }));

/** Stores bytes under a name that tells nothing of their format. */
async function store(bytes: Uint8Array): Promise<string> {
  files += 1;
  const path = join(folder, `upload-${files}`);
  await writeFile(path, bytes);
  return path;
}

/** Red in the left third of 48x32, green in the middle, blue on the right. */
function stripes(width = 48, height = 32): Sharp {
  const data = new Uint8Array(width * height * 3);
  for (let i = 0; i < width * height; i++) data[i * 3 + Math.floor(((i % width) * 3) / width)] = 255;
  return sharp(data, { raw: { width, height, channels: 3 } });
}

const plain = (background: string): Sharp =>
  sharp({ create: { width: 40, height: 40, channels: 3, background } });

function pixel(image: RgbaImage, x: number, y: number): Rgb {
  const offset = (y * image.width + x) * 4;
  assert.equal(image.data[offset + 3], 255);
  return [image.data[offset]!, image.data[offset + 1]!, image.data[offset + 2]!];
}

function assertNear(actual: Rgb, expected: Rgb, tolerance: number): void {
  const distance = Math.max(...actual.map((value, channel) => Math.abs(value - expected[channel]!)));
  assert.ok(distance <= tolerance, `${actual} is not within ${tolerance} of ${expected}`);
}

async function assertRefused(path: string, code: ErrorCode, message: RegExp): Promise<void> {
  const matches = (error: unknown) => {
    assert.ok(error instanceof AnimaticError, String(error));
    assert.equal(error.code, code);
    assert.match(error.message, message);
    assert.match(error.message, /JPEG, PNG, WebP, GIF or AVIF/);
    assert.equal(error.path, undefined);
    return true;
  };
  await assert.rejects(inspectStill(path), matches);
  await assert.rejects(decodeStill(path, { width: 32, height: 32 }), matches);
}

describe('accepted stills', () => {
  it('tells format, size and bytes of each format, whatever the file is called', async () => {
    const encoded = {
      jpeg: await stripes().jpeg().toBuffer(),
      png: await stripes().png().toBuffer(),
      webp: await stripes().webp().toBuffer(),
      gif: await stripes().gif().toBuffer(),
      avif: await stripes().avif({ effort: 0 }).toBuffer(),
    };
    for (const [format, bytes] of Object.entries(encoded)) {
      const path = await store(bytes);
      const expected = { format, width: 48, height: 32, byteLength: bytes.length } as StillInfo;
      assert.deepEqual(await inspectStill(path), expected);
      const image = await decodeStill(path, { width: 48, height: 32 });
      assert.equal(image.data.length, 48 * 32 * 4);
      assertNear(pixel(image, 8, 16), [255, 0, 0], 12);
      assertNear(pixel(image, 24, 16), [0, 255, 0], 12);
      assertNear(pixel(image, 40, 16), [0, 0, 255], 12);
    }
  });

  it('keeps every pixel of a picture that has the wanted size', async () => {
    const data = Uint8Array.from({ length: 64 * 48 * 3 }, (_, i) => (i * 7919) % 256);
    const path = await store(
      await sharp(data, { raw: { width: 64, height: 48, channels: 3 } })
        .png()
        .toBuffer(),
    );
    const image = await decodeStill(path, { width: 64, height: 48 });
    const colours = image.data.filter((_, i) => i % 4 !== 3);
    assertSameSamples(new Uint8Array(colours), data);
  });

  it('crops centred to cover exactly the wanted size', async () => {
    const path = await store(await stripes(300, 100).png().toBuffer());
    const image = await decodeStill(path, { width: 50, height: 50 });
    assert.deepEqual([image.width, image.height, image.data.length], [50, 50, 50 * 50 * 4]);
    for (const x of [2, 25, 47]) assertNear(pixel(image, x, 25), [0, 255, 0], 4);
    const wide = await decodeStill(path, { width: 1470, height: 630 });
    assert.equal(wide.data.length, 1470 * 630 * 4);
  });

  it('gives the same part larger where it is wanted so, but no larger than the picture is', async () => {
    const path = await store(await stripes(300, 100).png().toBuffer());
    const sides = async (largestScale: number, side = 50) => {
      const image = await decodeStill(path, { width: side, height: side }, largestScale);
      assert.equal(image.data.length, image.width * image.height * 4);
      for (const x of [0.1, 0.5, 0.9])
        assertNear(pixel(image, Math.floor(x * image.width), 5), [0, 255, 0], 4);
      return [image.width, image.height];
    };
    assert.deepEqual(await sides(1.5), [75, 75]);
    assert.deepEqual(await sides(4), [100, 100]);
    assert.deepEqual(await sides(4, 120), [120, 120]);
  });

  it('turns a picture upright as its EXIF orientation says', async () => {
    const path = await store(
      await stripes().withMetadata({ orientation: 6 }).jpeg({ quality: 95 }).toBuffer(),
    );
    const info = await inspectStill(path);
    assert.deepEqual([info.width, info.height], [32, 48]);
    const image = await decodeStill(path, { width: 32, height: 48 });
    assertNear(pixel(image, 16, 5), [255, 0, 0], 12);
    assertNear(pixel(image, 16, 42), [0, 0, 255], 12);
  });

  it('takes the first frame of an animated file', async () => {
    const frames = [await plain('#ff0000').gif().toBuffer(), await plain('#0000ff').gif().toBuffer()];
    for (const format of ['gif', 'webp'] as const) {
      const path = await store(
        await sharp(frames, { join: { animated: true } })
          .toFormat(format)
          .toBuffer(),
      );
      const info = await inspectStill(path);
      assert.deepEqual([info.format, info.width, info.height], [format, 40, 40]);
      const image = await decodeStill(path, { width: 40, height: 40 });
      assertNear(pixel(image, 20, 20), [255, 0, 0], 4);
    }
  });

  it('puts transparent parts on white', async () => {
    const half = sharp({
      create: { width: 40, height: 40, channels: 4, background: { r: 200, g: 0, b: 0, alpha: 0.5 } },
    });
    const image = await decodeStill(await store(await half.webp({ lossless: true }).toBuffer()), {
      width: 40,
      height: 40,
    });
    assertNear(pixel(image, 20, 20), [227, 127, 127], 2);
  });
});

describe('colour', () => {
  const decodeCentre = async (bytes: Uint8Array) =>
    pixel(await decodeStill(await store(bytes), { width: 40, height: 40 }), 20, 20);

  it('converts CMYK with and without an embedded profile', async () => {
    const bare = await plain('#a06050').toColourspace('cmyk').jpeg({ quality: 100 }).toBuffer();
    const profiled = await plain('#a06050').withIccProfile('cmyk').jpeg({ quality: 100 }).toBuffer();
    for (const bytes of [bare, profiled]) {
      assert.equal((await sharp(bytes).metadata()).channels, 4);
      assertNear(await decodeCentre(bytes), [0xa0, 0x60, 0x50], 24);
    }
  });

  it('converts a wide-gamut profile to sRGB', async () => {
    const bytes = await plain('#c04020').withIccProfile('p3').png().toBuffer();
    const stored = await sharp(bytes, { ignoreIcc: true }).raw().toBuffer();
    assert.notEqual(stored[0], 0xc0);
    assertNear(await decodeCentre(bytes), [0xc0, 0x40, 0x20], 1);
  });

  it('reduces 16 bits to 8, with and without a profile', async () => {
    const data = new Uint16Array(40 * 40 * 3).map((_, i) => [60_000, 10_000, 5_000][i % 3]!);
    const deep = () => sharp(data, { raw: { width: 40, height: 40, channels: 3 } }).toColourspace('rgb16');
    assertNear(await decodeCentre(await deep().png().toBuffer()), [233, 39, 19], 1);
    // sharp takes the samples for Display P3 here and converts them, past sRGB's corner, to its purest red.
    assertNear(await decodeCentre(await deep().withIccProfile('srgb').png().toBuffer()), [255, 0, 0], 1);
  });

  it('spreads greyscale of 8 and 16 bits over three channels', async () => {
    const grey8 = sharp(new Uint8Array(1600).fill(77), {
      raw: { width: 40, height: 40, channels: 1 },
    }).toColourspace('b-w');
    const grey16 = sharp(new Uint16Array(1600).fill(40_000), { raw: { width: 40, height: 40, channels: 1 } });
    assert.deepEqual(await decodeCentre(await grey8.png().toBuffer()), [77, 77, 77]);
    assertNear(await decodeCentre(await grey16.toColourspace('grey16').png().toBuffer()), [155, 155, 155], 1);
  });

  it('resolves a palette', async () => {
    const bytes = await stripes().png({ palette: true }).toBuffer();
    assert.equal((await sharp(bytes).metadata()).isPalette, true);
    const image = await decodeStill(await store(bytes), { width: 48, height: 32 });
    assertNear(pixel(image, 40, 16), [0, 0, 255], 2);
  });
});

describe('refused stills', () => {
  it('names what was given instead of a picture', async () => {
    const tiff = await stripes().tiff().toBuffer();
    const svg = '<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>';
    await assertRefused(await store(Buffer.from(svg)), 'media_unsupported', /an SVG drawing/);
    await assertRefused(await store(tiff), 'media_unsupported', /a TIFF picture/);
    await assertRefused(await store(Buffer.from('%PDF-1.7\n1 0 obj')), 'media_unsupported', /a PDF document/);
    await assertRefused(
      await store(Buffer.from('<!doctype html><title>404</title>')),
      'media_unsupported',
      /HTML/,
    );
    await assertRefused(await store(brandedFile('heic', 'mif1')), 'media_unsupported', /a HEIC picture/);
    await assertRefused(await store(brandedFile('isom', 'mp42')), 'media_unsupported', /video/);
    await assertRefused(await store(Buffer.from('hello')), 'media_unsupported', /unknown kind/);
  });

  it('refuses truncated files of every format', async () => {
    const noise = sharp(
      Uint8Array.from({ length: 200 * 150 * 3 }, (_, i) => (Math.imul(i, 2_654_435_761) >>> 13) & 255),
      { raw: { width: 200, height: 150, channels: 3 } },
    );
    const encoded = {
      jpeg: await noise.clone().jpeg().toBuffer(),
      png: await noise.clone().png().toBuffer(),
      webp: await noise.clone().webp().toBuffer(),
      gif: await noise.clone().gif().toBuffer(),
      avif: await noise.clone().avif({ effort: 0 }).toBuffer(),
    };
    for (const bytes of Object.values(encoded)) {
      const path = await store(bytes.subarray(0, Math.floor(bytes.length * 0.9)));
      await assertRefused(path, 'media_unreadable', /damaged/);
    }
  });

  it('refuses an empty file and a damaged header', async () => {
    await assertRefused(await store(new Uint8Array()), 'media_unreadable', /empty/);
    await assertRefused(
      await store(Buffer.from('\x89PNG\r\n\x1a\nnonsense', 'latin1')),
      'media_unreadable',
      /header/,
    );
  });

  it('refuses 16,000 x 16,000 pixels by the header alone', async () => {
    // Its pixel data is nonsense: a decoder would call it damaged.
    const path = await store(pngOf(16_000, 16_000, Buffer.from('nonsense')));
    await assertRefused(
      path,
      'media_too_large',
      /16000 x 16000 pixels, which is 256 million; at most 40 million/,
    );
  });

  it('refuses a file of more than 30 MB', async () => {
    const path = await store(Buffer.concat([await stripes().png().toBuffer(), Buffer.alloc(30_000_000)]));
    await assertRefused(path, 'media_too_large', /at most 30 MB/);
  });
});

/** An ISO base media file that has nothing but its file type box. */
function brandedFile(...brands: string[]): Buffer {
  const [major, ...compatible] = brands;
  const body = Buffer.from(`ftyp${major}\0\0\0\0${compatible.join('')}`, 'latin1');
  const length = Buffer.alloc(4);
  length.writeUInt32BE(body.length + 4);
  return Buffer.concat([length, body]);
}

/** A PNG file (ISO/IEC 15948) with a true header and any bytes as pixel data. */
function pngOf(width: number, height: number, pixelData: Buffer): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
    const [length, checksum] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    checksum.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, checksum]);
  };
  const parts = [
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(pixelData)),
    chunk('IEND', Buffer.alloc(0)),
  ];
  return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), ...parts]);
}
