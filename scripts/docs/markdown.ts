import type { Definition, Nodes, PhrasingContent, Root, RootContent } from 'mdast';
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

/** How long a text gets before it is not read as Markdown, in characters. */
const MAX_LENGTH = 20_000;

/** How deep quotations and lists may stand in each other, and what they hold. */
const MAX_NESTED = 20;
const MAX_DEPTH = 60;

/**
 * What reading a text may cost, and all texts of a run together: some take a time that grows with the square of the
 * signs and lines in them.
 */
const MAX_COST = 4_000_000;
const MAX_COST_OF_ALL = 1_000_000_000;
let cost = 0;

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
  const root = isPlainText(text) || isCostly(text) ? plain(text) : parsed(text);
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

const cells = new Map<string, string>();

/**
 * Prints a table, its header first, as a block for a tree. Most of a site's cells are like others, and it takes much
 * longer to print one than to remember it.
 */
export function printedTable(rows: readonly (readonly PhrasingContent[][])[]): RootContent {
  const [header = '', ...lines] = rows.map((row) => `| ${row.map(printedCell).join(' | ')} |`);
  const delimiters = `|${' - |'.repeat(rows[0]?.length ?? 0)}`;
  const value = [header, delimiters, ...lines].join('\n');
  return { type: 'printed', value } satisfies Printed as unknown as RootContent;
}

function printedCell(children: PhrasingContent[]): string {
  const key = JSON.stringify(children);
  const earlier = cells.get(key);
  if (earlier !== undefined) return earlier;
  const paragraph = printMarkdown({ type: 'root', children: [{ type: 'paragraph', children }] });
  // In a cell, a line ends the row, and each bar the cell, in code as well.
  const printed = inOneLine(paragraph).replaceAll('|', '\\|');
  if (cells.size >= MAX_KNOWN) cells.clear();
  cells.set(key, printed);
  return printed;
}

/** Joins the lines of a text. */
export function inOneLine(text: string): string {
  const lines = text.split('\n').map((line) => line.trim());
  return lines.filter((line) => line !== '').join(' ');
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

/** Tells whether a text had better not be read as Markdown. */
function isCostly(text: string): boolean {
  if (text.length > MAX_LENGTH || NESTED.test(text)) return true;
  const signs = text.replace(/[^*_[\]!<>`|~]/g, '').length;
  const lines = text.split('\n').length;
  const own = signs * signs + lines * lines + text.length;
  cost += own;
  return own > MAX_COST || cost > MAX_COST_OF_ALL;
}

/** Signs of quotations and lists that stand in each other. */
const NESTED = new RegExp(`^[ \\t]*(?:(?:>|[-+*]|\\d{1,9}[.)])[ \\t]*){${MAX_NESTED}}`, 'm');

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
  if (depthOf(root) > MAX_DEPTH) return plain(text);
  const definitions = new Map<string, Definition>();
  collect(root, definitions);
  const children = root.children.flatMap((node) => safe(node, { definitions, isFlow: true }));
  return { type: 'root', children: children as Root['children'] };
}

/** Returns how deep nodes stand in a tree; without recursion, which deep ones would end. */
function depthOf(root: Root): number {
  let depth = 0;
  for (let level: Nodes[] = [root]; level.length > 0; depth += 1) {
    level = level.flatMap((node) => ('children' in node ? node.children : []));
  }
  return depth;
}

function collect(node: Nodes, definitions: Map<string, Definition>): void {
  if (node.type === 'definition' && !definitions.has(node.identifier)) {
    definitions.set(node.identifier, node);
  }
  if ('children' in node) for (const child of node.children) collect(child, definitions);
}

/** Where a node stands. */
interface Context {
  readonly definitions: ReadonlyMap<string, Definition>;
  /** Whether it is a block, and no part of a line. */
  readonly isFlow: boolean;
  /** Whether it stands in a link. */
  readonly isLinked?: boolean;
}

/** Makes a node safe: what stands for it, nodes of the same sort. */
function safe(node: Nodes, context: Context): Nodes[] {
  const { definitions, isFlow, isLinked = false } = context;
  const children = (inner: Partial<Context> = {}) =>
    ('children' in node ? node.children : []).flatMap((child) =>
      safe(child, { ...context, isFlow: isContainer(node), ...inner }),
    );
  const linked = (url: string | undefined, content: Nodes[]): Nodes[] => {
    const href = url === undefined || isLinked ? undefined : safeUrl(url);
    return href === undefined ? content : [{ type: 'link', url: href, children: content } as Nodes];
  };
  switch (node.type) {
    case 'html': {
      const text = { type: 'text', value: node.value } as const;
      return [isFlow ? { type: 'paragraph', children: [text] } : text];
    }
    case 'link':
      return linked(node.url, children({ isLinked: true }));
    case 'linkReference':
      return linked(definitions.get(node.identifier)?.url, children({ isLinked: true }));
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

function isContainer({ type }: Nodes): boolean {
  return type === 'root' || type === 'blockquote' || type === 'list' || type === 'listItem';
}
