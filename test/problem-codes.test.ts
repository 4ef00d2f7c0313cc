/** Every code of the problem table is expected by a case, or by a test that is named here. */
import { existsSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { problemTable } from '../scripts/problems/problem-table.js';
import { folderTree } from './support/folder-tree.js';
import { inRepository } from './support/repository.js';

/** The codes that no small file can bring about, and the test that does. */
const elsewhere: Readonly<Record<string, string>> = {
  'check.failed': 'generated.test.ts',
  'file.too-large': 'reading-bombs.test.ts',
  'name.unusable': 'config.test.ts',
  'output.edited': 'output-folder.test.ts',
  'output.foreign': 'output-folder.test.ts',
  'output.link': 'output-folder.test.ts',
  'output.manifest': 'output-folder.test.ts',
  'output.stale': 'output-folder.test.ts',
  'parser.error': 'cli.test.ts',
  'parser.warning': 'cli.test.ts',
};

const table = Object.keys(problemTable);
const inCases = codesOfCases();

it('has a case, or a test elsewhere, for every code', () => {
  expect(table.filter((code) => !inCases.has(code) && elsewhere[code] === undefined)).toEqual([]);
});

it('has cases for no code that does not exist', () => {
  expect([...inCases].filter((code) => !table.includes(code))).toEqual([]);
});

it('lists as tested elsewhere no code that has a case or does not exist', () => {
  const listed = Object.keys(elsewhere);
  expect(listed.filter((code) => inCases.has(code) || !table.includes(code))).toEqual([]);
});

it.each(Object.entries(elsewhere))('has a test that expects %s: %s', (code, file) => {
  const path = inRepository('test', file);
  expect(existsSync(path)).toBe(true);
  expect(readFileSync(path, 'utf8')).toContain(code);
});

/** Collects the code of every problem that an `expected.json` states, at any depth. */
function codesOfCases(): Set<string> {
  const codes = new Set<string>();
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    if ('code' in value && typeof value.code === 'string') codes.add(value.code);
    for (const held of Object.values(value)) visit(held);
  };
  for (const [name, text] of folderTree(inRepository('test', 'cases'))) {
    if (name.endsWith('/expected.json')) visit(JSON.parse(text));
  }
  return codes;
}
