import type { Problem } from './problem.js';

/** A problem as `--format json` prints it; `problems.schema.json` is its schema. */
export interface JsonProblem {
  readonly code: string;
  readonly severity: string;
  readonly text: string;
  readonly expected?: string;
  readonly found?: string;
  readonly mend?: string;
  readonly locations: readonly { file: string; line: number; column: number; pointer: string }[];
}

/** Returns problems as data: all but the excerpts. */
export function jsonProblems(problems: readonly Problem[]): JsonProblem[] {
  return problems.map(({ locations, ...rest }) => ({
    ...rest,
    locations: locations.map(({ file, line, column, pointer }) => ({
      file,
      line,
      column,
      pointer,
    })),
  }));
}
