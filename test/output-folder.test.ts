/** Generating writes what it must, and touches nothing else. */
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { contentOf, filesOf, identityOf } from './support/folder-snapshot.js';
import { outputRepository } from './support/output-repository.js';
import { runCommandLine } from './support/run-command-line.js';
import { documentWith } from './support/small-documents.js';
import { temporaryFolder, writeFiles } from './support/temporary-folder.js';

const { at, generate, refused, place } = outputRepository();
const slash = Buffer.from('/');

describe('files that are not ours', () => {
  it('survive beside those that are generated, whatever happens to these', async () => {
    await generate();
    const notes = { 'generated/one/notes.ts': 'mine', 'generated/mine/index.js': 'mine' };
    writeFiles(place.cwd, notes);
    rmSync(at('specs/one.asyncapi.yaml'));
    expect(await generate('--force')).toMatchObject({ code: 0 });
    for (const [name, text] of Object.entries(notes))
      expect(readFileSync(at(name), 'utf8')).toBe(text);
    expect(filesOf(at('generated', 'one'))).toEqual(['notes.ts']);
  });

  it('are the same files where a run replaces those beside them', async () => {
    await generate();
    const empty = at('generated/mine/empty');
    mkdirSync(empty, { recursive: true });
    writeFiles(place.cwd, { 'generated/mine/run.sh': 'mine', 'generated/one/.hidden': 'mine' });
    chmodSync(at('generated/mine/run.sh'), 0o751);
    chmodSync(at('generated/mine'), 0o750);
    symlinkSync('../..', at('generated/loop'));
    symlinkSync('nothing', at('generated/dangling'));
    spawnSync('mkfifo', [at('generated/mine/pipe')]);
    utimesSync(at('generated/mine/run.sh'), 1, 1);
    const mine = () => [
      identityOf(at('generated/mine')),
      lstatSync(at('generated/one/.hidden')).ino,
      lstatSync(at('generated/two/index.js')).ino,
      lstatSync(at('generated/mine')).mode,
      lstatSync(at('generated/mine/run.sh')).mode,
      existsSync(empty),
    ];
    const links = () => ['loop', 'dangling'].map((path) => readlinkSync(at('generated', path)));
    const before = mine();
    const targets = links();

    writeFileSync(at('specs/one.asyncapi.yaml'), documentWith('{ type: string }'));
    expect(await generate()).toMatchObject({ code: 0 });
    expect(readFileSync(at('generated/one/types.d.ts'), 'utf8')).toContain('= string');
    expect(links()).toEqual(targets);
    expect(mine()).toEqual(before);
    expect(readdirSync(place.cwd)).toEqual(['generated', 'specs']);
  });

  it.skipIf(process.platform !== 'linux')(
    'survive whatever the bytes of their names (where a name may be no UTF-8)',
    async () => {
      const name = Buffer.from([0xff, 0xfe]);
      const named = (...steps: readonly Buffer[]) =>
        Buffer.concat([Buffer.from(at('generated')), ...steps.flatMap((step) => [slash, step])]);
      mkdirSync(named(name), { recursive: true });
      writeFileSync(named(name, name), 'mine');
      symlinkSync(name, named(Buffer.from([0xfd])));
      expect(await generate()).toMatchObject({ code: 0, stderr: '' });
      expect(readFileSync(named(name, name), 'utf8')).toBe('mine');
      expect(readlinkSync(named(Buffer.from([0xfd])), 'buffer')).toEqual(name);
      expect(await generate()).toMatchObject({
        code: 0,
        stdout: expect.stringContaining(' 0 files'),
      });
      expect(readdirSync(place.cwd)).toEqual(['generated', 'specs']);
    },
  );

  it('are not replaced, unless by force', async () => {
    writeFiles(place.cwd, { 'generated/one/index.js': 'mine' });
    await refused([], 1, /^generated\/one\/index\.js:1:1 error output\.foreign /);
    expect(await generate('--force')).toMatchObject({ code: 0 });
    expect(readFileSync(at('generated/one/index.js'), 'utf8')).not.toBe('mine');
  });

  it('are not replaced where a package.json makes modules of another kind', async () => {
    writeFiles(place.cwd, { 'generated/package.json': '{"type": "commonjs"}' });
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
    expect(Object.values(found).join('')).not.toContain(place.home);
  });

  it('are not made up to date by --check, which says what is not', async () => {
    const before = contentOf(place.home);
    const { code, stdout, stderr } = await generate('--check');
    expect(stderr).toMatch(
      /^generated\/one\/index\.js:1:1 error output\.stale The file is missing\./,
    );
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(contentOf(place.home)).toEqual(before);
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
