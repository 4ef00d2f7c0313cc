/** The package as it is published: built, packed, installed in another repository, and used there. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { beforeAll, describe, expect, it } from 'vitest';
import { filesOf } from './support/folder-snapshot.js';
import { packedPackage } from './support/packed-package.js';
import { inRepository, providers } from './support/repository.js';
import { runProgram } from './support/run-program.js';
import { goodDocument } from './support/small-documents.js';
import { writeFiles } from './support/temporary-folder.js';
import { typeCheck } from './support/type-check.js';

let tarball: string;
let repository: string;
const node = (...args: string[]) => runProgram(process.execPath, args, { cwd: repository });
const webhookContracts = (...args: string[]) =>
  node(join('node_modules', 'webhook-contracts', 'dist', 'cli.js'), ...args);

beforeAll(async () => {
  ({ tarball, repository } = await packedPackage());
  writeFiles(repository, {
    'my.asyncapi.yaml': goodDocument,
    'body.json': '{"id": "1"}',
    'mews.json': readFileSync(
      inRepository('test/cases/deliveries/mews/accepted-booking-status-sample/body.json'),
    ),
  });
}, 120_000);

it('holds what people need, and no sources or tests of its own', () => {
  const files = filesOf(join(repository, 'node_modules', 'webhook-contracts'));
  for (const provider of providers) {
    expect(files).toContain(`specs/${provider}.asyncapi.yaml`);
    expect(files).toContain(`generated/${provider}/index.js`);
    expect(files).toContain(`generated/${provider}/index.d.ts`);
  }
  expect(files).toContain('dist/cli.js');
  expect(files).toContain('README.md');
  expect(files).toContain('LICENSE');
  expect(files).toEqual(
    expect.arrayContaining(filesOf(inRepository('examples')).map((file) => `examples/${file}`)),
  );
  expect(
    files.filter(
      (file) =>
        !/^(dist|docs|examples|generated|specs)\/|^(package\.json|README\.md|LICENSE|CHANGELOG\.md)$/.test(
          file,
        ),
    ),
  ).toEqual([]);
  const own = files.filter((file) => !file.startsWith('examples/'));
  expect(
    own.filter((file) => /(?<!\.d)\.ts$|\.test\.|\.webhook-contracts-|\.tsbuildinfo$/.test(file)),
  ).toEqual([]);
});

it('says what it is made of: each package whose code is in it, and what is installed with it', () => {
  const folder = join(repository, 'node_modules', 'webhook-contracts');
  const bill = JSON.parse(readFileSync(join(folder, 'dist', 'sbom.cdx.json'), 'utf8'));
  expect(bill).toMatchObject({ bomFormat: 'CycloneDX', specVersion: '1.5' });
  const names = bill.components.map(
    ({ name, version }: { name: string; version: string }) => `${name} ${version}`,
  );
  const notices = readFileSync(join(folder, 'dist', 'THIRD-PARTY-NOTICES.txt'), 'utf8');
  const noticed = Array.from(notices.matchAll(/^== (\S+ \S+) \(/gm), ([, name]) => name);
  expect(noticed.length).toBeGreaterThan(20);
  expect(noticed.filter((name) => !names.includes(name))).toEqual([]);
  const { dependencies } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  for (const [name, version] of Object.entries(dependencies)) {
    expect(names).toContain(`${name} ${version}`);
  }
  for (const { purl, licenses, hashes } of bill.components) {
    expect(purl).toMatch(/^pkg:npm\/(%40[^/@]+\/)?[^/@]+@\d[^@]*$/);
    expect(licenses).toHaveLength(1);
    expect(hashes[0].content).toMatch(/^[0-9a-f]{128}$/);
  }
});

it.skipIf(process.platform === 'win32')(
  'says so where the folder that it was started in is gone',
  async () => {
    const line = 'mkdir gone && cd gone && rmdir ../gone && exec "$NODE" "$@"';
    const program = join(repository, 'node_modules', 'webhook-contracts', 'dist', 'cli.js');
    const error = "the working folder is gone, or can't be looked at (ENOENT)";
    for (const argv of [['lint', 'mews'], ['generate'], ['verify', '--format', 'json']]) {
      const { code, stdout, stderr } = await runProgram(
        'sh',
        ['-c', line, 'sh', program, ...argv],
        { cwd: repository, env: { NODE: process.execPath } },
      );
      expect({ code, stderr }).toEqual({ code: 2, stderr: `webhook-contracts: ${error}\n` });
      if (argv.includes('json')) expect(JSON.parse(stdout)).toEqual({ ok: false, error });
      else expect(stdout).toBe('');
    }
  },
);

it('holds the schemas of its configuration and of its results', () => {
  for (const name of ['config', 'result']) {
    const resolved = `require.resolve('webhook-contracts/${name}.schema.json')`;
    const path = spawnSync(process.execPath, ['-p', resolved], {
      cwd: repository,
      encoding: 'utf8',
    }).stdout.trim();
    const validate = new Ajv().compile(JSON.parse(readFileSync(path, 'utf8')));
    expect(validate({ outputs: 1 })).toBe(false);
  }
});

it('has no marks against it from publint and attw', async () => {
  const bin = (name: string) => inRepository('node_modules', '.bin', name);
  const publint = await runProgram(bin('publint'), [tarball, '--strict'], { cwd: repository });
  expect(publint.stdout).toContain('All good!');
  expect(publint.code).toBe(0);
  const attw = await runProgram(
    bin('attw'),
    [tarball, '--profile', 'esm-only', '--format', 'json', '--no-definitely-typed'],
    { cwd: repository },
  );
  const { analysis, problems = {} } = JSON.parse(attw.stdout);
  expect(Object.keys(analysis.entrypoints)).toEqual(expect.arrayContaining(['./mews', './pact']));
  // The package is ES modules only: resolutions that know none are not for it.
  const marks = (Object.values(problems).flat() as { resolutionKind?: string }[]).filter(
    ({ resolutionKind }) => resolutionKind !== 'node10' && resolutionKind !== 'node16-cjs',
  );
  expect(marks).toEqual([]);
  expect(attw.code).toBe(0);
});

describe('imported by name', () => {
  it.each([...providers])('webhook-contracts/%s works in plain Node', async (provider) => {
    const code = `import('webhook-contracts/${provider}').then(({ check, messages }) => {
      const [{ examples: [{ payload }] }] = messages;
      console.log(messages[0].name === check(payload).message);
    })`;
    // A dependency uses what Node.js 22 deprecates.
    expect(await node('--no-deprecation', '-e', code)).toEqual({
      code: 0,
      stdout: 'true\n',
      stderr: '',
    });
  });

  it('the toolchain, the schema of results and package.json work in plain Node', async () => {
    const code = `Promise.all([
      import('webhook-contracts'),
      import('webhook-contracts/result.schema.json', { with: { type: 'json' } }),
      import('webhook-contracts/package.json', { with: { type: 'json' } }),
    ]).then(([{ lint, readSpec }, schema, { default: { name } }]) => {
      const { spec } = readSpec('my.asyncapi.yaml');
      console.log(name, schema.default.type, spec.spec.messages.length, lint(spec).length);
    })`;
    const { code: exit, stdout } = await node('-e', code);
    expect({ exit, stdout }).toEqual({ exit: 0, stdout: 'webhook-contracts object 1 0\n' });
  });

  it('webhook-contracts/pact loads without Pact, and says what to install where it is run', async () => {
    const code = `import('webhook-contracts/pact').then(async ({ messagePact, needed }) => {
      const pact = messagePact({ spec: 'mews', consumer: 'hub', producer: 'mews' });
      const expectation = { description: 'a total', payload: needed };
      await pact.expect('order.total.updated', expectation, () => {}).catch(({ message }) => console.log(message));
    })`;
    // A dependency uses what Node.js 22 deprecates.
    expect(await node('--no-deprecation', '-e', code)).toEqual({
      code: 0,
      stdout: '"a total": Pact is not installed: npm install --save-dev @pact-foundation/pact@16\n',
      stderr: '',
    });
  });

  it('has types for a strict consumer', async () => {
    writeFiles(repository, {
      'consumer.mts': `import { lint, readSpec } from 'webhook-contracts';
import { check, type messages, type OrderTotalUpdatedPayload } from 'webhook-contracts/mews';
import { messagePact, needed } from 'webhook-contracts/pact';

const result = check(null);
export const total: OrderTotalUpdatedPayload | undefined =
  result.ok && result.message === 'order.total.updated' ? result.payload : undefined;
const { spec, problems } = readSpec('my.asyncapi.yaml');
export const codes: string[] = (spec === undefined ? problems : lint(spec)).map(({ code }) => code);
export const pact = messagePact<typeof messages>({ spec: 'mews', consumer: 'hub', producer: 'mews' });
export const kept: Promise<void> = pact.expect(
  'order.total.updated',
  { description: 'a total', payload: { data: { attributes: { total: needed } } } },
  ({ message }) => message satisfies 'order.total.updated',
);
// @ts-expect-error There is no such message.
export const wrong = result.ok && result.message === 'order.gone';
`,
    });
    const files = [join(repository, 'consumer.mts')];
    for (const resolution of ['nodenext', 'bundler'] as const)
      expect(await typeCheck(files, { resolution, types: ['node'] })).toBe('');
  });
});

describe('its command, in a repository without specs/', () => {
  it('lints, generates from and validates by a document of that repository', async () => {
    expect(await webhookContracts('lint', 'my.asyncapi.yaml')).toEqual({
      code: 0,
      stdout: '1 document, 1 message: in order.\n',
      stderr: '',
    });
    expect(await webhookContracts('generate', 'my.asyncapi.yaml', '--out', 'out')).toMatchObject({
      code: 0,
      stderr: '',
    });
    const code = `import('./out/my/index.js').then(({ check }) => console.log(check({ id: '1' }).message))`;
    // A dependency uses what Node.js 22 deprecates.
    expect(await node('--no-deprecation', '-e', code)).toEqual({
      code: 0,
      stdout: 'thing.happened\n',
      stderr: '',
    });
    expect(await webhookContracts('validate', 'my.asyncapi.yaml', 'body.json')).toMatchObject({
      code: 0,
      stdout: 'my thing.happened: valid\n',
    });
  });

  it('takes a module as it stands where nothing changed, unless it is to be checked', async () => {
    const folder = join(repository, 'again', 'my');
    const again = async (...flags: string[]) => {
      const args = ['generate', 'my.asyncapi.yaml', '--out', 'again', ...flags];
      const { code, stdout } = await webhookContracts(...args);
      return { code, stdout };
    };
    const wrote = (files: number) => ({
      code: 0,
      stdout: `1 document to again: ${files} files written, 0 removed.\n`,
    });
    expect(await again()).toEqual(wrote(8));
    expect(await again()).toEqual(wrote(0));
    // What a manifest says of a file is believed, and that it is what the document generates.
    const file = join(folder, 'index.js');
    const manifest = join(folder, '.webhook-contracts.json');
    const [before, listed] = [readFileSync(file, 'utf8'), readFileSync(manifest, 'utf8')];
    const changed = `${before}// changed\n`;
    const hash = (text: string) => createHash('sha256').update(text).digest('hex');
    writeFileSync(file, changed);
    writeFileSync(manifest, listed.replace(hash(before), hash(changed)));
    expect(await again()).toEqual(wrote(0));
    expect(await again('--check')).toMatchObject({ code: 1 });
    expect(await again('--force')).toEqual(wrote(2));
    expect([readFileSync(file, 'utf8'), readFileSync(manifest, 'utf8')]).toEqual([before, listed]);
  });

  it('says the warnings of a module again that it takes as it stands', async () => {
    writeFiles(repository, {
      'specs/warned.asyncapi.yaml': goodDocument.replace(
        'type: string',
        'type: string, default: 7',
      ),
    });
    const generate = (cwd: string, spec: string, out: string) =>
      runProgram(
        process.execPath,
        [
          join(repository, 'node_modules', 'webhook-contracts', 'dist', 'cli.js'),
          ...['generate', spec, '--out', out],
        ],
        { cwd },
      );
    const first = await generate(repository, 'specs/warned.asyncapi.yaml', 'warned');
    expect(first).toMatchObject({
      code: 0,
      stderr: expect.stringMatching(/^specs.warned\.asyncapi\.yaml:\d+:\d+ warning /),
    });
    const again = await generate(repository, 'specs/warned.asyncapi.yaml', 'warned');
    expect(again.stderr).toBe(first.stderr);
    expect(again.stdout).toContain(' 0 files written');
    const inside = await generate(join(repository, 'specs'), 'warned.asyncapi.yaml', '../warned');
    expect(inside.stderr).toBe(first.stderr.replace(/^specs./, ''));
    expect(inside.stdout).toContain(' 0 files written');
  });

  it('knows the providers by name', async () => {
    expect(await webhookContracts('validate', 'mews', 'mews.json')).toEqual({
      code: 0,
      stdout: 'mews booking.status.updated: valid\n',
      stderr: '',
    });
  });

  it('has the version of the package', async () => {
    const { version } = JSON.parse(readFileSync(inRepository('package.json'), 'utf8'));
    expect(await webhookContracts('--version')).toMatchObject({ code: 0, stdout: `${version}\n` });
  });

  it('asks @asyncapi/parser where it is told to', async () => {
    expect(await webhookContracts('lint', 'my.asyncapi.yaml', '--parser')).toMatchObject({
      code: 0,
    });
  });
});
