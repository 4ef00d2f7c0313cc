import { lstatSync, readdirSync, type Stats, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Config } from '../config/config.js';
import { CONFIG_FILE, readConfig } from '../config/read-config.js';
import { CannotRun } from '../problems/problem.js';
import { count, exit, type Io, type Reporting, report, sayCannotRun } from './io.js';

/** How often files are looked at, in milliseconds; a change is taken up once nothing changes for as long. */
const INTERVAL = 100;

/** One run of a command that works on documents; it tells `onOpen` the absolute path of each file that it reads. */
type Run = (config: Config, onOpen: (path: string) => void) => Promise<unknown>;

/**
 * Runs a command, and again whenever a file that it read, one beside it or the configuration changes, until the program
 * is told to stop; returns the exit code. Problems are reported, and watching goes on. Files are looked at, not listened
 * to, so that it works in containers, on network disks, and with editors that replace files. `flag` is the option that
 * asked for it. Throws `CannotRun` where the first run can't start, or problems of the configuration end it.
 */
export async function watch(io: Io, options: Reporting, flag: string, run: Run): Promise<number> {
  if (options.format !== 'text')
    throw new CannotRun(`${flag}: reports as text, not ${options.format}`);
  const stopped = io.untilStopped?.() ?? new AbortController().signal;
  let opened: ReadonlySet<string> = new Set();
  while (!stopped.aborted) {
    const started = Date.now();
    const isFirst = opened.size === 0;
    const found = await runOnce(io, options, run, isFirst);
    if (found === undefined && isFirst) return exit.cannotRun;
    opened = found ?? opened;
    if (!options.quiet) io.stdout(`Watching ${count(opened.size, 'file')}; Ctrl+C ends it.\n`);
    await untilChanged(() => look(opened, io.cwd), started, stopped);
  }
  return exit.ok;
}

/** Returns the files that were read; undefined where the run could not start. */
async function runOnce(
  io: Io,
  options: Reporting,
  run: Run,
  isFirst: boolean,
): Promise<ReadonlySet<string> | undefined> {
  const opened = new Set<string>();
  try {
    const { config, problems } = readConfig(io.cwd);
    if (problems.length > 0) {
      report(io, options, problems);
      return undefined;
    }
    await run(config, (path) => opened.add(path));
  } catch (error) {
    if (isFirst || !(error instanceof CannotRun)) throw error;
    sayCannotRun(io, error.message);
  }
  return opened.size > 0 ? opened : undefined;
}

/** How watched files stand. */
interface Look {
  /** Which files there are, and which bytes they hold, as far as that can be told without reading them. */
  readonly stamp: string;
  /** When the last one changed, in milliseconds since 1970. */
  readonly time: number;
}

/** Waits until files have changed since a run started, and then stay the same for an interval. */
async function untilChanged(
  look: () => Look,
  started: number,
  stopped: AbortSignal,
): Promise<void> {
  const first = look();
  for (let last = first; !stopped.aborted; ) {
    await sleep(INTERVAL, undefined, { signal: stopped }).catch(() => {});
    const now = look();
    const isOther = now.stamp !== first.stamp || first.time >= started;
    if (isOther && now.stamp === last.stamp) return;
    last = now;
  }
}

/** Looks at the configuration, at files, and at the documents and schemas that stand beside them. */
function look(files: ReadonlySet<string>, cwd: string): Look {
  const beside = [...new Set([...files].map((file) => dirname(file)))].flatMap(filesOf);
  const stats = [...new Set([join(cwd, CONFIG_FILE), ...files, ...beside])].sort().map((path) => {
    const stat = statOf(path);
    return { path, ino: stat?.ino, size: stat?.size, mtime: stat?.mtimeMs, ctime: stat?.ctimeMs };
  });
  return {
    stamp: JSON.stringify(stats),
    time: Math.max(0, ...stats.map(({ ctime = 0 }) => ctime)),
  };
}

/** Looks at a file, or at the link where it leads to none; what can't be looked at is as good as none. */
function statOf(path: string): Stats | undefined {
  for (const stat of [statSync, lstatSync]) {
    try {
      const found = stat(path, { throwIfNoEntry: false });
      if (found !== undefined) return found;
    } catch {
      // A loop of links, or a folder on the way that is closed.
    }
  }
  return undefined;
}

function filesOf(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => /\.(yaml|yml|json)$/.test(name))
      .map((name) => join(folder, name));
  } catch {
    // A folder that is gone, or not there yet, holds nothing.
    return [];
  }
}
