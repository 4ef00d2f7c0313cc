import { readdirSync, type Stats, statSync } from 'node:fs';
import { basename, join, relative, resolve } from 'node:path';
import { ownFile } from '../own-files.js';
import { CannotRun } from '../problems/problem.js';
import { closestName } from './closest-name.js';

const ENDING = /\.asyncapi\.(yaml|yml|json)$/;

/**
 * Finds the documents that a command works on, as paths relative to `cwd`. Each argument is a file, a provider's name,
 * or a folder of documents; without arguments, all of `./specs`. Throws `CannotRun` where there is none, or two bear
 * one name.
 */
export function findSpecs(args: readonly string[], cwd: string): string[] {
  const files =
    args.length === 0 ? specsIn('specs', cwd) : args.flatMap((arg) => specsOf(arg, cwd));
  const unique = [...new Map(files.map((file) => [resolve(cwd, file), file])).values()];
  for (const [index, file] of unique.entries()) {
    const twin = unique.slice(0, index).find((other) => isSameFolder(other, file));
    if (twin !== undefined) throw new CannotRun(`${file}: bears the same name as ${twin}`);
  }
  return unique;
}

/** Returns a provider's name: a file's name without its folder and ending. */
export function specName(file: string): string {
  return basename(file).replace(/(\.asyncapi)?\.(yaml|yml|json)$/i, '');
}

/** Tells whether two documents' code comes into one folder, on systems that take names in any case. */
function isSameFolder(one: string, other: string): boolean {
  return specName(one).toLowerCase() === specName(other).toLowerCase();
}

function specsOf(arg: string, cwd: string): string[] {
  const isFolder = statOf(arg, cwd)?.isDirectory() === true;
  return isFolder && providerOf(arg, cwd) === undefined ? specsIn(arg, cwd) : [findSpec(arg, cwd)];
}

function specsIn(folder: string, cwd: string): string[] {
  const files = listSpecs(resolve(cwd, folder)).map((name) => join(folder, name));
  if (files.length === 0)
    throw new CannotRun(`${folder}: holds no AsyncAPI document (*.asyncapi.yaml, .yml or .json)`);
  return files;
}

/**
 * Finds one document: a file, or a provider's name, looked up in `./specs` first and then among those that ship with
 * the package. Throws `CannotRun` where there is none of that name.
 */
export function findSpec(arg: string, cwd: string): string {
  const stat = statOf(arg, cwd);
  if (stat?.isFile() === true || /[\\/]|\.(yaml|yml|json)$/i.test(arg)) return arg;
  const found = providerOf(arg, cwd);
  if (found !== undefined) return found;
  if (stat !== undefined) throw new CannotRun(`${arg}: is a directory`);
  const suggestion = closestName(
    arg,
    foldersFor(cwd).flatMap((folder) => listSpecs(folder).map(specName)),
  );
  throw new CannotRun(
    `${arg}: no such file or provider${suggestion === undefined ? '' : ` (did you mean ${suggestion}?)`}`,
  );
}

/** Returns the document of a provider's name. */
function providerOf(name: string, cwd: string): string | undefined {
  for (const folder of foldersFor(cwd)) {
    const found = listSpecs(folder).find((file) => specName(file) === name);
    if (found !== undefined) return relative(cwd, join(folder, found));
  }
  return undefined;
}

/** Where names are looked up. */
function foldersFor(cwd: string): string[] {
  return [join(cwd, 'specs'), ownFile('../specs')];
}

/** Looks at a path; what can't be looked at is reported when it is read. */
function statOf(path: string, cwd: string): Stats | undefined {
  try {
    return statSync(resolve(cwd, path), { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

/** Lists the documents of a folder by their file names; none where there is no folder. */
export function listSpecs(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => ENDING.test(name))
      .sort();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return [];
    throw new CannotRun(`${folder}: can't be read (${code ?? 'unknown reason'})`);
  }
}
