/** Every page of models in both themes and both widths: no violation that axe finds; and what the first load weighs. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { axeViolations } from '#tests/fixtures/axe-violations.ts';
import { NEEDS_CHROMIUM, openModel, Playground, runToEnd } from '#tests/fixtures/playground.ts';

const MODEL = '/models/wavespeed/bytedance/seedance-2.0-fast/image-to-video-spicy';
const REFERENCES = '/models/fal/bytedance/seedance-2.0/reference-to-video';
const MOST_SCRIPT_BYTES = 250_000;

const PAGES = [
  '/',
  MODEL,
  `${MODEL}?tab=api`,
  `${MODEL}?tab=pricing`,
  `${MODEL}?tab=about`,
  REFERENCES,
  '/nowhere',
];

describe('accessibility', NEEDS_CHROMIUM, () => {
  let playground: Playground;

  before(async () => {
    playground = await Playground.start();
  });

  after(() => playground.close());

  for (const theme of ['dark', 'light'] as const) {
    for (const width of [390, 1440]) {
      it(`finds nothing to mend in the ${theme} theme at ${width} px`, async () => {
        const page = await playground.open({ theme, width });
        for (const path of PAGES) {
          await page.goto(playground.url + path);
          await page.getByRole('heading', { level: 1 }).waitFor();
          await page.getByRole('link', { name: /^Balance/ }).waitFor();
          assert.deepEqual(await axeViolations(page), [], `${path}`);
          const isWiderThanScreen = await page.evaluate('document.documentElement.scrollWidth > innerWidth');
          assert.equal(isWiderThanScreen, false, `${path} scrolls sideways`);
        }
        await page.context().close();
      });
    }
  }

  it('finds nothing to mend on the way in', async () => {
    const page = await playground.open({ isSignedIn: false });
    for (const path of ['/', '/sign-in', MODEL]) {
      await page.goto(playground.url + path);
      await page.getByRole('heading', { level: 1 }).waitFor();
      assert.deepEqual(await axeViolations(page), [], path);
    }
  });

  it('finds nothing to mend beside a clip, in either theme', async () => {
    const page = await playground.open({ theme: 'dark' });
    await openModel(page, 'Seedance 1.5 Pro, image to video (spicy)', 'WaveSpeed v3');
    await page.getByRole('button', { name: 'Use the sample picture' }).click();
    await page.getByRole('radio', { name: '480p' }).click();
    await page.getByRole('slider', { name: 'Duration' }).press('Home');
    await runToEnd(page);
    await page.getByText(/^Log/).click();
    assert.deepEqual(await axeViolations(page), [], 'dark');
    await page.getByRole('button', { name: 'Light theme' }).click();
    assert.deepEqual(await axeViolations(page), [], 'light');
    await page.getByRole('tab', { name: 'API' }).click();
    await page.getByText('GET /api/v3/predictions/').waitFor();
    assert.deepEqual(await axeViolations(page), [], 'API');
  });

  it('is driven by the keyboard alone', async () => {
    const page = await playground.open();
    await page.goto(playground.url + MODEL);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.keyboard.press('Tab');
    await page.getByRole('link', { name: 'Skip to the content' }).waitFor();
    await page.keyboard.press('Enter');
    assert.equal(await page.evaluate('document.activeElement.id'), 'content');
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keyboard' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('radio', { name: '720p' }).focus();
    // As long as a finger takes: the choice follows the focus while the key is down.
    await page.keyboard.press('ArrowLeft', { delay: 60 });
    assert.ok(await page.getByRole('radio', { name: '480p' }).isChecked());
    const duration = page.getByRole('slider', { name: 'Duration' });
    await duration.focus();
    await page.keyboard.press('End');
    assert.equal(await duration.getAttribute('aria-valuetext'), '15 s');
  });

  it('loads little at first, lets no inline script run, and keeps the chosen theme', async () => {
    const page = await playground.open({ isSignedIn: false, theme: 'dark' });
    await page.getByRole('heading', { level: 1 }).waitFor();
    const first = await scriptBytes(page);
    assert.ok(first > 10_000 && first < MOST_SCRIPT_BYTES, `${first} bytes of script on the first page`);
    await openModel(page, 'Seedance 2.0 Mini, image to video', 'WaveSpeed v3');
    const both = await scriptBytes(page);
    assert.ok(both > first && both < MOST_SCRIPT_BYTES, `${both} bytes of script with the model's page`);
    const answer = await page.goto(playground.url);
    const policy = answer?.headers()['content-security-policy'] ?? '';
    assert.match(policy, /script-src 'self'/);
    assert.doesNotMatch(policy, /unsafe/);
    await page.getByRole('button', { name: 'Light theme' }).click();
    await page.reload();
    assert.equal(await page.evaluate('document.documentElement.dataset.theme'), 'light');
  });
});

/** As they came over the wire since the page was loaded, compressed. */
const scriptBytes = (page: Page): Promise<number> =>
  page.evaluate(
    `performance.getEntriesByType('resource').filter(({ name }) => name.endsWith('.js')).reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0)`,
  );
