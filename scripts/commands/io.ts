import { hasErrors, type Problem } from '../problems/problem.js';
import { jsonProblems } from '../problems/render-json.js';
import { renderText } from '../problems/render-text.js';
import { visible } from '../problems/visible.js';

/** What a command may touch of the world outside the file system. */
export interface Io {
  readonly cwd: string;
  readonly stdout: (text: string) => void;
  readonly stderr: (text: string) => void;
  /** Reads all of standard input. */
  readonly stdin: () => Promise<Uint8Array>;
  /** Whether the terminal behind standard error shows colours. */
  readonly color: boolean;
}

export const formats = ['text', 'json'] as const;

/** How a command reports: the options that every command has. */
export interface Reporting {
  readonly format: (typeof formats)[number];
  readonly quiet: boolean;
  readonly color: boolean;
}

/** Exit codes: proved or done, problems, could not run, a bug of ours. */
export const exit = { ok: 0, problems: 1, cannotRun: 2, bug: 70 } as const;

/**
 * Reports what a command found, and returns its exit code. In JSON one document goes to standard output:
 * `result` and the problems; in text the problems go to standard error and `summary` to standard output.
 */
export function report(
  io: Io,
  { format, quiet, color }: Reporting,
  problems: readonly Problem[],
  {
    result = {},
    summary = '',
    strict = false,
  }: { result?: object; summary?: string; strict?: boolean } = {},
): number {
  const ok = !hasErrors(problems) && !(strict && problems.length > 0);
  if (format === 'json') {
    const all = problems.length > 0 || !ok ? { problems: jsonProblems(problems) } : {};
    io.stdout(`${JSON.stringify({ ok, ...result, ...all }, null, 2)}\n`);
  } else {
    if (problems.length > 0) io.stderr(renderText(problems, { color }));
    if (!quiet && summary !== '') io.stdout(`${visible(summary)}\n`);
  }
  return ok ? exit.ok : exit.problems;
}

/** Counts things in words: `1 message`, `2 messages`. */
export function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}
