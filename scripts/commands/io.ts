import { relative, resolve, sep } from 'node:path';
import type { Findings } from '../problems/findings.js';
import { hasErrors, type Problem } from '../problems/problem.js';
import { renderGithub } from '../problems/render-github.js';
import { jsonProblems, printedJson } from '../problems/render-json.js';
import { renderJunit } from '../problems/render-junit.js';
import { renderMarkdown } from '../problems/render-markdown.js';
import { renderSarif } from '../problems/render-sarif.js';
import { renderText } from '../problems/render-text.js';
import { renderTable, type Table } from '../problems/table.js';
import { visible } from '../problems/visible.js';
import { version } from '../version.js';

export { count } from '../problems/findings.js';

/** What a command may touch of the world outside the file system. */
export interface Io {
  /** The folder that the program was started in; asking for it throws `CannotRun` where it is gone. */
  readonly cwd: string;
  readonly stdout: (text: string) => void;
  readonly stderr: (text: string) => void;
  /** Reads all of standard input. */
  readonly stdin: () => Promise<Uint8Array>;
  /** Whether the terminal behind standard error shows colours. */
  readonly color: boolean;
  /** The job of GitHub Actions that runs the command, where one does. */
  readonly github?: GithubJob;
  /** Returns a signal that is given once the program is told to stop; from then on it has to end by itself. */
  readonly untilStopped?: () => AbortSignal;
}

/** What a job of GitHub Actions is told besides. */
export interface GithubJob {
  /** The folder of the repository; annotations name files relative to it. */
  readonly workspace: string;
  /** Adds Markdown to the job's summary. */
  readonly summarize: (markdown: string) => void;
}

export const formats = ['text', 'json', 'junit', 'sarif', 'github', 'markdown'] as const;

/** How a command reports: the options that every command has. */
export interface Reporting {
  /** The command's name. */
  readonly command: string;
  readonly format: (typeof formats)[number];
  readonly quiet: boolean;
  readonly color: boolean;
}

/** What a command has to say besides its problems. */
export interface Outcome {
  /** For `--format json`: members of its document. */
  readonly result?: object;
  /** One sentence for people. */
  readonly summary?: string;
  /** For people: text and Markdown show it. */
  readonly table?: Table;
  /** The files that were judged: JUnit has a test case for each. */
  readonly checked?: readonly string[];
  /** Whether warnings count as errors. */
  readonly strict?: boolean;
}

/** Exit codes: proved or done, problems, could not run, a bug of ours. */
export const exit = { ok: 0, problems: 1, cannotRun: 2, bug: 70 } as const;

/**
 * Reports what a command found, and returns its exit code. In text the problems go to standard error,
 * table and summary to standard output; every other format is one document on standard output. A job of
 * GitHub Actions gets annotations, on standard error, and a summary besides.
 */
export function report(
  io: Io,
  reporting: Reporting,
  problems: readonly Problem[],
  { result = {}, ...outcome }: Outcome = {},
): number {
  const ok = !hasErrors(problems) && !(outcome.strict === true && problems.length > 0);
  const all = problems.length > 0 || !ok ? { problems: jsonProblems(problems) } : {};
  print(
    io,
    reporting,
    { command: reporting.command, ok, problems, ...outcome },
    { ok, ...result, ...all },
  );
  return ok ? exit.ok : exit.problems;
}

/** Tells people why a command could not run. */
export function sayCannotRun(io: Io, reason: string): void {
  io.stderr(`${visible(`webhook-contracts: ${reason}`)}\n`);
}

/** Reports, in a format for programs, that a command could not run; people read it on standard error. */
export function reportCannotRun(io: Io, reporting: Reporting, reason: string): void {
  print(
    io,
    reporting,
    { command: reporting.command, ok: false, problems: [], cannotRun: reason },
    { ok: false, error: reason },
  );
}

function print(
  io: Io,
  { format, quiet, color }: Reporting,
  findings: Findings,
  result: object,
): void {
  const annotations = renderGithub(findings, pathInRepository(io));
  const { problems, table, summary = '', ok } = findings;
  if (format === 'json') io.stdout(printedJson(result));
  if (format === 'junit') io.stdout(renderJunit(findings));
  if (format === 'sarif') io.stdout(renderSarif(findings, { version: version() }));
  if (format === 'markdown') io.stdout(renderMarkdown(findings));
  if (format === 'github' && annotations !== '') io.stdout(annotations);
  if (format === 'text' && problems.length > 0) io.stderr(renderText(problems, { color }));
  if ((format === 'text' || format === 'github') && !quiet) {
    if (table !== undefined) io.stdout(`${renderTable(table)}\n`);
    if (summary !== '') io.stdout(`${visible(summary)}\n`);
  }
  if (io.github === undefined) return;
  if (format !== 'github' && annotations !== '') io.stderr(annotations);
  if (!quiet || !ok || problems.length > 0) io.github.summarize(renderMarkdown(findings));
}

/** Names files as the repository does, where the command runs in a folder of it. */
function pathInRepository(io: Io): (file: string) => string {
  const { github } = io;
  if (github === undefined) return (file) => file;
  return (file) => {
    const path = relative(github.workspace, resolve(io.cwd, file));
    return path.startsWith('..') ? file : path.split(sep).join('/');
  };
}
