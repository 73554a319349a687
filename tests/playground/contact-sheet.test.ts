/** The contact sheet of runs: how it begins, what is found on it, and two runs compared frame by frame. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { axeViolations } from '#tests/fixtures/axe-violations.ts';
import { MINI, makeRuns } from '#tests/fixtures/finished-runs.ts';
import { NEEDS_CHROMIUM, Playground } from '#tests/fixtures/playground.ts';
import { TEST_KEY } from '#tests/fixtures/server-process.ts';
import { TestClient } from '#tests/fixtures/test-client.ts';
import { until } from '#tests/fixtures/until.ts';

describe('the contact sheet', NEEDS_CHROMIUM, () => {
  let playground: Playground;
  let page: Page;
  let ids: readonly string[];

  before(async () => {
    playground = await Playground.start({ ANIMATIC_EMULATOR_CONTROLS: 'on' });
    page = await playground.open();
  });
  after(() => playground.close());

  const frames = () => page.getByRole('link', { name: /^Open in the form: / });
  const shown = async (): Promise<readonly string[]> =>
    (await frames().locator('.sr-only').allInnerTexts()).map((text) =>
      text.replace('Open in the form: ', ''),
    );
  const frame = (prompt: string) =>
    frames().filter({ has: page.getByText(`Open in the form: ${prompt}`, { exact: true }) });
  const go = async (path: string) => {
    await page.goto(playground.url + path);
    await page.getByRole('heading', { level: 1 }).waitFor();
  };
  const select = (prompt: string) =>
    page.getByRole('checkbox', { name: `Select: ${prompt}`, exact: true }).check();

  it('tells what will be there, with the line that would fill it', async () => {
    await page.getByRole('link', { name: 'Runs', exact: true }).click();
    await page.getByRole('heading', { name: 'No runs yet' }).waitFor();
    const line = await page.getByLabel('A curl command that makes a first run').innerText();
    assert.match(line, new RegExp(`^curl -s ${playground.url}/api/v3/`));
    assert.ok(line.includes('YOUR_KEY') && !line.includes(TEST_KEY), 'the key is not shown');
    await page.getByRole('button', { name: 'Copy', exact: true }).click();
    assert.ok((await page.evaluate<string>('navigator.clipboard.readText()')).includes(TEST_KEY));
  });

  it('shows runs of every kind, newest first, and follows those that have not ended', async () => {
    ids = await makeRuns(playground.url, TEST_KEY, [
      { prompt: 'push in', seed: 7 },
      { prompt: 'push in, rain', seed: 7 },
      { prompt: 'orbit left', model: MINI },
      { prompt: '[emulate fail=content_moderation] refused' },
    ]);
    await go('/runs');
    await frames().first().waitFor();
    assert.deepEqual(await shown(), ['refused', 'orbit left', 'push in, rain', 'push in']);
    await page.getByText('refused by moderation').waitFor();
    const client = new TestClient(playground.url, `Bearer ${TEST_KEY}`);
    const slow = makeRuns(playground.url, TEST_KEY, [{ prompt: '[emulate pace=4] late' }]);
    await page.reload();
    await frames().first().waitFor();
    await slow;
    const late = page.getByRole('listitem').filter({ hasText: 'late' });
    await late.getByText('done').waitFor();
    const { runs } = (await client.get('/account/runs?text=late')).body;
    assert.equal((await client.delete(`/account/runs/${runs[0].id}`)).status, 204);
  });

  it('finds runs by words, model, state and time; what is looked for stands in the address', async () => {
    await go('/runs');
    await page.getByLabel('Words in the prompt').fill('RAIN');
    await page.waitForURL(/text=RAIN/);
    await page.getByText('1 run', { exact: true }).waitFor({ state: 'attached' });
    assert.deepEqual(await shown(), ['push in, rain']);
    await page.reload();
    await frames().first().waitFor();
    assert.equal(await page.getByLabel('Words in the prompt').inputValue(), 'RAIN');
    assert.deepEqual(await shown(), ['push in, rain']);
    await go(`/runs?model=wavespeed/${MINI}`);
    await frames().first().waitFor();
    assert.deepEqual(await shown(), ['orbit left']);
    await page.getByRole('radio', { name: 'Failed' }).click();
    await page.getByRole('heading', { name: 'No run fits' }).waitFor();
    await page.getByRole('button', { name: 'Show all' }).click();
    await page.waitForURL((url) => url.search === '');
    await page.getByRole('radio', { name: 'Failed' }).click();
    await page.getByText('1 run', { exact: true }).waitFor({ state: 'attached' });
    assert.deepEqual(await shown(), ['refused']);
    await go('/runs?until=2020-01-01');
    await page.getByRole('heading', { name: 'No run fits' }).waitFor();
    assert.equal(await page.getByLabel('To', { exact: true }).inputValue(), '2020-01-01');
  });

  it('opens a run in the form with what it was asked for', async () => {
    await go('/runs');
    await frame('push in, rain').click();
    await page.waitForURL(/\/models\/wavespeed\/.*run=/);
    const prompt = page.getByLabel('Prompt').and(page.locator('textarea'));
    await until(async () => (await prompt.inputValue()) === 'push in, rain');
    await go(`/runs/${ids[0]}`);
    await page.waitForURL(new RegExp(`run=${ids[0]}`));
  });

  it('plays what the pointer or the focus is on, and nothing for those who asked for less motion', async () => {
    await go('/runs');
    const still = frame('push in');
    await still.hover();
    assert.equal(await still.locator('video').count(), 0);
    await page.emulateMedia({ reducedMotion: 'no-preference' });
    await page.getByLabel('Words in the prompt').hover();
    await still.hover();
    await still.locator('video').waitFor();
    await page.getByLabel('Words in the prompt').hover();
    await still.locator('video').waitFor({ state: 'detached' });
    await still.focus();
    await still.locator('video').waitFor();
    await page.emulateMedia({ reducedMotion: 'reduce' });
  });

  it('compares two runs under one playhead', async () => {
    await go('/runs');
    await select('push in');
    await page.getByText('Select two finished runs').waitFor();
    await select('refused');
    assert.ok(await page.getByRole('button', { name: 'Compare' }).isDisabled(), 'one has no clip');
    await page.getByRole('checkbox', { name: 'Select: refused' }).uncheck();
    await select('push in, rain');
    await page.getByRole('button', { name: 'Compare' }).click();
    await page.waitForURL(new RegExp(`/compare\\?left=${ids[0]}&right=${ids[1]}`));
    await page.getByText('frame 1 of 96').waitFor();
    const times = () =>
      page.evaluate<readonly number[]>(
        '[...document.querySelectorAll("video")].map((video) => video.currentTime)',
      );
    await page.locator('body').press('ArrowRight');
    await page.getByRole('button', { name: 'One frame on' }).click();
    await page.getByText('frame 3 of 96').waitFor();
    assert.deepEqual(
      (await times()).map((seconds) => seconds.toFixed(3)),
      ['0.104', '0.104'],
    );
    await page.locator('h1').press('Shift+ArrowRight');
    await page.getByText('frame 27 of 96').waitFor();
    await page.getByRole('button', { name: 'Play both' }).click();
    await page.getByRole('button', { name: 'Pause both' }).waitFor();
    await until(async () => (await times()).every((seconds) => seconds > 1.5));
    await page.getByRole('button', { name: 'Pause both' }).click();
    const [left, right] = await times();
    assert.ok(Math.abs(left! - right!) < 0.12, `${left} and ${right}`);
  });

  it('says what differs, and only that unless asked for all', async () => {
    const table = page.getByRole('region', { name: 'Inputs of the two runs' }).getByRole('table');
    const names = async () =>
      (await table.getByRole('rowheader').allInnerTexts()).map((text) => /[a-z_]+/.exec(text)![0]);
    assert.deepEqual(
      (await names()).filter((name) => name !== 'took'),
      ['prompt'],
    );
    await page.getByRole('switch', { name: 'Only what differs' }).click();
    assert.ok((await names()).includes('seed'));
    await page.getByRole('button', { name: 'Swap' }).click();
    await page.waitForURL(new RegExp(`left=${ids[1]}&right=${ids[0]}`));
  });

  it('lays one picture over the other; the layout stands in the address', async () => {
    await page.getByRole('radio', { name: 'Wipe' }).click();
    await page.waitForURL(/layout=wipe/);
    const line = page.getByRole('slider', { name: 'Where the two pictures meet' });
    await line.press('Home');
    assert.equal(await line.getAttribute('aria-valuenow'), '0');
    await page.reload();
    await line.waitFor();
    assert.ok(await page.getByRole('radio', { name: 'Wipe' }).isChecked());
  });

  it('deletes what is selected, after asking', async () => {
    await go('/runs');
    await select('refused');
    await page.getByRole('button', { name: 'Delete' }).click();
    const dialog = page.getByRole('dialog', { name: 'Delete this run?' });
    await dialog.getByRole('button', { name: 'Delete' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await frame('refused').waitFor({ state: 'detached' });
    assert.deepEqual(await shown(), ['orbit left', 'push in, rain', 'push in']);
  });

  for (const theme of ['dark', 'light'] as const) {
    for (const width of [390, 1440]) {
      it(`has nothing that axe would mend, ${theme} at ${width} px`, async () => {
        const other = await playground.open({ theme, width });
        for (const path of [
          '/runs',
          '/runs?text=nothing',
          '/compare',
          `/compare?left=${ids[0]}&right=${ids[2]}`,
        ]) {
          await other.goto(playground.url + path);
          await other.getByRole('heading', { level: 1 }).waitFor();
          await other.locator('[data-frame], video, h2').first().waitFor();
          assert.deepEqual(await axeViolations(other), [], path);
          const isWide = await other.evaluate('document.documentElement.scrollWidth > innerWidth');
          assert.equal(isWide, false, `${path} scrolls sideways`);
        }
        await other.context().close();
      });
    }
  }
});
