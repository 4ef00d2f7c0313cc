#!/usr/bin/env node
/** The program `webhook-contracts`: the only file that knows the process. */
import { appendFileSync } from 'node:fs';
import { buffer } from 'node:stream/consumers';
import { setFlagsFromString } from 'node:v8';
import type { GithubJob } from './commands/io.js';
import { run } from './run.js';

// Dependencies use what newer Node.js deprecates; whoever runs this program can't mend that.
process.noDeprecation = true;

// Else V8 collects garbage only when the heap has grown to several times what is alive.
setFlagsFromString('--heap-growing-percent=50');

// A reader that stops reading (`… | head -1`) is no error of ours.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
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
  return { github: { workspace: GITHUB_WORKSPACE || process.cwd(), summarize } };
}

/** Returns a signal for the first Ctrl+C, or the first request to end; the second one ends the program at once. */
function untilStopped(): AbortSignal {
  const controller = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.once(name, () => controller.abort());
  }
  return controller.signal;
}

process.exitCode = await run(process.argv.slice(2), {
  cwd: process.cwd(),
  stdout: (text) => process.stdout.write(text),
  stderr: (text) => process.stderr.write(text),
  stdin: () => buffer(process.stdin),
  color: process.stderr.isTTY === true && (process.env.NO_COLOR ?? '') === '',
  untilStopped,
  ...githubJob(),
});
