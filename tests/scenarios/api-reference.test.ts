/** The reference page: complete without a script or a network, and pleasant with a keyboard and on a phone. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { type Browser, chromium, type Page } from 'playwright-core';
import { apiDocument } from '#protocols/api-document.ts';
import { CHROMIUM_FLAGS, findChromium } from '#tests/fixtures/find-chromium.ts';
import { TestServer } from '#tests/fixtures/test-server.ts';

const CHROMIUM = findChromium();

const ANCHORS = Object.values(apiDocument().paths as Readonly<Record<string, object>>).flatMap((methods) =>
  Object.values(methods).map(({ operationId }) => operationId.toLowerCase().replace(/[^a-z0-9]+/g, '-')),
);

describe('the reference page', { timeout: 60_000 }, () => {
  let server: TestServer;
  before(async () => {
    server = await TestServer.start();
  });
  after(() => server.close());

  test('it holds every operation, and asks no other host for anything', async () => {
    const { status, headers, body } = await server.anonymous.get('/reference');
    assert.equal(status, 200);
    assert.match(headers.get('content-type')!, /^text\/html/);
    const policy = headers.get('content-security-policy')!;
    assert.match(policy, /default-src 'none'; script-src 'self'; style-src 'self'/);
    assert.doesNotMatch(policy, /unsafe|\*/);
    assert.ok(ANCHORS.length > 60);
    for (const anchor of ANCHORS) assert.ok(body.includes(`id="${anchor}"`), anchor);
    const resources = [...body.matchAll(/<(?:script|link|img)\b[^>]*?(?:src|href)="([^"]+)"/g)];
    assert.deepEqual(
      resources.map(([, url]) => url),
      ['data:,', '/reference.css', '/reference.js'],
    );
    assert.doesNotMatch(body, /<script(?![^>]* src=)|<style| style="| on\w+="/);
    for (const file of ['/reference.css', '/reference.js'])
      assert.equal((await server.anonymous.get(file)).status, 200);
  });

  test('links within it lead somewhere, and no id stands twice', async () => {
    const { body } = await server.anonymous.get('/reference');
    const ids = [...body.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    assert.deepEqual([...new Set(ids)].length, ids.length);
    for (const [, target] of body.matchAll(/href="#([^"]+)"/g)) assert.ok(ids.includes(target), target);
  });

  describe('in a browser', { skip: CHROMIUM === undefined ? 'there is no Chromium' : false }, () => {
    let browser: Browser;
    before(async () => {
      browser = await chromium.launch({ executablePath: CHROMIUM!, args: [...CHROMIUM_FLAGS] });
    });
    after(() => browser.close());

    /** Fails on whatever the page complains of or asks elsewhere for. */
    const withPage = async (
      options: { readonly width: number; readonly colorScheme?: 'light' | 'dark'; readonly hash?: string },
      run: (page: Page) => Promise<void>,
    ) => {
      const { width, colorScheme = 'light', hash = '' } = options;
      const page = await browser.newPage({ viewport: { width, height: 800 }, colorScheme });
      const faults: string[] = [];
      page.on('console', (message) => faults.push(message.text()));
      page.on('pageerror', (error) => faults.push(error.message));
      page.on('request', (request) => {
        if (!request.url().startsWith(server.url) && !request.url().startsWith('data:'))
          faults.push(request.url());
      });
      await page.goto(`${server.url}/reference${hash}`);
      await run(page);
      await page.close();
      assert.deepEqual(faults, []);
    };

    test('it fits phone and desk, with every part open, in light and dark', async () => {
      const colours = new Set<string>();
      for (const width of [390, 1440]) {
        for (const colorScheme of ['light', 'dark'] as const) {
          await withPage({ width, colorScheme }, async (page) => {
            await page.evaluate(
              "document.querySelectorAll('details').forEach((part) => { part.open = true; })",
            );
            assert.equal(await page.evaluate('document.documentElement.scrollWidth'), width);
            colours.add(await page.evaluate('getComputedStyle(document.body).backgroundColor'));
          });
        }
      }
      assert.equal(colours.size, 2);
    });

    test('a link opens what it points at, also what the filter hides', async () => {
      await withPage({ width: 1440, hash: '#whoami' }, async (page) => {
        assert.equal(await page.locator('#whoami').getAttribute('open'), '');
        await page.keyboard.press('/');
        await page.keyboard.type('jwks');
        assert.deepEqual(await page.locator('.operation:visible').count(), 1);
        await page.evaluate("location.hash = '#listkeys'");
        await page.locator('#listkeys[open]').waitFor();
        assert.ok(await page.locator('#listkeys').isVisible());
      });
    });

    test('a filter that nothing fits says so', async () => {
      await withPage({ width: 1440 }, async (page) => {
        await page.locator('.filter input').fill('nothing like this');
        assert.ok(await page.locator('.none').isVisible());
        assert.equal(await page.locator('main details:visible').count(), 0);
      });
    });

    test('the keyboard reaches the operations, and opens them', async () => {
      await withPage({ width: 390 }, async (page) => {
        await page.keyboard.press('Tab');
        assert.equal(await page.evaluate('document.activeElement.className'), 'skip');
        await page.keyboard.press('Enter');
        await page.keyboard.press('Tab');
        await page.keyboard.press('Enter');
        assert.equal(await page.locator('.operation[open]').count(), 1);
      });
    });
  });
});
