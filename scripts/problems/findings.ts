import type { Problem } from './problem.js';
import type { Table } from './table.js';
import { visible } from './visible.js';

/** All that a command has to say, before a format is chosen. */
export interface Findings {
  /** The command's name, such as `lint`. */
  readonly command: string;
  /** Whether the exit code is 0. */
  readonly ok: boolean;
  readonly problems: readonly Problem[];
  /** Whether warnings fail the command as errors do. */
  readonly strict?: boolean;
  /** The files that were judged, those without a problem too. */
  readonly checked?: readonly string[];
  /** One sentence for people. */
  readonly summary?: string;
  readonly table?: Table;
  /** Why the command could not run; there are no problems then. */
  readonly cannotRun?: string;
}

/** Says a problem in lines that are safe to print: what is wrong, what was expected and found, what mends it. */
export function explain({ text, expected, found, mend }: Problem): string[] {
  return [
    text,
    ...(expected === undefined ? [] : [`expected: ${expected}`]),
    ...(found === undefined ? [] : [`found: ${found}`]),
    ...(mend === undefined ? [] : [`to mend it: ${mend}`]),
  ].map(visible);
}

/** Counts things in words: `1 message`, `2 messages`. */
export function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}
