import type { Field, Page, Section, Site } from './content.js';

/** How large one file of the index gets, in characters. */
const MAX_FILE = 400_000;

/** What search finds of one message or schema; the script of the site reads it in this form. */
interface Entry {
  readonly kind: 'message' | 'schema';
  readonly title: string;
  readonly name: string;
  readonly provider: string;
  /** The page, and the fragment. */
  readonly page: string;
  readonly id: string;
  /** Its fields: path, fragment, and the texts that the field can be. */
  readonly fields: readonly (readonly [path: string, id: string, ...values: string[]])[];
}

/**
 * Makes the index that search works on: scripts that hand their part over when they are loaded, since a page that was
 * opened from a file can load nothing else. Returns their texts by their names.
 */
export function searchIndex({ pages }: Site): Map<string, string> {
  const parts: string[][] = [[]];
  let left = MAX_FILE;
  for (const entry of pages.flatMap((page) =>
    page.sections.flatMap((one) => entriesOf(page, one)),
  )) {
    const text = JSON.stringify(entry);
    if (text.length > left && parts.at(-1)?.length !== 0) {
      parts.push([]);
      left = MAX_FILE;
    }
    parts.at(-1)?.push(text);
    left -= text.length;
  }
  const files = parts.map((texts, index): [string, string] => [
    `assets/search-${index + 1}.js`,
    `searchIndex(${index + 1}, ${parts.length}, [\n${texts.map(asScript).join(',\n')}\n]);\n`,
  ]);
  return new Map(files);
}

function entriesOf(page: Page, section: Section): Entry[] {
  const inner = section.sections.flatMap((one) => entriesOf(page, one));
  if (section.finds === undefined) return inner;
  const entry: Entry = {
    kind: section.finds,
    title: section.title,
    name: section.name ?? section.title,
    provider: page.provider?.title ?? '',
    page: page.path,
    id: section.id,
    fields: fieldsIn(section).map(({ path, id, values }) => [path, id, ...values]),
  };
  return [entry, ...inner];
}

function fieldsIn(section: Section): Field[] {
  return [
    ...section.blocks.flatMap((block) => (block.kind === 'fields' ? block.fields : [])),
    ...section.sections.flatMap(fieldsIn),
  ].filter(({ path, label }) => path !== '' && label === undefined);
}

/** JSON is a script, but for two line ends. */
function asScript(json: string): string {
  return json.replace(/[\u2028\u2029]/g, (found) => `\\u${found.charCodeAt(0).toString(16)}`);
}
