import type { GithubJob } from '../../scripts/commands/io.js';
import { run } from '../../scripts/run.js';
import { root } from './repository.js';

/** What a run of the command line gave. */
export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command line in process: `cwd` is the repository, and standard input empty, unless they are given. */
export async function runCommandLine(
  argv: readonly string[],
  {
    cwd = root,
    stdin = '',
    color = false,
    github,
    stopped,
    onPrint = () => {},
  }: {
    cwd?: string;
    stdin?: string | Uint8Array;
    color?: boolean;
    github?: GithubJob | undefined;
    /** Tells a run that watches to stop. */
    stopped?: AbortSignal;
    /** Is told all that was printed so far, whenever something is. */
    onPrint?: (text: { readonly stdout: string; readonly stderr: string }) => void;
  } = {},
): Promise<Outcome> {
  const text = { stdout: '', stderr: '' };
  const code = await run(argv, {
    cwd,
    stdout: (part) => {
      text.stdout += part;
      onPrint(text);
    },
    stderr: (part) => {
      text.stderr += part;
      onPrint(text);
    },
    stdin: async () => (typeof stdin === 'string' ? new TextEncoder().encode(stdin) : stdin),
    color,
    ...(github === undefined ? {} : { github }),
    ...(stopped === undefined ? {} : { untilStopped: () => stopped }),
  });
  return { code, ...text };
}

/** A problem as `--format json` prints it, as far as tests look at it. */
export interface PrintedProblem {
  readonly code: string;
  readonly severity: string;
  readonly text: string;
  readonly locations: readonly { file: string; line: number; column: number; pointer: string }[];
}

/** Reads what `--format json` printed. */
export function printedResult({ stdout }: Outcome): {
  ok: boolean;
  provider?: string;
  message?: string;
  written?: string[];
  removed?: string[];
  outputs?: { out: string; written: string[]; removed: string[] }[];
  problems?: PrintedProblem[];
} {
  return JSON.parse(stdout);
}
