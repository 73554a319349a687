/** A newcomer's whole way, from the first page to a clip that plays, over both protocols. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import {
  NEEDS_CHROMIUM,
  openModel,
  Playground,
  readInput,
  runToEnd,
  signIn,
} from '#tests/fixtures/playground.ts';
import { makeTestFolder, type TestFolder } from '#tests/fixtures/server-process.ts';
import { decodeFrames } from '#tests/media/decode-frames.ts';
import { probeClip } from '#tests/media/probe-clip.ts';

describe('the first clip', NEEDS_CHROMIUM, () => {
  let playground: Playground;
  let downloads: TestFolder;

  before(async () => {
    downloads = await makeTestFolder();
    playground = await Playground.start();
  });

  after(async () => {
    await downloads.remove();
    await playground.close();
  });

  async function download(page: Page, name: string): Promise<string> {
    const coming = page.waitForEvent('download');
    await page.getByRole('link', { name: 'Download' }).click();
    const path = join(downloads.path, name);
    await (await coming).saveAs(path);
    return path;
  }

  it('is reached from the first page for a WaveSpeed model, with a prompt in English', async () => {
    const page = await playground.open({ isSignedIn: false });
    await page.getByText('Sign in to run the models').waitFor();
    await page.getByText('npm run animatic -- sign-in').waitFor();
    await signIn(page);
    await openModel(page, 'Seedance 1.5 Pro, image to video (spicy)', 'WaveSpeed v3');
    await page.getByRole('button', { name: 'Add a start frame' }).waitFor();
    await page.getByRole('button', { name: 'Use the sample picture' }).click();
    await page.getByLabel('Prompt').fill('slow push in');
    await page.getByRole('list', { name: 'Understood by the engine' }).getByText('push in').waitFor();
    await page.getByRole('radio', { name: '480p' }).click();
    await page.getByRole('radio', { name: '4:3' }).click();
    await page.getByRole('slider', { name: 'Duration' }).press('Home');
    await page.getByRole('status', { name: 'Price of this run' }).getByText('4 s × $0.024').waitFor();
    await runToEnd(page);

    const path = await download(page, 'wavespeed.mp4');
    const probe = probeClip(path);
    assert.deepEqual([probe.width, probe.height, probe.frameCount, probe.durationSeconds], [752, 560, 96, 4]);
    assert.ok(probe.audio !== undefined);
    await assertPlays(page);
    await page.getByText('$0.096').first().waitFor();
    await page.getByRole('link', { name: 'Balance $999.904' }).waitFor();
  });

  it('is reached for a fal model, with a prompt in Chinese', async () => {
    const page = await playground.open();
    await openModel(page, 'Seedance 2.0 Fast, image to video', 'fal queue');
    await page.getByRole('button', { name: 'Use the sample picture' }).click();
    await page.getByLabel('Prompt').fill('镜头缓慢推近');
    await page
      .getByRole('list', { name: 'Understood by the engine' })
      .getByRole('listitem')
      .first()
      .waitFor();
    await page.getByRole('radio', { name: '480p' }).click();
    await page.getByRole('button', { name: 'auto', exact: true }).click();
    await page.getByRole('slider', { name: 'Duration' }).press('Home');
    await page.getByRole('radio', { name: '1:1' }).click();
    assert.equal((await readInput(page)).duration, '4');
    await runToEnd(page);

    const path = await download(page, 'fal.mp4');
    const probe = probeClip(path);
    assert.deepEqual([probe.width, probe.height, probe.frameCount], [640, 640, 96]);
    const [first, last] = decodeFrames(path, [0, 95]);
    assert.notDeepEqual(first!.y.data, last!.y.data, 'nothing moves');
    await assertPlays(page);
  });
});

/** The clip in the page runs on, frame by frame of its own accord, and by single frames when asked. */
async function assertPlays(page: Page): Promise<void> {
  const position = page.getByRole('status', { name: 'Position in the clip' });
  await page.getByRole('button', { name: 'To the first frame' }).click();
  await position.getByText('frame 1 of 96').waitFor();
  await page.getByRole('button', { name: 'One frame forward' }).click();
  await position.getByText('frame 2 of 96').waitFor();
  await page.locator('body').press('ArrowRight');
  await position.getByText('frame 3 of 96').waitFor();
  await page.locator('body').press('ArrowLeft');
  await position.getByText('frame 2 of 96').waitFor();
  await page.evaluate('document.activeElement.blur()');
  await page.keyboard.press('Space');
  await page.getByRole('button', { name: 'Pause', exact: true }).waitFor();
  await position.getByText(/frame ([3-9]\d) of 96/).waitFor();
  assert.ok(await page.evaluate<boolean>("document.querySelector('video').error === null"));
}
