/** What the command line prints: text for people, JSON for programs; and the program itself, on real pipes. */
import { existsSync, readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { commandLineFolder } from './support/command-line-folder.js';
import { inRepository } from './support/repository.js';
import { printedResult, runCommandLine } from './support/run-command-line.js';
import { runProgram } from './support/run-program.js';

const cwd = commandLineFolder();
const run = (argv: readonly string[], folder = cwd) => runCommandLine(argv, { cwd: folder });

it('prints a problem as a line, the source with a caret, and what was expected and found', async () => {
  const { stderr } = await run(['validate', 'good.asyncapi.yaml', 'wrong.json']);
  expect(
    stderr,
  ).toBe(`wrong.json:2:9 error payload.invalid The value has the wrong type (thing.happened).
  2 |   "id": 1
    |         ^
  expected: string
  found: 1
`);
});

it('prints colours on a terminal only, and where they are wanted', async () => {
  const argv = ['validate', 'good.asyncapi.yaml', 'wrong.json'];
  expect((await runCommandLine(argv, { cwd, color: true })).stderr).toContain('\u001b[31merror');
  for (const [flags, color] of [
    [['--no-color'], true],
    [[], false],
  ] as const) {
    const { stderr } = await runCommandLine([...argv, ...flags], { cwd, color });
    expect(stderr).not.toContain('\u001b');
  }
});

describe('--format json is one document that fits the published schema', () => {
  const schema = JSON.parse(
    readFileSync(inRepository('scripts', 'problems', 'result.schema.json'), 'utf8'),
  );
  const fits = new Ajv({ allErrors: true }).compile(schema);
  it.each([
    [['lint', 'good.asyncapi.yaml'], 0],
    [['lint', 'warned.asyncapi.yaml'], 0],
    [['lint', 'warned.asyncapi.yaml', '--strict'], 1],
    [['lint', 'broken.asyncapi.yaml'], 1],
    [['generate', 'good.asyncapi.yaml', '--out', 'json-out', '--check'], 1],
    [['generate', 'good.asyncapi.yaml', '--out', 'json-out'], 0],
    [['generate', 'good.asyncapi.yaml', '--out', 'json-out', '--check'], 0],
    [['generate', 'broken.asyncapi.yaml', '--out', 'json-out'], 1],
    [['validate', 'good.asyncapi.yaml', 'body.json'], 0],
    [['validate', 'good.asyncapi.yaml', 'wrong.json'], 1],
    [['validate', 'good.asyncapi.yaml', 'text.json'], 1],
    [['validate', 'broken.asyncapi.yaml', 'body.json'], 1],
  ])('%j', async (argv, exit) => {
    const outcome = await run([...argv, '--format', 'json']);
    const result = printedResult(outcome);
    expect(fits(result), JSON.stringify(fits.errors)).toBe(true);
    expect(outcome.stdout.endsWith('}\n')).toBe(true);
    expect({ code: outcome.code, ok: result.ok, stderr: outcome.stderr }).toEqual({
      code: exit,
      ok: exit === 0,
      stderr: '',
    });
    expect((result.problems?.length ?? 0) > 0).toBe(
      exit === 1 || argv[1] === 'warned.asyncapi.yaml',
    );
  });
});

describe('the program itself', () => {
  const loader = pathToFileURL(inRepository('node_modules', 'tsx', 'dist', 'loader.mjs')).href;
  const program = ['--import', loader, inRepository('scripts', 'cli.ts')];
  const validate = [...program, 'validate', 'good.asyncapi.yaml'];

  it.each([
    ['{"id": "1"}', ['-'], 0, /^good thing\.happened: valid\n$/, /^$/],
    ['{"id": 1}', [], 1, /^$/, /^standard input:1:8 error payload\.invalid /],
  ])('reads %s from standard input, asked by %j', async (input, file, code, stdout, stderr) => {
    expect(await runProgram(process.execPath, [...validate, ...file], { cwd, input })).toEqual({
      code,
      stdout: expect.stringMatching(stdout),
      stderr: expect.stringMatching(stderr),
    });
  });

  it('ends as it would where nobody reads what it prints', async () => {
    const argv = ['lint', 'many.asyncapi.yaml', '--format', 'json'];
    const { code, stdout } = await run(argv);
    expect(stdout.length).toBeGreaterThan(200_000);
    expect(
      await runProgram(process.execPath, [...program, ...argv], { cwd, stopReading: true }),
    ).toEqual({ code, stdout: '', stderr: '' });
  });

  // util-linux's `script` gives a program a terminal to write to.
  const script = ['/usr/bin/script', '/bin/script'].find((path) => existsSync(path));
  it.skipIf(process.platform !== 'linux' || script === undefined)(
    'shows colours on a terminal, unless NO_COLOR is set',
    async () => {
      const line = [process.execPath, ...validate, 'wrong.json'].map((arg) => `'${arg}'`).join(' ');
      const onTerminal = (NO_COLOR: string) =>
        runProgram(script ?? '', ['-qec', line, '/dev/null'], { cwd, env: { NO_COLOR } });
      expect((await onTerminal('')).stdout).toContain('\u001b[31merror');
      const plain = (await onTerminal('1')).stdout;
      expect(plain).toContain(' error payload.invalid ');
      expect(plain).not.toContain('\u001b');
    },
  );
});
