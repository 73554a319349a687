/** The administrator's page: accounts, credit and keys, engines, queue and books; and that others are told why they see none of it. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { axeViolations } from '#tests/fixtures/axe-violations.ts';
import { NEEDS_CHROMIUM, Playground, signIn } from '#tests/fixtures/playground.ts';
import { TEST_KEY } from '#tests/fixtures/server-process.ts';
import { TestClient } from '#tests/fixtures/test-client.ts';

describe('the server’s page', NEEDS_CHROMIUM, () => {
  let playground: Playground;
  let page: Page;
  let key: string;

  before(async () => {
    playground = await Playground.start({ ANIMATIC_EMULATOR_CONTROLS: 'on' });
    // A refused amount is an answer of 400, which the browser notes.
    page = await playground.open({ expected: ['400'] });
    await page.getByRole('link', { name: 'Server', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'Server' }).waitFor();
  });
  after(() => playground.close());

  it('opens an account, gives it credit and its first key', async () => {
    const form = page.getByRole('form', { name: 'Open an account' });
    await form.getByLabel('Name').fill('studio');
    await form.getByLabel('Credit to begin with').fill('12.50');
    await form.getByRole('button', { name: 'Open an account' }).click();
    const row = page.getByRole('row').filter({ hasText: 'studio' });
    await row.getByText('$12.50').waitFor();
    await page.getByRole('button', { name: 'Grant credit to studio' }).click();
    const grant = page.getByRole('dialog', { name: 'Credit for studio' });
    await grant.getByLabel('Amount in USD').fill('much');
    await grant.getByRole('button', { name: 'Grant' }).click();
    await grant.getByRole('alert').getByText('must be an amount in USD').waitFor();
    await grant.getByLabel('Amount in USD').fill('-2.25');
    await grant.getByRole('button', { name: 'Grant' }).click();
    await row.getByText('$10.25').waitFor();
    await page.getByRole('button', { name: 'Make a key for studio' }).click();
    const make = page.getByRole('dialog', { name: 'A key for studio' });
    await make.getByLabel('What it is for').fill('first');
    await make.getByRole('button', { name: 'Make a key' }).click();
    key = (await make.getByLabel('The new key').innerText()).trim();
    await make.getByRole('button', { name: 'Close' }).click();
    const own = (await new TestClient(playground.url, `Bearer ${key}`).get('/account')).body;
    assert.deepEqual([own.accountName, own.balance, own.role], ['studio', '10.25', 'member']);
  });

  it('shows the engines with their health, and what they stand behind', async () => {
    await page.getByRole('heading', { name: 'embedded' }).waitFor();
    await page.getByText('ready', { exact: true }).waitFor();
    await page.getByText('stands behind 8 models').click();
    assert.equal(await page.getByRole('region', { name: 'Engines' }).getByRole('link').count(), 8);
  });

  it('shows what the queue has to do, and for whom', async () => {
    await page.getByText('Nothing waits and nothing is being made.').waitFor();
    const client = new TestClient(playground.url, `Bearer ${TEST_KEY}`);
    const { examples } = (await client.get('/catalogue')).body;
    const answer = await client.post('/api/v3/bytedance/seedance-2.0-mini/image-to-video', {
      image: playground.url + examples[0].imageUrlPath,
      prompt: '[emulate queue=600] later',
    });
    assert.equal(answer.status, 200, JSON.stringify(answer.body));
    const delayed = page.locator('dl > div').filter({ hasText: 'put off' }).locator('dd');
    await delayed.getByText('1').waitFor();
    await client.delete(`/account/runs/${answer.body.data.id}`);
    await delayed.getByText('0').waitFor();
  });

  it('adds the books up when asked to', async () => {
    await page.getByRole('button', { name: 'Add them up' }).click();
    await page.getByText(/\d+ entries for \d+ runs, and everything adds up\./).waitFor();
  });

  it('is not for members, who are told so', async () => {
    const other = await playground.open({ isSignedIn: false });
    await signIn(other, key);
    assert.equal(await other.getByRole('link', { name: 'Server', exact: true }).count(), 0);
    await other.goto(`${playground.url}/server`);
    await other.getByRole('heading', { name: 'This page is for keys of role admin' }).waitFor();
    assert.deepEqual(await axeViolations(other), []);
    await other.context().close();
  });

  for (const theme of ['dark', 'light'] as const) {
    for (const width of [390, 1440]) {
      it(`has nothing that axe would mend, ${theme} at ${width} px`, async () => {
        const other = await playground.open({ theme, width });
        await other.goto(`${playground.url}/server`);
        await other.getByRole('table').first().waitFor();
        assert.deepEqual(await axeViolations(other), []);
        const isWide = await other.evaluate('document.documentElement.scrollWidth > innerWidth');
        assert.equal(isWide, false);
        await other.context().close();
      });
    }
  }
});
