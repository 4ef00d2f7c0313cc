/**
 * What a strange file system, odd names and a strange environment do to a run: it ends with a clear error or does its
 * work, and touches nothing that is not its own.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, truncateSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { contentOf } from './support/folder-snapshot.js';
import { inRepository } from './support/repository.js';
import { type Outcome, runCommandLine } from './support/run-command-line.js';
import { runProgram } from './support/run-program.js';
import { documentWith, goodDocument } from './support/small-documents.js';
import { temporaryFolder, writeFiles } from './support/temporary-folder.js';
import { unsafeOutput } from './support/unsafe-output.js';

const program = [
  '--import',
  inRepository('node_modules/tsx/dist/loader.mjs'),
  inRepository('scripts/cli.ts'),
];

describe('runs at the same time, by the command line', () => {
  const specs = { 'one.asyncapi.yaml': goodDocument, 'two.asyncapi.yaml': goodDocument };
  const other = { 'v2/one.asyncapi.yaml': documentWith('{ type: string }') };

  it('twenty of one document all end well, and leave what one run does', async () => {
    const cwd = temporaryFolder(specs);
    const argv = ['generate', 'one.asyncapi.yaml'];
    await runCommandLine([...argv, '--out', 'single'], { cwd });
    const runs = Array.from({ length: 20 }, () => runCommandLine(argv, { cwd }));
    for (const { code, stderr } of await Promise.all(runs))
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(contentOf(join(cwd, 'generated'))).toEqual(contentOf(join(cwd, 'single')));
  });

  it('of two documents leave what both make', async () => {
    const cwd = temporaryFolder(specs);
    await runCommandLine(['generate', ...Object.keys(specs), '--out', 'single'], { cwd });
    const runs = Object.keys(specs).map((spec) => runCommandLine(['generate', spec], { cwd }));
    expect((await Promise.all(runs)).map(({ code }) => code)).toEqual([0, 0]);
    expect(contentOf(join(cwd, 'generated'))).toEqual(contentOf(join(cwd, 'single')));
  });

  it('of two documents of one name leave what one of them makes', async () => {
    const cwd = temporaryFolder({ ...specs, ...other });
    const files = ['one.asyncapi.yaml', 'v2/one.asyncapi.yaml'];
    const results = await Promise.all(
      files.map(async (file, index) => {
        await runCommandLine(['generate', file, '--out', `single-${index}`], { cwd });
        return contentOf(join(cwd, `single-${index}`));
      }),
    );
    const runs = [...files, ...files, ...files].map((file) =>
      runCommandLine(['generate', file], { cwd }),
    );
    expect((await Promise.all(runs)).map(({ code }) => code)).toEqual(runs.map(() => 0));
    expect(results).toContainEqual(contentOf(join(cwd, 'generated')));
  });
});

describe.skipIf(!canMount())('a disk (where this machine lets tests mount one)', () => {
  /** Runs a script in a folder on a disk of its own, with `$generate` as the program. */
  const onDisk = (script: string, size = '1m') => {
    const folder = temporaryFolder();
    const lines = `set -e
mount -t tmpfs -o size=${size} tmpfs "$1"
cd "$1"
cp "$2"/*.yaml .
generate() { "$NODE" ${program.map((part) => `'${part}'`).join(' ')} generate one.asyncapi.yaml; }
state() { find . -not -name '*.yaml' | sort; find generated -type f | sort | xargs cat | cksum; }
${script}`;
    const documents = temporaryFolder({
      'one.asyncapi.yaml': goodDocument,
      'next.yaml': goodDocument.replaceAll('id:', 'changed:').replace('[id]', '[changed]'),
    });
    return runProgram('unshare', ['-rm', 'sh', '-c', lines, 'sh', folder, documents], {
      cwd: folder,
      env: { NODE: process.execPath },
    });
  };

  it('that is full leaves the output as it was, and nothing beside it', async () => {
    const { code, stdout, stderr } = await onDisk(`
generate > /dev/null
dd if=/dev/zero of=fill bs=1k count=2000 2> /dev/null || true
state > "$2/before"
cp next.yaml one.asyncapi.yaml 2> /dev/null || { rm next.yaml; echo 'no room to change the document'; exit 9; }
set +e; generate; echo "exit $?"; set -e
state > "$2/after"
cmp "$2/before" "$2/after" && echo same
rm fill
generate`);
    expect(stderr).toContain("webhook-contracts: generated: can't be written (ENOSPC)\n");
    expect(stdout).toMatch(
      /^exit 2\nsame\n1 document to generated: \d+ files written, 0 removed\.\n$/,
    );
    expect(code).toBe(0);
  });

  it.each([
    ['the output itself', 'generated', 'generated: is mounted'],
    [
      'a folder in it',
      'generated/mine',
      "generated: can't be replaced, because mine in it is mounted",
    ],
  ])('that is mounted at %s is left as it was', async (_, place, words) => {
    const { stdout, stderr } = await onDisk(`
mkdir -p ${place}
mount -t tmpfs tmpfs ${place}
echo mine > ${place}/notes.txt
set +e; generate; echo "exit $?"; set -e
find . -not -name '*.yaml' | sort`);
    expect(stderr).toContain(words);
    const found = new Set(['.', './generated', `./${place}`, `./${place}/notes.txt`]);
    expect(stdout).toBe(`exit 2\n${[...found].join('\n')}\n`);
  });
});

describe.skipIf(!canMount('overlay'))(
  'a folder of a container image (where tests may mount one)',
  () => {
    it('is replaced, and what is not ours survives', async () => {
      const folder = temporaryFolder({ 'next.yaml': documentWith('{ type: string }') });
      const lines = `set -e
mount -t tmpfs tmpfs "$1"
mkdir "$1/image" "$1/upper" "$1/work" "$1/repo"
cd "$1/image"
cp "$2/next.yaml" one.asyncapi.yaml
mkdir -p generated/one/mine
echo mine > generated/one/mine/notes.txt
mount -t overlay -o "userxattr,lowerdir=$1/image,upperdir=$1/upper,workdir=$1/work" overlay "$1/repo"
cd "$1/repo"
"$NODE" ${program.map((part) => `'${part}'`).join(' ')} generate one.asyncapi.yaml
cat generated/one/mine/notes.txt
ls -A`;
      const outcome = await runProgram(
        'unshare',
        ['-rm', 'sh', '-c', lines, 'sh', temporaryFolder(), folder],
        {
          cwd: folder,
          env: { NODE: process.execPath },
        },
      );
      expect(outcome.stderr).toBe('');
      expect(outcome.stdout).toMatch(
        /^1 document to generated: \d+ files written, 0 removed\.\nmine\ngenerated\none\.asyncapi\.yaml\n$/,
      );
    });
  },
);

describe('a path that is no document', () => {
  it.each(['lint', 'generate', 'validate', 'verify'])(
    'is refused at once by %s',
    async (command) => {
      const cwd = temporaryFolder({ 'huge.yaml': '', 'body.json': '{}' });
      truncateSync(join(cwd, 'huge.yaml'), 2_000_000_000);
      mkdirSync(join(cwd, 'folder.yaml'));
      spawnSync('mkfifo', [join(cwd, 'pipe.yaml')]);
      for (const path of ['huge.yaml', 'pipe.yaml', '/dev/zero', '/dev/full', 'folder.yaml']) {
        const argv = command === 'validate' ? [command, path, 'body.json'] : [command, path];
        const begun = performance.now();
        const { code, stdout, stderr } = await runCommandLine(argv, { cwd });
        expect(performance.now() - begun, path).toBeLessThan(5_000);
        expect([1, 2], `${path}: ${stderr}`).toContain(code);
        expect(stderr).not.toMatch(/^\s+at |this is a bug/m);
        expect({ stdout, unsafe: unsafeOutput(stderr) }).toEqual({ stdout: '', unsafe: [] });
      }
    },
  );
});

it('finds the other files of a document that is a link where they stand', async () => {
  const cwd = temporaryFolder({
    'docs/thing.asyncapi.yaml': documentWith('{ $ref: parts/thing.yaml }'),
    'docs/parts/thing.yaml': '{ type: string, default: 7 }\n',
  });
  symlinkSync(join('docs', 'thing.asyncapi.yaml'), join(cwd, 'link.asyncapi.yaml'));
  symlinkSync('docs', join(cwd, 'linked'));
  for (const [spec, part] of [
    ['link.asyncapi.yaml', 'docs/parts/thing.yaml'],
    ['linked/thing.asyncapi.yaml', 'linked/parts/thing.yaml'],
  ] as const) {
    const { stderr } = await runCommandLine(['lint', spec], { cwd });
    expect(stderr).toMatch(new RegExp(`^${part}:1:26 warning schema.default.invalid `, 'm'));
  }
});

describe('a name of a document', () => {
  const names = ['with spaces', 'Ünïcode ☃', '-rf', '$(touch pwned)', "'; touch pwned; '"];

  it.each(names)('may be %j', async (name) => {
    const cwd = temporaryFolder({ [`${name}.asyncapi.yaml`]: goodDocument });
    const before = contentOf(cwd);
    const { code, stderr } = await runCommandLine(['lint', '--', `${name}.asyncapi.yaml`], { cwd });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const made = await runCommandLine(['generate', '--out=-rf', '--', `${name}.asyncapi.yaml`], {
      cwd,
    });
    expect([0, 1, 2], made.stderr).toContain(made.code);
    const after = Object.entries(contentOf(cwd)).filter(([file]) => !file.startsWith('-rf/'));
    expect(Object.fromEntries(after)).toEqual(before);
  });

  it.each(['a\nb', 'x'.repeat(300), 'x'.repeat(5_000), '\u001b[31m', '\u202e'])(
    'that is no file is refused: %j',
    async (name) => {
      const cwd = temporaryFolder();
      for (const path of [name, `${name}.yaml`, `specs/${name}`]) {
        const { code, stderr } = await runCommandLine(['generate', '--', path], { cwd });
        expect(stderr).toMatch(/^webhook-contracts: .*\n$/);
        expect(unsafeOutput(stderr)).toEqual([]);
        expect(code).toBe(2);
      }
      const { code, stderr } = await runCommandLine(['generate', 'mews', '--out', `${name}/\0`], {
        cwd,
      });
      expect(stderr).toMatch(/^webhook-contracts: .*\n$/);
      expect(code).toBe(2);
    },
  );

  it('that is the folder of documents, where that is a file, is refused', async () => {
    const cwd = temporaryFolder({ specs: '' });
    const { code, stderr } = await runCommandLine(['lint'], { cwd });
    expect(stderr).toMatch(/^webhook-contracts: specs: holds no AsyncAPI document/);
    expect(code).toBe(2);
  });
});

describe('the environment', () => {
  /** Generates the documents of this repository in a process with another environment. */
  async function generateIn(umask: string, env: Record<string, string>) {
    const home = temporaryFolder();
    const cwd = join(home, 'work', env.NAME ?? '');
    for (const provider of ['mews', 'quandoo']) {
      const file = `specs/${provider}.asyncapi.yaml`;
      writeFiles(cwd, {
        [file]: readFileSync(inRepository(file)),
        'package.json': '{ "type": "commonjs", "scripts": { "prepare": "exit 1" } }',
        '.npmrc': 'node-options=--require ./pwned.cjs',
        'pwned.cjs': 'require("fs").writeFileSync("pwned", "")',
        'webhook-contracts.config.cjs': 'require("./pwned.cjs")',
      });
      utimesSync(join(cwd, file), Number(umask), Number(umask));
    }
    const line = `umask ${umask}; exec "$NODE" "$@"`;
    const outcome = await runProgram('sh', ['-c', line, 'sh', ...program, 'generate'], {
      cwd,
      env: { ...env, HOME: home, NODE: process.execPath, GITHUB_TOKEN: 'canary123' },
    });
    return { outcome, cwd, generated: contentOf(join(cwd, 'generated')), all: contentOf(cwd) };
  }

  it('changes no byte of what is generated, and leaks into none', async () => {
    const [one, other] = await Promise.all([
      generateIn('0022', { NAME: 'a', TZ: 'Asia/Kathmandu', LANG: 'C', USER: 'canary-user' }),
      generateIn('0077', {
        NAME: 'b c',
        TZ: 'America/St_Johns',
        LANG: 'tr_TR.UTF-8',
        LC_ALL: 'tr_TR.UTF-8',
      }),
    ]);
    for (const { outcome, cwd, generated, all } of [one, other]) {
      expect(outcome).toMatchObject({ code: 0, stderr: '' } satisfies Partial<Outcome>);
      const text = outcome.stdout + Object.values(generated).join('');
      expect(text).not.toContain('canary');
      expect(text).not.toContain(cwd);
      expect(Object.keys(all)).not.toContain('pwned');
    }
    expect(Object.keys(one.generated).length).toBeGreaterThan(10);
    expect(other.generated).toEqual(one.generated);
    expect(other.outcome).toEqual(one.outcome);
  });
});

/** Whether tests may mount a disk, in a name space of their own; one that is laid over others with `overlay`. */
function canMount(kind: 'tmpfs' | 'overlay' = 'tmpfs'): boolean {
  const lines = {
    tmpfs: 'mount -t tmpfs tmpfs /mnt',
    overlay: `mount -t tmpfs tmpfs /mnt && cd /mnt && mkdir a b c d &&
      mount -t overlay -o userxattr,lowerdir=a,upperdir=b,workdir=c overlay d`,
  };
  return spawnSync('unshare', ['-rm', 'sh', '-c', lines[kind]]).status === 0;
}
