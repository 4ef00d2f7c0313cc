import { existsSync, readdirSync, statSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CannotRun } from '../problems/problem.js';
import { closestName } from './closest-name.js';
import { specName } from './read-spec.js';

const ENDING = /\.asyncapi\.(yaml|yml|json)$/;

/**
 * Finds the documents that a command works on, as paths relative to `cwd`. Each argument is a file, or a
 * provider's name, looked up in `./specs` first and then among those that ship with the package; without
 * arguments, all of `./specs`. Throws `CannotRun` where there is none, or two bear one name.
 */
export function findSpecs(args: readonly string[], cwd: string): string[] {
  const files = args.length === 0 ? allOf(cwd) : args.map((arg) => findSpec(arg, cwd));
  const unique = [...new Map(files.map((file) => [resolve(cwd, file), file])).values()];
  for (const [index, file] of unique.entries()) {
    const twin = unique.slice(0, index).find((other) => specName(other) === specName(file));
    if (twin !== undefined) throw new CannotRun(`${file}: bears the same name as ${twin}`);
  }
  return unique;
}

function allOf(cwd: string): string[] {
  const files = listSpecs(join(cwd, 'specs')).map((name) => join('specs', name));
  if (files.length === 0)
    throw new CannotRun('specs: holds no AsyncAPI document (*.asyncapi.yaml, .yml or .json)');
  return files;
}

function findSpec(arg: string, cwd: string): string {
  const isFile = statSync(resolve(cwd, arg), { throwIfNoEntry: false })?.isFile() === true;
  if (isFile || /[\\/]|\.(yaml|yml|json)$/i.test(arg)) return arg;
  const shipped = fileURLToPath(new URL('../../specs', import.meta.url));
  for (const folder of [join(cwd, 'specs'), shipped]) {
    const found = listSpecs(folder).find((name) => specName(name) === arg);
    if (found !== undefined) return relative(cwd, join(folder, found));
  }
  if (existsSync(resolve(cwd, arg))) throw new CannotRun(`${arg}: is a directory`);
  const names = [join(cwd, 'specs'), shipped].flatMap((folder) => listSpecs(folder).map(specName));
  const suggestion = closestName(arg, names);
  throw new CannotRun(
    `${arg}: no such file or provider${suggestion === undefined ? '' : ` (did you mean ${suggestion}?)`}`,
  );
}

/** Lists the documents of a folder by their file names; none where there is no folder. */
export function listSpecs(folder: string): string[] {
  return existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => ENDING.test(name))
        .sort()
    : [];
}
