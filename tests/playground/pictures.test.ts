/** Every way of giving a picture, every format, and the order of several. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { makePicture } from '#tests/fixtures/picture.ts';
import { NEEDS_CHROMIUM, openModel, Playground, readInput } from '#tests/fixtures/playground.ts';
import { until } from '#tests/fixtures/until.ts';

const SAMPLE_PATH = '/files/5a3b1e00000000000000000000000001/lakeside.jpg';
const START_FRAME = 'Start frame';

describe('pictures', NEEDS_CHROMIUM, () => {
  let playground: Playground;
  let page: Page;

  before(async () => {
    playground = await Playground.start();
    page = await playground.open();
    await openModel(page, 'Seedance 2.0 Fast, image to video (spicy)', 'WaveSpeed v3');
  });

  after(() => playground.close());

  const zone = (name = START_FRAME) => page.getByRole('region', { name, exact: true });
  const remove = (name = START_FRAME) =>
    page.getByRole('button', { name: `Remove ${name.toLowerCase()}` }).click();

  /** The frame shows a picture that the browser could read. */
  async function assertShown(name = START_FRAME): Promise<void> {
    const picture = zone(name).getByRole('img');
    await picture.waitFor();
    await until(() =>
      picture.evaluate<boolean, { naturalWidth: number }>(({ naturalWidth }) => naturalWidth > 0),
    );
  }

  it('are chosen as files, in every format', async () => {
    const png = sharp(await makePicture());
    const files = {
      'a.jpg': ['image/jpeg', await png.clone().jpeg().toBuffer()],
      'b.jpeg': ['image/jpeg', await png.clone().jpeg().toBuffer()],
      'c.png': ['image/png', await png.clone().png().toBuffer()],
      'd.webp': ['image/webp', await png.clone().webp().toBuffer()],
      'e.gif': ['image/gif', await png.clone().gif().toBuffer()],
      'f.avif': ['image/avif', await png.clone().avif().toBuffer()],
    } as const;
    for (const [name, [mimeType, buffer]] of Object.entries(files)) {
      await zone().getByLabel(START_FRAME, { exact: true }).setInputFiles({ name, mimeType, buffer });
      await assertShown();
      assert.ok(String((await readInput(page)).image).startsWith(`${playground.url}/files/`), name);
      await remove();
    }
  });

  it('are refused when they are none, with a reason at the frame', async () => {
    const file = { name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('no picture') };
    await zone().getByLabel(START_FRAME, { exact: true }).setInputFiles(file);
    await page.getByRole('alert').getByText('"notes.txt" is not a file that this field takes.').waitFor();
    assert.equal((await readInput(page)).image, undefined);
  });

  it('are dropped as files on a frame, and beside it into the next free one', async () => {
    await transfer(page, 'drop', '[data-drop-zone="Start frame"]', { file: await makePicture() });
    await assertShown();
    await transfer(page, 'drop', 'h1', { file: await makePicture({ width: 80 }) });
    await assertShown('End frame');
    const { image, last_image } = await readInput(page);
    assert.notEqual(image, last_image);
    await remove();
    await remove('End frame');
  });

  it('are dropped from another page', async () => {
    const address = `${playground.url}${SAMPLE_PATH}`;
    await transfer(page, 'drop', '[data-drop-zone="Start frame"]', {
      html: `<a href="https://example.com/page"><img src="${address}"></a>`,
      list: 'https://example.com/page',
    });
    await assertShown();
    assert.equal((await readInput(page)).image, address);
    await remove();
  });

  it('are pasted anywhere on the page', async () => {
    await transfer(page, 'paste', 'body', { file: await makePicture() });
    await assertShown();
    await remove();
  });

  it('are named by their address; what lies elsewhere is not loaded by the page', async () => {
    const field = page.getByLabel(`${START_FRAME}: address of a file`);
    await field.fill(`${playground.url}${SAMPLE_PATH}`);
    await field.press('Enter');
    await assertShown();
    await remove();
    await field.fill('https://example.com/elsewhere.jpg');
    await field.press('Enter');
    await zone().getByText('example.com/elsewhere.jpg').waitFor();
    assert.equal((await readInput(page)).image, 'https://example.com/elsewhere.jpg');
    await remove();
  });

  it('show the crop that the chosen ratio makes', async () => {
    await page.getByRole('button', { name: 'Use the sample picture' }).click();
    await assertShown();
    const shades = zone().locator('[class*="bg-stage/"]');
    assert.equal(await shades.count(), 0);
    await page.getByRole('radio', { name: '9:16' }).click();
    assert.equal(await shades.count(), 2);
    await page.getByText('9:16 takes the middle of the picture').waitFor();
    await page.getByRole('radio', { name: 'as image' }).click();
    assert.equal(await shades.count(), 0);
  });

  it('are several where the model takes them, in an order that can be changed', async () => {
    await page.goto(`${playground.url}/models/wavespeed/bytedance/seedance-2.0/image-to-video`);
    const [first, second] = [await makePicture(), await makePicture({ width: 100 })];
    await zone('Images')
      .getByLabel('Images', { exact: true })
      .setInputFiles([
        { name: 'first.png', mimeType: 'image/png', buffer: first },
        { name: 'second.png', mimeType: 'image/png', buffer: second },
      ]);
    await page.getByText('2 of 4').waitFor();
    const before = (await readInput(page)).images as string[];
    await page.getByRole('button', { name: 'Move Images 2 earlier' }).click();
    assert.deepEqual((await readInput(page)).images, before.toReversed());
    await page.getByRole('button', { name: 'Remove Images 1' }).click();
    assert.deepEqual((await readInput(page)).images, [before[0]]);
  });

  it('are kept over a reload, and gone after a reset', async () => {
    const before = await readInput(page);
    await page.reload();
    await zone('Images').getByRole('img').waitFor();
    assert.deepEqual(await readInput(page), before);
    await page.getByRole('button', { name: 'Reset' }).click();
    assert.equal((await readInput(page)).images, undefined);
  });
});

interface Transferred {
  readonly file?: Buffer;
  readonly html?: string;
  readonly list?: string;
}

/** What the browser hands to a page when something is dropped or pasted. Plain text of a program: the tests' types know no document. */
async function transfer(
  page: Page,
  kind: 'drop' | 'paste',
  selector: string,
  given: Transferred,
): Promise<void> {
  const { file, html = '', list = '' } = given;
  const bytes = file === undefined ? 'undefined' : JSON.stringify([...file]);
  await page.evaluate(`(() => {
    const data = new DataTransfer();
    const bytes = ${bytes};
    if (bytes !== undefined) data.items.add(new File([new Uint8Array(bytes)], 'given.png', { type: 'image/png' }));
    if (${JSON.stringify(html)} !== '') data.setData('text/html', ${JSON.stringify(html)});
    if (${JSON.stringify(list)} !== '') data.setData('text/uri-list', ${JSON.stringify(list)});
    const target = document.querySelector(${JSON.stringify(selector)});
    const rules = { bubbles: true, cancelable: true };
    target.dispatchEvent(
      ${JSON.stringify(kind)} === 'drop'
        ? new DragEvent('drop', { ...rules, dataTransfer: data })
        : new ClipboardEvent('paste', { ...rules, clipboardData: data }),
    );
  })()`);
}
