/** The command line's exits and words, for every command: what other repositories' CI depends on. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { commandLineFolder } from './support/command-line-folder.js';
import { inRepository } from './support/repository.js';
import { runCommandLine } from './support/run-command-line.js';
import { temporaryFolder } from './support/temporary-folder.js';

const cwd = commandLineFolder();
const run = (argv: readonly string[], folder = cwd) => runCommandLine(argv, { cwd: folder });

describe('could not run: exit 2', () => {
  it.each([
    [['lint', 'gone.yaml'], 'gone.yaml: no such file'],
    [['lint', 'gon'], 'gon: no such file or provider'],
    [['lint', 'mew'], 'did you mean mews?'],
    [['lint', 'empty'], 'empty: holds no AsyncAPI document'],
    [['validate', 'empty'], 'empty: is a directory'],
    [['generate', 'gone.yaml'], 'gone.yaml: no such file'],
    [['validate', 'gone.yaml', 'body.json'], 'gone.yaml: no such file'],
    [['validate', 'mews', 'gone.json'], 'gone.json: no such file'],
    [['validate', 'mews', 'empty'], 'empty: is a directory'],
    [['validate', 'mews', 'body.json', '--message', 'nothing'], '--message nothing'],
    [['validate', 'mews', 'body.json', '--header', 'no colon'], '--header no colon'],
    [['verify', 'gone.json'], 'gone.json: no such file or folder'],
    [['verify', 'empty'], 'empty: holds no pact'],
    [['verify'], 'contracts/pacts: no such file or folder'],
    [['verify', '--spec'], "option '--spec <spec...>' argument missing"],
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
    ['old.asyncapi.yaml', /^old\.asyncapi\.yaml:1:11 error document\.version /],
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
