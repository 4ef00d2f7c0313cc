/** Output folders, lists of files and links that could lead a run to files that are not its own. */
import { spawnSync } from 'node:child_process';
import {
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readOutput } from '../scripts/generate/output-folder.js';
import { CannotRun } from '../scripts/problems/problem.js';
import { outputRepository } from './support/output-repository.js';
import { documentWith, goodDocument } from './support/small-documents.js';
import { temporaryFolder, writeFiles } from './support/temporary-folder.js';

const { at, generate, refused, place } = outputRepository();

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
    writeFiles(place.cwd, { 'generated/one/.webhook-contracts.json': JSON.stringify({ files }) });
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
  ])('%s', async (_, path, target) => {
    const format = documentWith('{ type: string, format: date-time }');
    writeFileSync(at('specs/one.asyncapi.yaml'), format);
    await generate();
    writeFiles(place.home, { 'elsewhere/index.js': 'precious' });
    rmSync(at(path), { recursive: true });
    symlinkSync(join(place.home, target), at(path));
    await refused([], 1, ' error output.link ');
    await refused(['--force'], 1, ' error output.link ');
  });

  it('a folder of files that are listed', async () => {
    await generate();
    const list = at('generated/one/.webhook-contracts.json');
    const manifest = JSON.parse(readFileSync(list, 'utf8'));
    manifest.files['formats/time.js'] = manifest.files['index.js'];
    writeFileSync(list, JSON.stringify(manifest));
    writeFiles(place.home, { 'elsewhere/time.js': 'precious' });
    symlinkSync(join(place.home, 'elsewhere'), at('generated/one/formats'));
    await refused([], 1, ' error output.edited ');
    await refused(['--force'], 1, ' error output.edited ');
  });

  it('the output folder', async () => {
    mkdirSync(join(place.home, 'elsewhere'));
    symlinkSync(join(place.home, 'elsewhere'), at('generated'));
    await refused([], 2, '--out generated: is a symbolic link');
  });
});

describe('what stands where a file would be written is neither waited for nor read without end', () => {
  const files = [
    ['one/.webhook-contracts.json', 'output.manifest'],
    ['one/index.js', 'output.edited'],
    ['package.json', 'output.foreign'],
  ] as const;

  describe.each(files)('%s', (file) => {
    it.each<[string, (path: string) => unknown, string]>([
      ['a pipe', (path) => spawnSync('mkfifo', [path]), 'A pipe, socket or device stands where'],
      ['a folder', (path) => mkdirSync(path), 'A folder stands where'],
      ['a link to a device', (path) => symlinkSync('/dev/zero', path), 'A symbolic link stands'],
    ])('%s', async (_, make, words) => {
      await generate();
      rmSync(at('generated', file));
      make(at('generated', file));
      const problem = new RegExp(`^generated/${file}:1:1 error output\\.link ${words}`);
      await refused([], 1, problem);
      await refused(['--check'], 1, problem);
      await refused(['--force'], 1, problem);
    });
  });

  it.each(files)('%s of 3 GB: %s, unless by force', async (file, problem) => {
    await generate();
    const before = readFileSync(at('generated', file), 'utf8');
    truncateSync(at('generated', file), 3_000_000_000);
    const begun = performance.now();
    const { code, stdout, stderr } = await generate();
    expect(stderr).toMatch(new RegExp(`^generated/${file}:1:1 error ${problem} `));
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(statSync(at('generated', file)).size).toBe(3_000_000_000);
    expect(await generate('--force')).toMatchObject({ code: 0, stderr: '' });
    expect(performance.now() - begun).toBeLessThan(10_000);
    expect(readFileSync(at('generated', file), 'utf8')).toBe(before);
  });

  it('a file of 3 GB that was not generated, unless by force', async () => {
    writeFiles(place.cwd, { 'generated/one/index.js': '' });
    truncateSync(at('generated/one/index.js'), 3_000_000_000);
    const { code, stderr } = await generate();
    expect(stderr).toMatch(/^generated\/one\/index\.js:1:1 error output\.foreign /);
    expect(code).toBe(1);
    expect(statSync(at('generated/one/index.js')).size).toBe(3_000_000_000);
    expect(await generate('--force')).toMatchObject({ code: 0, stderr: '' });
  });

  it.each<[string, (path: string) => unknown, string]>([
    ['a file', (path) => writeFileSync(path, 'precious'), 'A file stands where'],
    ['a pipe', (path) => spawnSync('mkfifo', [path]), 'A pipe, socket or device stands where'],
  ])('a folder, in whose place %s is', async (_, make, words) => {
    mkdirSync(at('generated'));
    make(at('generated/one'));
    await refused(['--force'], 1, new RegExp(`^generated/one:1:1 error output\\.link ${words}`));
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
    writeFiles(place.cwd, { 'other/.git/HEAD': '', 'worktree/.git': 'gitdir: x', '.git/HEAD': '' });
    await refused(['--out', out], 2, words);
  });

  it('the home folder, from wherever', async () => {
    place.cwd = temporaryFolder({ 'specs/one.asyncapi.yaml': goodDocument });
    await refused(['--out', place.home], 2, 'holds your home folder');
  });

  it('the root', () => {
    const read = () => readOutput('/', new Map(), { cwd: place.cwd, specs: [] });
    expect(read).toThrow(CannotRun);
  });
});
