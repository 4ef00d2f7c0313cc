/** Generating writes what it must, and touches nothing else: neither files nor what links lead to. */
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { readOutput } from '../scripts/generate/output-folder.js';
import { CannotRun } from '../scripts/problems/problem.js';
import { contentOf, filesOf } from './support/folder-snapshot.js';
import { runCommandLine } from './support/run-command-line.js';
import { documentWith, goodDocument } from './support/small-documents.js';
import { temporaryFolder, writeFiles } from './support/temporary-folder.js';

let home: string;
let cwd: string;
const generate = (...args: string[]) => runCommandLine(['generate', ...args], { cwd });
const at = (...steps: string[]) => join(cwd, ...steps);

beforeEach(() => {
  home = temporaryFolder({
    'victim.txt': 'precious',
    'repo/specs/one.asyncapi.yaml': goodDocument,
    'repo/specs/two.asyncapi.yaml': goodDocument,
  });
  cwd = join(home, 'repo');
  vi.stubEnv('HOME', home);
  vi.stubEnv('USERPROFILE', home);
});
afterEach(() => vi.unstubAllEnvs());

/** Expects a run to end with this exit and these words, and to change nothing. */
async function refused(args: readonly string[], exit: 1 | 2, words: string | RegExp) {
  const before = contentOf(home);
  const { code, stdout, stderr } = await generate(...args);
  expect(stderr).toMatch(words);
  expect({ code, stdout }).toEqual({ code: exit, stdout: '' });
  expect(contentOf(home)).toEqual(before);
}

describe('files that are not ours', () => {
  it('survive beside those that are generated, whatever happens to these', async () => {
    await generate();
    const notes = { 'generated/one/notes.ts': 'mine', 'generated/mine/index.js': 'mine' };
    writeFiles(cwd, notes);
    rmSync(at('specs/one.asyncapi.yaml'));
    expect(await generate('--force')).toMatchObject({ code: 0 });
    for (const [name, text] of Object.entries(notes))
      expect(readFileSync(at(name), 'utf8')).toBe(text);
    expect(filesOf(at('generated', 'one'))).toEqual(['notes.ts']);
  });

  it('are not replaced, unless by force', async () => {
    writeFiles(cwd, { 'generated/one/index.js': 'mine' });
    await refused([], 1, /^generated\/one\/index\.js:1:1 error output\.foreign /);
    expect(await generate('--force')).toMatchObject({ code: 0 });
    expect(readFileSync(at('generated/one/index.js'), 'utf8')).not.toBe('mine');
  });

  it('are not replaced where a package.json makes modules of another kind', async () => {
    writeFiles(cwd, { 'generated/package.json': '{"type": "commonjs"}' });
    await refused([], 1, /^generated\/package\.json:1:1 error output\.foreign /);
  });

  it('are not replaced once they were edited, unless by force', async () => {
    await generate();
    writeFileSync(at('specs/one.asyncapi.yaml'), documentWith('{ type: string }'));
    writeFileSync(at('generated/one/types.d.ts'), 'mine');
    await refused([], 1, /^generated\/one\/types\.d\.ts:1:1 error output\.edited /);
    await refused(['--check'], 1, 'output.edited');
    expect(await generate('--force')).toMatchObject({ code: 0 });
    expect(await generate('--check')).toMatchObject({ code: 0 });
  });

  it('are not removed once they were edited, though their document is gone', async () => {
    await generate();
    writeFileSync(at('generated/two/types.d.ts'), 'mine');
    rmSync(at('specs/two.asyncapi.yaml'));
    await refused([], 1, /^generated\/two\/types\.d\.ts:1:1 error output\.edited /);
  });
});

describe('folders', () => {
  it('of documents that are gone are removed by a run over all, and by no other', async () => {
    await generate();
    renameSync(at('specs/two.asyncapi.yaml'), at('specs/three.asyncapi.yaml'));
    const before = contentOf(at('generated', 'two'));
    expect(await generate('three')).toMatchObject({ code: 0 });
    expect(contentOf(at('generated', 'two'))).toEqual(before);
    expect((await generate('--check')).stderr).toMatch(
      /^generated\/two\/.* output\.stale .*no document/,
    );
    expect(await generate()).toMatchObject({ code: 0 });
    expect(existsSync(at('generated', 'two'))).toBe(false);
    expect(await generate('--check')).toMatchObject({
      code: 0,
      stdout: 'generated is up to date.\n',
    });
  });

  it('hold the same bytes wherever generating is started', async () => {
    await generate();
    const elsewhere = temporaryFolder();
    const argv = ['generate', at('specs', 'one.asyncapi.yaml'), '--out', 'out'];
    expect(await runCommandLine(argv, { cwd: elsewhere })).toMatchObject({ code: 0 });
    const found = contentOf(join(elsewhere, 'out', 'one'));
    expect(found).toEqual(contentOf(at('generated', 'one')));
    expect(Object.values(found).join('')).not.toContain(home);
  });

  it('are not made up to date by --check, which says what is not', async () => {
    const before = contentOf(home);
    const { code, stdout, stderr } = await generate('--check');
    expect(stderr).toMatch(
      /^generated\/one\/index\.js:1:1 error output\.stale The file is missing\./,
    );
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(contentOf(home)).toEqual(before);
  });

  it.skipIf(process.getuid?.() === 0)(
    'that can not be written to end the run (not tried as root)',
    async () => {
      mkdirSync(at('generated'), { mode: 0o555 });
      await refused([], 2, /generated: can't be written/);
      chmodSync(at('generated'), 0o755);
    },
  );
});

describe('a list of generated files', () => {
  const hash = '0'.repeat(64);
  it.each([
    '../../victim.txt',
    '../two/index.js',
    '/etc/hostname',
    'a/../../b.js',
    '.',
    'x\0.js',
    5,
  ])('that names %j is not followed', async (name) => {
    await generate();
    const files = typeof name === 'number' ? name : { [name]: hash };
    writeFiles(cwd, { 'generated/one/.webhook-contracts.json': JSON.stringify({ files }) });
    await refused([], 1, /^generated\/one\/\.webhook-contracts\.json:1:1 error output\.manifest /);
    rmSync(at('specs/one.asyncapi.yaml'));
    await refused([], 1, 'output.manifest');
  });
});

describe('links are not followed', () => {
  it.each([
    ['a file', 'generated/one/index.js', 'victim.txt'],
    ['the list of files', 'generated/one/.webhook-contracts.json', 'victim.txt'],
    ['package.json', 'generated/package.json', 'victim.txt'],
    ['a folder', 'generated/one', 'elsewhere'],
    ['a folder of files', 'generated/one/formats', 'elsewhere'],
  ])('%s', async (_, path, target) => {
    const format = documentWith('{ type: string, format: date-time }');
    writeFileSync(at('specs/one.asyncapi.yaml'), format);
    await generate();
    writeFiles(home, { 'elsewhere/index.js': 'precious' });
    rmSync(at(path), { recursive: true });
    symlinkSync(join(home, target), at(path));
    await refused([], 1, ' error output.link ');
    await refused(['--force'], 1, ' error output.link ');
  });

  it('the output folder', async () => {
    mkdirSync(join(home, 'elsewhere'));
    symlinkSync(join(home, 'elsewhere'), at('generated'));
    await refused([], 2, '--out generated: is a symbolic link');
  });
});

describe('no output folder is', () => {
  it.each([
    ['the working folder', '.', 'holds the working folder'],
    ['an unnamed one', '', 'holds the working folder'],
    ['one above', '..', /holds (your home|the working) folder/],
    ['the folder of documents', 'specs', 'holds the document specs/one.asyncapi.yaml'],
    ['a repository', 'other', 'is a repository'],
    ['a worktree', 'worktree', 'is a repository'],
    ['what git keeps', '.git', '--out .git'],
    ['a file', 'specs/one.asyncapi.yaml', 'is not a folder'],
    ['below a file', 'specs/one.asyncapi.yaml/out', '--out specs/one.asyncapi.yaml/out'],
  ])('%s: %j', async (_, out, words) => {
    writeFiles(cwd, { 'other/.git/HEAD': '', 'worktree/.git': 'gitdir: x', '.git/HEAD': '' });
    await refused(['--out', out], 2, words);
  });

  it('the home folder, from wherever', async () => {
    cwd = temporaryFolder({ 'specs/one.asyncapi.yaml': goodDocument });
    await refused(['--out', home], 2, 'holds your home folder');
  });

  it('the root', () => {
    const read = () => readOutput('/', new Map(), { cwd, specs: [] });
    expect(read).toThrow(CannotRun);
  });
});
