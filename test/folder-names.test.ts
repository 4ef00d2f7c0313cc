/** Folders of generated code bear the names of documents, which are plain and stay in their place, or are refused. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { printedResult, runCommandLine } from './support/run-command-line.js';
import { goodDocument } from './support/small-documents.js';
import { temporaryFolder } from './support/temporary-folder.js';

const generate = async (file: string) => {
  const cwd = temporaryFolder({ [`in/${file}`]: goodDocument });
  const outcome = await runCommandLine(
    ['generate', `in/${file}`, '--out', 'in/out', '--format', 'json'],
    { cwd },
  );
  const { problems = [] } = printedResult(outcome);
  const codes = problems.map(({ code, locations: [at] }) => `${code} ${at?.line}:${at?.column}`);
  return { code: outcome.code, codes, cwd };
};

it.each(['orders', 'v2.orders', 'Orders_2-x', '7', 'console'])('%s is a folder', async (name) => {
  const { code, cwd } = await generate(`${name}.asyncapi.yaml`);
  expect(code).toBe(0);
  expect(readdirSync(join(cwd, 'in', 'out'))).toContain(name);
});

it.each([
  ...['', '.', '..', '...', '.hidden', 'ends.', '-flag', 'a b', 'ünïcode', '予約'],
  ...['CON', 'aux', 'nul.x', 'COM1', 'lpt9.orders'],
])('"%s" is not, and nothing is written', async (name) => {
  const { code, codes, cwd } = await generate(`${name}.asyncapi.yaml`);
  expect({ code, codes }).toEqual({ code: 1, codes: ['name.folder 1:1'] });
  expect(readdirSync(cwd)).toEqual(['in']);
  expect(readdirSync(join(cwd, 'in'))).toEqual([`${name}.asyncapi.yaml`]);
});

it('is asked of two documents whose names differ in case only', async () => {
  const cwd = temporaryFolder({
    'a/orders.asyncapi.yaml': goodDocument,
    'b/Orders.asyncapi.yaml': goodDocument,
  });
  const files = ['a/orders.asyncapi.yaml', 'b/Orders.asyncapi.yaml'];
  const { code, stderr } = await runCommandLine(['generate', ...files], { cwd });
  expect(code).toBe(2);
  expect(stderr).toContain('b/Orders.asyncapi.yaml: bears the same name as a/orders.asyncapi.yaml');
  expect(readdirSync(cwd).sort()).toEqual(['a', 'b']);
});
