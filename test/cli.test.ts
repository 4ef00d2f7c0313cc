/** The command line's exits and words, for every command: what other repositories' CI depends on. */
import { existsSync, readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { inRepository } from './support/repository.js';
import { printedResult, runCommandLine } from './support/run-command-line.js';
import { runProgram } from './support/run-program.js';
import { documentWith, goodDocument, manyProblems } from './support/small-documents.js';
import { temporaryFolder } from './support/temporary-folder.js';

const warned = documentWith('{ type: object, properties: { id: { type: string, default: 1 } } }');
const broken = goodDocument.replace('type: string }, note', 'type: sting }, note');
const cwd = temporaryFolder({
  'good.asyncapi.yaml': goodDocument,
  'warned.asyncapi.yaml': warned,
  'broken.asyncapi.yaml': broken,
  'colon.asyncapi.yaml': 'asyncapi: 3.1.0\ninfo: { title: a: b }\n',
  'many.asyncapi.yaml': manyProblems(1_000),
  'openapi.yaml': 'openapi: 3.1.0\ninfo: { title: a, version: "1" }\npaths: {}\n',
  'two.asyncapi.yaml': goodDocument.replace('3.1.0', '2.6.0'),
  'reference.asyncapi.yaml': documentWith('{ $ref: "#/components/schemas/Gone" }'),
  'empty/notes.txt': '',
  'body.json': '{"id": "1"}',
  'wrong.json': '{\n  "id": 1\n}',
  'text.json': 'id=1',
  'configured/specs/good.asyncapi.yaml': goodDocument,
  'configured/webhook-contracts.json': '{ "lint": { "requireSource": true } }',
});
const run = (argv: readonly string[], folder = cwd) => runCommandLine(argv, { cwd: folder });

describe('could not run: exit 2', () => {
  it.each([
    [['lint', 'gone.yaml'], 'gone.yaml: no such file'],
    [['lint', 'gon'], 'gon: no such file or provider'],
    [['lint', 'mew'], 'did you mean mews?'],
    [['lint', 'empty'], 'empty: is a directory'],
    [['generate', 'gone.yaml'], 'gone.yaml: no such file'],
    [['validate', 'gone.yaml', 'body.json'], 'gone.yaml: no such file'],
    [['validate', 'mews', 'gone.json'], 'gone.json: no such file'],
    [['validate', 'mews', 'empty'], 'empty: is a directory'],
    [['validate', 'mews', 'body.json', '--message', 'nothing'], '--message nothing'],
    [['validate', 'mews', 'body.json', '--header', 'no colon'], '--header no colon'],
    [['validate'], "missing required argument 'SPEC'"],
    [['lint', '--frobnicate'], "unknown option '--frobnicate'"],
    [['lint', '--format', 'sarf'], "'sarf' is invalid"],
    [['frobnicate'], "unknown command 'frobnicate'"],
    [['good.asyncapi.yaml'], 'unknown command'],
    [[], 'Usage: webhook-contracts'],
  ])('%j', async (argv, words) => {
    const { code, stdout, stderr } = await run(argv);
    expect(stderr).toContain(words);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });

  it('where there is nothing to work on', async () => {
    for (const command of ['lint', 'generate']) {
      const outcome = await run([command], temporaryFolder());
      expect(outcome).toMatchObject({ code: 2, stdout: '' });
      expect(outcome.stderr).toMatch(/^webhook-contracts: specs: holds no AsyncAPI document/);
    }
  });

  it.each(['lint', 'generate', 'validate'])(
    '%s, where the configuration is wrong',
    async (name) => {
      const argv = name === 'validate' ? [name, 'good'] : [name];
      const { code, stderr } = await run(argv, `${cwd}/configured`);
      expect(stderr).toMatch(/^webhook-contracts\.json:1:\d+ error config\.invalid /);
      expect(code).toBe(2);
    },
  );
});

describe('problems: exit 1, exactly one of them, where it stands', () => {
  it.each([
    ['colon.asyncapi.yaml', /^colon\.asyncapi\.yaml:2:\d+ error yaml\.syntax /],
    ['openapi.yaml', /^openapi\.yaml:1:1 error document\.not-asyncapi /],
    ['two.asyncapi.yaml', /^two\.asyncapi\.yaml:1:11 error document\.version /],
    ['reference.asyncapi.yaml', /^reference\.asyncapi\.yaml:9:26 error reference\.broken /],
  ])('%s', async (file, words) => {
    for (const argv of [
      ['lint', file],
      ['generate', file],
      ['validate', file, 'body.json'],
    ]) {
      const { code, stdout, stderr } = await run(argv);
      expect(stderr).toMatch(words);
      expect(stderr.match(/ error /g)?.length).toBe(1);
      expect(stderr).not.toMatch(/^\s+at /m);
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    }
  });

  it('a payload that is no JSON', async () => {
    const { code, stderr } = await run(['validate', 'good.asyncapi.yaml', 'text.json']);
    expect(code).toBe(1);
    expect(
      stderr,
    ).toBe(`text.json:1:1 error payload.not-json The body is not JSON: "i" stands where a value should be.
  1 | id=1
    | ^
`);
  });
});

describe('done: exit 0', () => {
  it.each(['--help', '--version', 'lint --help', 'generate --help', 'validate --help'])(
    '%s',
    async (line) => {
      const { version } = JSON.parse(readFileSync(inRepository('package.json'), 'utf8'));
      const { code, stdout, stderr } = await run(line.split(' '));
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(stdout).toContain(line === '--version' ? `${version}\n` : 'Usage: webhook-contracts');
    },
  );

  it('warnings alone, unless lint is strict', async () => {
    const loose = await run(['lint', 'warned.asyncapi.yaml']);
    expect(loose.stderr).toMatch(/^warned\.asyncapi\.yaml:9:\d+ warning schema\.default\.invalid /);
    expect(loose.code).toBe(0);
    expect((await run(['lint', 'warned.asyncapi.yaml', '--strict'])).code).toBe(1);
  });

  it('--quiet says nothing but problems', async () => {
    const body = ['validate', 'good.asyncapi.yaml'];
    expect(await run([...body, 'body.json', '--quiet'])).toEqual({
      code: 0,
      stdout: '',
      stderr: '',
    });
    const wrong = await run([...body, 'wrong.json', '--quiet']);
    expect(wrong).toEqual(await run([...body, 'wrong.json']));
    expect(wrong.stderr).toContain('payload.invalid');
  });
});

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
