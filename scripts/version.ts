import { readFileSync } from 'node:fs';
import { ownFile } from './own-files.js';

/** Reads this package's version. */
export function version(): string {
  const text = readFileSync(ownFile('../package.json'), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}

/** Whether this program was built: sources change without a change of version. */
export const isBuilt = !import.meta.url.endsWith('.ts');
