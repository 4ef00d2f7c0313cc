#!/usr/bin/env node
/** The program `webhook-contracts`: the only file that knows the process. */
import { appendFileSync } from 'node:fs';
import { buffer } from 'node:stream/consumers';
import { setFlagsFromString } from 'node:v8';
import { exit, type GithubJob } from './commands/io.js';
import { CannotRun } from './problems/problem.js';
import { run } from './run.js';

// Dependencies use what newer Node.js deprecates; whoever runs this program can't mend that.
process.noDeprecation = true;

// V8 optimizes functions sooner than a short run can repay; that of Node.js 22 and later waits by itself.
if (process.version.startsWith('v20.')) setFlagsFromString('--interrupt-budget=600000');

// Else V8 collects garbage only when the heap has grown to several times what is alive: these hold much.
if (['generate', 'docs'].some((command) => process.argv.includes(command))) {
  setFlagsFromString('--heap-growing-percent=50');
}

let isCut = false;
for (const [name, stream] of [
  ['standard output', process.stdout],
  ['standard error', process.stderr],
] as const) {
  stream.on('error', ({ code = 'unknown reason' }: NodeJS.ErrnoException) => {
    // A reader that stops reading (`… | head -1`) is no error of ours.
    if (code === 'EPIPE' || isCut) return;
    isCut = true;
    process.exitCode = exit.cannotRun;
    process.stderr.write(`webhook-contracts: ${name}: can't be written (${code})\n`);
  });
}

/** Returns the folder that the program was started in; it may be gone. */
function workingFolder(): string {
  try {
    return process.cwd();
  } catch (error) {
    const { code = 'unknown reason' } = error as NodeJS.ErrnoException;
    throw new CannotRun(`the working folder is gone, or can't be looked at (${code})`);
  }
}

/** Reads from the environment whether GitHub Actions runs the program; a summary that can't be kept is no failure. */
function githubJob(): { github?: GithubJob } {
  const { GITHUB_ACTIONS, GITHUB_WORKSPACE = '', GITHUB_STEP_SUMMARY = '' } = process.env;
  if (GITHUB_ACTIONS !== 'true') return {};
  const summarize = (markdown: string) => {
    if (GITHUB_STEP_SUMMARY === '') return;
    try {
      appendFileSync(GITHUB_STEP_SUMMARY, `${markdown}\n`);
    } catch {
      process.stderr.write("webhook-contracts: the job's summary can't be written.\n");
    }
  };
  return { github: { workspace: GITHUB_WORKSPACE || '.', summarize } };
}

/** Returns a signal for the first Ctrl+C, or the first request to end; the second one ends the program at once. */
function untilStopped(): AbortSignal {
  const controller = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.once(name, () => controller.abort());
  }
  return controller.signal;
}

const code = await run(process.argv.slice(2), {
  get cwd() {
    return workingFolder();
  },
  stdout: (text) => process.stdout.write(text),
  stderr: (text) => process.stderr.write(text),
  stdin: () => buffer(process.stdin),
  color: process.stderr.isTTY === true && (process.env.NO_COLOR ?? '') === '',
  untilStopped,
  ...githubJob(),
});
process.exitCode ??= code;
