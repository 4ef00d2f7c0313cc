/** What stands in an output folder, which anybody may have put there: links are not followed, nothing is waited for. */
import { constants as limits } from 'node:buffer';
import { createHash } from 'node:crypto';
import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readFileSync,
  readSync,
} from 'node:fs';
import { CannotRun } from '../problems/problem.js';

/** What may stand in the way of a generated file or folder. */
export type Obstacle = 'symbolic link' | 'folder' | 'file' | 'pipe, socket or device';

/** Tells what stands at a path; undefined where nothing does. Throws `CannotRun` where that can't be seen. */
export function kindOf(path: string, what = path): Obstacle | undefined {
  try {
    const stat = lstatSync(path, { throwIfNoEntry: false });
    if (stat === undefined) return undefined;
    if (stat.isSymbolicLink()) return 'symbolic link';
    if (stat.isDirectory()) return 'folder';
    return stat.isFile() ? 'file' : 'pipe, socket or device';
  } catch (error) {
    throw new CannotRun(`${what}: can't be looked at (${codeOf(error)})`);
  }
}

/**
 * Reads a file as text; undefined where it holds more than `limit` bytes, or is no regular file. Throws `CannotRun`
 * where it can't be read.
 */
export function standingText(path: string, limit: number): string | undefined {
  return withFile(path, (descriptor, size) =>
    size > limit ? undefined : readFileSync(descriptor, 'utf8'),
  );
}

/**
 * Returns the SHA-256 of a file's bytes, in hex; undefined where it is larger than any text that could have been
 * written, or is no regular file. Throws `CannotRun` where it can't be read.
 */
export function standingHash(path: string): string | undefined {
  return withFile(path, (descriptor, size) => {
    if (size > limits.MAX_STRING_LENGTH) return undefined;
    const hash = createHash('sha256');
    const chunk = Buffer.alloc(Math.min(size, 1_000_000));
    for (let left = size; left > 0; ) {
      const read = readSync(descriptor, chunk, 0, Math.min(left, chunk.length), null);
      if (read === 0) break;
      hash.update(chunk.subarray(0, read));
      left -= read;
    }
    return hash.digest('hex');
  });
}

/** Opens a regular file for an action, which is told its size in bytes; undefined where it is no regular file. */
function withFile<Result>(
  path: string,
  action: (descriptor: number, size: number) => Result,
): Result | undefined {
  try {
    if (kindOf(path) !== 'file') return undefined;
    // By the time it is opened, a link or a pipe may have come in its place.
    const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
    const descriptor = openSync(path, flags);
    try {
      const stat = fstatSync(descriptor);
      return stat.isFile() ? action(descriptor, stat.size) : undefined;
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    if (error instanceof CannotRun) throw error;
    throw new CannotRun(`${path}: can't be read (${codeOf(error)})`);
  }
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? 'unknown reason';
}
