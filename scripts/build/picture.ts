/** `npm run picture`: takes the picture of the site that the README shows. Needs Chromium, and `site/` of `npm start`. */
import { fileURLToPath, pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const root = new URL('../../', import.meta.url);
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox'],
});
const page = await browser.newPage({ viewport: { width: 1200, height: 860 } });
const path = fileURLToPath(new URL('site/mews/index.html', root));
await page.goto(`${pathToFileURL(path).href}#messages%2Fbooking.status.updated`);
await page.screenshot({ path: fileURLToPath(new URL('docs/site.png', root)) });
await browser.close();
