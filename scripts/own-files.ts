import { fileURLToPath } from 'node:url';

/**
 * Returns where a file of this package lies, from its path below this folder. The built package keeps the files that
 * are asked for where they lie here; this module may end up in any file at the top of `dist/`.
 */
export function ownFile(path: string): string {
  return fileURLToPath(new URL(path, import.meta.url));
}
