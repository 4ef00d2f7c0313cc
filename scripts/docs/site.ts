import { readFileSync } from 'node:fs';
import type { Names } from '../generate/names.js';
import { ownFile } from '../own-files.js';
import type { SpecDocument } from '../spec/read-spec.js';
import { guidePage } from './content/guide.js';
import { describeProvider } from './content/provider.js';
import { startPage } from './content/start-page.js';
import type { Site } from './content.js';
import { renderHtml } from './html/page.js';
import { layOut, Places } from './layout.js';
import type { PactView } from './pacts.js';
import { renderLlmsTxt, renderMarkdown } from './render-markdown.js';
import { searchIndex } from './search-index.js';

/** A document with the names that generated code has for its parts. */
export interface NamedDocument {
  readonly read: SpecDocument;
  readonly names: Names;
}

/**
 * Makes a site of documents that were linted without errors: the texts of its files, by their paths in it, with `/`.
 * Same input, same bytes.
 */
export async function renderSite(
  documents: readonly NamedDocument[],
  pacts: PactView,
): Promise<Map<string, string>> {
  const site = await describeSite(documents, pacts);
  const places = new Places(site);
  return new Map([
    ...site.pages.map((page) => [`${page.path}.html`, renderHtml(page, site, places)] as const),
    ...site.pages.map((page) => [`${page.path}.md`, renderMarkdown(page, places)] as const),
    ['llms.txt', renderLlmsTxt(site, places)],
    ...site.files,
    ...searchIndex(site),
    ...assets.map(
      (name) => [`assets/${name}`, readFileSync(ownFile(`docs/assets/${name}`), 'utf8')] as const,
    ),
  ]);
}

const assets = ['site.css', 'site.js', 'icon.svg'];

/** Describes documents: the content of all pages, before it is rendered. */
async function describeSite(documents: readonly NamedDocument[], pacts: PactView): Promise<Site> {
  const providers = [];
  for (const { read, names } of documents) {
    providers.push(await describeProvider(read, names, pacts));
  }
  const specs = documents.map(({ read }) => read.spec);
  const [only] = specs.length === 1 ? specs : [];
  const title = only?.title ?? 'Webhook reference';
  return {
    title,
    pages: [startPage(specs, title), ...providers.flatMap(layOut), guidePage()],
    files: new Map(providers.flatMap(({ files }) => [...files])),
  };
}
