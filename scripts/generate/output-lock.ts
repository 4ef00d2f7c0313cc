import { randomUUID } from 'node:crypto';
import {
  closeSync,
  linkSync,
  lstatSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { basename } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { CannotRun } from '../problems/problem.js';

/** How often a run that waits looks whether it has to wait on, in milliseconds. */
const INTERVAL = 50;
/** How long a lock may be without its content, in milliseconds: it is written right after the file is made. */
const GRACE = 2_000;
/** No lock of ours is larger, in bytes. */
const LIMIT = 1_000;

/** A lock as it is found. */
interface Lock {
  readonly text: string;
  /** Who holds it; undefined where the text does not say, or not yet. */
  readonly holder: { readonly pid: number; readonly host: string } | undefined;
  /** When it was written, in milliseconds since 1970. */
  readonly time: number;
}

/**
 * Runs an action while the lock file `path` is held, so that one run at a time does. A lock that a run left behind when
 * it was killed is taken over: its process is gone, on this host. Throws `CannotRun` where another run holds the lock
 * for longer than `patience`, in milliseconds. `aside` is a free path beside it.
 */
export async function withLock<Result>(
  path: string,
  aside: string,
  action: () => Result,
  patience = 60_000,
): Promise<Result> {
  const id = randomUUID();
  const mine = `${JSON.stringify({ pid: process.pid, host: hostname(), id })}\n`;
  const end = Date.now() + patience;
  while (!take(path, mine)) {
    const found = read(path);
    if (found !== undefined && isLeftBehind(found)) takeOver(path, aside, found);
    else if (Date.now() < end) await sleep(INTERVAL);
    else throw new CannotRun(`another run ${whoHolds(found)}; if there is none, remove ${path}`);
  }
  try {
    return action();
  } finally {
    if (read(path)?.text === mine) rmSync(path, { force: true });
  }
}

/** Makes the lock file, unless there is one. */
function take(path: string, mine: string): boolean {
  let descriptor: number;
  try {
    descriptor = openSync(path, 'wx');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
  try {
    try {
      writeFileSync(descriptor, mine);
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    rmSync(path, { force: true });
    throw error;
  }
  // A run that stood still between making and writing the file may have been taken for one that was killed.
  return read(path)?.text === mine;
}

function read(path: string): Lock | undefined {
  const stat = lstatSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return undefined;
  if (!stat.isFile() || stat.size > LIMIT) throw new CannotRun(`${basename(path)}: is no lock`);
  try {
    const text = readFileSync(path, 'utf8');
    return { text, holder: holderOf(text), time: stat.mtimeMs };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function holderOf(text: string): Lock['holder'] {
  try {
    const { pid, host } = JSON.parse(text) as Record<string, unknown>;
    return Number.isSafeInteger(pid) && Number(pid) > 0 && typeof host === 'string'
      ? { pid: Number(pid), host }
      : undefined;
  } catch {
    return undefined;
  }
}

function isLeftBehind({ holder, time }: Lock): boolean {
  if (holder === undefined) return Date.now() - time > GRACE;
  return holder.host === hostname() && !isRunning(holder.pid);
}

/** Asks whether there is a process, which may be another user's; signal 0 is none. */
function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Else there is none, or the number is none of a process.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Moves a lock away; where it is another one by now, puts it back. */
function takeOver(path: string, aside: string, { text }: Lock): void {
  try {
    renameSync(path, aside);
    if (read(aside)?.text !== text) linkSync(aside, path);
  } catch (error) {
    // Another run was faster: it moved the lock away, or took it.
    const { code = '' } = error as NodeJS.ErrnoException;
    if (!['ENOENT', 'EEXIST'].includes(code)) throw error;
  }
  rmSync(aside, { force: true });
}

function whoHolds(found: Lock | undefined): string {
  return found?.holder === undefined
    ? 'holds it'
    : `(process ${found.holder.pid} on ${found.holder.host}) holds it`;
}
