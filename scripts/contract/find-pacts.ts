import { readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { CannotRun } from '../problems/problem.js';

/** Where pacts are kept unless a command says otherwise. */
export const PACTS = 'contracts/pacts';

/**
 * Finds the pacts that a command works on, as paths relative to `cwd`: files, and the `.json` files of folders; without
 * arguments, those of `contracts/pacts`. Throws `CannotRun` where there is none.
 */
export function findPacts(args: readonly string[], cwd: string): string[] {
  const places = args.length === 0 ? [PACTS] : args;
  const files = places.flatMap((place) => {
    const stat = statSync(resolve(cwd, place), { throwIfNoEntry: false });
    if (stat === undefined) throw new CannotRun(`${place}: no such file or folder`);
    if (!stat.isDirectory()) return [place];
    const found = readdirSync(resolve(cwd, place))
      .filter((name) => name.endsWith('.json'))
      .sort();
    if (found.length === 0) throw new CannotRun(`${place}: holds no pact (*.json)`);
    return found.map((name) => join(place, name));
  });
  return [...new Map(files.map((file) => [resolve(cwd, file), file])).values()];
}
