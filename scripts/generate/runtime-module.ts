import { readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { ownFile } from '../own-files.js';

/**
 * Joins files of `runtime/` and those that they import into one module, each once, after what it imports: one file
 * is loaded much faster than ten. Their names differ from one another (a document of every format in test/cases loads
 * them all), so nothing is renamed; comments name types of the files joined as their own.
 */
export function runtimeModule(entries: readonly string[]): string {
  const texts = new Map<string, string>();
  const include = (file: string): void => {
    if (texts.has(file)) return;
    const text = runtimeFile(file);
    texts.set(file, '');
    for (const [, specifier = ''] of text.matchAll(IMPORT)) {
      include(posix.join(posix.dirname(file), specifier));
    }
    // Set again, so that it stands after what it imports.
    texts.delete(file);
    texts.set(file, joinable(text));
  };
  for (const file of entries) include(file);
  return [...texts.values()].join('\n');
}

const IMPORT = /^import \{[^}]*\} from '(\.[^']*)';\n/gm;

/** The file of a type that a comment names, where it is joined too. */
const TYPE_IMPORT = /\bimport\('\.\/(?!module\.js)[^']*'\)\./g;

/** A comment that does nothing but name types. */
const TYPEDEF = /^\/\*\* @typedef .*\*\/\n/gm;

function joinable(text: string): string {
  const body = text
    .replace(/^\/\/ @ts-check\n/, '')
    .replace(IMPORT, '')
    .replace(TYPEDEF, '')
    .replace(TYPE_IMPORT, '');
  return `${body.replace(/\n{3,}/g, '\n\n').trim()}\n`;
}

/** Returns a file that generated folders hold a copy of. */
export function runtimeFile(name: string): string {
  return readFileSync(ownFile(`generate/runtime/${name}`), 'utf8');
}
