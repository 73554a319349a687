import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, describe, it } from 'node:test';
import sharp from 'sharp';
import type { AnimaticError } from '#domain/errors.ts';
import { assetId } from '#domain/ids.ts';
import { MAX_STILL_BYTES } from '#domain/media/still-info.ts';
import { makePicture } from '#tests/fixtures/picture.ts';
import { OWN_ORIGIN, ServiceFixture } from '#tests/fixtures/service-fixture.ts';
import { type TakenFile, takeInImage } from './media-intake.ts';

const PATH = ['images', 1];
const OTHER_ORIGIN = 'https://elsewhere.example';
const UNKNOWN_ID = '0123456789abcdef0123456789abcdef';

describe('a picture of a request', { timeout: 30_000 }, () => {
  let fixture: ServiceFixture;
  let picture: Buffer;
  before(async () => {
    fixture = await ServiceFixture.open();
    picture = await makePicture();
  });
  after(() => fixture.close());

  const take = (text: string): Promise<TakenFile> =>
    takeInImage(fixture.ports, text, PATH, {
      ownOrigins: [OWN_ORIGIN, 'http://127.0.0.1:8787'],
      reader: fixture.principal.accountId,
    });

  /** Refused with the input's path, its name in the message, and nothing kept. */
  async function assertRefused(text: string, code: string): Promise<AnimaticError> {
    const kept = await fixture.assetIds();
    let refusal: AnimaticError | undefined;
    await assert.rejects(take(text), (error: AnimaticError) => {
      refusal = error;
      assert.deepEqual([error.code, error.path], [code, PATH]);
      assert.match(error.message, /^"images\.1": /);
      return true;
    });
    assert.deepEqual(await fixture.assetIds(), kept);
    return refusal!;
  }

  const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');

  it('that is inline is stored under an address of its own', async () => {
    const taken = await take(`data:image/png;base64,${base64(picture)}`);
    const asset = await fixture.ports.assets.find(taken.storedAs!);
    assert.ok(taken.reference.kind === 'asset');
    assert.equal(taken.reference.assetId, taken.storedAs);
    assert.equal(taken.urlPath, `/files/${taken.storedAs}/input.png`);
    assert.deepEqual(await readFile(asset!.filePath), picture);
  });

  it('is named after the type it is declared to have, if that may be served', async () => {
    const names = {
      'image/jpeg': 'input.jpg',
      'image/jpg': 'input.jpg',
      'image/html': 'input.bin',
      '': 'input.bin',
    };
    for (const [type, name] of Object.entries(names)) {
      const { urlPath } = await take(`data:${type};charset=x;base64,${base64(picture)}`);
      assert.equal(urlPath?.split('/').at(-1), name, type);
    }
  });

  it('is refused when its data: URI is no base64, or damaged', async () => {
    await assertRefused('data:image/png,%89PNG', 'invalid_parameter');
    await assertRefused('data:image/png;base64', 'invalid_parameter');
    await assertRefused('data:image/png;base64,', 'media_unreadable');
    await assertRefused(`data:image/png;base64,${base64(picture)}!`, 'media_unreadable');
  });

  it('is refused when its bytes are no picture of an accepted format, whatever it claims', async () => {
    await assertRefused(`data:image/png;base64,${base64(Buffer.from('no picture'))}`, 'media_unsupported');
    const tiff = await sharp(picture).tiff().toBuffer();
    await assertRefused(`data:image/png;base64,${base64(tiff)}`, 'media_unsupported');
  });

  it('is refused when it is too large, without being decoded', async () => {
    const characters = 4 * Math.ceil((MAX_STILL_BYTES + 3) / 3);
    const { message } = await assertRefused(
      `data:image/png;base64,${'A'.repeat(characters)}`,
      'media_too_large',
    );
    assert.match(message, /30 MB/);
  });

  it('that was uploaded is known by any address of this server', async () => {
    const id = assetId(fixture.ports.ids.hex(16));
    await fixture.ports.assets.write(id, picture, 'photo.png');
    for (const origin of [OWN_ORIGIN, 'http://127.0.0.1:8787'])
      assert.deepEqual(await take(`${origin}/files/${id}/photo.png`), {
        reference: { kind: 'asset', assetId: id },
      });
  });

  it('that was uploaded but is no picture, or is not there, is refused', async () => {
    const id = assetId(fixture.ports.ids.hex(16));
    await fixture.ports.assets.write(id, Buffer.from('words'), 'notes.txt');
    await assert.rejects(take(`${OWN_ORIGIN}/files/${id}/notes.txt`), {
      code: 'media_unsupported',
      path: PATH,
    });
    assert.ok((await fixture.ports.assets.find(id)) !== undefined, 'an upload is never removed by a refusal');
    await assertRefused(`${OWN_ORIGIN}/files/${UNKNOWN_ID}/photo.png`, 'media_access_failed');
  });

  it('at any other address waits until the task runs', async () => {
    for (const url of [
      'https://pictures.example/a%20b.png?size=1#x',
      `${OTHER_ORIGIN}/files/${UNKNOWN_ID}/photo.png`,
      `${OWN_ORIGIN}/photo.png`,
    ])
      assert.deepEqual(await take(url), { reference: { kind: 'url', url } });
    assert.deepEqual(fixture.fetcher.asked, []);
  });

  it('is refused when it is no address of the web', async () => {
    for (const text of ['photo.png', '/etc/passwd', 'file:///etc/passwd', 'ftp://a.example/b.png', 'blob:x'])
      await assertRefused(text, 'invalid_parameter');
  });
});
