import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import type { Change } from '../../scripts/compare/findings.js';
import type { Rule } from '../../scripts/compare/rules.js';
import type { Any } from './pact-matching.js';
import { inRepository } from './repository.js';

/** What is expected of a case. */
export interface ExpectedChange {
  readonly rule: Rule;
  readonly verdict: Change['verdict'];
}

/**
 * A case is a folder: a document, its next version, and what changed. Either of the two may be missing. The end of its
 * name says what the application does.
 */
export interface DiffCase {
  readonly name: string;
  readonly action: 'send' | 'receive';
  /** The path of each version. */
  readonly file: (age: 'old' | 'new') => string;
  readonly expected: readonly ExpectedChange[];
}

const folder = inRepository('test', 'cases', 'diff');

export const diffCases: readonly DiffCase[] = readdirSync(folder)
  .sort()
  .map((name) => ({
    name,
    action: name.endsWith('-send') ? 'send' : 'receive',
    file: (age) => join(folder, name, `${age}.asyncapi.yaml`),
    expected: JSON.parse(readFileSync(join(folder, name, 'expected.json'), 'utf8')),
  }));

/** Writes what was found, or expected, as texts that can be compared. */
export function inWords(all: readonly ExpectedChange[]): string[] {
  return all.map(({ rule, verdict }) => `${rule}: ${verdict}`).sort();
}

/** Reads a version of a case as data; undefined where there is none. */
export function dataOf(one: DiffCase, age: 'old' | 'new'): Any {
  const file = one.file(age);
  return existsSync(file) ? load(readFileSync(file, 'utf8')) : undefined;
}
