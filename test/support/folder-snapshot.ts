import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';

/** Lists a folder's files, at any depth, by their paths with `/`; links are not followed. */
export function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => !lstatSync(join(folder, name)).isDirectory())
    .map((name) => name.split(sep).join('/'))
    .sort();
}

/** Reads all files of a folder, by their paths; a link is read as a note of being one. */
export function contentOf(folder: string): Record<string, string> {
  return Object.fromEntries(
    filesOf(folder).map((name) => {
      const path = join(folder, name);
      return [name, lstatSync(path).isFile() ? readFileSync(path, 'utf8') : 'no regular file'];
    }),
  );
}

/** Notes of each file of a folder which file on disk it is, and when it was written: a rewrite shows. */
export function identityOf(folder: string): Record<string, string> {
  return Object.fromEntries(
    filesOf(folder).map((name) => {
      const { ino, mtimeMs } = lstatSync(join(folder, name));
      return [name, `${ino} ${mtimeMs}`];
    }),
  );
}
