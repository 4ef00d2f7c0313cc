/** One run at a time writes an output folder; a lock that a killed run left is no obstacle. */
import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeEach, describe, expect, it } from 'vitest';
import { withLock } from '../scripts/generate/output-lock.js';
import { CannotRun } from '../scripts/problems/problem.js';
import { temporaryFolder, writeFiles } from './support/temporary-folder.js';

/** How long runs of these tests wait, in milliseconds. */
const PATIENCE = 200;

let folder: string;
let lock: string;
beforeEach(() => {
  folder = temporaryFolder({ 'victim.txt': 'precious' });
  lock = join(folder, 'lock');
});

const acquire = (action: () => unknown = () => 'done', patience = PATIENCE) =>
  withLock(lock, join(folder, 'aside'), action, patience);
const held = (pid: number, host = hostname()) => `${JSON.stringify({ pid, host, id: 'x' })}\n`;
/** A process that has ended. */
const gone = spawnSync(process.execPath, ['--version']).pid;

it('is there while the action runs, and gone afterwards, whatever comes of it', async () => {
  expect(await acquire(() => existsSync(lock))).toBe(true);
  expect(readdirSync(folder)).toEqual(['victim.txt']);
  const failing = () => {
    throw new Error('no');
  };
  await expect(acquire(failing)).rejects.toThrow('no');
  expect(readdirSync(folder)).toEqual(['victim.txt']);
});

it('lets actions run one after the other', async () => {
  let running = 0;
  const action = () => {
    running += 1;
    expect(running).toBe(1);
    running -= 1;
  };
  await Promise.all(Array.from({ length: 20 }, () => acquire(action, 60_000)));
  expect(readdirSync(folder)).toEqual(['victim.txt']);
});

describe('a lock that was left behind', () => {
  it.each([gone, 99_999_999_999])('by a process that is gone is taken over: %d', async (pid) => {
    writeFileSync(lock, held(pid));
    expect(await acquire()).toBe('done');
    expect(readdirSync(folder)).toEqual(['victim.txt']);
  });

  it.each(['', '{"pid":', 'null', '{"pid": 0, "host": "h"}', '{"pid": "1", "host": 1}'])(
    'by a process that did not write it to its end is taken over after a while: %j',
    async (text) => {
      writeFileSync(lock, text);
      await expect(acquire()).rejects.toThrow(CannotRun);
      utimesSync(lock, 1, 1);
      expect(await acquire()).toBe('done');
    },
  );
});

describe('a lock that is held', () => {
  it.each([
    ['by a process of this host', held(process.pid), `(process ${process.pid} on `],
    ['by a process of another host', held(gone, 'elsewhere'), 'on elsewhere) holds it'],
  ])('%s is waited for, and named', async (_, text, words) => {
    writeFileSync(lock, text);
    await expect(acquire()).rejects.toThrow(words);
    await expect(acquire()).rejects.toThrow(`remove ${lock}`);
    expect(readFileSync(lock, 'utf8')).toBe(text);
  });

  it('is acquired once it is free', async () => {
    let isFree = false;
    const first = acquire(() => 'first');
    writeFileSync(lock, held(process.pid));
    const second = acquire(() => isFree, 10_000);
    await sleep(100);
    isFree = true;
    writeFileSync(lock, held(gone));
    expect(await Promise.all([first, second])).toEqual(['first', true]);
  });
});

describe('something else in its place is left alone', () => {
  it.each([
    ['a folder', () => mkdirSync(lock)],
    ['a link', () => symlinkSync(join(folder, 'victim.txt'), lock)],
    ['a large file', () => writeFiles(folder, { lock: 'x'.repeat(10_000) })],
  ])('%s', async (_, make) => {
    make();
    await expect(acquire()).rejects.toThrow('lock: is no lock');
    expect(readdirSync(folder)).toEqual(['lock', 'victim.txt']);
    expect(readFileSync(join(folder, 'victim.txt'), 'utf8')).toBe('precious');
  });
});
