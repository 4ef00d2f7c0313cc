import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Config } from '../config/config.js';
import { documentsOf } from '../config/outputs.js';
import { checkOut } from '../git/revision.js';
import { readAndLint } from '../lint/lint.js';
import { CannotRun, hasErrors, inFiles, type Problem } from '../problems/problem.js';
import { findSpecs } from '../spec/find-specs.js';
import type { SpecDocument } from '../spec/read-spec.js';

/** Two versions of a document, or the only one that there is. */
export interface Versions {
  readonly old: SpecDocument | undefined;
  readonly now: SpecDocument | undefined;
}

/** The documents to compare, and what is wrong with them: errors, since warnings are not about the change. */
export interface ReadVersions {
  readonly versions: readonly Versions[];
  readonly problems: readonly Problem[];
  /** Names a file of an old version in places. */
  readonly nameOld: (file: string) => string;
}

/** Reads two documents, the older one first. */
export function readTwo(
  [old, now]: readonly [old: string, now: string],
  config: Config,
  cwd: string,
): ReadVersions {
  const files = [old, now].map((arg) => findSpecs([arg], cwd));
  for (const [index, found] of files.entries()) {
    if (found.length > 1) throw new CannotRun(`${[old, now][index]}: is a folder of documents`);
  }
  const [before, after] = files.map(([file = '']) => readAndLint(file, config, cwd));
  return {
    versions: [{ old: before?.spec, now: after?.spec }],
    problems: [...(before?.problems ?? []), ...(after?.problems ?? [])].filter((one) =>
      hasErrors([one]),
    ),
    nameOld: (file) => file,
  };
}

/**
 * Reads documents as they are, and as they were at a revision of Git. Without names, these are all of the configuration,
 * or of `./specs`, of both. Throws `CannotRun` as `findSpecs` and `checkOut` do.
 */
export function readAgainst(
  ref: string,
  specs: readonly string[],
  config: Config,
  cwd: string,
): ReadVersions {
  const files = specs.length > 0 ? documentsOf(config, specs, cwd) : allOf(config, cwd);
  const named = files.map((file) => dirname(file));
  const folders = specs.length > 0 ? named : [...named, ...foldersOf(config)];
  const present = folders.filter((folder) => existsSync(resolve(cwd, folder)));
  const revision = checkOut(ref, present, cwd);
  const nameOld = (file: string) => `${ref}:${file}`;
  try {
    const before = specs.length > 0 ? files : allOf(config, revision.cwd);
    const all = [...new Set([...files, ...before])];
    const problems: Problem[] = [];
    const readIn = (folder: string, file: string) => {
      if (!existsSync(resolve(folder, file))) return undefined;
      const { spec, problems: found } = readAndLint(file, config, folder);
      const errors = found.filter((one) => hasErrors([one]));
      problems.push(...(folder === cwd ? errors : inFiles(errors, nameOld)));
      return spec;
    };
    const versions = all.map((file) => ({
      old: readIn(revision.cwd, file),
      now: readIn(cwd, file),
    }));
    if (
      versions.every(({ old, now }) => old === undefined && now === undefined) &&
      problems.length === 0
    ) {
      throw new CannotRun(`git:${ref}: there is no document to compare`);
    }
    return { versions, problems, nameOld };
  } finally {
    revision.remove();
  }
}

/** Lists all documents of the configuration, or of `./specs`; none where there is none. */
function allOf(config: Config, cwd: string): string[] {
  try {
    return documentsOf(config, [], cwd);
  } catch (error) {
    if (error instanceof CannotRun) return [];
    throw error;
  }
}

/** Lists the folders whose documents all count. */
function foldersOf({ outputs }: Config): string[] {
  return outputs.length === 0
    ? ['specs']
    : outputs.flatMap(({ specs }) =>
        specs.map((one) => (/\.(yaml|yml|json)$/i.test(one) ? dirname(one) : one)),
      );
}
