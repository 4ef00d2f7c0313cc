/**
 * What `verify` says of pacts, and where: each case of test/cases/verify is one or more pacts, the documents they
 * are judged by, and the verdict. Most come in pairs, one right and one wrong, that differ as little as possible.
 */
import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { defaultConfig } from '../scripts/config/config.js';
import { verifyPacts } from '../scripts/contract/verify-pacts.js';
import { readAndLint } from '../scripts/lint/lint.js';
import { inRepository } from './support/repository.js';
import {
  expectedFindings,
  findingsOf,
  readSpecsOf,
  readVerifyCase,
  uncoveredIn,
  verifyCaseFolders,
} from './support/verify-cases.js';

const folders = verifyCaseFolders();
const cases = folders.flatMap((folder) => readVerifyCase(folder) ?? []);

it('every folder is a case, with pacts, documents and a verdict', () => {
  expect(cases.map(({ name }) => name)).toEqual(folders.map(({ name }) => name));
});

it('the cases are right and wrong ones, and each says why', () => {
  const right = cases.filter(({ expected }) => expected.problems.length === 0);
  expect(right.length).toBeGreaterThanOrEqual(40);
  expect(cases.length - right.length).toBeGreaterThanOrEqual(40);
  expect(cases.filter(({ expected }) => !/\S/.test(expected.why))).toEqual([]);
});

const documents = inRepository('test', 'cases', 'verify', '_documents');

it.each(readdirSync(documents))('%s is in order', (file) => {
  const config = { ...defaultConfig, lint: { ...defaultConfig.lint, requireSources: true } };
  expect(readAndLint(file, config, documents).problems).toEqual([]);
});

it('every shared document is used', () => {
  const used = cases.flatMap(({ specs }) => specs.map((file) => file.replace(/.*[\\/]/, '')));
  expect(readdirSync(documents).filter((file) => !used.includes(file))).toEqual([]);
});

describe.each(cases)('$name', (one) => {
  const { why, uncovered } = one.expected;

  it(why, () => {
    const specs = readSpecsOf(one);
    const { problems } = verifyPacts([...one.pacts], specs, { cwd: one.path });
    expect(findingsOf(problems)).toEqual(expectedFindings(one));
    if (uncovered !== undefined) expect(uncoveredIn(problems, specs)).toEqual(uncovered.toSorted());
  });
});
