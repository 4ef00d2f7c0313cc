import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's root, whatever the working directory. */
export const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '');

/** Returns the path of something in the repository. */
export function inRepository(...steps: readonly string[]): string {
  return join(root, ...steps);
}

/** The providers whose documents ship with the package. */
export const providers: readonly string[] = readdirSync(inRepository('specs'))
  .filter((name) => name.endsWith('.asyncapi.yaml'))
  .map((name) => name.slice(0, -'.asyncapi.yaml'.length))
  .sort();
