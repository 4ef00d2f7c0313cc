import type { Rule } from '../compare/rules.js';
import { type ProblemCode, type ProblemDetails, problemTable } from './problem-table.js';

export type { ProblemCode, ProblemDetails };

/** How much a problem weighs: an error fails the run, a warning does not unless `--strict` is given. */
export type Severity = 'error' | 'warning';

/** A place in a file that was read. */
export interface Location {
  /** The file's path as the user named it. */
  readonly file: string;
  /** Line, counted from 1. */
  readonly line: number;
  /** Column in UTF-16 code units, counted from 1. */
  readonly column: number;
  /** JSON Pointer (RFC 6901) of the value, `''` for the whole document. */
  readonly pointer: string;
  /** The source line, cut to a window of at most 160 characters around the column. */
  readonly excerpt: string;
  /** Where in `excerpt` the column stands, counted from 0. */
  readonly caret: number;
}

/** One finding about a spec, a delivery, a configuration or an output folder. Problems are returned, never thrown. */
export interface Problem {
  /** What kind it is of: one of the problem table, or the rule of a change between two versions. */
  readonly code: ProblemCode | Rule;
  readonly severity: Severity;
  /** One sentence that says what is wrong. */
  readonly text: string;
  readonly expected?: string;
  readonly found?: string;
  /** The command or edit that mends it. */
  readonly mend?: string;
  /** Where it stands; the first place is where to look, the others are what it disagrees with. */
  readonly locations: readonly Location[];
}

/** Makes a problem of the given code: its severity and words come from the problem table. */
export function problem<C extends ProblemCode>(
  code: C,
  details: ProblemDetails[C],
  ...locations: readonly Location[]
): Problem {
  const { severity, say } = problemTable[code];
  // The table is typed per code; the union of its functions is not callable without this narrowing.
  const words = (say as (details: ProblemDetails[C]) => ReturnType<typeof say>)(details);
  return { code, severity, ...words, locations };
}

/** Drops problems that say the same of the same place: what aliases repeat is reported once. */
export function distinct(problems: readonly Problem[]): Problem[] {
  const known = new Map<string, Problem>();
  for (const one of problems) {
    const [{ file, line, column } = { file: '', line: 0, column: 0 }] = one.locations;
    const key = JSON.stringify([one.code, one.text, file, line, column]);
    if (!known.has(key)) known.set(key, one);
  }
  return [...known.values()];
}

/** Renames the files that problems are in. */
export function inFiles(problems: readonly Problem[], name: (file: string) => string): Problem[] {
  return problems.map((one) => ({
    ...one,
    locations: one.locations.map((place) => ({ ...place, file: name(place.file) })),
  }));
}

/** Tells whether any of the problems is an error. */
export function hasErrors(problems: readonly Problem[]): boolean {
  return problems.some(({ severity }) => severity === 'error');
}

/** Thrown when a run can't start at all: a missing file, a bad option. The command line answers with exit code 2. */
export class CannotRun extends Error {
  override readonly name = 'CannotRun';
}
