/** The site in a real browser: what readers do with it, and what it must never do. */

import { existsSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { browserPath, startBrowser, type WatchedPage, watchedPage } from './support/browser.js';
import { makeSite, pagesOf } from './support/site.js';

const MESSAGE = 'messages/booking.status.updated';
const FIELD = `${MESSAGE}/data.attributes.status`;

describe.skipIf(browserPath === undefined)('the site in a browser', () => {
  let browser: Browser;
  let site: string;
  let server: Server;
  let base: string;
  const opened: WatchedPage[] = [];

  beforeAll(async () => {
    [browser, site] = await Promise.all([startBrowser(), makeSite()]);
    server = await serveFolder(site, '/some/where');
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/some/where`;
  });
  afterAll(async () => {
    await browser?.close();
    server?.closeAllConnections();
    server?.close();
  });

  /** Opens a page of the site, from its file. */
  async function open(
    path: string,
    options: Parameters<Browser['newContext']>[0] = {},
  ): Promise<Page> {
    return openAt(`${pathToFileURL(site).href}/${path}`, options);
  }

  async function openAt(
    url: string,
    options: Parameters<Browser['newContext']>[0] = {},
  ): Promise<Page> {
    const home = url.startsWith('file:') ? pathToFileURL(site).href : base;
    const watched = await watchedPage(browser, (asked) => asked.startsWith(home), options);
    opened.push(watched);
    await watched.page.goto(url);
    return watched.page;
  }

  /** Closes what a test opened; nothing may have gone wrong on it. */
  async function close(): Promise<void> {
    const faults = opened.flatMap((watched) => watched.faults);
    for (const { context } of opened.splice(0)) await context.close();
    expect(faults).toEqual([]);
  }

  const header = 'header.top';
  const search = (page: Page) => page.getByRole('combobox', { name: 'Search' });

  describe.each([
    ['from a file', () => pathToFileURL(site).href],
    ['under a path of a server', () => base],
  ])('%s', (_how, home) => {
    it('leads from the start page to a provider, to a message, and back', async () => {
      const page = await openAt(`${home()}/index.html`);
      await page.getByRole('main').getByRole('link', { name: 'Mews POS webhooks' }).first().click();
      await page.getByRole('heading', { level: 1, name: 'Mews POS webhooks' }).waitFor();
      await page.getByRole('navigation').getByRole('link', { name: 'Order total updated' }).click();
      expect(page.url()).toBe(`${home()}/mews/index.html#messages%2Forder.total.updated`);
      await page.locator(header).getByRole('link', { name: 'Webhook reference' }).click();
      await page.getByRole('heading', { level: 1, name: 'Webhook reference' }).waitFor();
      await close();
    });

    it('finds messages, fields and values, by keyboard alone', async () => {
      const page = await openAt(`${home()}/index.html`);
      await page.keyboard.press('/');
      await page.keyboard.type('no_show');
      const options = page.getByRole('option');
      await options.first().waitFor();
      expect(await options.first().innerText()).toContain('data.attributes.status: no_show');
      await page.keyboard.press('Enter');
      await page.waitForURL(`**/mews/index.html#*`);
      expect(decodeURIComponent(new URL(page.url()).hash)).toBe(`#${FIELD}`);
      await expectAtTop(page, FIELD);
      await close();
    });
  });

  it('stays where the reader is while searching', async () => {
    const page = await open(`mews/index.html#${encodeURIComponent(FIELD)}`);
    const before = await page.evaluate(() => scrollY);
    await page.keyboard.press('/');
    await page.keyboard.type('status');
    await page.getByRole('option').nth(3).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    expect(await page.evaluate(() => scrollY)).toBe(before);
    await close();
  });

  it('ranks what is named so before what holds the text, and says how much there is', async () => {
    const page = await open('index.html');
    await search(page).fill('order.total.updated');
    const first = page.getByRole('option').first();
    await first.waitFor();
    expect(await first.innerText()).toMatch(/^Order total updated \(order\.total\.updated\)/);
    expect(await page.getByRole('status').innerText()).toMatch(/^\d+ results?$/);
    await search(page).fill('paymentId');
    await page.getByRole('option', { name: 'data.attributes.paymentId' }).waitFor();
    await search(page).fill('total tip');
    await page.getByRole('option', { name: 'data.attributes.tipAmount' }).waitFor();
    await search(page).fill('signature mews');
    await page.getByRole('option', { name: 'Authenticity' }).waitFor();
    await search(page).fill('hmac');
    await page.getByRole('option', { name: 'Authenticity' }).waitFor();
    await search(page).fill('nowhere to be found');
    await page.getByText('Nothing found').waitFor();
    expect(await violations(page)).toEqual([]);
    await search(page).press('Escape');
    expect(await page.getByRole('listbox').isVisible()).toBe(false);
    await close();
  });

  it('chooses among results by arrow keys', async () => {
    const page = await open('quandoo/index.html');
    await page.keyboard.press('Control+k');
    await page.keyboard.type('merchant');
    await page.getByRole('option').nth(2).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    const chosen = page.getByRole('option', { selected: true });
    expect(await chosen.getAttribute('id')).toBe('result-2');
    expect(await search(page).getAttribute('aria-activedescendant')).toBe('result-2');
    await page.keyboard.press('ArrowUp');
    expect(await chosen.getAttribute('id')).toBe('result-1');
    await close();
  });

  it('copies code as it stands', async () => {
    const page = await openAt(`${base}/mews/index.html`, {
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    const figure = page.locator(`[id="${MESSAGE}:examples"] figure`).first();
    await figure.getByRole('button', { name: 'Copy' }).click();
    const text = await page.evaluate(() => navigator.clipboard.readText());
    expect(JSON.parse(text)).toMatchObject({ meta: { eventType: 'booking.status.updated' } });
    expect(text).toBe(await figure.locator('code').textContent());
    await page.getByText('Copied', { exact: true }).first().waitFor();
    await close();
  });

  it('is reached by links to messages and fields, which stay in view', async () => {
    for (const id of [MESSAGE, FIELD]) {
      const page = await open(`mews/index.html#${encodeURIComponent(id)}`);
      await expectAtTop(page, id);
    }
    await close();
  });

  it('is dark where the reader wants that, and remembers a choice', async () => {
    const background = (page: Page) =>
      page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const light = await open('index.html', { colorScheme: 'light' });
    const dark = await open('index.html', { colorScheme: 'dark' });
    expect(await background(dark)).not.toBe(await background(light));
    const button = light.getByRole('button', { name: 'Dark' });
    expect(await button.getAttribute('aria-pressed')).toBe('false');
    await button.click();
    expect(await button.getAttribute('aria-pressed')).toBe('true');
    expect(await background(light)).toBe(await background(dark));
    await light.goto(`${pathToFileURL(site).href}/mews/index.html`);
    expect(await background(light)).toBe(await background(dark));
    await close();
  });

  it('can be read without its script', async () => {
    const page = await open('mews/index.html', { javaScriptEnabled: false });
    await page.getByText('Compute it yourself').waitFor();
    expect(await page.getByRole('button').count()).toBe(0);
    expect(await page.getByRole('combobox').count()).toBe(0);
    await close();
  });

  it('fits a phone, where a menu leads on', async () => {
    const page = await open('mews/index.html', { viewport: { width: 360, height: 740 } });
    for (const path of pagesOf(site)) {
      await page.goto(`${pathToFileURL(site).href}/${path}`);
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      expect([path, width]).toEqual([path, 360]);
    }
    expect(await page.getByRole('navigation').isVisible()).toBe(false);
    await page.getByRole('link', { name: 'Menu' }).click();
    await page.getByRole('navigation').getByRole('link', { name: 'Quandoo' }).click();
    await page.getByRole('heading', { level: 1, name: 'Quandoo' }).waitFor();
    await close();
  });

  it('prints what is to be read and nothing else', async () => {
    const page = await open('mews/index.html');
    await page.emulateMedia({ media: 'print' });
    expect(await page.getByRole('navigation').isVisible()).toBe(false);
    expect(await page.getByRole('button').first().isVisible()).toBe(false);
    expect(await page.getByRole('heading', { name: 'Delivery rules' }).isVisible()).toBe(true);
    await close();
  });

  it.each([
    ['light', 1280],
    ['dark', 1280],
    ['light', 360],
    ['dark', 360],
  ] as const)(
    'is accessible by the rules of axe, %s and %i pixels wide',
    async (colorScheme, width) => {
      const page = await open('index.html', { colorScheme, viewport: { width, height: 800 } });
      for (const path of pagesOf(site)) {
        await page.goto(`${pathToFileURL(site).href}/${path}`);
        expect(await violations(page)).toEqual([]);
      }
      await search(page).fill('status');
      await page.getByRole('option').first().waitFor();
      expect(await violations(page)).toEqual([]);
      await close();
    },
    180_000,
  );
});

/** Lists what axe finds on a page. */
async function violations(page: Page): Promise<string[]> {
  // Not as an element: the page's policy lets no script in that is not the site's.
  await page.evaluate(axe.source);
  const found = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: typeof import('axe-core') };
    const { violations } = await axe.run(document, { preload: false });
    return violations.map(
      ({ id, nodes }) =>
        `${id}: ${nodes
          .map(({ html }) => html)
          .join(' ')
          .slice(0, 500)}`,
    );
  });
  return found.map(
    (text) => `${new URL(page.url()).pathname.split('/').slice(-2).join('/')} ${text}`,
  );
}

/** Expects an element to be the first thing that is seen below the header. */
async function expectAtTop(page: Page, id: string): Promise<void> {
  await page.waitForFunction((wanted) => document.getElementById(wanted) !== null, id);
  const [top, bottom] = await page.evaluate((wanted) => {
    const bar = document.querySelector('header.top')?.getBoundingClientRect().bottom ?? 0;
    return [document.getElementById(wanted)?.getBoundingClientRect().top ?? 0, bar];
  }, id);
  expect(top).toBeGreaterThanOrEqual((bottom ?? 0) - 1);
  expect(top).toBeLessThan((bottom ?? 0) + 100);
}

/** Serves a folder below a path of an address on this machine. */
function serveFolder(folder: string, below: string): Promise<Server> {
  const types: Record<string, string> = {
    '.html': 'text/html',
    '.css': 'text/css',
    '.js': 'text/javascript',
    '.svg': 'image/svg+xml',
  };
  const server = createServer((request, response) => {
    const path = decodeURIComponent((request.url ?? '').replace(/[?#].*$/, ''));
    const file = join(folder, path.slice(below.length));
    if (!path.startsWith(below) || !existsSync(file)) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { 'Content-Type': types[extname(file)] ?? 'text/plain' });
    response.end(readFileSync(file));
  });
  return new Promise((ready) => server.listen(0, '127.0.0.1', () => ready(server)));
}
