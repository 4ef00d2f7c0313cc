import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { median } from '../table.js';

/** What one run of a Node program took. */
export interface Usage {
  /** CPU seconds of the whole process, in user and kernel mode. */
  readonly seconds: number;
  /** The most memory that it had, in MB. */
  readonly megabytes: number;
}

/** A Node program to be measured; `before` makes what it starts with. */
export interface Program {
  readonly args: readonly string[];
  readonly cwd: string;
  /** The Node that runs it; the one that runs the measurement where it is left out. */
  readonly node?: string;
  readonly before?: () => void;
  /** Exit codes that mean it did its work; 0 where it is left out. */
  readonly codes?: readonly number[];
}

/** Runs in the process that is measured, at its end. */
const REPORT = `import { writeFileSync } from 'node:fs';
process.on('exit', () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  writeFileSync(process.env.USAGE_FILE, JSON.stringify([userCPUTime + systemCPUTime, maxRSS]));
});`;

/** Runs a program once, in a process of its own that sends nothing anywhere. */
export function usageOf({
  args,
  cwd,
  node = process.execPath,
  before,
  codes = [0],
}: Program): Usage {
  before?.();
  const file = join(tmpdir(), `usage-${process.pid}.json`);
  const { status, stdout, stderr } = spawnSync(
    node,
    ['--import', `data:text/javascript,${encodeURIComponent(REPORT)}`, ...args],
    {
      cwd,
      env: { PATH: process.env.PATH, HOME: cwd, CI: '1', DO_NOT_TRACK: '1', USAGE_FILE: file },
      maxBuffer: 1e9,
    },
  );
  if (!codes.includes(status ?? -1)) throw new Error(`${args.join(' ')}: ${stderr}${stdout}`);
  const [microseconds = 0, kilobytes = 0] = JSON.parse(readFileSync(file, 'utf8')) as number[];
  rmSync(file);
  return { seconds: microseconds / 1e6, megabytes: kilobytes / 1024 };
}

/** What came of running two tasks in turn: medians, and the median of the ratios. */
export interface Pair {
  readonly ours: Usage;
  readonly theirs: Usage;
  readonly ratio: number;
}

/** Runs two tasks in turn, each made of programs that run one after the other; the first round does not count. */
export function compare(
  ours: readonly Program[],
  theirs: readonly Program[],
  rounds: number,
): Pair {
  const pairs = Array.from({ length: rounds + 1 }, () => {
    const one = total(ours);
    return { ours: one, theirs: total(theirs) };
  }).slice(1);
  return {
    ours: middle(pairs.map(({ ours }) => ours)),
    theirs: middle(pairs.map(({ theirs }) => theirs)),
    ratio: median(pairs.map(({ ours, theirs }) => ours.seconds / theirs.seconds)),
  };
}

function total(programs: readonly Program[]): Usage {
  const usages = programs.map(usageOf);
  return {
    seconds: usages.reduce((sum, { seconds }) => sum + seconds, 0),
    megabytes: Math.max(...usages.map(({ megabytes }) => megabytes)),
  };
}

function middle(usages: readonly Usage[]): Usage {
  return {
    seconds: median(usages.map(({ seconds }) => seconds)),
    megabytes: median(usages.map(({ megabytes }) => megabytes)),
  };
}
