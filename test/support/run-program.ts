import { spawn } from 'node:child_process';
import type { Outcome } from './run-command-line.js';

/**
 * Runs a program and waits for its end; without `NODE_OPTIONS`, and out of GitHub
 * Actions, so that it starts as it does for a user.
 * `input` is written to its standard input. It is killed after `timeout` milliseconds; its code is then -1.
 * With `stopReading`, what it prints meets a closed pipe.
 */
export function runProgram(
  program: string,
  args: readonly string[],
  {
    cwd,
    input = '',
    env = {},
    timeout = 120_000,
    stopReading = false,
  }: {
    cwd: string;
    input?: string;
    env?: Readonly<Record<string, string>>;
    timeout?: number;
    stopReading?: boolean;
  },
): Promise<Outcome> {
  const { NODE_OPTIONS: _, GITHUB_ACTIONS: __, ...inherited } = process.env;
  return new Promise((done, failed) => {
    const child = spawn(program, args, {
      cwd,
      env: { ...inherited, ...env },
      timeout,
      killSignal: 'SIGKILL',
    });
    const text = { stdout: '', stderr: '' };
    child.stdout.setEncoding('utf8').on('data', (part: string) => {
      text.stdout += part;
    });
    child.stderr.setEncoding('utf8').on('data', (part: string) => {
      text.stderr += part;
    });
    if (stopReading) child.stdout.destroy();
    child.stdin.on('error', () => {});
    child.stdin.end(input);
    child.on('error', failed);
    child.on('close', (code) => done({ code: code ?? -1, ...text }));
  });
}
