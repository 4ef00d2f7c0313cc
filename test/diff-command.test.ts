/** `diff` as people and CI run it: what it compares, what it prints, in which format, and how it ends. */
import { execFileSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, it, vi } from 'vitest';
import { inRepository } from './support/repository.js';
import { type Outcome, runCommandLine } from './support/run-command-line.js';
import { temporaryFolder } from './support/temporary-folder.js';

const mews = readFileSync(inRepository('specs', 'mews.asyncapi.yaml'), 'utf8');
const changed = mews.replaceAll('no_show', 'noShow');
const described = mews.replace('title: The registered endpoint', 'title: The endpoint');
const narrowed = mews.replace('        - no_show\n', '');

function git(cwd: string, ...argv: string[]): string {
  const author = ['-c', 'user.name=test', '-c', 'user.email=test@example.com'];
  return execFileSync('git', [...author, ...argv], { cwd, encoding: 'utf8' });
}

/** Makes a repository whose branch `main` holds documents. */
function repository(files: Readonly<Record<string, string>>): string {
  const cwd = temporaryFolder(files);
  git(cwd, 'init', '--quiet', '--initial-branch=main', '.');
  git(cwd, 'add', '.');
  git(cwd, 'commit', '--quiet', '--message=one');
  return cwd;
}

const run = (cwd: string, ...argv: string[]): Promise<Outcome> =>
  runCommandLine(['diff', ...argv], { cwd });

const two = temporaryFolder({
  'old.asyncapi.yaml': mews,
  'new.asyncapi.yaml': changed,
  'described.asyncapi.yaml': described,
  'narrowed.asyncapi.yaml': narrowed,
  'broken.asyncapi.yaml': 'asyncapi: 3.1.0\n',
});

describe('two documents', () => {
  it('1 where a change breaks somebody, with the delivery that proves it', async () => {
    const { code, stdout, stderr } = await run(two, 'old.asyncapi.yaml', 'new.asyncapi.yaml');
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /^new\.asyncapi\.yaml:\d+:\d+ error enum\.widened The field "data\.attributes\.status" of "booking\.status\.updated" may be "noShow" now\. That breaks consumers\.$/m,
    );
    expect(stderr).toContain('"status":"noShow"');
    expect(stderr).toMatch(/see also: old\.asyncapi\.yaml:\d+:\d+/);
    expect(stdout).toMatch(/^verdict +rule +place +change$/m);
    expect(stdout).toMatch(/^breaks neither +enum\.narrowed +new\.asyncapi\.yaml:\d+ /m);
    expect(stdout).toMatch(
      /^1 document compared, 2 changes: 1 breaks consumers, 1 breaks neither\.$/m,
    );
  });

  it('0 where nobody is broken, and where nothing but words changed', async () => {
    const less = await run(two, 'old.asyncapi.yaml', 'narrowed.asyncapi.yaml');
    expect(less).toMatchObject({ code: 0, stderr: '' });
    expect(less.stdout).toContain('1 change: 1 breaks neither. No delivery breaks.');
    const words = await run(two, 'old.asyncapi.yaml', 'described.asyncapi.yaml');
    expect(words).toEqual({
      code: 0,
      stdout: '1 document compared: nothing changed.\n',
      stderr: '',
    });
  });

  it('a level holds what no delivery does', async () => {
    const files = ['old.asyncapi.yaml', 'narrowed.asyncapi.yaml'] as const;
    const { code, stderr } = await run(two, ...files, '--level', 'types');
    expect(code).toBe(1);
    expect(stderr).toContain('That breaks code that uses the generated types.');
    expect((await run(two, ...files, '--level', 'wire')).code).toBe(0);
  });

  it('1 where a document is wrong, and compares nothing', async () => {
    const { code, stdout, stderr } = await run(two, 'old.asyncapi.yaml', 'broken.asyncapi.yaml');
    expect(code).toBe(1);
    expect(stderr).toMatch(/^broken\.asyncapi\.yaml:1:1 error /);
    expect(stdout).toContain('Nothing was compared');
  });

  it.each([
    [['old.asyncapi.yaml'], 'two documents'],
    [['a', 'b', 'c'], 'two documents'],
    [['old.asyncapi.yaml', 'missing.yaml'], 'missing.yaml: no such file'],
    [['--against', 'main'], 'git:main'],
    [['--against', 'git:main'], 'not a git repository'],
    [['old.asyncapi.yaml', 'new.asyncapi.yaml', '--level', 'all'], 'level'],
  ])('2 where it can not run: %j', async (argv, words) => {
    const { code, stderr, stdout } = await run(two, ...argv);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(words);
    expect(stderr).not.toMatch(/^\s+at /m);
  });
});

describe('against a revision', () => {
  it('compares all documents, those that came and those that went', async () => {
    const quandoo = readFileSync(inRepository('specs', 'quandoo.asyncapi.yaml'), 'utf8');
    const cwd = repository({
      'specs/mews.asyncapi.yaml': mews,
      'specs/quandoo.asyncapi.yaml': quandoo,
    });
    writeFileSync(join(cwd, 'specs', 'mews.asyncapi.yaml'), changed);
    rmSync(join(cwd, 'specs', 'quandoo.asyncapi.yaml'));
    cpSync(inRepository('specs', 'guest.asyncapi.yaml'), join(cwd, 'specs', 'guest.asyncapi.yaml'));
    const { code, stdout, stderr } = await run(cwd, '--against', 'git:main');
    expect(code).toBe(1);
    expect(stderr).toMatch(/see also: main:specs\/mews\.asyncapi\.yaml:\d+:\d+/);
    expect(stderr).toMatch(
      /^main:specs\/quandoo\.asyncapi\.yaml:\d+:\d+ error document\.removed /m,
    );
    expect(stdout).toMatch(/^breaks neither +document\.added +specs\/guest\.asyncapi\.yaml:\d+ /m);
    const one = await run(cwd, '--against', 'git:main', 'mews');
    expect(one.stdout).toContain('1 document compared');
  });

  it('compares the same files, however they are named', async () => {
    const cwd = repository({ 'specs/mews.asyncapi.yaml': mews });
    writeFileSync(join(cwd, 'specs', 'mews.asyncapi.yaml'), changed);
    const names = [
      ['mews'],
      ['specs'],
      ['specs/mews.asyncapi.yaml'],
      [join(cwd, 'specs', 'mews.asyncapi.yaml')],
      [],
    ];
    for (const argv of names) {
      const { code, stderr } = await run(cwd, '--against', 'git:main', ...argv);
      expect({ argv, code }).toEqual({ argv, code: 1 });
      expect(stderr).toContain('error enum.widened');
    }
  });

  it('follows links, and reads nothing outside', async () => {
    const cwd = repository({ 'real/mews.asyncapi.yaml': mews, 'readme.md': 'x' });
    symlinkSync('real', join(cwd, 'specs'));
    git(cwd, 'add', '.');
    git(cwd, 'commit', '--quiet', '--message=two');
    writeFileSync(join(cwd, 'real', 'mews.asyncapi.yaml'), changed);
    expect((await run(cwd, '--against', 'git:main')).code).toBe(1);
    rmSync(join(cwd, 'specs'));
    const outside = temporaryFolder({ 'mews.asyncapi.yaml': mews });
    symlinkSync(outside, join(cwd, 'specs'));
    git(cwd, 'add', '.');
    git(cwd, 'commit', '--quiet', '--message=three');
    const { code, stderr } = await run(cwd, '--against', 'git:main', 'specs/mews.asyncapi.yaml');
    expect(code).toBe(2);
    expect(stderr).toContain('is not in the Git repository');
  });

  it('finds what the configuration of each version names', async () => {
    const configuration = (...specs: string[]) =>
      JSON.stringify({ outputs: [{ out: 'out', specs }] });
    const cwd = repository({
      'apis/a/mews.asyncapi.yaml': mews,
      'apis/b/quandoo.asyncapi.yaml': readFileSync(
        inRepository('specs', 'quandoo.asyncapi.yaml'),
        'utf8',
      ),
      'webhook-contracts.json': configuration('apis/a', 'apis/b'),
    });
    rmSync(join(cwd, 'apis', 'b'), { recursive: true });
    git(cwd, 'mv', 'apis/a', 'apis/c');
    writeFileSync(join(cwd, 'webhook-contracts.json'), configuration('apis/c', 'guest'));
    const { code, stdout, stderr } = await run(cwd, '--against', 'git:main');
    expect(code).toBe(1);
    expect(stderr).toContain('error document.removed The document "quandoo" is gone.');
    expect(stdout).toMatch(/^2 documents compared, 1 change: 1 breaks consumers\.$/m);
  });

  it('looks at no other repository that the environment names', async () => {
    const cwd = repository({ 'specs/mews.asyncapi.yaml': mews });
    const other = repository({ 'specs/mews.asyncapi.yaml': changed });
    writeFileSync(join(cwd, 'specs', 'mews.asyncapi.yaml'), changed);
    vi.stubEnv('GIT_DIR', join(other, '.git'));
    const { code } = await run(cwd, '--against', 'git:main');
    vi.unstubAllEnvs();
    expect(code).toBe(1);
  });

  it('goes on where an old version has errors, and says so', async () => {
    const broken = mews.replace('    address: null\n', '    adress: null\n');
    const cwd = repository({
      'specs/mews.asyncapi.yaml': broken,
      'specs/guest.asyncapi.yaml': readFileSync(
        inRepository('specs', 'guest.asyncapi.yaml'),
        'utf8',
      ),
    });
    writeFileSync(join(cwd, 'specs', 'mews.asyncapi.yaml'), mews);
    const { code, stderr } = await run(cwd, '--against', 'git:main');
    expect(code).toBe(0);
    expect(stderr).toMatch(
      /^main:specs\/mews\.asyncapi\.yaml:\d+:\d+ warning diff\.old-unreadable /,
    );
    expect((await run(cwd, '--against', 'git:main', '--strict')).code).toBe(1);
    const alone = await run(cwd, '--against', 'git:main', 'mews');
    expect(alone).toMatchObject({ code: 0, stdout: 'Nothing was compared.\n' });
    expect(alone.stderr).toContain(' warning diff.old-unreadable ');
  });

  it('compares a document that is named by its new place with what it was', async () => {
    const cwd = repository({ 'specs/mews.asyncapi.yaml': mews });
    mkdirSync(join(cwd, 'specs', 'pos'));
    git(cwd, 'mv', 'specs/mews.asyncapi.yaml', 'specs/pos/mews.asyncapi.yaml');
    writeFileSync(join(cwd, 'specs', 'pos', 'mews.asyncapi.yaml'), changed);
    for (const named of ['specs/pos', 'specs/pos/mews.asyncapi.yaml']) {
      const { code, stderr } = await run(cwd, '--against', 'git:main', named);
      expect(code, stderr).toBe(1);
      expect(stderr).toMatch(/see also: main:specs\/mews\.asyncapi\.yaml:\d+/);
    }
  });

  it('compares what is there in both versions, whichever configuration names it', async () => {
    const config = JSON.stringify({ outputs: [{ specs: ['apis'], out: 'generated' }] });
    const cwd = repository({ 'apis/mews.asyncapi.yaml': mews, 'specs/mews.asyncapi.yaml': mews });
    writeFileSync(join(cwd, 'webhook-contracts.json'), config);
    writeFileSync(join(cwd, 'apis', 'mews.asyncapi.yaml'), changed);
    const { code, stdout, stderr } = await run(cwd, '--against', 'git:main');
    expect(code).toBe(1);
    expect(stderr).toContain('apis/mews.asyncapi.yaml:');
    expect(stdout).not.toMatch(/document\.(added|removed)/);
  });

  it('holds the names of generated code that each version gives', async () => {
    const cwd = repository({ 'specs/mews.asyncapi.yaml': mews });
    const names = { mews: { schemas: { BookingStatus: 'StatusOfBooking' } } };
    writeFileSync(join(cwd, 'webhook-contracts.json'), JSON.stringify({ names }));
    const { code, stderr } = await run(cwd, '--against', 'git:main', '--level', 'types');
    expect(code).toBe(1);
    expect(stderr).toMatch(/ error identifier\.changed .*StatusOfBooking/);
  });

  it('says which entries ignore nothing', async () => {
    const cwd = repository({ 'specs/mews.asyncapi.yaml': mews });
    const gone = 'mews#/components/schemas/Gone';
    const ignore = ['mews', gone, 'specs/mews.asyncapi.yaml'].map((place) => ({
      ...{ rule: 'enum.widened', place },
      reason: `Agreed, at ${place}.`,
    }));
    writeFileSync(join(cwd, 'webhook-contracts.json'), JSON.stringify({ diff: { ignore } }));
    writeFileSync(join(cwd, 'specs', 'mews.asyncapi.yaml'), changed);
    const { code, stdout } = await run(cwd, '--against', 'git:main');
    expect(code).toBe(0);
    expect(stdout).toContain('Nothing is ignored of enum.widened at "specs/mews.asyncapi.yaml".');
    expect(stdout).toContain(`Nothing is ignored of enum.widened at "${gone}".`);
    expect(stdout).not.toContain('Nothing is ignored of enum.widened at "mews".');
  });

  it('reports pacts that are none', async () => {
    const cwd = repository({
      'specs/mews.asyncapi.yaml': mews,
      'contracts/pacts/broken.json': '{"consumer":',
    });
    const { code, stderr } = await run(cwd, '--against', 'git:main');
    expect(code).toBe(1);
    expect(stderr).toContain('contracts/pacts/broken.json:1:');
  });

  it('leaves nothing behind', async () => {
    const cwd = repository({ 'specs/mews.asyncapi.yaml': mews });
    const temporary = temporaryFolder();
    vi.stubEnv('TMPDIR', temporary);
    await run(cwd, '--against', 'git:main');
    await run(cwd, '--against', 'git:main', 'nobody');
    vi.unstubAllEnvs();
    expect(readdirSync(temporary)).toEqual([]);
  });

  it('reads documents of several files, from a folder below the top', async () => {
    const root = repository({
      'api/specs/shop.asyncapi.yaml': `asyncapi: 3.1.0
info: { title: Shop, version: "1" }
channels:
  orders:
    address: null
    messages:
      created: { $ref: "./parts/created.yaml" }
operations:
  send: { action: send, channel: { $ref: "#/channels/orders" } }
`,
      'api/specs/parts/created.yaml':
        'name: created\npayload: { type: object, required: [id], properties: { id: { type: string } } }\n',
    });
    const cwd = join(root, 'api');
    expect(await run(cwd, '--against', 'git:HEAD')).toMatchObject({ code: 0, stderr: '' });
    writeFileSync(
      join(cwd, 'specs', 'parts', 'created.yaml'),
      'name: created\npayload: { type: object, required: [id], properties: { id: { type: integer } } }\n',
    );
    const { code, stderr } = await run(cwd, '--against', 'git:HEAD');
    expect(code).toBe(1);
    expect(stderr).toMatch(/^specs\/parts\/created\.yaml:2:\d+ error type\.changed /);
    expect(stderr).toMatch(/see also: HEAD:api\/specs\/parts\/created\.yaml:2:\d+/);
  });

  it('runs no hook, filter or other program of the repository', async () => {
    const cwd = repository({
      'specs/mews.asyncapi.yaml': mews,
      '.gitattributes': '* filter=evil\n',
    });
    const proof = join(cwd, 'proof');
    const evil = join(cwd, 'evil.sh');
    writeFileSync(evil, `#!/bin/sh\ntouch ${proof}\ncat\n`, { mode: 0o755 });
    for (const key of [
      'filter.evil.smudge',
      'filter.evil.clean',
      'core.fsmonitor',
      'diff.evil.textconv',
      'core.pager',
    ]) {
      git(cwd, 'config', key, evil);
    }
    expect((await run(cwd, '--against', 'git:main')).code).toBe(0);
    expect(() => readFileSync(proof)).toThrow();
  });

  it.each(['nope', '--output=x', 'main:specs', 'HEAD~5', ''])(
    '2 where there is no revision %j',
    async (ref) => {
      const cwd = repository({ 'specs/mews.asyncapi.yaml': mews });
      const { code, stdout, stderr } = await run(cwd, '--against', `git:${ref}`);
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      expect(stderr).toMatch(/^webhook-contracts: .*git:/);
    },
  );
});

describe('who relies on it', () => {
  const cwd = repository({ 'specs/mews.asyncapi.yaml': mews });
  mkdirSync(join(cwd, 'contracts'));
  cpSync(inRepository('contracts', 'pacts'), join(cwd, 'contracts', 'pacts'), { recursive: true });

  it('names the consumer whose interaction held before', async () => {
    const document = mews
      .replace('required: [isAvailable, updatedAt]', 'required: [updatedAt]')
      .replace('                isAvailable: false\n', '');
    writeFileSync(join(cwd, 'specs', 'mews.asyncapi.yaml'), document);
    const { code, stderr } = await run(cwd, '--against', 'git:main');
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /^contracts\/pacts\/reservation-hub-mews\.json:\d+:\d+ error diff\.relied-on The consumer "reservation-hub" relies on what is not guaranteed any more in "product\.availability\.updated" \(required\.removed\): its interaction "[^"]+" agreed with the old version\./m,
    );
  });

  it('even where no delivery breaks', async () => {
    const document = mews
      .replace('        - no_show\n', '')
      .replace('        - seated\n', '')
      .replaceAll('status: seated', 'status: confirmed');
    writeFileSync(join(cwd, 'specs', 'mews.asyncapi.yaml'), document);
    const { code, stdout, stderr } = await run(cwd, '--against', 'git:main');
    expect(stdout).toContain('1 change: 1 breaks neither. 1 problem with pacts.\n');
    expect(stderr).toContain('error diff.relied-on');
    expect(code).toBe(1);
  });

  it('is silent where that is agreed upon', async () => {
    const ignore = [{ rule: 'diff.relied-on', place: 'reservation-hub', reason: 'Agreed.' }];
    writeFileSync(join(cwd, 'webhook-contracts.json'), JSON.stringify({ diff: { ignore } }));
    expect((await run(cwd, '--against', 'git:main')).code).toBe(0);
  });

  it('reads pacts that are named, and none where there are none', async () => {
    const empty = temporaryFolder({
      'a.asyncapi.yaml': mews,
      'b.json': 'no pact',
      'contracts/pacts/x': '',
    });
    expect((await run(empty, 'a.asyncapi.yaml', 'a.asyncapi.yaml')).code).toBe(0);
    const { code, stderr } = await run(
      empty,
      '--pact',
      'b.json',
      'a.asyncapi.yaml',
      'a.asyncapi.yaml',
    );
    expect(code).toBe(1);
    expect(stderr).toMatch(/^b\.json:1:1 error /);
  });
});

describe('what is meant', () => {
  const files = ['old.asyncapi.yaml', 'new.asyncapi.yaml'] as const;
  const configured = (diff: object) =>
    temporaryFolder({
      'old.asyncapi.yaml': mews,
      'new.asyncapi.yaml': changed,
      'webhook-contracts.json': JSON.stringify({ diff }),
    });

  it.each([
    ['new', 0],
    ['new#/components/schemas/BookingStatus', 0],
    ['new#/components/schemas/BookingStatus/enum', 0],
    ['new#/components/schemas/Booking', 1],
    ['old', 1],
  ])('is ignored at its place: %s', async (place, expected) => {
    const ignore = [{ rule: 'enum.widened', place, reason: 'Agreed with all partners.' }];
    const { code, stdout } = await run(configured({ ignore }), ...files);
    expect(code).toBe(expected);
    if (expected === 0) {
      expect(stdout).toMatch(
        /^breaks consumers \(ignored: Agreed with all partners\.\) +enum\.widened /m,
      );
      expect(stdout).toContain('1 ignored.');
    }
  });

  it.each([
    [{ ignore: [{ rule: 'enum.widened', place: 'new' }] }, 'reason'],
    [
      { ignore: [{ rule: 'enum.widend', place: 'new', reason: 'x' }] },
      'did you mean "enum.widened"?',
    ],
    [{ ignore: [{ rule: 'enum.widened', place: 'new#components', reason: 'x' }] }, 'JSON Pointer'],
    [{ ignore: [{ rule: 'enum.widened', place: 'specs/new.yaml#/x y', reason: ' ' }] }, 'say why'],
    [{ level: 'everything' }, 'level'],
  ])('2 where the configuration is wrong: %j', async (diff, words) => {
    const { code, stderr } = await run(configured(diff), ...files);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^webhook-contracts\.json:1:\d+ error config\.invalid /);
    expect(stderr).toContain(words);
  });

  it('and a level', async () => {
    const cwd = configured({
      level: 'types',
      ignore: [{ rule: 'enum.widened', place: 'new', reason: 'x' }],
    });
    const { stderr } = await run(cwd, ...files);
    expect(stderr).toMatch(/error enum\.narrowed /);
    expect(stderr).not.toContain('error enum.widened');
  });
});

describe('formats', () => {
  const report = (format: string) =>
    run(two, 'old.asyncapi.yaml', 'new.asyncapi.yaml', '--format', format);

  it('json: the changes, as its schema says', async () => {
    const { code, stdout, stderr } = await report('json');
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    const result = JSON.parse(stdout);
    const schema = readFileSync(inRepository('scripts', 'problems', 'result.schema.json'), 'utf8');
    const ajv = new Ajv();
    expect(ajv.validate(JSON.parse(schema), result), ajv.errorsText()).toBe(true);
    expect(result.changes).toHaveLength(2);
    expect(result.changes[0]).toMatchObject({
      rule: 'enum.widened',
      verdict: 'breaks consumers',
      witness: { allowedBy: 'new', delivery: { message: 'booking.status.updated' } },
    });
    expect(result.changes[0].locations.map(({ file }: { file: string }) => file)).toEqual([
      'new.asyncapi.yaml',
      'old.asyncapi.yaml',
    ]);
  });

  it.each([
    ['markdown', /^### webhook-contracts diff: not ok\n/],
    ['sarif', /"ruleId": "enum\.widened"/],
    ['junit', /<failure message="[^"]*noShow/],
    ['github', /^::error file=new\.asyncapi\.yaml,/m],
  ])('%s', async (format, content) => {
    const { code, stdout } = await report(format);
    expect(code).toBe(1);
    expect(stdout).toMatch(content);
    expect(stdout).toContain('noShow');
  });
});

it("counts what can't be judged under --strict", async () => {
  const cwd = temporaryFolder({
    'old.asyncapi.yaml': mews,
    'new.asyncapi.yaml': mews.replace(
      '    address: null\n',
      '    address: null\n    bindings: { kafka: { topic: x, bindingVersion: "0.5.0" } }\n',
    ),
  });
  const files = ['old.asyncapi.yaml', 'new.asyncapi.yaml'] as const;
  const { code, stderr } = await run(cwd, ...files);
  expect(code).toBe(0);
  expect(stderr).toMatch(
    / warning bindings\.added .* Whether that breaks anybody can't be judged\.$/m,
  );
  expect((await run(cwd, ...files, '--strict')).code).toBe(1);
});
