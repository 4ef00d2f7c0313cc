/** Every code of the problem table is expected by a case, or by a test that is named here. */
import { existsSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { problemTable } from '../scripts/problems/problem-table.js';
import { folderTree } from './support/folder-tree.js';
import { inRepository } from './support/repository.js';

/** The codes that no small document brings about, and the file below test/ that expects them. */
const elsewhere: Readonly<Record<string, string>> = {
  'check.failed': 'hostile-modules.test.ts',
  'document.too-large': 'support/reading-bombs.ts',
  'document.too-many-objects': 'reading-limits.test.ts',
  'document.too-many-values': 'reading-limits.test.ts',
  'file.too-large': 'config.test.ts',
  'headers.too-many': 'reading-limits.test.ts',
  'message.uncovered': 'support/verify-cases.ts',
  'name.folder': 'folder-names.test.ts',
  'name.unusable': 'config-names.test.ts',
  'output.edited': 'output-folder.test.ts',
  'output.foreign': 'output-folder.test.ts',
  'output.link': 'output-folder-refusals.test.ts',
  'output.manifest': 'output-folder-refusals.test.ts',
  'output.stale': 'output-folder.test.ts',
  'parser.error': 'lint-parser.test.ts',
  'schema.too-large': 'support/reading-bombs.ts',
  'site.too-large': 'docs-command.test.ts',
  'diff.relied-on': 'diff-command.test.ts',
  'diff.old-unreadable': 'diff-command.test.ts',
  'traits.too-many-values': 'reading-limits.test.ts',
};

/** The code that nothing brings about as things stand, and why it exists. */
const dormant: Readonly<Record<string, string>> = {
  'parser.warning':
    'No rule of the parser only warns of an AsyncAPI 3 document; its next version may.',
};

const table = Object.keys(problemTable);
const inCases = codesOfCases();

it('has a case, or a test elsewhere, for every code', () => {
  const known = { ...elsewhere, ...dormant };
  expect(table.filter((code) => !inCases.has(code) && !Object.hasOwn(known, code))).toEqual([]);
});

it('has cases for no code that does not exist', () => {
  expect([...inCases].filter((code) => !table.includes(code))).toEqual([]);
});

it('lists as tested elsewhere no code that has a case or does not exist', () => {
  const listed = Object.keys({ ...elsewhere, ...dormant });
  expect(listed.filter((code) => inCases.has(code) || !table.includes(code))).toEqual([]);
});

it.each(Object.entries(elsewhere))('has a test that expects %s: %s', (code, file) => {
  const path = inRepository('test', file);
  expect(existsSync(path)).toBe(true);
  // A regular expression may quote its dots.
  expect(readFileSync(path, 'utf8').replaceAll('\\', '')).toContain(code);
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
