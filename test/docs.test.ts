/** What the site says, and that it holds together: for the five documents, and for documents of every shape. */
import { join, posix } from 'node:path';
import { gzipSync } from 'node:zlib';
import { registerSchema, unregisterSchema, validate } from '@hyperjump/json-schema/draft-07';
import '@hyperjump/json-schema/draft-2020-12';
import { beforeAll, describe, expect, it } from 'vitest';
import { documentCases } from './support/document-cases.js';
import { folderTree } from './support/folder-tree.js';
import { readHtml } from './support/html.js';
import { providers } from './support/repository.js';
import { printedResult, runCommandLine } from './support/run-command-line.js';
import { makeSite, pagesOf } from './support/site.js';
import { temporaryFolder } from './support/temporary-folder.js';

describe('the site of the five documents', () => {
  let site: string;
  let files: ReadonlyMap<string, string>;
  beforeAll(async () => {
    site = await makeSite();
    files = folderTree(site);
  });

  it('leads nowhere that is not there, and names nothing twice', () => expectWhole(files));

  it.each(providers)('says every text of %s, in its place', (provider) => {
    const page = readHtml(files.get(`${provider}/index.html`) ?? '');
    expect(missingTexts(files.get(`${provider}/asyncapi.json`) ?? '', page.text)).toEqual([]);
    // Nothing is left for the list of what has no place.
    expect(page.ids).not.toContain('further');
  });

  it('is light enough to be read on the way', () => {
    const packed = (...paths: string[]) =>
      paths.reduce((sum, path) => sum + gzipSync(files.get(path) ?? '').length, 0);
    const shared = ['assets/site.css', 'assets/site.js', 'assets/icon.svg'];
    expect(packed('index.html', ...shared)).toBeLessThan(100_000);
    for (const provider of providers) {
      expect(packed(`${provider}/index.html`, ...shared)).toBeLessThan(300_000);
    }
    expect(files.get('assets/site.js')?.length).toBeLessThan(20_000);
  });

  it('is there as Markdown, page by page, and listed for tools', () => {
    for (const path of pagesOf(site)) {
      const page = path.replace(/html$/, 'md');
      expect(files.get(page)).toMatch(/^# /);
      if (page !== 'index.md') expect(files.get('llms.txt')).toContain(`](${page})`);
    }
  });

  it('is the same whoever makes it', async () => {
    const { TZ } = process.env;
    process.env.TZ = 'Pacific/Kiritimati';
    try {
      expect(folderTree(await makeSite())).toEqual(files);
    } finally {
      if (TZ === undefined) delete process.env.TZ;
      else process.env.TZ = TZ;
    }
  });
});

describe.each(documentCases(temporaryFolder()))(
  '$name',
  ({ document, deliveries, name, path: cwd }) => {
    let files: ReadonlyMap<string, string>;
    let site: string;
    beforeAll(async () => {
      const out = join(temporaryFolder(), 'site');
      const outcome = await runCommandLine(['docs', document, '--out', out], { cwd });
      expect(outcome.code).toBe(0);
      site = out;
      files = folderTree(site);
    });

    it('leads nowhere that is not there, and names nothing twice', () => expectWhole(files));

    it('says every text of the document', () => {
      const pages = [...files].filter(([path]) => path.endsWith('.html') && path.includes('/'));
      const text = pages.map(([, html]) => readHtml(html).text).join('\n');
      expect(missingTexts(fileOf(files, 'asyncapi.json'), text)).toEqual([]);
    });

    it('offers the document as one that can be worked with', async () => {
      const path = [...files.keys()].find((one) => one.endsWith('/asyncapi.json')) ?? '';
      const outcome = await runCommandLine(['lint', path, '--format', 'json'], { cwd: site });
      expect(printedResult(outcome).ok).toBe(true);
    });

    it('offers JSON Schemas that judge as the document does', async () => {
      const judges = new Map<string, (payload: unknown) => boolean>();
      for (const [path, text] of files) {
        if (!path.endsWith('.schema.json')) continue;
        judges.set(
          posix.basename(path, '.schema.json'),
          await judgeOf(`https://x.test/${name}/${path}`, text),
        );
      }
      const [only] = judges.size === 1 ? [...judges.keys()] : [];
      for (const delivery of deliveries) {
        const { payload, ok } = delivery;
        const message = delivery.ok ? delivery.message : only;
        const judge = message === undefined ? undefined : judges.get(message);
        // Formats are not judged here, nor headers, nor what is no JSON of ours.
        const isComparable = delivery.ok || delivery.code === 'payload.invalid';
        if (judge === undefined || !isComparable || hasFormats(files)) continue;
        expect([payload, judge(payload)]).toEqual([payload, ok]);
      }
    });
  },
);

/** Compiles a JSON Schema by an implementation that shares nothing with ours. */
async function judgeOf(uri: string, text: string): Promise<(payload: unknown) => boolean> {
  registerSchema(JSON.parse(text), uri);
  const validator = await validate(uri);
  unregisterSchema(uri);
  return (payload) => validator(payload as never).valid;
}

function hasFormats(files: ReadonlyMap<string, string>): boolean {
  return [...files].some(
    ([path, text]) => path.endsWith('.schema.json') && text.includes('"format"'),
  );
}

function fileOf(files: ReadonlyMap<string, string>, name: string): string {
  return [...files].find(([path]) => posix.basename(path) === name)?.[1] ?? '';
}

/** Expects that every link within a site leads to what is there. */
function expectWhole(files: ReadonlyMap<string, string>): void {
  const pages = new Map(
    [...files]
      .filter(([path]) => path.endsWith('.html'))
      .map(([path, html]) => [path, readHtml(html)]),
  );
  const broken: string[] = [];
  for (const [path, { ids, links }] of pages) {
    if (new Set(ids).size < ids.length) broken.push(`${path}: an id stands twice`);
    for (const link of links) {
      if (/^(?:https?|mailto):/.test(link)) continue;
      const [file = '', fragment] = link.split('#');
      const target = file === '' ? path : posix.join(posix.dirname(path), decodeURIComponent(file));
      const isThere =
        files.has(target) &&
        (fragment === undefined ||
          pages.get(target)?.ids.includes(decodeURIComponent(fragment)) === true);
      if (!isThere) broken.push(`${path}: ${link}`);
    }
  }
  expect(broken).toEqual([]);
}

/** What pages say in other words. */
const REWORDED = new Set(['$ref', '$schema', 'schemaFormat', 'action', 'kind', 'over']);

/** Lists the texts of a document that a text does not hold, white space and Markdown's signs apart. */
function missingTexts(json: string, text: string): string[] {
  const shown = bare(text);
  return textsIn(JSON.parse(json)).filter(
    // Texts that hide something are shown as JSON has them.
    (one) => ![one, JSON.stringify(one).slice(1, -1)].some((form) => shown.includes(bare(form))),
  );
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, held]) =>
    typeof held === 'string' && REWORDED.has(key) ? [] : textsIn(held),
  );
}

function bare(text: string): string {
  return text
    .replace(/^\s*(?:[-*+]|\d+\.|#+)\s+/gm, '')
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/[*_`\\\s]/g, '');
}
