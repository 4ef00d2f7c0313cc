import type { Location, Problem } from './problem.js';

/** A problem as `--format json` prints it; `result.schema.json` is its schema. */
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
    locations: jsonLocations(locations),
  }));
}

/** Returns places as data: all but the excerpts. */
export function jsonLocations(locations: readonly Location[]): JsonProblem['locations'] {
  return locations.map(({ file, line, column, pointer }) => ({ file, line, column, pointer }));
}

/**
 * Writes a value as a JSON document that is safe to print: what a terminal or the log of a CI service would
 * act on is written by JSON's own escapes, so the value stays what it is.
 */
export function printedJson(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`
    .replaceAll(/(?<!#)##+(?!#)(?=\w*\[)/g, (signs) => signs.replaceAll('#', '\\u0023'))
    .replaceAll(/(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (character) =>
      // The escapes of JSON are of UTF-16 code units.
      Array.from({ length: character.length }, (_, unit) => character.charCodeAt(unit))
        .map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`)
        .join(''),
    );
}
