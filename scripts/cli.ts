#!/usr/bin/env node
/** The program `webhook-contracts`: the only file that knows the process. */
import { buffer } from 'node:stream/consumers';
import { run } from './run.js';

// Dependencies use what newer Node.js deprecates; whoever runs this program can't mend that.
process.noDeprecation = true;

// A reader that stops reading (`… | head -1`) is no error of ours.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

process.exitCode = await run(process.argv.slice(2), {
  cwd: process.cwd(),
  stdout: (text) => process.stdout.write(text),
  stderr: (text) => process.stderr.write(text),
  stdin: () => buffer(process.stdin),
  color: process.stderr.isTTY === true && (process.env.NO_COLOR ?? '') === '',
});
