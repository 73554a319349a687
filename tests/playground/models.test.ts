/** The gallery, the link that signs in, and what a model's page says beside its form. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { NEEDS_CHROMIUM, openModel, Playground } from '#tests/fixtures/playground.ts';
import { TEST_KEY } from '#tests/fixtures/server-process.ts';
import { until } from '#tests/fixtures/until.ts';

/** Where the public clients are installed. */
const ROOT = resolve(import.meta.dirname, '../..');
const FAST = 'Seedance 2.0 Fast, image to video (spicy)';

describe('models', NEEDS_CHROMIUM, () => {
  let playground: Playground;
  let page: Page;

  before(async () => {
    playground = await Playground.start();
    page = await playground.open();
  });

  after(() => playground.close());

  const cards = () => page.getByRole('main').getByRole('listitem');

  it('are found by words and by protocol, and the address keeps both', async () => {
    await cards().first().waitFor();
    assert.equal(await cards().count(), 8);
    await page.getByRole('radio', { name: 'fal queue' }).click();
    await until(async () => (await cards().count()) === 4);
    await page.getByRole('searchbox').fill('reference fast');
    await until(async () => (await cards().count()) === 1);
    await page.reload();
    await page.getByRole('link', { name: 'Seedance 2.0 Fast, reference to video' }).waitFor();
    assert.equal(await cards().count(), 1);
    await page.getByRole('searchbox').fill('no such model');
    await page.getByRole('button', { name: 'Show all' }).click();
    await until(async () => (await cards().count()) === 8);
  });

  it('move in the gallery while they are seen, and not for people who want less motion', async () => {
    const playing = (one: Page) =>
      one.evaluate<number>("[...document.querySelectorAll('video')].filter(({ paused }) => !paused).length");
    const lively = await playground.open({ hasMotion: true });
    await until(async () => (await playing(lively)) > 0);
    await lively.context().close();
    assert.equal(await playing(page), 0);
  });

  it('show their programs with the values of the form and the address of the server, the key only when asked', async () => {
    const stranger = await playground.open();
    await openModel(stranger, FAST, 'WaveSpeed v3');
    await stranger.getByRole('radio', { name: '1080p' }).click();
    await stranger.getByLabel('Prompt').fill('pan left');
    await stranger.getByRole('tab', { name: 'API' }).click();
    const code = stranger.getByRole('region', { name: 'Request' });
    for (const language of ['curl', 'JavaScript', 'Python']) {
      await stranger.getByRole('radio', { name: language, exact: true }).click();
      const text = await code.innerText();
      for (const part of [playground.url, '1080p', 'pan left'])
        assert.ok(text.includes(part), `${language}: ${part}`);
      assert.ok(!text.includes(TEST_KEY), 'the key is shown unasked');
    }
    await stranger.getByRole('button', { name: 'Show', exact: true }).click();
    assert.ok((await code.innerText()).includes(TEST_KEY));
    await stranger.reload();
    await code.waitFor();
    assert.ok((await code.innerText()).includes('YOUR_KEY'), 'the key outlives the page');
    await stranger.context().close();
  });

  for (const [title, protocol] of [
    ['Seedance 1.5 Pro, image to video (spicy)', 'WaveSpeed v3'],
    ['Seedance 2.0 Fast, image to video', 'fal queue'],
  ] as const) {
    it(`show a program for ${protocol} that runs as it stands there`, async () => {
      const one = await playground.open();
      await openModel(one, title, protocol);
      await one.getByRole('button', { name: 'Use the sample picture' }).click();
      await one.getByRole('radio', { name: '480p' }).click();
      await one.getByRole('slider', { name: 'Duration' }).press('Home');
      await one.getByRole('tab', { name: 'API' }).click();
      await one.getByRole('radio', { name: 'JavaScript' }).click();
      await one.getByRole('button', { name: 'Show', exact: true }).click();
      const program = await one.getByRole('region', { name: 'Request' }).innerText();
      const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
        encoding: 'utf8',
        cwd: ROOT,
      });
      assert.match(stdout, new RegExp(`${playground.url}/files/\\S+\\.mp4`), stderr);
      await one.context().close();
    });
  }

  it('reckon what a number of clips costs, and say how the price follows', async () => {
    await page.goto(`${playground.url}/models/fal/bytedance/seedance-2.0/image-to-video?tab=pricing`);
    await page.getByRole('cell', { name: '$0.3024' }).first().waitFor();
    await page.getByRole('radio', { name: '480p' }).click();
    await page.getByRole('radio', { name: '4', exact: true }).click();
    await page.getByRole('radio', { name: '1:1' }).click();
    await page.getByLabel('Clips').fill('3');
    await page.getByRole('status', { name: 'Total' }).getByText('$1.6128').waitFor();
  });

  it('name their neighbours', async () => {
    await page.goto(
      `${playground.url}/models/wavespeed/bytedance/seedance-2.0-fast/image-to-video-spicy?tab=about`,
    );
    await page.getByText('It changes nothing about what content is allowed.').waitFor();
    await page.getByRole('link', { name: 'Seedance 2.0, image to video' }).click();
    await page.getByRole('heading', { level: 1, name: 'Seedance 2.0, image to video' }).waitFor();
  });

  it('are signed in to by the link that the server prints, once', async () => {
    const link = /http:\S+\/sign-in#\S+/.exec(playground.server.output())?.[0];
    assert.ok(link !== undefined, playground.server.output());
    const newcomer = await playground.open({ isSignedIn: false });
    await newcomer.goto(link);
    await newcomer.getByRole('button', { name: 'Sign out' }).waitFor();
    assert.ok(!newcomer.url().includes('#'), newcomer.url());
    await newcomer.getByRole('button', { name: 'Sign out' }).click();
    await newcomer.getByText('Sign in to run the models').waitFor();
    const second = await playground.open({ isSignedIn: false, expected: ['401 (Unauthorized)'] });
    await second.goto(link);
    await second.getByRole('alert').getByText('That link has been used or is too old.').waitFor();
  });
});
