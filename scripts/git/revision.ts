import { type ExecFileSyncOptions, execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { CannotRun } from '../problems/problem.js';
import { defaultLimits } from '../spec/read-file.js';

/** Folders of a repository as they were at a revision, in a folder of their own. */
export interface Revision {
  /** The folder that stands for the working folder: paths relative to the one are relative to the other. */
  readonly cwd: string;
  /** Removes the files. */
  readonly remove: () => void;
}

/** How many files are looked at, and how many bytes they may have in all. */
const MAX_FILES = 5_000;
const MAX_BYTES = 100_000_000;

/** Keeps Git from running programs that the repository's configuration names, and from the network. */
const SAFELY = ['--no-optional-locks', '-c', 'core.fsmonitor=false', '-c', 'protocol.allow=never'];
const ENVIRONMENT = { GIT_NO_LAZY_FETCH: '1', GIT_TERMINAL_PROMPT: '0', LC_ALL: 'C' };

/**
 * Brings back the files of folders as they were at a revision of the Git repository around the working folder: regular
 * files only, without filters. Throws `CannotRun` where there is no repository, no such revision, or too much.
 */
export function checkOut(ref: string, folders: readonly string[], cwd: string): Revision {
  const run = (args: readonly string[], options: ExecFileSyncOptions = {}): Buffer =>
    execFileSync('git', [...SAFELY, ...args], {
      cwd,
      env: { ...process.env, ...ENVIRONMENT },
      maxBuffer: 2 * MAX_BYTES,
      stdio: ['pipe', 'pipe', 'pipe'],
      ...options,
    }) as Buffer;
  const top = firstLine(attempt(() => run(['rev-parse', '--show-toplevel']), `git:${ref}`));
  const commit = firstLine(
    attempt(
      () => run(['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`]),
      `git:${ref}: no such revision (in CI, fetch it first: fetch-depth: 0)`,
    ),
  );
  const home = realpathSync(top);
  const inside = (path: string) => {
    const real = relative(home, realpathSync(resolve(cwd, path)));
    if (real.startsWith('..')) throw new CannotRun(`${path}: is not in the Git repository`);
    return real.split(sep).join('/');
  };
  const paths = [...new Set(folders.map(inside))];
  const listed = run(
    [
      'ls-tree',
      '-r',
      '-l',
      '-z',
      '--full-tree',
      commit,
      '--',
      ...paths.map((path) => (path === '' ? '.' : path)),
    ],
    { cwd: home },
  );
  const blobs = blobsOf(listed.toString('utf8'));
  const bytes = blobs.reduce((sum, { size }) => sum + size, 0);
  if (blobs.length > MAX_FILES || bytes > MAX_BYTES) {
    throw new CannotRun(`git:${ref}: the folders of the documents hold too many files`);
  }
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'webhook-contracts-')));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  try {
    writeBlobs(folder, blobs, (input) => run(['cat-file', '--batch'], { input }));
    const own = join(folder, relative(home, realpathSync(cwd)));
    mkdirSync(own, { recursive: true });
    return { cwd: own, remove };
  } catch (error) {
    remove();
    throw error;
  }
}

interface Blob {
  readonly hash: string;
  readonly size: number;
  readonly path: string;
}

/** Reads what `git ls-tree -l -z` lists: regular files that are no larger than a document may be. */
function blobsOf(listed: string): Blob[] {
  return listed.split('\0').flatMap((line) => {
    const [, mode, hash = '', size, path = ''] =
      /^(\d+) blob ([0-9a-f]+) +(\d+)\t(.*)$/s.exec(line) ?? [];
    const isFile = mode === '100644' || mode === '100755';
    const isSafe = path.split('/').every((name) => name !== '..' && name !== '');
    return isFile && isSafe && Number(size) <= defaultLimits.fileBytes
      ? [{ hash, size: Number(size), path }]
      : [];
  });
}

function writeBlobs(folder: string, blobs: readonly Blob[], read: (input: string) => Buffer): void {
  if (blobs.length === 0) return;
  const all = read(blobs.map(({ hash }) => `${hash}\n`).join(''));
  let at = 0;
  for (const { path, size } of blobs) {
    // Each begins with a line: `<hash> blob <size>`.
    const start = all.indexOf(0x0a, at) + 1;
    const file = join(folder, ...path.split('/'));
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, all.subarray(start, start + size));
    at = start + size + 1;
  }
}

function firstLine(output: Buffer): string {
  return output.toString('utf8').replace(/\r?\n$/, '');
}

function attempt(make: () => Buffer, what: string): Buffer {
  try {
    return make();
  } catch (error) {
    const { code, stderr } = error as { code?: string; stderr?: Buffer };
    if (code === 'ENOENT') throw new CannotRun('git is not installed');
    const [reason = ''] = String(stderr ?? '').split('\n');
    throw new CannotRun(reason === '' ? what : `${what}: ${reason.replace(/^fatal: /, '')}`);
  }
}
