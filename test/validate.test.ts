/**
 * What `validate` says of a delivery, and where: each case of test/cases/validate is a body, the flags it is
 * judged with, and the verdict. The document is test/cases/validate/parcels.asyncapi.yaml.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { caseFolders, readCase } from './support/case-folders.js';
import { printedResult, runCommandLine } from './support/run-command-line.js';

interface Expected {
  readonly why: string;
  readonly args?: readonly string[];
  readonly stdin?: boolean;
  readonly exit: 0 | 1 | 2;
  readonly message?: string;
  readonly problems?: readonly { code: string; at: string; pointer: string }[];
  /** Words on standard error, where nothing could be judged. */
  readonly stderr?: string;
}

describe.each(caseFolders('validate'))('$name', (one) => {
  const expected = readCase<Expected>(one, 'expected.json');
  if (expected === undefined) throw new Error(`${one.name} has no expected.json`);
  const { why, args = [], exit, message, problems = [] } = expected;
  const body = readFileSync(join(one.path, 'body.json'));
  const validate = (...flags: string[]) =>
    runCommandLine(
      [
        'validate',
        '../parcels.asyncapi.yaml',
        expected.stdin ? '-' : 'body.json',
        ...args,
        ...flags,
      ],
      { cwd: one.path, stdin: expected.stdin ? body : '' },
    );

  it(why, async () => {
    const outcome = await validate('--format', 'json');
    expect(outcome.code).toBe(exit);
    if (exit === 2) {
      expect(expected.stderr).toMatch(/\S/);
      expect(outcome.stderr).toContain(expected.stderr);
      return;
    }
    const found = printedResult(outcome);
    expect(
      found.ok ? { provider: found.provider, message: found.message } : found.problems?.map(place),
    ).toEqual(exit === 0 ? { provider: 'parcels', message } : problems);
  });

  if (exit < 2) {
    it('is said in text as well', async () => {
      const { code, stdout, stderr } = await validate();
      expect(code).toBe(exit);
      expect(stdout).toBe(exit === 0 ? `parcels ${message}: valid\n` : '');
      const heads = stderr.split('\n').filter((line) => / error /.test(line));
      expect(heads.map((line) => line.split(' error ')[0])).toEqual(problems.map(({ at }) => at));
      for (const [index, { code }] of problems.entries())
        expect(heads[index]).toContain(` error ${code} `);
    });
  }
});

function place({ code, locations }: { code: string; locations: readonly Place[] }) {
  const [{ file, line, column, pointer } = nowhere] = locations;
  return { code, at: `${file}:${line}:${column}`, pointer };
}

interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly pointer: string;
}

const nowhere: Place = { file: '', line: 0, column: 0, pointer: '' };
