/** `generate --watch` generates again whenever something changes that it reads, until it is told to stop. */
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { filesOf } from './support/folder-snapshot.js';
import { inRepository } from './support/repository.js';
import { type Outcome, runCommandLine } from './support/run-command-line.js';
import { documentWith, goodDocument } from './support/small-documents.js';
import { temporaryFolder, writeFiles } from './support/temporary-folder.js';

const document = documentWith('{ $ref: "schemas/thing.yaml" }');
const broken = documentWith('{ $ref: "schemas/gone.yaml" }');

/** A run that watches. */
class Watching {
  readonly #controller = new AbortController();
  readonly #ended: Promise<Outcome>;
  #seen = 0;
  #text = { stdout: '', stderr: '' };
  #printed = () => {};

  constructor(cwd: string, ...args: readonly string[]) {
    this.#ended = runCommandLine(['generate', '--watch', ...args], {
      cwd,
      stopped: this.#controller.signal,
      onPrint: (text) => {
        this.#text = { ...text };
        this.#printed();
      },
    });
  }

  /** Waits for the end of the next run; returns all that was printed so far. */
  async nextRun(): Promise<{ stdout: string; stderr: string }> {
    this.#seen += 1;
    const runs = () => this.#text.stdout.match(/^Watching /gm)?.length ?? 0;
    await new Promise<void>((done) => {
      this.#printed = () => {
        if (runs() >= this.#seen) done();
      };
      this.#printed();
    });
    return this.#text;
  }

  /** Returns how often it ran; more than `nextRun` was asked for where something made it run. */
  get runs(): number {
    return this.#text.stdout.match(/^Watching /gm)?.length ?? 0;
  }

  stop(): Promise<Outcome> {
    this.#controller.abort();
    return this.#ended;
  }
}

let cwd: string;
let watching: Watching | undefined;
function start(files: Readonly<Record<string, string>>, ...args: readonly string[]): Watching {
  cwd = temporaryFolder(files);
  watching = new Watching(cwd, ...args);
  return watching;
}
afterEach(() => watching?.stop());

const types = () => readFileSync(join(cwd, 'generated/one/types.d.ts'), 'utf8');

describe('what is changed makes it run again', () => {
  it('a document, written, replaced by another file, or in a folder that is replaced', async () => {
    const run = start({ 'specs/one.asyncapi.yaml': goodDocument });
    await run.nextRun();
    writeFiles(cwd, { 'specs/one.asyncapi.yaml': documentWith('{ type: string }') });
    await run.nextRun();
    expect(types()).toContain('= string');
    writeFiles(cwd, { 'specs/.swap': documentWith('{ type: boolean }') });
    renameSync(join(cwd, 'specs/.swap'), join(cwd, 'specs/one.asyncapi.yaml'));
    await run.nextRun();
    expect(types()).toContain('= boolean');
    writeFiles(cwd, { 'new/one.asyncapi.yaml': documentWith('{ type: number }') });
    renameSync(join(cwd, 'specs'), join(cwd, 'former'));
    renameSync(join(cwd, 'new'), join(cwd, 'specs'));
    await run.nextRun();
    expect(types()).toContain('= number');
    expect(await run.stop()).toMatchObject({ code: 0, stderr: '' });
  });

  it('a file that a document refers to, also where it was missing', async () => {
    const run = start({
      'specs/one.asyncapi.yaml': document,
      'specs/schemas/thing.yaml': 'type: string',
      'specs/schemas/other.txt': '',
    });
    await run.nextRun();
    writeFiles(cwd, { 'specs/schemas/thing.yaml': '$ref: next.yaml' });
    expect((await run.nextRun()).stderr).toContain('reference.broken');
    expect(types()).toContain('= string');
    writeFiles(cwd, { 'specs/schemas/next.yaml': 'type: number' });
    await run.nextRun();
    expect(types()).toContain('= number');
  });

  it('a document that is new, or gone', async () => {
    const run = start({ 'specs/one.asyncapi.yaml': goodDocument });
    await run.nextRun();
    writeFiles(cwd, { 'specs/two.asyncapi.yaml': goodDocument });
    await run.nextRun();
    expect(filesOf(join(cwd, 'generated'))).toContain('two/index.js');
    rmSync(join(cwd, 'specs/two.asyncapi.yaml'));
    await run.nextRun();
    expect(filesOf(join(cwd, 'generated')).join()).not.toContain('two/');
  });

  it('the configuration, where it can not be read, and where it can again', async () => {
    const run = start({ 'specs/one.asyncapi.yaml': goodDocument });
    await run.nextRun();
    const path = join(cwd, 'webhook-contracts.json');
    mkdirSync(path);
    expect((await run.nextRun()).stderr).toBe(
      'webhook-contracts: webhook-contracts.json: is a directory\n',
    );
    rmSync(path, { recursive: true });
    await run.nextRun();
    symlinkSync('webhook-contracts.json', path);
    expect((await run.nextRun()).stderr).toContain("webhook-contracts.json: can't be read (ELOOP)");
    rmSync(path);
    await run.nextRun();
    expect(await run.stop()).toMatchObject({ code: 0 });
  });

  it('the configuration', async () => {
    const run = start({ 'specs/one.asyncapi.yaml': goodDocument });
    await run.nextRun();
    writeFiles(cwd, { 'webhook-contracts.json': '{"lnit": {}}' });
    expect((await run.nextRun()).stderr).toMatch(/^webhook-contracts\.json:1:2 error /);
    const outputs = [{ out: 'elsewhere', specs: ['specs'] }];
    writeFiles(cwd, { 'webhook-contracts.json': JSON.stringify({ outputs }) });
    await run.nextRun();
    expect(filesOf(join(cwd, 'elsewhere'))).toContain('one/index.js');
  });
});

describe('problems do not end it', () => {
  it('of documents, which are reported, and nothing is written', async () => {
    const run = start({ 'specs/one.asyncapi.yaml': goodDocument });
    await run.nextRun();
    const before = types();
    writeFiles(cwd, { 'specs/one.asyncapi.yaml': broken });
    expect((await run.nextRun()).stderr).toMatch(/^specs\/one\.asyncapi\.yaml:9:\d+ error /);
    expect(types()).toBe(before);
    expect((await run.stop()).code).toBe(0);
  });

  it('nor does it that a run can not start for a while', async () => {
    const run = start({ 'specs/one.asyncapi.yaml': goodDocument });
    await run.nextRun();
    rmSync(join(cwd, 'specs/one.asyncapi.yaml'));
    expect((await run.nextRun()).stderr).toBe(
      'webhook-contracts: specs: holds no AsyncAPI document (*.asyncapi.yaml, .yml or .json)\n',
    );
    writeFiles(cwd, { 'specs/one.asyncapi.yaml': documentWith('{ type: string }') });
    await run.nextRun();
    expect(types()).toContain('= string');
  });
});

it('does not run again for what it writes itself, beside or below its documents', async () => {
  const run = start({ 'one.asyncapi.yaml': goodDocument }, 'one.asyncapi.yaml');
  symlinkSync('.', join(cwd, 'loop'));
  mkdirSync(join(cwd, 'other'));
  await run.nextRun();
  writeFiles(cwd, { 'one.asyncapi.yaml': documentWith('{ type: string }') });
  await run.nextRun();
  await new Promise((done) => setTimeout(done, 500));
  expect(run.runs).toBe(2);
});

describe('could not run: exit 2', () => {
  const files = { 'specs/one.asyncapi.yaml': goodDocument };
  it.each([
    [files, ['--check'], 'cannot be used with'],
    [files, ['--format', 'json'], '--watch: reports as text, not json'],
    [files, ['gone.yaml'], 'gone.yaml: no such file'],
    [{}, [], 'specs: holds no AsyncAPI document'],
    [{ ...files, 'webhook-contracts.json': '[]' }, [], 'config.invalid'],
  ])('%#: %j %j', async (given, args, words) => {
    cwd = temporaryFolder(given as Record<string, string>);
    const { code, stderr } = await runCommandLine(['generate', '--watch', ...args], { cwd });
    expect(stderr).toContain(words);
    expect(code).toBe(2);
  });
});

describe('the program', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)('ends with 0 on %s', async (signal) => {
    cwd = temporaryFolder({ 'specs/one.asyncapi.yaml': goodDocument });
    const tsx = inRepository('node_modules', 'tsx', 'dist', 'loader.mjs');
    const argv = ['--import', tsx, inRepository('scripts', 'cli.ts'), 'generate', '--watch'];
    const child = spawn(process.execPath, argv, { cwd, timeout: 50_000, killSignal: 'SIGKILL' });
    const text = { stdout: '', stderr: '' };
    child.stderr.on('data', (part) => {
      text.stderr += part;
    });
    await new Promise<void>((done) => {
      child.on('close', () => done());
      child.stdout.on('data', (part) => {
        text.stdout += part;
        if (text.stdout.includes('Watching')) done();
      });
    });
    child.kill(signal);
    const code = child.exitCode ?? (await new Promise((done) => child.on('close', done)));
    expect({ code, stderr: text.stderr }).toEqual({ code: 0, stderr: '' });
    expect(text.stdout).toContain('Watching 1 file; Ctrl+C ends it.\n');
    expect(filesOf(join(cwd, 'generated'))).toContain('one/index.js');
  });
});
