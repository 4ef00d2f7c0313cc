/** What the command line prints: text for people, JSON for programs; and the program itself, on real pipes. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { commandLineFolder } from './support/command-line-folder.js';
import { inRepository } from './support/repository.js';
import { printedResult, runCommandLine } from './support/run-command-line.js';
import { runProgram } from './support/run-program.js';
import { temporaryFolder } from './support/temporary-folder.js';

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

  it.each([
    [['lint', 'gone.yaml'], 'gone.yaml: no such file'],
    [['validate'], "missing required argument 'SPEC'"],
    [['lint', '--frobnicate'], "unknown option '--frobnicate'"],
    [['frobnicate'], "unknown command 'frobnicate'"],
    [['generate', '--check', '--watch'], 'cannot be used with'],
  ])('where it could not run, too: %j', async (argv, words) => {
    for (const format of [
      ['--format', 'json'],
      ['--format=text', '--format=json'],
    ]) {
      const outcome = await run([...argv, ...format]);
      const result = printedResult(outcome);
      expect(fits(result), JSON.stringify(fits.errors)).toBe(true);
      expect(result).toEqual({ ok: false, error: expect.stringContaining(words) });
      expect(outcome).toMatchObject({ code: 2, stderr: expect.stringContaining(words) });
    }
    expect(await run([...argv, '--format=json', '--format=text'])).toMatchObject({ stdout: '' });
  });

  it.each<[string, (path: string) => unknown, string]>([
    ['a pipe', (path) => spawnSync('mkfifo', [path]), 'is not a regular file'],
    ['a device', (path) => symlinkSync('/dev/zero', path), 'is not a regular file'],
    ['a folder', (path) => mkdirSync(path), 'is a directory'],
    ['a link to nothing', (path) => symlinkSync('nothing', path), 'no such file'],
  ])('where the configuration is %s', async (_, make, words) => {
    const folder = temporaryFolder();
    make(join(folder, 'webhook-contracts.json'));
    const error = `webhook-contracts.json: ${words}`;
    for (const argv of [['lint'], ['generate'], ['validate', 'mews'], ['verify']]) {
      const outcome = await run([...argv, '--format', 'json'], folder);
      expect(printedResult(outcome)).toEqual({ ok: false, error });
      expect(outcome).toMatchObject({ code: 2, stderr: `webhook-contracts: ${error}\n` });
    }
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

  // What is written to /dev/full meets a full disk.
  it.skipIf(process.platform !== 'linux').each([
    [['lint', 'good.asyncapi.yaml', '--format', 'json'], '> /dev/full', 'standard output'],
    [['lint', 'good.asyncapi.yaml'], '> /dev/full', 'standard output'],
    [['--help'], '> /dev/full', 'standard output'],
    [['lint', 'broken.asyncapi.yaml'], '2> /dev/full', undefined],
    [['lint', 'gone.yaml'], '2> /dev/full', undefined],
    [['lint', 'many.asyncapi.yaml', '--format', 'json'], '> /dev/full 2>&1', undefined],
  ])('ends with 2 where it can not print: %j %s', async (argv, to, name) => {
    const line = `exec "$NODE" "$@" ${to}`;
    expect(
      await runProgram('sh', ['-c', line, 'sh', ...program, ...argv], {
        cwd,
        env: { NODE: process.execPath },
      }),
    ).toEqual({
      code: 2,
      stdout: '',
      stderr: name === undefined ? '' : `webhook-contracts: ${name}: can't be written (ENOSPC)\n`,
    });
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
