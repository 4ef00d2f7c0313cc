import {
  accessSync,
  chmodSync,
  chownSync,
  constants,
  copyFileSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readlinkSync,
  rmdirSync,
  type Stats,
  symlinkSync,
  utimesSync,
} from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { CannotRun } from '../problems/problem.js';

/**
 * Makes a folder's content stand in another, empty one as well, but for the files whose paths `isLeft` names: files are
 * the same files (hard links; copies where the file system has none), links are made anew and not followed, folders
 * keep owner and mode. Throws where the folder could not be removed afterwards, or something is mounted in it.
 */
export function carryOver(from: string, to: string, isLeft: (path: string) => boolean): void {
  carryFolder(Buffer.from(from), Buffer.from(to), isLeft, '');
}

/** Names are bytes: somebody's file may have one that is no UTF-8. */
function carryFolder(
  from: Buffer,
  to: Buffer,
  isLeft: (path: string) => boolean,
  prefix: string,
): void {
  accessSync(from, constants.W_OK);
  const folder = lstatSync(from);
  if (folder.dev !== lstatSync(to).dev) throw mountPoint(prefix.slice(0, -1));
  for (const entry of readdirSync(from, { withFileTypes: true, encoding: 'buffer' })) {
    const path = `${prefix}${entry.name}`;
    const source = within(from, entry.name);
    const target = within(to, entry.name);
    if (isLeft(path)) continue;
    if (entry.isDirectory()) {
      mkdirSync(target);
      carryFolder(source, target, isLeft, `${path}/`);
    } else if (entry.isSymbolicLink()) symlinkSync(readlinkSync(source, 'buffer'), target);
    else linkOrCopy(source, target, path);
  }
  keepOwnerAndMode(folder, to);
}

function within(folder: Buffer, name: Buffer): Buffer {
  return Buffer.concat([folder, Buffer.from(sep), name]);
}

/** File systems without hard links, or without one more of this file. */
const noLinks = ['EPERM', 'EMLINK', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS'];

function linkOrCopy(source: Buffer, target: Buffer, path: string): void {
  try {
    linkSync(source, target);
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (code === 'EXDEV') throw mountPoint(path);
    const stat = lstatSync(source);
    if (!noLinks.includes(code) || !stat.isFile()) throw error;
    copyFileSync(source, target, constants.COPYFILE_EXCL);
    utimesSync(target, stat.atimeMs / 1000, stat.mtimeMs / 1000);
    keepOwnerAndMode(stat, target);
  }
}

/** Only the super-user may give files away, and so only they need to. */
function keepOwnerAndMode({ uid, gid, mode }: Stats, target: Buffer): void {
  const made = lstatSync(target);
  if (process.getuid?.() === 0 && (made.uid !== uid || made.gid !== gid))
    chownSync(target, uid, gid);
  chmodSync(target, mode & 0o7777);
}

/** What is mounted can't be moved: to replace it would be to empty it. */
function mountPoint(path: string): CannotRun {
  return new CannotRun(
    path === ''
      ? "is mounted, and can't be replaced; name a folder in it"
      : `can't be replaced, because ${path} in it is mounted`,
  );
}

/** Makes the folders of a file that are missing below a root, which must be there. */
export function makeFoldersOf(root: string, file: string): void {
  const folder = dirname(file);
  if (folder === '.' || isThere(join(root, folder))) return;
  makeFoldersOf(root, folder);
  mkdirSync(join(root, folder));
}

/** Removes the folders of a file, below a root, that hold nothing. */
export function removeEmptyFoldersOf(root: string, file: string): void {
  for (let folder = dirname(file); folder !== '.'; folder = dirname(folder)) {
    const path = join(root, folder);
    if (!isThere(path)) continue;
    if (readdirSync(path).length > 0) return;
    rmdirSync(path);
  }
}

/** Notes what a folder holds, at any depth, and when it was written; links are not followed. */
export function stampOf(folder: string): string {
  return isThere(folder) ? entriesOf(Buffer.from(folder), '').sort().join('\n') : '';
}

function entriesOf(folder: Buffer, prefix: string): string[] {
  return readdirSync(folder, { withFileTypes: true, encoding: 'buffer' }).flatMap((entry) => {
    const path = `${prefix}${entry.name.toString('latin1')}`;
    const place = within(folder, entry.name);
    const { ino, mtimeMs, size } = lstatSync(place);
    if (!entry.isDirectory()) return [JSON.stringify([path, ino, mtimeMs, size])];
    return [JSON.stringify([path]), ...entriesOf(place, `${path}/`)];
  });
}

/** Tells whether something stands at a path, be it a link to nothing. */
export function isThere(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}
