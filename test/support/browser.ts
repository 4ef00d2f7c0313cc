import { existsSync } from 'node:fs';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';

const candidates = [
  process.env.CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** The program of a browser that is installed; undefined where there is none. */
export const browserPath = candidates.find((path) => path !== undefined && existsSync(path));

if (browserPath === undefined) {
  console.warn(
    'Skipped: the tests in a browser. To run them, install Chromium (apt-get install chromium), or name it in CHROMIUM.',
  );
}

/** Starts a browser without windows. */
export function startBrowser(): Promise<Browser> {
  return chromium.launch({
    ...(browserPath === undefined ? {} : { executablePath: browserPath }),
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
  });
}

/** A page that is watched. */
export interface WatchedPage {
  readonly page: Page;
  readonly context: BrowserContext;
  /** What went wrong on it: what was printed on its console, thrown, asked of elsewhere, or opened. */
  readonly faults: readonly string[];
}

/** Opens an empty page that notes all that goes wrong; `isOurs` tells which addresses it may load. */
export async function watchedPage(
  browser: Browser,
  isOurs: (url: string) => boolean,
  options: Parameters<Browser['newContext']>[0] = {},
): Promise<WatchedPage> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('console', (message) => faults.push(`console ${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => faults.push(`thrown: ${error.message}`));
  page.on('request', (request) => {
    if (!isOurs(request.url())) faults.push(`request: ${request.url()}`);
  });
  page.on('requestfailed', (request) => {
    const { errorText = '' } = request.failure() ?? {};
    // Whoever goes on before an icon is there does not ask for it any more.
    if (errorText !== 'net::ERR_ABORTED') faults.push(`failed: ${request.url()} ${errorText}`);
  });
  page.on('dialog', (dialog) => {
    faults.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('popup', (popup) => faults.push(`window: ${popup.url()}`));
  return { page, context, faults };
}
