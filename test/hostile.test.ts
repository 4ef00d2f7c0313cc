/**
 * Documents written to do harm, and sound ones that look like it (CONTROL): each is refused at the right place,
 * with nothing written, read from outside or fetched, or is accepted. What is generated of those that are accepted
 * is the business of hostile-modules.test.ts.
 */
import { cpSync, existsSync, readFileSync, symlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { folderTree } from './support/folder-tree.js';
import { inRepository } from './support/repository.js';
import { type Outcome, printedResult, runCommandLine } from './support/run-command-line.js';
import { temporaryFolder, writeFiles } from './support/temporary-folder.js';
import { unsafeOutput } from './support/unsafe-output.js';

interface Fault {
  readonly code: string;
  readonly at: string;
}

/** What a document has to come to: the errors of `lint`, and of `generate` where they differ. */
interface Expected {
  readonly why: string;
  readonly lint: readonly Fault[];
  readonly generate?: readonly Fault[];
}

const cases = inRepository('test', 'cases', 'hostile');
const expected = JSON.parse(readFileSync(join(cases, 'expected.json'), 'utf8')) as Record<
  string,
  Expected
>;
const files = [...folderTree(join(cases, 'specs')).keys()].filter((name) => /^\d/.test(name));
const refused = files.filter((file) => faultsOf(file, 'generate').length > 0);

const folder = temporaryFolder();
const specs = join(folder, 'specs');
cpSync(cases, folder, { recursive: true });

let connections = 0;
const canary = createServer((socket) => {
  connections += 1;
  socket.destroy();
});
// The documents name this port.
beforeAll(() => new Promise<void>((ready) => canary.listen(48151, '127.0.0.1', ready)));
afterAll(() => new Promise((closed) => canary.close(closed)));

it('has an expectation for each document, and a document for each expectation', () => {
  expect(Object.keys(expected)).toEqual(files);
});

describe('lint', () => {
  it.each(files)('judges %s', async (file) => {
    const faults = faultsOf(file, 'lint');
    const json = await runCommandLine(['lint', file, '--format', 'json'], { cwd: specs });
    expect(errorsOf(json)).toEqual(faults);
    const text = await runCommandLine(['lint', file], { cwd: specs });
    expect(text.code).toBe(faults.length > 0 ? 1 : 0);
    expectSafe(text);
  });
});

describe('generate', () => {
  it.each(refused)('refuses %s and writes nothing', async (file) => {
    const out = join(temporaryFolder(), 'out');
    const before = folderTree(folder);
    const json = await generate(file, out, '--format', 'json');
    expect(errorsOf(json)).toEqual(faultsOf(file, 'generate'));
    const text = await generate(file, out);
    expect(text.code).toBe(1);
    expect(text.stderr).toMatch(/^[^:]+:\d+:\d+ (error|warning) /);
    expectSafe(text);
    expect(existsSync(out)).toBe(false);
    expect(folderTree(folder)).toEqual(before);
  });
});

it('follows no link out of the folder, and quotes nothing of what lies there', async () => {
  const document = `asyncapi: 3.0.0\ninfo: {title: T, version: '1'}\nchannels: {c: {messages: {m: {payload: {$ref: link.json}}}}}\n`;
  const cwd = join(folder, 'linked');
  writeFiles(cwd, {
    'a.asyncapi.yaml': document,
    'b.asyncapi.yaml': document.replace('link', '../outside/secret'),
  });
  symlinkSync(join(folder, 'outside', 'secret.json'), join(cwd, 'link.json'));
  for (const file of ['a.asyncapi.yaml', 'b.asyncapi.yaml']) {
    const outcome = await runCommandLine(['lint', file], { cwd });
    expect(outcome.stderr).toMatch(/:3:47 error reference\.outside /);
    expectSafe(outcome);
  }
});

it('opens no connection', () => {
  expect(connections).toBe(0);
});

function faultsOf(file: string, command: 'lint' | 'generate'): readonly Fault[] {
  const { lint = [], generate = lint } = expected[file] ?? {};
  return command === 'lint' ? lint : generate;
}

function errorsOf(outcome: Outcome): Fault[] {
  const { problems = [] } = printedResult(outcome);
  return problems
    .filter(({ severity }) => severity === 'error')
    .map(({ code, locations: [place] }) => ({
      code,
      at: `${place?.file}:${place?.line}:${place?.column}`,
    }))
    .sort((one, other) => order(one) - order(other));
}

function generate(file: string, out: string, ...options: readonly string[]): Promise<Outcome> {
  return runCommandLine(['generate', file, '--out', out, ...options], { cwd: specs });
}

function expectSafe({ stdout, stderr }: Outcome): void {
  expect(unsafeOutput(stdout + stderr)).toEqual([]);
}

function order({ at }: Fault): number {
  const [, line = 0, column = 0] = at.split(':').map(Number);
  return line * 1_000 + column;
}
