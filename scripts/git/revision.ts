import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, posix, relative, sep } from 'node:path';
import { CannotRun } from '../problems/problem.js';
import { defaultLimits } from '../spec/read-file.js';

/** A repository as it was at a revision, in a folder of its own; documents are there by name, until they are brought. */
export interface Revision {
  /** The folder that stands for the working folder: paths relative to the one are relative to the other. */
  readonly cwd: string;
  /** The folder that stands for the top of the repository. */
  readonly folder: string;
  /** The top of the repository now. */
  readonly top: string;
  /** The path of the working folder from there, `''` for the top itself. */
  readonly prefix: string;
  /** Brings back a file, by its path from the working folder, and the files that it refers to. */
  readonly bring: (file: string) => void;
  /** Removes the files. */
  readonly remove: () => void;
}

/** Files that are listed by name, and links. */
const LISTED = /\.asyncapi\.(yaml|yml|json)$/;
const MAX_LISTED = 20_000;

/** Keeps Git from running programs that the repository's configuration names, and from the network. */
const SAFELY = ['--no-optional-locks', '-c', 'core.fsmonitor=false'];
const SAFE = {
  GIT_NO_LAZY_FETCH: '1',
  GIT_ALLOW_PROTOCOL: '',
  GIT_TERMINAL_PROMPT: '0',
  LC_ALL: 'C',
};

/**
 * Looks at the Git repository around the working folder as it was at a revision; without filters or hooks. Throws
 * `CannotRun` where there is no repository or no such revision, or Git can't read it.
 */
export function checkOut(ref: string, cwd: string): Revision {
  const git = gitIn(cwd, `git:${ref}`);
  const top = realpathSync(firstLine(git(['rev-parse', '--show-toplevel'])));
  const commit = commitOf(ref, git);
  const prefix = relative(top, realpathSync(cwd)).split(sep).join('/');
  const tree = treeOf(git(['ls-tree', '-r', '-l', '-z', '--full-tree', commit]).toString('utf8'));
  const folder = newFolder();
  const remove = () => rmSync(folder, { recursive: true, force: true });
  const write = (path: string, content: Uint8Array) => {
    const file = join(folder, ...path.split('/'));
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  };
  const brought = new Set<string>();
  const bring = (path: string): void => {
    const real = tree.realPath(path);
    if (real.startsWith('/') || real.split('/')[0] === '..') {
      throw new CannotRun(`${path}: leads out of the Git repository`);
    }
    const module = [...tree.modules].find((one) => `${real}/`.startsWith(`${one}/`));
    if (module !== undefined) throw new CannotRun(`${path}: is in the submodule ${module}`);
    const blob = tree.files.get(real);
    if (blob === undefined || brought.has(real)) return;
    brought.add(real);
    if (blob.size > defaultLimits.fileBytes || brought.size > defaultLimits.files) return;
    const content = git(['cat-file', 'blob', blob.hash]);
    write(real, content);
    for (const reference of referencesIn(content.toString('utf8'))) {
      const other = posix.join(posix.dirname(real), reference);
      // What lies outside is for the reader to refuse.
      if (!other.startsWith('../')) bring(other);
    }
  };
  try {
    const listed = [...tree.files.keys()].filter((path) => LISTED.test(path));
    if (listed.length + tree.links.size > MAX_LISTED) {
      throw new CannotRun(`git:${ref}: holds more than ${MAX_LISTED} documents and links`);
    }
    for (const path of listed) write(path, new Uint8Array());
    for (const [path, target] of tree.links) link(folder, path, target(git));
    const own = join(folder, ...prefix.split('/'));
    mkdirSync(own, { recursive: true });
    const inside = (file: string) => posix.join(prefix, file.split(sep).join('/'));
    return { cwd: own, folder, top, prefix, bring: (file) => bring(inside(file)), remove };
  } catch (error) {
    remove();
    throw error;
  }
}

type Git = (args: readonly string[]) => Buffer;

/** Returns how Git is run in a folder, whatever repository the environment names. */
function gitIn(cwd: string, what: string): Git {
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^GIT_(?!CONFIG|EXEC_PATH|SSL)/i.test(name)),
  );
  return (args) => {
    try {
      return execFileSync('git', [...SAFELY, ...args], {
        cwd,
        env: { ...env, ...SAFE },
        maxBuffer: 500_000_000,
        stdio: ['ignore', 'pipe', 'pipe'],
      });
    } catch (error) {
      const { code, stderr } = error as { code?: string; stderr?: Buffer };
      if (code === 'ENOENT') throw new CannotRun('git is not installed');
      const lines = String(stderr ?? '').split('\n');
      const reason = lines.find((line) => /^(fatal|error): /.test(line)) ?? lines[0] ?? '';
      throw new CannotRun(`${what}: ${reason.replace(/^\w+: /, '') || "can't be read"}`);
    }
  };
}

function commitOf(ref: string, git: Git): string {
  try {
    return firstLine(
      git(['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`]),
    );
  } catch {
    throw new CannotRun(`git:${ref}: no such commit here (in CI, fetch it first: fetch-depth: 0)`);
  }
}

function firstLine(output: Buffer): string {
  return output.toString('utf8').replace(/\r?\n$/, '');
}

interface Tree {
  readonly files: ReadonlyMap<string, { readonly hash: string; readonly size: number }>;
  /** Where links lead, by their paths. */
  readonly links: ReadonlyMap<string, (git: Git) => string>;
  readonly modules: ReadonlySet<string>;
  /** Follows the links on the way to a path, those whose target was asked for. */
  readonly realPath: (path: string) => string;
}

/** Reads what `git ls-tree -l -z` lists. */
function treeOf(listed: string): Tree {
  const files = new Map<string, { hash: string; size: number }>();
  const links = new Map<string, (git: Git) => string>();
  const modules = new Set<string>();
  const targets = new Map<string, string>();
  for (const line of listed.split('\0')) {
    const [, mode, hash = '', size, path = ''] =
      /^(\d+) \w+ ([0-9a-f]+) +(\d+|-)\t(.*)$/s.exec(line) ?? [];
    if (path.split('/').some((name) => name === '..' || name === '')) continue;
    if (mode === '100644' || mode === '100755') files.set(path, { hash, size: Number(size) });
    if (mode === '160000') modules.add(path);
    if (mode !== '120000') continue;
    links.set(path, (git) => {
      const target = git(['cat-file', 'blob', hash]).toString('utf8');
      targets.set(
        path,
        posix.isAbsolute(target) ? target : posix.join(posix.dirname(path), target),
      );
      return target;
    });
  }
  const realPath = (path: string, left = MAX_LINKS): string => {
    const parts = path.split('/');
    for (const [index] of parts.entries()) {
      const target = targets.get(parts.slice(0, index + 1).join('/'));
      if (target === undefined || left === 0) continue;
      return realPath(posix.join(target, ...parts.slice(index + 1)), left - 1);
    }
    return path;
  };
  return { files, links, modules, realPath };
}

/** How many links may lead to one another. */
const MAX_LINKS = 40;

/** Makes a link, if it leads to a place in the same repository. */
function link(folder: string, path: string, target: string): void {
  const inside = posix.join(posix.dirname(path), target);
  if (posix.isAbsolute(target) || inside === '..' || inside.startsWith('../')) return;
  const file = join(folder, ...path.split('/'));
  mkdirSync(dirname(file), { recursive: true });
  symlinkSync(target, file);
}

/** Lists the files that a document may refer to: more than it does, where words look like references. */
function referencesIn(text: string): string[] {
  return Array.from(text.matchAll(/\$ref["']?\s*:\s*["']?([^"'\s#,}\]]+)/g), ([, path = '']) =>
    decoded(path),
  ).filter((path) => !/^[a-z][a-z0-9+.-]*:/i.test(path) && !posix.isAbsolute(path));
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

function newFolder(): string {
  try {
    return realpathSync(mkdtempSync(join(tmpdir(), 'webhook-contracts-')));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new CannotRun(`${tmpdir()}: can't be written to (${code ?? 'unknown reason'})`);
  }
}
