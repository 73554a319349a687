/** Keys, usage and webhooks in the page: what a person does with them, and that the numbers are those of the API. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { axeViolations } from '#tests/fixtures/axe-violations.ts';
import { makeRuns } from '#tests/fixtures/finished-runs.ts';
import { NEEDS_CHROMIUM, Playground } from '#tests/fixtures/playground.ts';
import { runShell } from '#tests/fixtures/run-animatic.ts';
import { TEST_KEY } from '#tests/fixtures/server-process.ts';
import { TestClient } from '#tests/fixtures/test-client.ts';
import { WebhookReceiver } from '#tests/fixtures/webhook-receiver.ts';

describe('the account’s pages', NEEDS_CHROMIUM, () => {
  let playground: Playground;
  let receiver: WebhookReceiver;
  let page: Page;

  before(async () => {
    receiver = await WebhookReceiver.open();
    playground = await Playground.start({ ANIMATIC_ALLOW_PRIVATE_URLS: '127.0.0.0/8' });
    page = await playground.open();
  });
  after(async () => {
    await playground.close();
    await receiver[Symbol.asyncDispose]();
  });

  const open = async (name: string) => {
    await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name, exact: true }).click();
    await page.getByRole('heading', { level: 1, name }).waitFor();
  };
  const copied = () => page.evaluate<string>('navigator.clipboard.readText()');

  it('makes a key, shows it once, and revokes it after asking', async () => {
    await open('Keys');
    await page.getByLabel('What it is for').fill('laptop');
    await page.getByRole('button', { name: 'Make a key' }).click();
    const key = (await page.getByLabel('The new key').innerText()).trim();
    assert.match(key, /^ak_[0-9a-f]{48}$/);
    const client = new TestClient(playground.url, `Bearer ${key}`);
    assert.equal((await client.get('/account')).body.apiKeyName, 'laptop');
    const row = page.getByRole('row').filter({ hasText: 'laptop' });
    await row.getByText('active').waitFor();
    assert.ok((await row.innerText()).includes(key.slice(0, 8)));
    await page.reload();
    await row.waitFor();
    assert.ok(!(await page.content()).includes(key), 'it is shown only once');
    await page.getByRole('button', { name: 'Revoke laptop' }).click();
    await page.keyboard.press('Escape');
    assert.equal((await client.get('/account')).status, 200, 'nothing happens without the second word');
    await page.getByRole('button', { name: 'Revoke laptop' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Revoke', exact: true }).click();
    await row.getByText(/^revoked 20/).waitFor();
    assert.equal((await client.get('/account')).status, 401);
  });

  it('gives its call as a command line that works as it is', async () => {
    await open('Keys');
    await page.getByRole('button', { name: 'Copy as curl' }).click();
    await page.getByText('Copied').waitFor();
    const { exitCode, stdout } = await runShell((await copied()).replace('YOUR_KEY', TEST_KEY), {});
    assert.equal(exitCode, 0);
    assert.ok(JSON.parse(stdout).keys.some(({ name }: { name: string }) => name === 'laptop'));
  });

  it('shows what will be there while nothing is', async () => {
    await open('Usage');
    await page.getByRole('heading', { name: 'Nothing was run in this time' }).waitFor();
    await page.getByLabel('A curl command that reads the usage').waitFor();
    await open('Webhooks');
    await page.getByRole('heading', { name: 'No webhooks yet' }).waitFor();
    assert.match(await page.getByLabel('A curl command that asks for a webhook').innerText(), /\?webhook=/);
    const phone = await playground.open({ width: 390 });
    for (const path of ['/runs', '/usage', '/webhooks', '/compare']) {
      await phone.goto(playground.url + path);
      await phone.getByRole('heading', { level: 2 }).first().waitFor();
      assert.deepEqual(await axeViolations(phone), [], path);
      const isWide = await phone.evaluate('document.documentElement.scrollWidth > innerWidth');
      assert.equal(isWide, false, `${path} scrolls sideways`);
    }
    await phone.context().close();
  });

  it('draws what was spent, with the numbers of the API, and leads to the runs behind them', async () => {
    await makeRuns(playground.url, TEST_KEY, [
      { prompt: 'push in', webhook: receiver.url },
      { prompt: 'pan left' },
    ]);
    const { balance } = (await new TestClient(playground.url, `Bearer ${TEST_KEY}`).get('/account')).body;
    await page.reload();
    await open('Usage');
    const figure = (name: string) =>
      page
        .locator('dl > div')
        .filter({ has: page.getByText(name, { exact: true }) })
        .locator('dd')
        .innerText();
    await page.getByRole('img', { name: /Seedance 2.0 Fast.*\$0\.40 for 2 runs/ }).waitFor();
    assert.equal((await figure('balance')).replace(',', ''), `$${balance}`);
    assert.deepEqual(
      [await figure('charged'), await figure('runs'), await figure('finished')],
      ['$0.40', '2', '2'],
    );
    await page.getByRole('radio', { name: 'Key', exact: true }).click();
    await page.getByRole('img', { name: /^bootstrap: \$0\.40/ }).waitFor();
    assert.equal(new URL(page.url()).searchParams.get('by'), 'apiKey');
    await page.getByText('Day by day').click();
    const table = page.getByRole('region', { name: 'Usage by day' });
    assert.match(await table.getByRole('row').last().innerText(), /Total\s+2\s+2\s+\$0\.40/);
    await table.getByRole('link', { name: '2' }).click();
    await page.waitForURL(/\/runs\?apiKeyId=/);
    await page
      .getByRole('link', { name: /^Open in the form/ })
      .nth(1)
      .waitFor();
    await page.getByRole('button', { name: 'Remove the filter: key bootstrap' }).click();
    await page.waitForURL((url) => !url.searchParams.has('apiKeyId'));
  });

  it('lists every movement of the wallet', async () => {
    await open('Usage');
    const ledger = page.getByRole('region', { name: 'Movements of the wallet' });
    await ledger.getByText('+$1,000.00').waitFor();
    assert.equal(await ledger.getByRole('row').count(), 1 + 3);
    await page.getByRole('radio', { name: 'Credit' }).click();
    await page.waitForURL(/kind=grant/);
    await ledger.getByRole('row').nth(2).waitFor({ state: 'detached' });
    await page.getByRole('radio', { name: 'Held' }).click();
    await ledger.getByRole('link').first().click();
    await page.waitForURL(/\/models\/.*run=/);
  });

  it('shows each attempt at a webhook, and sends it again', async () => {
    await open('Webhooks');
    const entry = page.getByRole('listitem').filter({ hasText: receiver.url });
    await entry.getByText('delivered').waitFor();
    await entry.getByText('1 attempt, answered 200').click();
    assert.equal(await entry.getByRole('row').count(), 1 + 1);
    const before = receiver.received.length;
    await entry.getByRole('button', { name: /^Send again to/ }).click();
    await entry.getByText('2 attempts, answered 200').waitFor();
    assert.equal(receiver.received.length, before + 1);
    await page.getByRole('radio', { name: 'Given up' }).click();
    await page.getByText('None in this state.').waitFor();
  });

  it('signs out whoever revokes the key that is in use', async () => {
    const { body } = await new TestClient(playground.url, `Bearer ${TEST_KEY}`).post('/account/keys', {
      name: 'own',
    });
    const other = await playground.open({ isSignedIn: false, expected: ['401'] });
    await other.getByLabel('API key').fill(body.key);
    await other.getByRole('main').getByRole('button', { name: 'Sign in' }).click();
    await other.getByRole('link', { name: 'Keys', exact: true }).click();
    await other.getByRole('row').filter({ hasText: 'in use here' }).getByRole('button').click();
    await other.getByText('you will be signed out').waitFor();
    await other.getByRole('dialog').getByRole('button', { name: 'Revoke', exact: true }).click();
    await other.getByLabel('API key').waitFor();
    await other.context().close();
  });

  for (const theme of ['dark', 'light'] as const) {
    for (const width of [390, 1440]) {
      it(`has nothing that axe would mend, ${theme} at ${width} px`, async () => {
        const other = await playground.open({ theme, width });
        for (const path of ['/keys', '/usage', '/usage?by=endUser', '/webhooks']) {
          await other.goto(playground.url + path);
          await other.getByRole('heading', { level: 1 }).waitFor();
          await other.locator('table, [role="img"], details').first().waitFor();
          assert.deepEqual(await axeViolations(other), [], path);
          const isWide = await other.evaluate('document.documentElement.scrollWidth > innerWidth');
          assert.equal(isWide, false, `${path} scrolls sideways`);
        }
        await other.context().close();
      });
    }
  }
});
