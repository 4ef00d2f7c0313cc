/** `lint --parser` adds what `@asyncapi/parser` thinks of a document, and nothing else changes. */
import { expect, it } from 'vitest';
import { inRepository } from './support/repository.js';
import { printedResult, runCommandLine } from './support/run-command-line.js';
import { unsafeOutput } from './support/unsafe-output.js';

const lint = (name: string, ...options: readonly string[]) =>
  runCommandLine(['lint', 'document.asyncapi.yaml', ...options], {
    cwd: inRepository('test', 'cases', 'specs', name),
  });

it('has nothing to add to a document that is in order', async () => {
  expect(await lint('good-all-objects', '--parser')).toEqual(await lint('good-all-objects'));
});

it("reports the parser's errors where they stand", async () => {
  expect(await lint('good-quoted-merge-key')).toMatchObject({ code: 0, stderr: '' });
  const outcome = await lint('good-quoted-merge-key', '--parser', '--format', 'json');
  expect(outcome.code).toBe(1);
  const { problems = [] } = printedResult(outcome);
  expect(problems.map(({ code, locations: [at] }) => `${code} ${at?.line}:${at?.column}`)).toEqual([
    'parser.error 10:11',
    'parser.error 12:13',
  ]);
});

it('says in one line that the parser broke, without its stack', async () => {
  const { code, stdout, stderr } = await lint('good-inherited-names', '--parser');
  expect(code).toBe(1);
  expect(stderr).toMatch(/^document\.asyncapi\.yaml:1:1 error parser\.error .*hasOwnProperty/);
  expect(unsafeOutput(stdout + stderr)).toEqual([]);
  expect(stderr).not.toContain('node_modules');
});

it('does not ask the parser about a document that has errors', async () => {
  const name = 'structure-action';
  expect(await lint(name, '--parser')).toEqual(await lint(name));
});
