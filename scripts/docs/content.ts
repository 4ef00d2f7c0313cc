/**
 * The content of a site, as plain data: HTML, Markdown and the search index are renderings of it. Texts of documents are
 * in `prose` where they are Markdown, and else wherever there is a string: no rendering takes a string for markup.
 * This file imports nothing.
 */

export interface Site {
  readonly title: string;
  /** The start page first. */
  readonly pages: readonly Page[];
  /** Files to download, by their paths in the site. */
  readonly files: ReadonlyMap<string, string>;
}

export interface Page {
  /** Its path in the site without an ending, `mews/index` for example. */
  readonly path: string;
  readonly title: string;
  /** One sentence about the page, plain text. */
  readonly summary: string;
  /** The provider that it is about; undefined where it is about none, or several. */
  readonly provider: ProviderName | undefined;
  /** Whether it is one of the pages that a reader begins with, or one about a single message or schema. */
  readonly isOverview: boolean;
  /** What stands above the first section. */
  readonly blocks: readonly Block[];
  readonly sections: readonly Section[];
}

export interface ProviderName {
  /** The provider's name, which is that of its folder in the site. */
  readonly name: string;
  readonly title: string;
}

export interface Section {
  /** The fragment that leads to it; unique on its page. */
  readonly id: string;
  readonly title: string;
  /** What it is called on the wire or in the document, where that is not its title. */
  readonly name?: string;
  /** What search finds it as; messages and schemas may get pages of their own. */
  readonly finds?: 'message' | 'schema' | 'section';
  /** Further words that search finds it by. */
  readonly words?: string;
  readonly blocks: readonly Block[];
  readonly sections: readonly Section[];
}

export type Block =
  /** Markdown of a document. */
  | { readonly kind: 'prose'; readonly markdown: string }
  | { readonly kind: 'paragraph'; readonly content: readonly Inline[] }
  | { readonly kind: 'list'; readonly items: readonly (readonly Inline[])[] }
  | { readonly kind: 'steps'; readonly items: readonly (readonly Inline[])[] }
  | { readonly kind: 'facts'; readonly facts: readonly Fact[] }
  | Table
  | { readonly kind: 'fields'; readonly label: string; readonly fields: readonly Field[] }
  | Code
  | { readonly kind: 'cards'; readonly cards: readonly Card[] }
  | { readonly kind: 'diagram'; readonly diagram: Diagram };

export interface Fact {
  readonly term: string;
  readonly content: readonly Inline[];
}

export interface Table {
  readonly kind: 'table';
  /** What it shows, for those who can't see it. */
  readonly label: string;
  readonly columns: readonly string[];
  /** Rows of cells, one for each column; the first cell names its row. */
  readonly rows: readonly (readonly (readonly Inline[])[])[];
}

export interface Code {
  readonly kind: 'code';
  readonly language: 'json' | 'sh' | 'ts' | 'text' | 'yaml';
  /** What it is, in a few words. */
  readonly label: string;
  readonly text: string;
}

/** One thing of several to go to. */
export interface Card {
  readonly title: string;
  /** The path of its page. */
  readonly page: string;
  readonly summary: string;
  readonly facts: readonly Fact[];
}

/** A run of text. */
export type Inline =
  /** Plain text. */
  | string
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'link'; readonly target: Target; readonly content: readonly Inline[] }
  /** Markdown of a document. */
  | { readonly kind: 'prose'; readonly markdown: string }
  /** What stands out: that something is inferred, or not stated. */
  | { readonly kind: 'mark'; readonly tone: 'inferred' | 'not-stated'; readonly text: string };

/** Where a link leads: to a page of the site, to a file of it, or to an address elsewhere. */
export type Target =
  | { readonly page: string; readonly id?: string }
  | { readonly file: string }
  | { readonly url: string };

/** One value that a payload or the headers hold: a row of a field table. */
export interface Field {
  readonly id: string;
  /** Its path in the whole, `data.lines[].id`; `''` is the whole. */
  readonly path: string;
  /** What it is called where it is no member: the whole, an alternative. */
  readonly label: string | undefined;
  /** How many fields it stands in. */
  readonly depth: number;
  readonly type: readonly Inline[];
  /** Undefined of what is neither: an alternative, an item of a list. */
  readonly isRequired: boolean | undefined;
  /** Undefined where that is said elsewhere. */
  readonly isNullable: boolean | undefined;
  readonly unit: string | undefined;
  /** The values that it can have, as JSON, and limits, in words. */
  readonly allowed: readonly Inline[];
  /** The texts among them, for search. */
  readonly values: readonly string[];
  /** What it means: paragraphs. */
  readonly meaning: readonly (readonly Inline[])[];
  readonly origin: readonly Inline[];
  /** The consumers whose pacts hold it. */
  readonly consumers: readonly string[];
}

/** A sequence diagram. */
export interface Diagram {
  readonly title: string;
  readonly parties: readonly string[];
  readonly steps: readonly Step[];
}

/** One arrow of a sequence diagram, or a note where `from` is `to`; parties go by their indexes. */
export interface Step {
  readonly from: number;
  readonly to: number;
  readonly text: string;
  /** Whether it happens only if something fails. */
  readonly isFallback: boolean;
}

export function code(text: string): Inline {
  return { kind: 'code', text };
}

export function link(target: Target, ...content: readonly Inline[]): Inline {
  return { kind: 'link', target, content };
}

export function prose(markdown: string): Inline {
  return { kind: 'prose', markdown };
}

export function paragraph(...content: readonly Inline[]): Block {
  return { kind: 'paragraph', content };
}

/** Tells whether a section is about one message or schema, which may get a page of its own. */
export function isAlone({ finds }: Section): boolean {
  return finds === 'message' || finds === 'schema';
}

/** What stands where the document does not say. */
export const notStated: Inline = { kind: 'mark', tone: 'not-stated', text: 'not stated' };

/** Puts a separator between runs of text. */
export function separated(runs: readonly (readonly Inline[])[], separator: string): Inline[] {
  return runs.flatMap((run, index) => (index === 0 ? run : [separator, ...run]));
}
