/** Texts of a document that would do harm in a page, or to those who read it: they stay texts. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { browserPath, startBrowser, watchedPage } from './support/browser.js';
import { folderTree } from './support/folder-tree.js';
import { inRepository } from './support/repository.js';
import { runCommandLine } from './support/run-command-line.js';
import { pagesOf } from './support/site.js';
import { temporaryFolder } from './support/temporary-folder.js';

const RUN = 'globalThis.__PWNED__ = 1';

const texts = [
  `<script>${RUN}</script>`,
  `</script></title></style></textarea></svg><script>${RUN}</script>`,
  `<img src=x onerror="${RUN}"><svg onload="${RUN}"><iframe srcdoc="<script>${RUN}</script>">`,
  `"><img src=x onerror='${RUN}'> ' onmouseover='${RUN}' x='`,
  `[click](javascript:${RUN}) <javascript:${RUN}> [x](data:text/html,<script>${RUN}</script>)`,
  `[click][one]\n\n[one]: javascript:${RUN}\n\n![picture](https://example.com/track.png "t")`,
  `[click](vbscript:x) [click](&#106;avascript:${RUN}) [click](java\nscript:${RUN}) [x](//example.com/x)`,
  `![x](javascript:${RUN}) ![x][pic]\n\n[pic]: https://example.com/track.png`,
  `--> <!-- ]]> <![CDATA[ <style>body{display:none}</style> <link rel=stylesheet href=https://example.com/x.css>`,
  `<form action=https://example.com><button>x</button></form><base href=https://example.com/>`,
  `<meta http-equiv=refresh content="0;url=https://example.com">`,
  'a \u2028 b \u2029 c \u202e d \u2066 e \u200b f \ufeff g',
  `{{7*7}} $\{7*7} <%= 7*7 %> #{7*7} {% x %}`,
  '<a href="https://example.com" target=_blank onclick="alert(1)">x</a> https://example.com/?a="<b>"',
  '| a | b |\n| - | - |\n| <script>alert(1)</script> | `<img src=x>` |\n\n```html\n<script>alert(1)</script>\n```',
  '# One\n\n###### Six\n\n- [ ] task\n\n> quote\n\n<details open ontoggle=alert(1)>x</details>',
];

/** A document that says each text in every place that takes one, on a message of its own; and all of them of itself. */
function hostileDocument(): object {
  const all = texts.join('\n\n');
  const said = (text: string) => ({
    title: text,
    summary: text,
    description: text,
    'x-inferred': text,
    'x-source': { document: 'book', section: text },
    tags: [{ name: text, description: text }],
    externalDocs: { url: "https://example.com/?q='onclick='alert(1)", description: text },
  });
  const message = (text: string, index: number) => ({
    ...said(text),
    name: `message ${index} <b>"'&`,
    examples: [{ name: text, summary: text, payload: { kind: index, [text]: text } }],
    headers: {
      type: 'object',
      properties: { 'X-Header': { type: 'string', description: text, enum: [text] } },
    },
    payload: {
      type: 'object',
      title: text,
      description: text,
      required: ['kind'],
      properties: {
        kind: { const: index },
        [text]: {
          type: 'string',
          enum: [text],
          default: text,
          examples: [text],
          'x-unit': text,
          description: text,
          $comment: text,
        },
      },
      'x-other': { [text]: [text] },
    },
  });
  return {
    asyncapi: '3.1.0',
    info: {
      title: texts[0],
      version: texts[1],
      description: all,
      contact: {
        name: all,
        email: 'x@example.com',
        url: "https://example.com/?x='onclick='alert(1)",
      },
      license: { name: all },
      tags: [{ name: all }],
    },
    servers: {
      one: {
        ...said(all),
        host: '{host}',
        protocol: 'https',
        variables: { host: { description: all, enum: texts, default: texts[0], examples: texts } },
      },
    },
    channels: {
      one: {
        ...said(all),
        address: '/{place}',
        parameters: { place: { description: all, enum: texts } },
        messages: Object.fromEntries(
          texts.map((text, index) => [`m${index}`, message(text, index)]),
        ),
      },
    },
    operations: {
      send: {
        ...said(all),
        action: 'send',
        channel: { $ref: '#/channels/one' },
        security: [{ type: 'httpApiKey', in: 'header', name: 'X-Key', description: all }],
      },
    },
    'x-sources': {
      book: { title: all, date: 'not stated', note: all, url: 'javascript:alert(1)' },
    },
    'x-contradictions': [{ about: all, description: all }],
    'x-delivery': Object.fromEntries(
      ['fallback', 'timeout', 'repeats', 'ordering'].map((rule) => [
        rule,
        { value: all, source: { document: 'book', section: all }, note: all, inferred: all },
      ]),
    ),
  };
}

let site: string;
beforeAll(async () => {
  const cwd = temporaryFolder({ 'hostile.asyncapi.json': JSON.stringify(hostileDocument()) });
  const outcome = await runCommandLine(['docs', 'hostile.asyncapi.json', '--out', 'site'], { cwd });
  expect(outcome.code, outcome.stderr).toBe(0);
  site = join(cwd, 'site');
});

it("has no tag, and no address, that is not the site's own", () => {
  for (const [path, text] of folderTree(site)) {
    if (path.startsWith('describing-webhooks.')) continue;
    if (path.endsWith('.html')) {
      const tags = [...text.matchAll(/<([a-z][a-z0-9]*)[\s>/]/g)].map(([, tag]) => tag);
      for (const tag of ['iframe', 'img', 'form', 'style', 'base', 'details', 'object']) {
        expect(tags).not.toContain(tag);
      }
      expect(text.match(/<script\b[^>]*>/g)).toEqual([
        `<script src="${'../'.repeat(path.split('/').length - 1)}assets/site.js">`,
      ]);
      // What stands in quotes is no attribute.
      const named = text.replace(/="[^"]*"/g, '=""');
      expect(named).not.toMatch(/<[^>]*\s(?:on\w+|style|srcdoc|action)=/);
      for (const [, src] of text.matchAll(/<[^>]*?\ssrc="([^"]*)"/g)) {
        expect(src).toMatch(/^(?:\.\.\/)*assets\//);
      }
      for (const [, href = ''] of text.matchAll(/\shref="([^"]*)"/g)) {
        expect(href).toMatch(/^(?:https?:\/\/|mailto:|#|(?:\.\.\/)*[\w-]+[/.])/);
      }
    }
    if (path.endsWith('.md') || path === 'llms.txt') {
      // Outside of code, every < of a document is escaped.
      const prose = text.replace(/^```[\s\S]*?^```$/gm, '').replace(/(`+)[\s\S]*?[^`]\1(?!`)/g, '');
      expect(prose).not.toMatch(/(?<!\\)<(?!https?:|mailto:|[\w.]+@)[a-z/!?]/i);
      expect(prose).not.toMatch(/(?<!\\)\]\((?:javascript|data|vbscript):/i);
    }
    if (!path.endsWith('.json')) expect(text).not.toMatch(/[\u202a-\u202e\u2066-\u2069\u200b]/);
  }
});

describe.skipIf(browserPath === undefined)('in a browser', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await startBrowser();
  });
  afterAll(() => browser?.close());

  const open = async (folder: string) => {
    const home = pathToFileURL(folder).href;
    const watched = await watchedPage(browser, (url) => url.startsWith(home));
    return { home, ...watched };
  };

  it('runs nothing, loads nothing and shows what the document says', async () => {
    const { page, faults, home } = await open(site);
    for (const path of pagesOf(site)) {
      await page.goto(`${home}/${path}`);
      const found = await page.evaluate(() => ({
        ran: '__PWNED__' in globalThis,
        foreign: document.querySelectorAll('img, iframe, form:not([role]), style, base, object')
          .length,
        scripts: document.scripts.length,
        handlers: [...document.querySelectorAll('*')].filter((element) =>
          element.getAttributeNames().some((name) => name.startsWith('on') || name === 'style'),
        ).length,
      }));
      expect(found).toEqual({ ran: false, foreign: 0, scripts: 1, handlers: 0 });
    }
    await page.goto(`${home}/hostile/index.html`);
    expect(await page.locator('main').innerText()).toContain(texts[0]);
    expect(faults).toEqual([]);
  });

  it('finds such texts without running them', async () => {
    const { page, faults, home } = await open(site);
    await page.goto(`${home}/index.html`);
    for (const query of ['<script>', 'onerror', '__PWNED__']) {
      await page.getByRole('combobox').fill(query);
      await page.getByRole('option').first().waitFor();
      expect(await page.getByRole('listbox').locator('img, script, svg').count()).toBe(0);
    }
    await page.keyboard.press('Enter');
    await page.waitForURL('**/hostile/**');
    expect(await page.evaluate(() => '__PWNED__' in globalThis)).toBe(false);
    expect(faults).toEqual([]);
  });

  it('shows every document of the corpus that is accepted, and runs nothing', async () => {
    const cases = inRepository('test', 'cases', 'hostile', 'specs');
    const files = [...folderTree(cases).keys()].filter((name) => /^\d/.test(name));
    let shown = 0;
    for (const file of files) {
      const { code } = await runCommandLine(['lint', file, '--quiet'], { cwd: cases });
      const out = `${temporaryFolder()}/site`;
      const outcome = await runCommandLine(['docs', file, '--out', out], { cwd: cases });
      if (outcome.code !== 0) {
        expect(folderTree(join(out, '..'))).toEqual(new Map());
        continue;
      }
      expect(code).toBe(0);
      shown += 1;
      const { page, faults, home, context } = await open(out);
      for (const path of pagesOf(out)) {
        await page.goto(`${home}/${path}`);
        expect(await page.evaluate(() => '__PWNED__' in globalThis)).toBe(false);
      }
      expect(faults).toEqual([]);
      await context.close();
    }
    expect(shown).toBeGreaterThan(5);
  }, 120_000);
});
