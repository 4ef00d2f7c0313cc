/**
 * Every folder of test/cases/specs holds one small document, all that it refers to, and the exact list of problems
 * that `lint` has to find in it.
 */
import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type CaseFolder, caseFolders, readCase } from './support/case-folders.js';
import { type PrintedProblem, printedResult, runCommandLine } from './support/run-command-line.js';

/** A problem as `expected.json` states it; a text that it leaves out may be any. */
interface Expected {
  readonly code: string;
  readonly severity: string;
  /** `file:line:column`. */
  readonly at: string;
  /** The other places, where there are any. */
  readonly also?: readonly string[];
  readonly text?: string;
}

const cases = caseFolders('specs');

describe('lint', () => {
  it.each(cases.map((one) => [one.name, one] as const))('%s', async (_, one) => {
    const cwd = one.path;
    const expected = expectedOf(one);
    const outcome = await runCommandLine(['lint', documentOf(one), '--format', 'json'], { cwd });
    const { ok, problems = [] } = printedResult(outcome);
    expect(problems.map((found, index) => stated(found, expected[index]))).toEqual(expected);
    expect(ok).toBe(!expected.some(({ severity }) => severity === 'error'));
    expect(outcome.code).toBe(exitCode(expected));

    const { stderr, code } = await runCommandLine(['lint', documentOf(one)], { cwd });
    const heads = stderr.match(/^\S.*?:\d+:\d+ (error|warning) \S+/gm) ?? [];
    expect(heads).toEqual(expected.map(({ at, severity, code }) => `${at} ${severity} ${code}`));
    expect(code).toBe(exitCode(expected));
  });
});

it('are 70 and more, a good part of them in order', () => {
  expect(cases.length).toBeGreaterThan(70);
  expect(cases.filter((one) => expectedOf(one).length === 0).length).toBeGreaterThan(20);
});

function documentOf({ name, path }: CaseFolder): string {
  const [file, ...others] = readdirSync(path).filter((entry) => /\.asyncapi\.\w+$/.test(entry));
  if (file === undefined || others.length > 0) throw new Error(`${name} needs one document`);
  return file;
}

function expectedOf(one: CaseFolder): readonly Expected[] {
  const expected = readCase<Expected[]>(one, 'expected.json');
  if (expected === undefined) throw new Error(`${one.name} has no expected.json`);
  return expected;
}

/** Puts a problem into the form of `expected.json`, with its text only where that states one. */
function stated(found: PrintedProblem, expected: Expected | undefined): Expected {
  const { code, severity, text, locations } = found;
  const [at = 'nowhere', ...also] = locations.map(
    ({ file, line, column }) => `${file}:${line}:${column}`,
  );
  return {
    code,
    severity,
    at,
    ...(also.length > 0 && { also }),
    ...(expected?.text !== undefined && { text }),
  };
}

/** A configuration that can't be read stops the run; an error in the document fails it. */
function exitCode(expected: readonly Expected[]): number {
  if (expected.some(({ at }) => at.startsWith('webhook-contracts.json:'))) return 2;
  return expected.some(({ severity }) => severity === 'error') ? 1 : 0;
}
