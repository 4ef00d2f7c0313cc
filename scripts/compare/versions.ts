import { realpathSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, posix, relative, resolve, sep } from 'node:path';
import type { Config } from '../config/config.js';
import { CONFIG_FILE, readConfig } from '../config/read-config.js';
import { checkOut, type Revision } from '../git/revision.js';
import { lint, readAndLint } from '../lint/lint.js';
import { ownFile } from '../own-files.js';
import { CannotRun, hasErrors, inFiles, type Problem, problem } from '../problems/problem.js';
import { findSpecs, specName } from '../spec/find-specs.js';
import { readSpec, type SpecDocument } from '../spec/read-spec.js';

/** Two versions of a document, or the only one that there is. */
export interface Versions {
  readonly old: SpecDocument | undefined;
  readonly now: SpecDocument | undefined;
}

/** The documents to compare, and what is wrong with them: errors, since warnings are not about the change. */
export interface ReadVersions {
  readonly versions: readonly Versions[];
  readonly problems: readonly Problem[];
  /** Old versions that can't be read, as warnings: of these documents nobody can say what changed. */
  readonly unread: readonly Problem[];
  /** Names a file of an old version in places. */
  readonly nameOld: (file: string) => string;
  /** The configuration of the time of the old versions. */
  readonly oldConfig: Config;
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
    problems: errorsOf([...(before?.problems ?? []), ...(after?.problems ?? [])]),
    unread: [],
    nameOld: (file) => file,
    oldConfig: config,
  };
}

/**
 * Reads documents as they are, and as they were at a revision of Git. Without names, these are all of the configuration
 * of that time, or of `./specs`, of both. Throws `CannotRun` as `findSpecs` and `checkOut` do.
 */
export function readAgainst(
  ref: string,
  specs: readonly string[],
  config: Config,
  cwd: string,
): ReadVersions {
  const revision = checkOut(ref, cwd);
  const nameOld = (file: string) =>
    `${ref}:${posix.join(revision.prefix, file.split(sep).join('/'))}`;
  try {
    revision.bring(CONFIG_FILE);
    const earlier = readConfig(revision.cwd);
    const oldConfig = earlier.problems.length > 0 ? config : earlier.config;
    const places = { now: cwd, old: revision.cwd };
    const ofNow = all(config, cwd).filter((file) => isIn(revision, cwd, file));
    const ofThatTime = all(oldConfig, revision.cwd).filter((file) =>
      isIn(revision, revision.cwd, file),
    );
    const files =
      specs.length > 0 ? named(specs, places, revision) : { now: ofNow, old: ofThatTime };
    const pairs = paired(withCounterparts(files, { now: ofNow, old: ofThatTime }, places));
    if (pairs.length === 0) throw new CannotRun(`git:${ref}: there is no document to compare`);
    const problems: Problem[] = [];
    const unread: Problem[] = [];
    const versions: Versions[] = [];
    for (const pair of pairs) {
      const now = pair.now === undefined ? undefined : readAndLint(pair.now, config, cwd);
      problems.push(...errorsOf(now?.problems ?? []));
      // What was no regular file of the repository is not new.
      revision.bring(pair.old ?? pair.now ?? '');
      const old = pair.old === undefined ? undefined : readOld(pair.old, oldConfig, revision);
      const [first] = inFiles(old?.errors ?? [], nameOld);
      if (first === undefined) versions.push({ old: old?.spec, now: now?.spec });
      else {
        const details = { name: specName(pair.old ?? ''), reason: first.text };
        unread.push(problem('diff.old-unreadable', details, ...first.locations));
      }
    }
    return { versions, problems, unread, nameOld, oldConfig };
  } finally {
    revision.remove();
  }
}

function errorsOf(problems: readonly Problem[]): Problem[] {
  return problems.filter((one) => hasErrors([one]));
}

/** Reads an old version. What is wrong with its examples, or with what a style asks for, can't be mended any more. */
function readOld(
  file: string,
  { lint: { keywords, formats }, ...config }: Config,
  revision: Revision,
): { spec: SpecDocument | undefined; errors: Problem[] } {
  const { spec, problems } = readSpec(file, { cwd: revision.cwd });
  if (spec === undefined) return { spec, errors: errorsOf(problems) };
  const lenient = { ...config, lint: { keywords, formats, requireSources: false } };
  const errors = errorsOf(lint(spec, lenient)).filter(({ code }) => !/\.example\./.test(code));
  return { spec: errors.length > 0 ? undefined : spec, errors };
}

interface Files {
  readonly now: readonly string[];
  readonly old: readonly string[];
}

/** Finds the documents that arguments name, now or then. */
function named(
  args: readonly string[],
  { now, old }: { readonly now: string; readonly old: string },
  revision: Revision,
): Files {
  const found = args.map((arg) => {
    const path = isAbsolute(arg) ? relative(realpathSync(now), withRealFolder(arg)) : arg;
    const fault: unknown[] = [];
    const findIn = (cwd: string) => {
      try {
        return findSpecs([path], cwd).filter((file) => isThere(cwd, file));
      } catch (error) {
        if (!(error instanceof CannotRun)) throw error;
        fault.push(error);
        return [];
      }
    };
    const files = { now: findIn(now), old: findIn(old) };
    if (files.now.length + files.old.length === 0) {
      throw fault[0] ?? new CannotRun(`${arg}: no such file`);
    }
    const outside = files.now.find((file) => !isIn(revision, now, file));
    if (outside !== undefined) throw new CannotRun(`${outside}: is not in the Git repository`);
    return { now: files.now, old: files.old.filter((file) => isIn(revision, old, file)) };
  });
  return { now: found.flatMap((one) => one.now), old: found.flatMap((one) => one.old) };
}

/** Follows the links in the path to a file, but not the file itself. */
function withRealFolder(path: string): string {
  try {
    return join(realpathSync(dirname(path)), basename(path));
  } catch {
    return path;
  }
}

/**
 * Adds what stands at the same path in the other version, whatever the configuration says of it there, and, by their names,
 * documents that were moved.
 */
function withCounterparts(
  { now, old }: Files,
  known: Files,
  places: { readonly now: string; readonly old: string },
): Files {
  const isNew = (file: string) => !isThere(places.old, file);
  const isGone = (file: string) => !isThere(places.now, file);
  const namedLike = (files: readonly string[]) => {
    const names = new Set(files.map(specName));
    return (file: string) => names.has(specName(file));
  };
  const movedFrom = known.old.filter(isGone).filter(namedLike(now.filter(isNew)));
  const movedTo = known.now.filter(isNew).filter(namedLike(old.filter(isGone)));
  return {
    now: [...new Set([...now, ...old.filter((file) => !isGone(file)), ...movedTo])],
    old: [...new Set([...old, ...now.filter((file) => !isNew(file)), ...movedFrom])],
  };
}

function isThere(cwd: string, file: string): boolean {
  try {
    realpathSync(resolve(cwd, file));
    return true;
  } catch {
    return false;
  }
}

/** Lists all documents of a configuration, or of `./specs`: of what it names, what is there. */
function all({ outputs }: Config, cwd: string): string[] {
  const entries = outputs.length === 0 ? ['specs'] : outputs.flatMap(({ specs }) => specs);
  return entries.flatMap((entry) => {
    try {
      return findSpecs([entry], cwd).filter((file) => isThere(cwd, file));
    } catch (error) {
      if (error instanceof CannotRun) return [];
      throw error;
    }
  });
}

/** Tells whether a document is one of the repository: not one that ships with the package. */
function isIn({ top, folder: then }: Revision, cwd: string, file: string): boolean {
  const path = realpathSync(resolve(cwd, file));
  const own = resolve(ownFile('../specs'));
  if (path.startsWith(`${own}${sep}`) && own !== resolve(cwd, 'specs')) return false;
  return [top, then].some((folder) => {
    const way = relative(folder, path);
    return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
  });
}

/** Pairs documents by their paths; those that were moved, by their names. */
function paired({ now, old }: Files): { now: string | undefined; old: string | undefined }[] {
  const both = new Set(now.filter((file) => old.includes(file)));
  const [added, removed] = [now, old].map((files) => [
    ...new Set(files.filter((file) => !both.has(file))),
  ]) as [string[], string[]];
  const moved = added.map((file) => {
    const from = removed.filter((one) => specName(one) === specName(file));
    return { now: file, old: from.length === 1 ? from[0] : undefined };
  });
  const taken = new Set(moved.map((one) => one.old));
  return [
    ...[...both].map((file) => ({ now: file, old: file })),
    ...moved,
    ...removed.filter((file) => !taken.has(file)).map((file) => ({ now: undefined, old: file })),
  ];
}
