import type { Definition, Nodes, PhrasingContent, Root, TableCell } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import {
  gfmAutolinkLiteralFromMarkdown,
  gfmAutolinkLiteralToMarkdown,
} from 'mdast-util-gfm-autolink-literal';
import { gfmTableFromMarkdown, gfmTableToMarkdown } from 'mdast-util-gfm-table';
import { defaultHandlers, type Handlers, toMarkdown } from 'mdast-util-to-markdown';
import { gfmAutolinkLiteral } from 'micromark-extension-gfm-autolink-literal';
import { gfmTable } from 'micromark-extension-gfm-table';

export type * from 'mdast';

/** How long a text gets before it is not read as Markdown, in characters: some texts take long. */
const MAX_LENGTH = 20_000;

/** How many texts are remembered: documents say the same of many fields. */
const MAX_KNOWN = 10_000;

const known = new Map<string, Root>();

/**
 * Parses Markdown of a document (CommonMark, tables, bare addresses). What is returned is safe to render: HTML has become
 * text, links that lead elsewhere than to the web or to mail have become their texts, images links.
 * https://www.asyncapi.com/docs/reference/specification/v3.1.0#richTextFormatting
 */
export function parseMarkdown(text: string): Root {
  const earlier = known.get(text);
  if (earlier !== undefined) return earlier;
  const root = isPlainText(text) || text.length > MAX_LENGTH ? plain(text) : parsed(text);
  if (known.size >= MAX_KNOWN) known.clear();
  known.set(text, root);
  return root;
}

/** Prints a tree as Markdown; text that could be taken for markup is written escaped. */
export function printMarkdown(root: Root): string {
  return toMarkdown(root, {
    bullet: '-',
    rule: '-',
    handlers: { text: printText, printed: ({ value }: Printed) => value } as Partial<Handlers>,
    extensions: [gfmTableToMarkdown({ tablePipeAlign: false }), gfmAutolinkLiteralToMarkdown()],
  });
}

/** What was printed before, and stands as it is. */
interface Printed {
  readonly type: 'printed';
  readonly value: string;
}

const cells = new Map<string, TableCell>();

/**
 * Makes a cell of a table. Most of a site's cells are like others, and it takes much longer to print one than to
 * remember it.
 */
export function tableCell(children: PhrasingContent[]): TableCell {
  const key = JSON.stringify(children);
  const earlier = cells.get(key);
  if (earlier !== undefined) return earlier;
  const paragraph = printMarkdown({ type: 'root', children: [{ type: 'paragraph', children }] });
  // In a cell, a line ends the row, and each bar the cell, in code as well.
  const value = paragraph
    .trim()
    .replace(/\s*\n\s*/g, ' ')
    .replaceAll('|', '\\|');
  const cell = {
    type: 'tableCell',
    children: [{ type: 'printed', value }],
  } as unknown as TableCell;
  if (cells.size >= MAX_KNOWN) cells.clear();
  cells.set(key, cell);
  return cell;
}

/** Prints text as the library does, which looks for everything that may have to be escaped; most text is words alone. */
const printText: Handlers['text'] = (node, parent, state, info) =>
  /^[A-Za-z][A-Za-z0-9 ,;'"()%/]*$/.test(node.value) && !/^www/i.test(node.value)
    ? node.value
    : defaultHandlers.text(node, parent, state, info);

function plainText(node: Nodes): string {
  if ('value' in node) return node.value;
  return 'children' in node ? node.children.map(plainText).join('') : '';
}

/** Returns the text of the first paragraph of Markdown, in one line. */
export function textOfMarkdown(markdown: string): string {
  const [first] = parseMarkdown(markdown).children;
  return first?.type === 'paragraph' ? plainText(first).replace(/\s+/g, ' ').trim() : '';
}

/** Returns an address that a page may link to: of the web or of mail; undefined where it is another. */
export function safeUrl(url: string): string | undefined {
  try {
    const { protocol, href } = new URL(url);
    return ['http:', 'https:', 'mailto:'].includes(protocol) ? href : undefined;
  } catch {
    return undefined;
  }
}

/** Tells whether a text has nothing that Markdown gives a meaning to, be it in some places only. */
function isPlainText(text: string): boolean {
  return !/[\\`*_[\]<>#~|&@\r\n]|:\/\/|www\.|^\s|^(?:[-+=]|\d+[.)])/.test(text);
}

function plain(text: string): Root {
  const paragraphs = text.trim() === '' ? [] : text.trim().split(/\n[ \t]*\n/);
  return {
    type: 'root',
    children: paragraphs.map((value) => ({
      type: 'paragraph',
      children: [{ type: 'text', value }],
    })),
  };
}

function parsed(text: string): Root {
  const root = fromMarkdown(text, {
    extensions: [gfmTable(), gfmAutolinkLiteral()],
    mdastExtensions: [gfmTableFromMarkdown(), gfmAutolinkLiteralFromMarkdown()],
  });
  const definitions = new Map<string, Definition>();
  collect(root, definitions);
  return {
    type: 'root',
    children: root.children.flatMap((node) => safe(node, definitions)),
  } as Root;
}

function collect(node: Nodes, definitions: Map<string, Definition>): void {
  if (node.type === 'definition' && !definitions.has(node.identifier)) {
    definitions.set(node.identifier, node);
  }
  if ('children' in node) for (const child of node.children) collect(child, definitions);
}

/** Makes a node safe: what stands for it, nodes of the same sort. */
function safe(node: Nodes, definitions: ReadonlyMap<string, Definition>): Nodes[] {
  const children = () =>
    ('children' in node ? node.children : []).flatMap((child) => safe(child, definitions));
  const linked = (url: string | undefined, content: Nodes[]): Nodes[] => {
    const href = url === undefined ? undefined : safeUrl(url);
    return href === undefined ? content : [{ type: 'link', url: href, children: content } as Nodes];
  };
  switch (node.type) {
    case 'html':
      return [{ type: 'text', value: node.value }];
    case 'link':
      return linked(node.url, children());
    case 'linkReference':
      return linked(definitions.get(node.identifier)?.url, children());
    case 'image':
      return linked(node.url, [{ type: 'text', value: node.alt || node.url }]);
    case 'imageReference': {
      const url = definitions.get(node.identifier)?.url;
      return linked(url, [{ type: 'text', value: node.alt || (url ?? node.identifier) }]);
    }
    case 'definition':
      return [];
    default: {
      const made = 'children' in node ? ({ ...node, children: children() } as Nodes) : { ...node };
      delete made.position;
      return [made];
    }
  }
}
