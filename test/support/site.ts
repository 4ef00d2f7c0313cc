import { expect } from 'vitest';
import { folderTree } from './folder-tree.js';
import { runCommandLine } from './run-command-line.js';
import { temporaryFolder } from './temporary-folder.js';

/** Makes a site of documents (all of `cwd` where none is named) in a folder of its own; returns that. */
export async function makeSite(specs: readonly string[] = [], cwd?: string): Promise<string> {
  const out = `${temporaryFolder()}/site`;
  const at = cwd === undefined ? {} : { cwd };
  const outcome = await runCommandLine(['docs', ...specs, '--out', out], at);
  expect(outcome).toMatchObject({ code: 0, stderr: '' });
  return out;
}

/** Lists the pages of a site, by their paths in it. */
export function pagesOf(site: string): string[] {
  return [...folderTree(site).keys()].filter((path) => path.endsWith('.html')).sort();
}
