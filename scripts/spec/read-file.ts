import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { sep } from 'node:path';
import { CannotRun, type Problem, problem } from '../problems/problem.js';
import { SourceText } from './source-text.js';

/** How much may be read for one document. */
export interface ReadLimits {
  /** Bytes of one file. */
  readonly fileBytes: number;
  /** Files that references may open, the document included. */
  readonly files: number;
  /** Bytes of all files together. */
  readonly totalBytes: number;
  /** Values that all files together hold, in objects and arrays of any depth. */
  readonly values: number;
  /** Objects of AsyncAPI and JSON Schema that all files together hold, as `checkSize` counts them. */
  readonly objects: number;
}

export const defaultLimits: ReadLimits = {
  fileBytes: 10_000_000,
  files: 100,
  totalBytes: 25_000_000,
  values: 400_000,
  objects: 80_000,
};

/**
 * Reads a file that holds text: a regular file, at most `limit` bytes, valid UTF-8; a byte order mark is dropped.
 * Throws `CannotRun` where there is no such file, or it is a directory, a pipe or a device.
 * `file` is its path as the user named it, `path` the path to open.
 */
export function readText(
  file: string,
  path: string,
  limit: number,
): { source: SourceText; problems?: undefined } | { source?: undefined; problems: Problem[] } {
  const bytes = readBytes(file, path, limit);
  return bytes === undefined
    ? { problems: [problem('file.too-large', { limit }, new SourceText(file, '').locate(0))] }
    : decodeText(file, bytes);
}

/** Decodes bytes as UTF-8, or says at which byte they are not. */
export function decodeText(
  file: string,
  bytes: Uint8Array,
): { source: SourceText; problems?: undefined } | { source?: undefined; problems: Problem[] } {
  try {
    return {
      source: new SourceText(file, new TextDecoder('utf-8', { fatal: true }).decode(bytes)),
    };
  } catch {
    const { byte, before } = firstInvalid(bytes);
    const place = new SourceText(file, before).locate(before.length);
    return { problems: [problem('text.not-utf8', { byte }, place)] };
  }
}

/** Reads a regular file's bytes; undefined where it holds more than `limit`. */
function readBytes(file: string, path: string, limit: number): Uint8Array | undefined {
  let descriptor: number;
  try {
    // Non-blocking, so that a pipe without a writer does not wait.
    descriptor = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (error) {
    throw new CannotRun(`${file}: ${reasonOf(error)}`);
  }
  try {
    const stat = fstatSync(descriptor);
    if (!stat.isFile())
      throw new CannotRun(
        `${file}: ${stat.isDirectory() ? 'is a directory' : 'is not a regular file'}`,
      );
    if (stat.size > limit) return undefined;
    const bytes = Buffer.alloc(stat.size);
    let filled = 0;
    while (filled < bytes.length) {
      const read = readSync(descriptor, bytes, filled, bytes.length - filled, filled);
      if (read === 0) break;
      filled += read;
    }
    return bytes.subarray(0, filled);
  } finally {
    closeSync(descriptor);
  }
}

function reasonOf(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'ENOENT' || code === 'ENOTDIR') return 'no such file';
  if (code === 'EACCES' || code === 'EPERM') return 'permission denied';
  if (code === 'ENAMETOOLONG') return 'the path is too long';
  return `can't be read (${code ?? 'unknown reason'})`;
}

/** Finds the first byte that is not UTF-8, and the text before it. */
function firstInvalid(bytes: Uint8Array): { byte: number; before: string } {
  let low = 0;
  let high = bytes.length;
  // The longest prefix that decodes (as a stream, so that a cut sequence at its end is no fault) ends at the fault.
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (decodes(bytes.subarray(0, middle))) low = middle;
    else high = middle - 1;
  }
  // A sequence that was cut short begins before the prefix's end.
  const before = new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, low), {
    stream: true,
  });
  return { byte: Buffer.byteLength(before), before };
}

function decodes(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}

/** Tells whether a path leads below a folder; both are absolute, and links in them resolved or not looked at. */
export function isBelow(folder: string, path: string): boolean {
  return path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}
