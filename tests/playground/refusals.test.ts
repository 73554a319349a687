/** What cannot be run, and how the page says so. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { NEEDS_CHROMIUM, openModel, Playground, readInput } from '#tests/fixtures/playground.ts';

const REFUSED = [
  '400 (Bad Request)',
  '422 (Unprocessable',
  '402 (Payment',
  '401 (Unauthorized)',
  '429 (Too Many',
];

describe('what cannot be run', NEEDS_CHROMIUM, () => {
  let playground: Playground;
  let page: Page;

  before(async () => {
    playground = await Playground.start({
      ANIMATIC_BOOTSTRAP_CREDIT: '0.3',
      ANIMATIC_EMULATOR_CONTROLS: 'on',
    });
    page = await playground.open({ expected: REFUSED });
    await openModel(page, 'Seedance 1.5 Pro, image to video (spicy)', 'WaveSpeed v3');
  });

  after(() => playground.close());

  it('says what is missing on the button, and goes there', async () => {
    await page.getByRole('button', { name: 'Add a start frame' }).click();
    const focused = await page.evaluate<string>(
      "document.activeElement.closest('[data-field]')?.dataset.field",
    );
    assert.equal(focused, 'image');
    await page.getByRole('button', { name: 'Use the sample picture' }).click();
    await page.getByRole('button', { name: 'Run', exact: true }).waitFor();
  });

  it('says before the run that the credit does not suffice, and how much is missing', async () => {
    await page.getByRole('radio', { name: '1080p' }).click();
    await page.getByText('$0.22 more credit is needed for this run.').waitFor();
    assert.ok(await page.getByRole('button', { name: 'Not enough credit' }).isDisabled());
    await page.getByRole('radio', { name: '480p' }).click();
    await page.getByRole('button', { name: 'Run', exact: true }).waitFor();
  });

  it('shows the faults of the JSON view at their fields, in the words of the server', async () => {
    const input = await readInput(page);
    await page.getByRole('radio', { name: 'JSON' }).click();
    const editor = page.getByLabel('The request as JSON');
    await editor.fill('{ "duration": ');
    await page.getByText('This must be one JSON object').waitFor();
    assert.ok(await page.getByRole('button', { name: 'Check the JSON' }).isDisabled());
    await editor.fill(JSON.stringify({ ...input, duration: 60 }));
    await page.getByRole('button', { name: 'Check: duration' }).waitFor();
    await page.getByRole('radio', { name: 'Form' }).click();
    const message = page.locator('[data-field="duration"]').getByRole('alert');
    assert.match(await message.innerText(), /duration.*12/);
    await page.getByRole('slider', { name: 'Duration' }).press('Home');
    await page.getByRole('button', { name: 'Run', exact: true }).waitFor();
    assert.equal(await message.count(), 0);
  });

  it('shows a refusal of the server, and a run that fails, with the reason and no charge', async () => {
    await page.getByLabel('Prompt').fill('[emulate fail=rate_limited] a calm sea');
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await page.getByRole('alert').getByText('The server refused this request').waitFor();
    await page.getByLabel('Prompt').fill('[emulate fail=content_moderation] a calm sea');
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await page.getByRole('alert').getByText('The run failed').waitFor();
    await page.getByText('Nothing was charged for it.').waitFor();
    await page.getByRole('link', { name: 'Balance $0.30', exact: true }).waitFor();
  });

  it('refuses a wrong key with a reason', async () => {
    const stranger = await playground.open({ isSignedIn: false, expected: REFUSED });
    await stranger.getByLabel('API key').fill('wrong');
    await stranger.getByRole('main').getByRole('button', { name: 'Sign in' }).click();
    await stranger.getByRole('main').getByRole('alert').waitFor();
    assert.equal(await stranger.getByRole('button', { name: 'Sign out' }).count(), 0);
  });
});
