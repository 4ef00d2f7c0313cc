import type { Block, Code, Fact, Field, Inline, Page, Section, Site } from './content.js';
import { inWords } from './html/diagram.js';
import { isOneSection } from './html/page.js';
import type { Places } from './layout.js';
import { Links } from './links.js';
import {
  type BlockContent,
  type ListItem,
  type Nodes,
  type PhrasingContent,
  parseMarkdown,
  printedTable,
  printMarkdown,
  type Root,
  type RootContent,
} from './markdown.js';
import { unhidden } from './unhidden.js';

/** Renders a page as Markdown: for tools, and for people in a terminal. */
export function renderMarkdown(page: Page, places: Places): string {
  const links = new Links(page.path, places, '.md');
  const root: Root = {
    type: 'root',
    children: [
      ...(isOneSection(page) ? [] : [heading(1, [text(page.title)])]),
      ...blocks(page.blocks, 2, links),
      ...page.sections.flatMap((section) =>
        sectionNodes(section, isOneSection(page) ? 1 : 2, links),
      ),
    ],
  };
  return unhidden(printMarkdown(root));
}

/** Renders the list of a site's pages, for tools that read it first. https://llmstxt.org */
export function renderLlmsTxt({ title, pages, files }: Site, places: Places): string {
  const links = new Links('llms.txt', places, '.md');
  const [start] = pages;
  const documents = [...files.keys()]
    .filter((file) => file.endsWith('/asyncapi.json'))
    .map((file): PhrasingContent[] => [
      { type: 'link', url: links.toFile(file), children: [text(file)] },
      text(': the AsyncAPI document, bundled'),
    ]);
  const items = pages.map((page): ListItem => {
    const target: PhrasingContent = {
      type: 'link',
      url: links.toPage(page.path),
      children: [text(page.title)],
    };
    return item([target, text(`: ${page.summary}`)]);
  });
  return unhidden(
    printMarkdown({
      type: 'root',
      children: [
        heading(1, [text(title)]),
        { type: 'blockquote', children: [paragraphOf([text(start?.summary ?? '')])] },
        heading(2, [text('Pages')]),
        { type: 'list', ordered: false, spread: false, children: items },
        heading(2, [text('Documents')]),
        { type: 'list', ordered: false, spread: false, children: documents.map(item) },
      ],
    }),
  );
}

function sectionNodes(section: Section, level: number, links: Links): RootContent[] {
  const { title, name } = section;
  const words = [text(title), ...(name === undefined ? [] : [text(' '), codeText(name)])];
  return [
    heading(level, words),
    ...blocks(section.blocks, level + 1, links),
    ...section.sections.flatMap((inner) => sectionNodes(inner, level + 1, links)),
  ];
}

function blocks(all: readonly Block[], level: number, links: Links): RootContent[] {
  return all.flatMap((block) => nodesOf(block, level, links));
}

function nodesOf(block: Block, level: number, links: Links): RootContent[] {
  switch (block.kind) {
    case 'prose':
      return proseNodes(block.markdown, level);
    case 'paragraph':
      return [paragraphOf(run(block.content, links))];
    case 'list':
    case 'steps':
      return [
        listOf(
          block.items.map((one) => run(one, links)),
          block.kind === 'steps',
        ),
      ];
    case 'facts':
      return [factList(block.facts, links)];
    case 'table':
      return [
        printedTable([
          block.columns.map((column) => [text(column)]),
          ...block.rows.map((row) => row.map((cell) => run(cell, links))),
        ]),
      ];
    case 'fields':
      return [fieldTable(block.fields, links)];
    case 'code':
      return codeNodes(block);
    case 'cards':
      return block.cards.flatMap((card) => [
        heading(3, [{ type: 'link', url: links.toPage(card.page), children: [text(card.title)] }]),
        paragraphOf([text(card.summary)]),
        factList(card.facts, links),
      ]);
    case 'diagram': {
      const { parties, steps } = block.diagram;
      return [
        listOf(
          steps.map((step) => [text(inWords(step, parties))]),
          true,
        ),
      ];
    }
  }
}

function fieldTable(fields: readonly Field[], links: Links): RootContent {
  const columns = ['Field', 'Type', 'Required', 'Null', 'Unit', 'Allowed', 'Meaning', 'Source'];
  const isRelied = fields.some(({ consumers }) => consumers.length > 0);
  return printedTable([
    [...columns, ...(isRelied ? ['Relied on by'] : [])].map((column) => [text(column)]),
    ...fields.map((field) => [
      fieldName(field),
      run(field.type, links),
      [text(field.isRequired === undefined ? '' : field.isRequired ? 'yes' : 'no')],
      [text(field.isNullable === undefined ? '' : field.isNullable ? 'yes' : 'no')],
      [text(field.unit ?? '')],
      run(field.allowed, links),
      field.meaning.flatMap((one, index) => [
        ...(index === 0 ? [] : [text(' ')]),
        ...run(one, links),
      ]),
      run(field.origin, links),
      ...(isRelied ? [[text(field.consumers.join(', '))]] : []),
    ]),
  ]);
}

/** What is no member goes by its label, after the path of what it stands in. */
function fieldName({ path, label }: Field): PhrasingContent[] {
  if (label === undefined) return [codeText(path)];
  return path === '' ? [text(label)] : [codeText(path), text(`: ${label}`)];
}

function codeNodes({ label, language, text: value }: Code): RootContent[] {
  return [paragraphOf([text(`${label}:`)]), { type: 'code', lang: language, value }];
}

function factList(facts: readonly Fact[], links: Links): RootContent {
  return listOf(
    facts.map(({ term, content }) => [text(`${term}: `), ...run(content, links)]),
    false,
  );
}

/** Turns a run of text into nodes; Markdown in it loses its blocks. */
function run(content: readonly Inline[], links: Links): PhrasingContent[] {
  return content.flatMap((part) => (typeof part === 'string' ? [text(part)] : phrase(part, links)));
}

function phrase(part: Exclude<Inline, string>, links: Links): PhrasingContent[] {
  switch (part.kind) {
    case 'code':
      return [codeText(part.text)];
    case 'mark':
      return [{ type: 'emphasis', children: [text(part.text)] }];
    case 'prose':
      return phrases(parseMarkdown(part.markdown).children);
    case 'link': {
      const url = links.to(part.target);
      const inner = run(part.content, links);
      return url === undefined ? inner : [{ type: 'link', url, children: inner as never }];
    }
  }
}

/** Returns what stands in blocks, one after the other. */
function phrases(nodes: readonly Nodes[]): PhrasingContent[] {
  return nodes.flatMap((node, index): PhrasingContent[] => {
    const before = index === 0 ? [] : [text(' ')];
    if (node.type === 'code') return [...before, codeText(node.value)];
    if (node.type === 'paragraph' || node.type === 'heading' || node.type === 'tableCell') {
      return [...before, ...node.children.map(flat)];
    }
    return 'children' in node ? [...before, ...phrases(node.children as Nodes[])] : [];
  });
}

/** A line break within a cell would end it. */
function flat(node: PhrasingContent): PhrasingContent {
  if (node.type === 'break') return text(' ');
  if (node.type === 'text') return text(node.value.replaceAll('\n', ' '));
  return node;
}

/** Returns Markdown of a document as blocks, its headings below a level. */
function proseNodes(markdown: string, level: number): RootContent[] {
  return parseMarkdown(markdown).children.map((node) =>
    node.type === 'heading' ? heading(level - 1 + node.depth, node.children) : node,
  );
}

function heading(level: number, children: PhrasingContent[]): RootContent {
  return { type: 'heading', depth: Math.min(6, level) as 6, children };
}

function text(value: string): PhrasingContent {
  return { type: 'text', value };
}

function codeText(value: string): PhrasingContent {
  return { type: 'inlineCode', value };
}

function paragraphOf(children: PhrasingContent[]): BlockContent {
  return { type: 'paragraph', children };
}

function item(children: PhrasingContent[]): ListItem {
  return { type: 'listItem', spread: false, children: [paragraphOf(children)] };
}

function listOf(items: PhrasingContent[][], ordered: boolean): RootContent {
  return { type: 'list', ordered, spread: false, children: items.map(item) };
}
