import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inRepository } from './repository.js';

/** A case: a folder below `test/cases`. */
export interface CaseFolder {
  readonly name: string;
  readonly path: string;
}

/** Lists the cases of a suite, a folder below `test/cases`; throws where there is none. */
export function caseFolders(...suite: readonly string[]): CaseFolder[] {
  const folder = inRepository('test', 'cases', ...suite);
  const found = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => ({ name, path: join(folder, name) }))
    .sort((one, other) => (one.name < other.name ? -1 : 1));
  if (found.length === 0) throw new Error(`test/cases/${suite.join('/')} holds no case`);
  return found;
}

/** Reads a JSON file of a case; undefined where it has none of that name. */
export function readCase<T>({ path }: CaseFolder, file: string): T | undefined {
  const name = join(path, file);
  return existsSync(name) ? (JSON.parse(readFileSync(name, 'utf8')) as T) : undefined;
}
