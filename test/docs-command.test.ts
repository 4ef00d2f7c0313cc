/** The command `docs`: what it writes and leaves alone, what it refuses, and how it shows a site. */
import { existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { browserPath, startBrowser, watchedPage } from './support/browser.js';
import { folderTree } from './support/folder-tree.js';
import { type Outcome, printedResult, runCommandLine } from './support/run-command-line.js';
import { documentWith } from './support/small-documents.js';
import { temporaryFolder, writeFiles } from './support/temporary-folder.js';

const document = documentWith('{ type: object, properties: { size: { type: integer } } }');

let cwd: string;
beforeEach(() => {
  cwd = temporaryFolder({ 'specs/things.asyncapi.yaml': document });
});
const docs = (...args: readonly string[]) => runCommandLine(['docs', ...args], { cwd });

describe('what is written', () => {
  it('is a site below ./site, and nothing the second time', async () => {
    const first = await docs();
    expect(first).toMatchObject({ code: 0, stderr: '' });
    expect(first.stdout).toMatch(
      /^1 document to site: \d+ files written, 0 removed\. Open site\/index\.html\.\n$/,
    );
    const tree = folderTree(cwd);
    expect(tree.get('site/things/index.html')).toContain('<code>size</code>');
    expect((await docs()).stdout).toMatch(/: 0 files written, 0 removed\./);
    expect(folderTree(cwd)).toEqual(tree);
  });

  it('leaves what others put there, and removes what belongs to no document any more', async () => {
    writeFiles(cwd, { 'specs/others.asyncapi.yaml': document });
    await docs();
    writeFiles(cwd, { 'site/CNAME': 'docs.example.com', 'site/others/mine.html': 'mine' });
    rmSync(join(cwd, 'specs', 'others.asyncapi.yaml'));
    const outcome = await docs('--format', 'json');
    expect(printedResult(outcome).removed).toContain('others/index.html');
    const tree = folderTree(join(cwd, 'site'));
    expect(tree.get('CNAME')).toBe('docs.example.com');
    expect([...tree.keys()].filter((path) => path.startsWith('others/'))).toEqual([
      'others/mine.html',
    ]);
  });

  it('is not written over what somebody changed, or put in its place', async () => {
    await docs();
    const page = join(cwd, 'site', 'things', 'index.html');
    writeFileSync(page, 'mine');
    writeFiles(cwd, { 'specs/things.asyncapi.yaml': document.replace('size', 'length') });
    const before = folderTree(cwd);
    const outcome = await docs();
    expect(outcome.code).toBe(1);
    expect(outcome.stderr).toContain('site/things/index.html:1:1 error output.edited');
    expect(outcome.stderr).not.toContain('--force');
    expect(folderTree(cwd)).toEqual(before);
  });

  it('follows no link', async () => {
    const outside = temporaryFolder({ 'index.html': 'theirs' });
    mkdirSync(join(cwd, 'site'));
    symlinkSync(outside, join(cwd, 'site', 'things'));
    const outcome = await docs();
    expect(outcome.code).toBe(1);
    expect(outcome.stderr).toContain('output.link');
    expect(folderTree(outside)).toEqual(new Map([['index.html', 'theirs']]));
  });

  it.each(['.', '..', 'specs'])('is refused as %s, which holds what is not ours', async (out) => {
    const before = folderTree(cwd);
    expect((await docs('--out', out)).code).toBe(2);
    expect(folderTree(cwd)).toEqual(before);
  });

  it('is nothing where a document has an error', async () => {
    writeFiles(cwd, { 'specs/things.asyncapi.yaml': document.replace('integer', 'intger') });
    const outcome = await docs();
    expect(outcome.code).toBe(1);
    expect(outcome.stderr).toMatch(/^specs\/things\.asyncapi\.yaml:\d+:\d+ error /);
    expect(existsSync(join(cwd, 'site'))).toBe(false);
  });
});

it('refuses a document that says too much too often, before it is written', async () => {
  const text = 'x'.repeat(2_000_000);
  const messages = Object.fromEntries(
    Array.from({ length: 60 }, (_, index) => [
      `m${index}`,
      '{ payload: { const: %d }, description: *text }'.replace('%d', String(index)),
    ]),
  );
  const lines = Object.entries(messages).map(([key, message]) => `      ${key}: ${message}\n`);
  writeFiles(cwd, {
    'specs/things.asyncapi.yaml': `asyncapi: 3.1.0\ninfo: { title: Big, version: 1.0.0, x-text: &text ${text} }\nchannels:\n  c:\n    messages:\n${lines.join('')}`,
  });
  const outcome = await docs();
  expect(outcome.code).toBe(1);
  expect(outcome.stderr).toMatch(/^specs\/things\.asyncapi\.yaml:\d+:\d+ error site\.too-large /m);
  expect(existsSync(join(cwd, 'site'))).toBe(false);
});

it('refuses a document by the name of a page', async () => {
  rmSync(join(cwd, 'specs'), { recursive: true });
  writeFiles(cwd, { 'specs/index.html.asyncapi.yaml': document });
  const outcome = await docs();
  expect(outcome.code).toBe(1);
  expect(outcome.stderr).toContain('error name.folder ');
});

describe('--serve', () => {
  let stop: () => Promise<Outcome>;
  afterEach(() => stop?.());

  /** Starts showing the site on a free port; returns its address once it is there. */
  async function serve(): Promise<string> {
    const controller = new AbortController();
    let printed = '';
    let seen = () => {};
    const ended = runCommandLine(['docs', '--serve', '0'], {
      cwd,
      stopped: controller.signal,
      onPrint: ({ stdout }) => {
        printed = stdout;
        seen();
      },
    });
    stop = () => {
      controller.abort();
      return ended;
    };
    return new Promise((found) => {
      seen = () => {
        const [, url] = /^Showing it at (\S+)$/m.exec(printed) ?? [];
        if (url !== undefined && printed.includes('Watching')) found(url);
      };
      seen();
    });
  }

  it('shows pages, on this machine and by its names alone', async () => {
    const url = await serve();
    const page = await fetch(`${url}things/`);
    expect(page.status).toBe(200);
    expect(await page.text()).toContain('<code>size</code>');
    expect((await fetch(`${url}things/asyncapi.json`)).headers.get('content-type')).toMatch(/json/);
    for (const path of ['..%2f..%2fetc/passwd', '%', '%00', '//', 'nowhere.html']) {
      expect((await fetch(url + path)).status).toBe(404);
    }
    expect((await fetch(url, { method: 'POST' })).status).toBe(405);
    expect(await statusFor(url, 'evil.example.com')).toBe(403);
    expect(await stop()).toMatchObject({ code: 0, stderr: '' });
    await expect(fetch(url)).rejects.toThrow();
  });

  it('keeps showing the last site while a document has an error', async () => {
    const url = await serve();
    const changed = fetch(`${url}__changed.js?1`);
    writeFiles(cwd, { 'specs/things.asyncapi.yaml': 'asyncapi: 3.0.0\n' });
    await new Promise((done) => setTimeout(done, 500));
    expect(await (await fetch(`${url}things/`)).text()).toContain('<code>size</code>');
    writeFiles(cwd, { 'specs/things.asyncapi.yaml': document.replace('size', 'length') });
    expect(await (await changed).text()).toBe('location.reload();');
    expect(await (await fetch(`${url}things/`)).text()).toContain('<code>length</code>');
  });

  it.skipIf(browserPath === undefined)('loads open pages anew, by their own policy', async () => {
    const [url, browser] = [await serve(), await startBrowser()];
    try {
      const { page, faults } = await watchedPage(browser, (asked) => asked.startsWith(url));
      await page.goto(`${url}things/index.html`);
      await page.getByText('size', { exact: true }).first().waitFor();
      writeFiles(cwd, { 'specs/things.asyncapi.yaml': document.replace('size', 'length') });
      await page.getByText('length', { exact: true }).first().waitFor();
      expect(faults).toEqual([]);
    } finally {
      await browser.close();
    }
  });

  it.each(['port', '65536', '-1'])('refuses the port %s', async (port) => {
    stop = async () => ({ code: 0, stdout: '', stderr: '' });
    const outcome = await docs(`--serve=${port}`);
    expect(outcome).toMatchObject({ code: 2, stdout: '' });
    expect(outcome.stderr).toMatch(
      /^webhook-contracts: --serve .*is not a port; name documents before it\n$/,
    );
  });

  it('says that a port is taken', async () => {
    const url = await serve();
    const outcome = await docs('--serve', new URL(url).port);
    expect(outcome.code).toBe(2);
    expect(outcome.stderr).toContain('is taken; name another one: --serve PORT');
  });
});

/** Asks for a page by another name of this machine. */
function statusFor(url: string, host: string): Promise<number | undefined> {
  return new Promise((done, failed) => {
    request(url, { headers: { host } }, (response) => {
      response.resume();
      done(response.statusCode);
    })
      .on('error', failed)
      .end();
  });
}
