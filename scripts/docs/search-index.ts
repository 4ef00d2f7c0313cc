import type { Field, Page, Section, Site } from './content.js';
import { unhidden } from './unhidden.js';

/** How large one file of the index gets, in characters. */
const MAX_FILE = 400_000;

/** A part of the index: what the script of the site reads. */
interface Part {
  /** Fields, each once however many messages have it: its path, what its fragment adds to the entry's, its texts. */
  readonly fields: Indexed[];
  readonly entries: Entry[];
}

type Indexed = readonly [path: string, fragment: string, ...values: string[]];

/** What search finds of one message, schema or other section. */
interface Entry {
  readonly title: string;
  readonly name: string;
  readonly provider: string;
  /** Further words that it is found by. */
  readonly words: string;
  /** The page, and the fragment. */
  readonly page: string;
  readonly id: string;
  /** Its fields, by their indexes. */
  readonly fields: readonly number[];
}

/**
 * Makes the index that search works on: scripts that hand their part over when they are loaded, since a page that was
 * opened from a file can load nothing else. Returns their texts by their names.
 */
export function searchIndex({ pages }: Site): Map<string, string> {
  const parts: Part[] = [];
  let known = new Map<string, number>();
  let left = 0;
  const add = (page: Page, section: Section): void => {
    for (const inner of section.sections) add(page, inner);
    if (section.finds === undefined) return;
    if (left <= 0) {
      parts.push({ fields: [], entries: [] });
      known = new Map();
      left = MAX_FILE;
    }
    const part = parts.at(-1) as Part;
    const indexes = fieldsIn(section).map((field) => {
      const key = JSON.stringify(indexed(field, section));
      const index = known.get(key) ?? part.fields.push(JSON.parse(key) as Indexed) - 1;
      if (index === known.size) left -= key.length;
      known.set(key, index);
      return index;
    });
    const entry: Entry = {
      title: unhidden(section.title),
      name: unhidden(section.name ?? section.title),
      provider: unhidden(page.provider?.title ?? ''),
      words: unhidden(section.words ?? ''),
      page: page.path,
      id: section.id,
      fields: [...new Set(indexes)],
    };
    left -= JSON.stringify(entry).length;
    part.entries.push(entry);
  };
  for (const page of pages) for (const section of page.sections) add(page, section);
  return new Map(
    parts.map((part, index) => [
      `assets/search-${index + 1}.js`,
      `searchIndex(${index + 1}, ${parts.length}, ${asScript(JSON.stringify(part))});\n`,
    ]),
  );
}

function indexed({ path, id, values }: Field, section: Section): Indexed {
  const fragment = id.startsWith(section.id) ? id.slice(section.id.length) : id;
  return [unhidden(path), fragment, ...values.map(unhidden)];
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
