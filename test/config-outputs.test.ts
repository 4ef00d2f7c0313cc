/** Repositories with many documents and outputs, as their configuration names them. */
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { beforeEach, describe, expect, it } from 'vitest';
import { contentOf, identityOf } from './support/folder-snapshot.js';
import { inRepository } from './support/repository.js';
import { printedResult, runCommandLine } from './support/run-command-line.js';
import { documentWith, goodDocument } from './support/small-documents.js';
import { temporaryFolder, writeFiles } from './support/temporary-folder.js';

const configuration = {
  outputs: [
    { out: 'packages/orders/webhooks', specs: ['apis/orders.asyncapi.yaml', 'apis/more'] },
    { out: 'packages/hotel/webhooks', specs: ['mews', 'bare.yaml'] },
  ],
};

let cwd: string;
beforeEach(() => {
  cwd = temporaryFolder({
    'webhook-contracts.json': JSON.stringify(configuration),
    'apis/orders.asyncapi.yaml': goodDocument,
    'apis/left-out.asyncapi.yaml': 'broken: [',
    'apis/more/a.asyncapi.yaml': goodDocument,
    'apis/more/b.asyncapi.json': JSON.stringify({
      asyncapi: '3.0.0',
      info: { title: 'b', version: '1' },
      channels: { b: { messages: { b: { payload: { type: 'object' } } } } },
    }),
    'apis/more/schemas.yaml': '{}',
    'bare.yaml': goodDocument,
  });
});
const run = (...argv: readonly string[]) => runCommandLine(argv, { cwd });
const orders = () => readdirSync(join(cwd, 'packages/orders/webhooks'));

describe('generate', () => {
  it('makes every output of the configuration: of files, folders and providers', async () => {
    expect(await run('generate')).toEqual({
      code: 0,
      stderr: '',
      stdout: `3 documents to packages/orders/webhooks: 22 files written, 0 removed. 2 documents to packages/hotel/webhooks: 15 files written, 0 removed.\n`,
    });
    expect(orders()).toEqual(['a', 'b', 'orders', 'package.json']);
    expect(readdirSync(join(cwd, 'packages/hotel/webhooks'))).toEqual([
      'bare',
      'mews',
      'package.json',
    ]);
    expect(readdirSync(cwd)).toEqual(['apis', 'bare.yaml', 'packages', 'webhook-contracts.json']);
    const check = await run('generate', '--check');
    expect(check).toEqual({ code: 0, stderr: '', stdout: '2 outputs are up to date.\n' });
  });

  it('lists the files of each output on --format json, by the published schema', async () => {
    const schema = JSON.parse(
      readFileSync(inRepository('scripts', 'problems', 'result.schema.json'), 'utf8'),
    );
    const fits = new Ajv({ allErrors: true }).compile(schema);
    const both = printedResult(await run('generate', '--format', 'json'));
    expect(fits(both), JSON.stringify(fits.errors)).toBe(true);
    expect(both.outputs?.map(({ out }) => out)).toEqual(
      configuration.outputs.map(({ out }) => out),
    );
    expect(both.outputs?.[0]?.written).toContain('orders/index.js');
    expect(both.written).toBeUndefined();
    rmSync(join(cwd, 'apis/more/a.asyncapi.yaml'));
    const again = printedResult(await run('generate', '--format', 'json'));
    expect(again.outputs?.map(({ written }) => written)).toEqual([[], []]);
    expect(again.outputs?.[0]?.removed).toContain('a/index.js');
    expect(orders()).toEqual(['b', 'orders', 'package.json']);

    const one = printedResult(await run('generate', 'bare.yaml', '--format', 'json'));
    expect(fits(one), JSON.stringify(fits.errors)).toBe(true);
    expect(one).toMatchObject({ out: 'generated', written: one.outputs?.[0]?.written });
  });

  it('touches no output that stays the same', async () => {
    await run('generate');
    const before = identityOf(join(cwd, 'packages/hotel'));
    writeFileSync(join(cwd, 'apis/orders.asyncapi.yaml'), documentWith('{ type: string }'));
    expect((await run('generate')).code).toBe(0);
    expect(identityOf(join(cwd, 'packages/hotel'))).toEqual(before);
    expect((await run('generate', '--check')).code).toBe(0);
  });

  it('writes no output where a document of any has errors', async () => {
    writeFiles(cwd, { 'bare.yaml': 'asyncapi: 3.0.0\n' });
    expect((await run('generate')).code).toBe(1);
    expect(existsSync(join(cwd, 'packages'))).toBe(false);
  });

  it('writes no output where any holds files of somebody else', async () => {
    writeFiles(cwd, { 'packages/hotel/webhooks/bare/index.js': 'mine' });
    const { code, stderr } = await run('generate');
    expect(stderr).toMatch(
      /^packages\/hotel\/webhooks\/bare\/index\.js:1:1 error output\.foreign /,
    );
    expect(code).toBe(1);
    expect(existsSync(join(cwd, 'packages/orders'))).toBe(false);
  });

  it('says what to run where an output is out of date', async () => {
    const { code, stderr } = await run('generate', '--check');
    expect(stderr).toContain('to mend it: run: webhook-contracts generate\n');
    expect(code).toBe(1);
  });

  it('makes one output of what is named on the command line, and removes nothing of others', async () => {
    await run('generate');
    const before = contentOf(join(cwd, 'packages'));
    expect((await run('generate', 'apis/more', '--out', 'out')).code).toBe(0);
    expect(readdirSync(join(cwd, 'out'))).toEqual(['a', 'b', 'package.json']);
    expect((await run('generate', '--out', 'all')).code).toBe(0);
    expect(readdirSync(join(cwd, 'all'))).toEqual([
      'a',
      'b',
      'bare',
      'mews',
      'orders',
      'package.json',
    ]);
    expect(contentOf(join(cwd, 'packages'))).toEqual(before);
  });

  it('refuses an output that holds a document of another one', async () => {
    const outputs = [{ out: 'apis/more', specs: ['bare.yaml'] }, ...configuration.outputs];
    writeFiles(cwd, { 'webhook-contracts.json': JSON.stringify({ outputs }) });
    const { code, stderr } = await run('generate');
    expect(stderr).toContain('--out apis/more: holds the document apis/more/a.asyncapi.yaml');
    expect(code).toBe(2);
    expect(existsSync(join(cwd, 'packages'))).toBe(false);
  });

  it.each([
    [['apis/none'], 'apis/none: no such file'],
    [['packages'], 'packages: holds no AsyncAPI document'],
    [['a\0b'], 'no such file'],
    [['a\0b.yaml'], "can't be read"],
    [['bare.yaml', 'apis/bare.asyncapi.yaml'], 'bears the same name as bare.yaml'],
  ])('can not run with %j', async (specs, words) => {
    writeFiles(cwd, {
      'packages/notes.txt': '',
      'webhook-contracts.json': JSON.stringify({ outputs: [{ out: 'out', specs }] }),
    });
    const { code, stdout, stderr } = await run('generate');
    expect(stderr).toContain(words);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });
});

describe('lint and verify', () => {
  it('take the documents of all outputs, each once', async () => {
    expect(await run('lint')).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^5 documents, /),
    });
    const outputs = [
      ...configuration.outputs,
      { out: 'third', specs: ['./apis/more', 'bare.yaml'] },
    ];
    writeFiles(cwd, { 'webhook-contracts.json': JSON.stringify({ outputs }) });
    expect((await run('lint')).stdout).toMatch(/^5 documents, /);
    writeFiles(cwd, { 'apis/more/a.asyncapi.yaml': 'asyncapi: 3.0.0\n' });
    for (const argv of [['lint'], ['verify', inRepository('contracts', 'pacts')]]) {
      const { code, stderr } = await run(...argv);
      expect(stderr).toMatch(/^apis\/more\/a\.asyncapi\.yaml:1:1 error /);
      expect(code).toBe(1);
    }
  });

  it('take what is named rather', async () => {
    expect((await run('lint', 'apis/more')).stdout).toMatch(/^2 documents, /);
    expect((await run('lint', 'apis')).code).toBe(1);
  });
});
