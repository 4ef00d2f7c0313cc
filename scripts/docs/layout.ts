import { summaryLine } from './content/headline.js';
import type { Provider } from './content/provider.js';
import { type Block, isAlone, type Page, type Section, type Site, type Target } from './content.js';
import { textOfMarkdown } from './markdown.js';
import { sizeOf } from './size.js';

/** How much a page holds before its messages and schemas get pages of their own, by `sizeOf`. */
const MAX_PAGE = 300_000;

/** How much a page holds before it is continued on another. */
const MAX_PART = 500_000;

/** Lays out what is known of a provider on pages, the first of which leads to the others. */
export function layOut({ name, title, summary, sections }: Provider): Page[] {
  const provider = { name, title };
  const page = (path: string, own: Partial<Page>): Page => {
    return { path, title, summary, provider, isOverview: true, blocks: [], sections: [], ...own };
  };
  const index = `${name}/index`;
  if (sizeOf(sections) <= MAX_PAGE) return [page(index, { sections })];
  const moved = sections.flatMap((section) => section.sections.filter(isAlone));
  const kept = sections.map((section) => {
    const listed = section.sections.filter(isAlone);
    return {
      ...section,
      sections: section.sections.filter((one) => !isAlone(one)),
      ...withList(section, listed, index),
    };
  });
  return [
    page(index, { sections: kept }),
    ...moved.map((section) =>
      page(`${name}/${section.id}`, {
        title: section.title,
        summary: summaryOf(section) ?? `${section.title}: ${title}`,
        isOverview: false,
        sections: [section],
      }),
    ),
  ].flatMap(continued);
}

/** Where sections moved to pages of their own, their titles stay behind, unless a table lists them. */
function withList(section: Section, moved: readonly Section[], index: string): Partial<Section> {
  if (moved.length === 0 || section.blocks.some(({ kind }) => kind === 'table')) return {};
  const items = moved.map(({ id, title }) => [
    { kind: 'link', target: { page: index, id }, content: [title] } as const,
  ]);
  return { blocks: [...section.blocks, { kind: 'list', items }] };
}

/** Returns the first words of a section, in one line. */
function summaryOf({ blocks }: Section): string | undefined {
  const [first] = blocks;
  return first?.kind === 'prose' ? summaryLine(textOfMarkdown(first.markdown)) : undefined;
}

/** Continues a page that holds too much on others. */
function continued(page: Page): Page[] {
  if (sizeOf(page.sections) <= MAX_PART) return [page];
  const parts = packed(page.sections.flatMap((section) => split(section)));
  return parts.map((sections, index) => {
    if (index === 0) return { ...page, sections };
    return {
      ...page,
      // No name of a page has a tilde in it.
      path: `${page.path}~${index + 1}`,
      title: `${page.title} (${index + 1} of ${parts.length})`,
      sections,
    };
  });
}

/** Splits a section that is too large for a page into such as are not, as far as its rows and blocks allow. */
function split(section: Section): Section[] {
  if (sizeOf(section) <= MAX_PART) return [section];
  const blocks = packed(section.blocks.flatMap(splitBlock));
  const inner = packed(section.sections.flatMap(split));
  const parts = [
    ...blocks.map((held) => ({ blocks: held, sections: [] })),
    ...inner.map((held) => ({ blocks: [], sections: held })),
  ];
  return parts.map((part, index) =>
    index === 0
      ? { ...section, ...part }
      : { ...part, id: `${section.id}-${index + 1}`, title: `${section.title}, continued` },
  );
}

function splitBlock(block: Block): Block[] {
  if (block.kind === 'fields') {
    return packed(block.fields).map((fields) => ({ ...block, fields }));
  }
  if (block.kind === 'table') return packed(block.rows).map((rows) => ({ ...block, rows }));
  return [block];
}

/** Puts things in their order into groups of a limited size; what is larger by itself is one of its own. */
function packed<Thing>(things: readonly Thing[]): Thing[][] {
  const groups: Thing[][] = [];
  let left = 0;
  for (const thing of things) {
    const size = sizeOf(thing);
    if (size > left || groups.length === 0) {
      groups.push([]);
      left = MAX_PART;
    }
    groups.at(-1)?.push(thing);
    left -= size;
  }
  return groups;
}

/** Where every fragment is: the path of its page, by the page it was meant for and the fragment. */
export class Places {
  readonly #pages = new Map<string, string>();

  constructor({ pages }: Pick<Site, 'pages'>) {
    const add = (page: Page, section: Section): void => {
      const home = page.provider === undefined ? page.path : `${page.provider.name}/index`;
      this.#pages.set(`${home}#${section.id}`, page.path);
      for (const block of section.blocks) {
        if (block.kind !== 'fields') continue;
        for (const { id } of block.fields) this.#pages.set(`${home}#${id}`, page.path);
      }
      for (const inner of section.sections) add(page, inner);
    };
    for (const page of pages) for (const section of page.sections) add(page, section);
  }

  /** Returns the page that a link to a page leads to. */
  pageOf({ page, id }: Extract<Target, { page: string }>): string {
    return (id === undefined ? undefined : this.#pages.get(`${page}#${id}`)) ?? page;
  }
}
