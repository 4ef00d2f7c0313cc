import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { CheckResult } from '../../scripts/generate/runtime/check.js';
import { folderTree } from './folder-tree.js';
import { type Outcome, runCommandLine } from './run-command-line.js';
import { temporaryFolder } from './temporary-folder.js';

/** What was generated from one document. */
export interface Generated {
  readonly outcome: Outcome;
  /** Every file below the output folder. */
  readonly written: ReadonlyMap<string, string>;
  /** What its module exports. */
  readonly exports: Readonly<Record<string, unknown>>;
  /** The exports of each of its other files that run. */
  readonly parts: readonly Readonly<Record<string, unknown>>[];
  readonly check: (payload: unknown, headers?: unknown) => CheckResult;
}

/** Generates a module of a document into a folder of its own, and loads all of it. */
export async function generateModule(file: string, cwd: string): Promise<Generated> {
  const out = temporaryFolder();
  const outcome = await runCommandLine(['generate', file, '--out', out], { cwd });
  if (outcome.code !== 0) throw new Error(`${file} can't be generated: ${outcome.stderr}`);
  const written = folderTree(out);
  const [name = ''] = readdirSync(out).filter((entry) => entry !== 'package.json');
  const index = `${name}/index.js`;
  const load = (path: string) => import(pathToFileURL(join(out, path)).href);
  const others = [...written.keys()].filter((path) => path.endsWith('.js') && path !== index);
  const exports = await load(index);
  return {
    outcome,
    written,
    exports,
    parts: await Promise.all(others.map(load)),
    check: exports.check,
  };
}
