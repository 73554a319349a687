/** What happens to runs in the page: cancelled, followed through a reload and a lost server, several at once, chained. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { NEEDS_CHROMIUM, openModel, Playground, readInput, runToEnd } from '#tests/fixtures/playground.ts';

describe('runs', NEEDS_CHROMIUM, () => {
  let playground: Playground;
  let page: Page;

  before(async () => {
    playground = await Playground.start({ ANIMATIC_EMULATOR_CONTROLS: 'on' });
    page = await playground.open({
      expected: [
        'ERR_CONNECTION_REFUSED',
        'ERR_EMPTY_RESPONSE',
        'ERR_CONNECTION_RESET',
        'ERR_INCOMPLETE_CHUNKED_ENCODING',
        'ERR_SOCKET_NOT_CONNECTED',
      ],
    });
    await openModel(page, 'Seedance 1.5 Pro, image to video (spicy)', 'WaveSpeed v3');
    await page.getByRole('button', { name: 'Use the sample picture' }).click();
    await page.getByRole('radio', { name: '480p' }).click();
    await page.getByRole('slider', { name: 'Duration' }).press('Home');
  });

  after(() => playground.close());

  const prompt = (text: string) => page.getByLabel('Prompt').fill(text);
  const run = () => page.getByRole('button', { name: 'Run', exact: true }).click();
  async function cancel(): Promise<void> {
    await page.getByRole('button', { name: 'Cancel', exact: true }).click();
    await page.getByRole('status').getByText('Cancelled').waitFor();
  }
  const openId = () => new URL(page.url()).searchParams.get('run');

  it('waits in the queue with its place, and can be cancelled there; nothing is charged', async () => {
    await prompt('[emulate queue=600] pan left');
    await page.getByLabel('Prompt').press('Control+Enter');
    await page.getByText('Waiting for its turn').waitFor();
    await page.getByText('next in the queue').waitFor();
    await cancel();
    await page.getByRole('link', { name: 'Balance $1,000.00', exact: true }).waitFor();
  });

  it('shows how far it is and can be cancelled in the middle', async () => {
    await prompt('[emulate pace=120] pan left');
    await run();
    await page.getByText('Running', { exact: true }).waitFor();
    await page.getByText(/about \d+ s left/).waitFor();
    assert.notEqual(await page.getByRole('progressbar').getAttribute('aria-valuenow'), null);
    await cancel();
  });

  it('is found again after a reload, and goes on through a server that is killed and comes back', async () => {
    await prompt('[emulate pace=8] pan left');
    await run();
    await page.getByText('Running', { exact: true }).waitFor();
    const id = openId();
    await page.reload();
    await page.getByRole('progressbar').waitFor();
    assert.equal(openId(), id);
    await playground.restartServer();
    await page.getByRole('button', { name: 'Run again' }).waitFor({ timeout: 60_000 });
    assert.equal(openId(), id);
    await page.getByRole('link', { name: 'Download' }).waitFor();
  });

  it('is one of several at once, each of which can be opened', async () => {
    await prompt('[emulate queue=600] first');
    await run();
    await page.getByText('Waiting for its turn').waitFor();
    const first = openId();
    await prompt('[emulate queue=600] second');
    await run();
    await page.waitForURL((url) => url.searchParams.get('run') !== first);
    const waiting = page
      .getByRole('region', { name: 'Runs of this page' })
      .getByRole('button', { name: /waiting/ });
    await waiting.nth(1).waitFor();
    await waiting.nth(1).click();
    await page.waitForURL((url) => url.searchParams.get('run') === first);
    await cancel();
    await waiting.first().click();
    await page.waitForURL((url) => url.searchParams.get('run') !== first);
    await cancel();
  });

  it('goes on from its last frame', async () => {
    await prompt('push in');
    await page.reload();
    const firstInput = await readInput(page);
    await runToEnd(page);
    await page.getByRole('button', { name: 'Use last frame' }).click();
    await page.getByRole('button', { name: 'Run', exact: true }).waitFor();
    await page.locator('[data-drop-zone="Start frame"] img[src^="blob:"]').waitFor();
    const next = await readInput(page);
    assert.match(String(next.image), /last-frame-[0-9a-f]{8}\.png$/);
    assert.notEqual(next.image, firstInput.image);
    await runToEnd(page);
  });

  it('is opened by a link with its inputs in the form', async () => {
    const colleague = await playground.open();
    await colleague.goto(page.url());
    await colleague.getByRole('link', { name: 'Download' }).waitFor();
    assert.deepEqual(await readInput(colleague), { ...(await readInput(page)), seed: -1 });
  });

  it('runs again with a new seed by the keyboard, and is deleted for good', async () => {
    const before = openId();
    await page.locator('body').press('s');
    await page.waitForURL((url) => url.searchParams.get('run') !== before);
    await page.getByRole('button', { name: 'Run again' }).waitFor({ timeout: 60_000 });
    const id = openId();
    await page.getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await page.getByText('The clip appears here').waitFor();
    const answer = await page.request.get(`${playground.url}/account/runs/${id}`, {
      headers: { 'x-animatic-page': '1' },
    });
    assert.equal(answer.status(), 404);
  });
});
