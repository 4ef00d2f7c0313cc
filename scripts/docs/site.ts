import { readFileSync } from 'node:fs';
import type { Names } from '../generate/names.js';
import { ownFile } from '../own-files.js';
import { type Problem, problem } from '../problems/problem.js';
import type { Spec } from '../spec/model.js';
import type { SpecDocument } from '../spec/read-spec.js';
import { guidePage } from './content/guide.js';
import { headline } from './content/headline.js';
import { describeProvider, type Provider } from './content/provider.js';
import { startPage } from './content/start-page.js';
import type { Site } from './content.js';
import { renderHtml } from './html/page.js';
import { layOut, Places } from './layout.js';
import type { PactView } from './pacts.js';
import { renderLlmsTxt, renderMarkdown } from './render-markdown.js';
import { searchIndex } from './search-index.js';
import { sizeOf } from './size.js';

/** A document with the names that generated code has for its parts. */
export interface NamedDocument {
  readonly read: SpecDocument;
  readonly names: Names;
}

/** How much the pages about one document hold, by `sizeOf`. */
const MAX_SITE = 100_000_000;

/**
 * Makes a site of documents that were linted without errors: the texts of its files, by their paths in it, with `/`; or
 * the problems because of which there is none. Same input, same bytes.
 */
export async function renderSite(
  documents: readonly NamedDocument[],
  pacts: PactView,
): Promise<{ files: ReadonlyMap<string, string>; problems: readonly Problem[] }> {
  const providers: Provider[] = [];
  const problems: Problem[] = [];
  for (const { read, names } of documents) {
    const provider = await describeProvider(read, names, pacts);
    if (sizeOf(provider.sections) <= MAX_SITE) providers.push(provider);
    else problems.push(problem('site.too-large', { limit: MAX_SITE }, read.locate('')));
  }
  if (problems.length > 0) return { files: new Map(), problems };
  const site = layOutSite(
    documents.map(({ read }) => read.spec),
    providers,
  );
  const places = new Places(site);
  const files = new Map([
    ...site.pages.map((page) => [`${page.path}.html`, renderHtml(page, site, places)] as const),
    ...site.pages.map((page) => [`${page.path}.md`, renderMarkdown(page, places)] as const),
    ['llms.txt', renderLlmsTxt(site, places)],
    ...site.files,
    ...searchIndex(site),
    ...assets.map(
      (name) => [`assets/${name}`, readFileSync(ownFile(`docs/assets/${name}`), 'utf8')] as const,
    ),
  ]);
  return { files, problems };
}

const assets = ['site.css', 'site.js', 'icon.svg'];

/** Puts what is known of all providers on pages: the start page first, the guide last. */
function layOutSite(specs: readonly Spec[], providers: readonly Provider[]): Site {
  const [only] = specs.length === 1 ? specs : [];
  const title = only === undefined ? 'Webhook reference' : headline(only.title);
  return {
    title,
    pages: [startPage(specs, title), ...providers.flatMap(layOut), guidePage()],
    files: new Map(providers.flatMap(({ files }) => [...files])),
  };
}
