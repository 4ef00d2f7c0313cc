/** What holds of every module in generated/, whatever its document says. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { type GeneratedModule, generatedModule } from './support/generated-module.js';
import { hostileValues, replacements } from './support/hostile-values.js';
import { importSpecifiers } from './support/import-specifiers.js';
import { inRepository, providers } from './support/repository.js';
import { runCommandLine } from './support/run-command-line.js';
import { runProgram } from './support/run-program.js';
import { temporaryFolder } from './support/temporary-folder.js';

it('is what the documents generate', async () => {
  const outcome = await runCommandLine(['generate', '--check']);
  expect(outcome).toEqual({ code: 0, stdout: 'generated is up to date.\n', stderr: '' });
});

it('holds a folder for each document, and nothing else', () => {
  expect(readdirSync(inRepository('generated')).sort()).toEqual(
    [...providers, 'package.json'].sort(),
  );
});

describe.each(providers)('%s', (provider) => {
  const folder = inRepository('generated', provider);
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /\.(js|ts)$/.test(name),
  );
  let generated: GeneratedModule;
  beforeAll(async () => {
    generated = await generatedModule(provider);
  });

  it('imports nothing outside its folder', () => {
    const imports = files.flatMap((file) => {
      const path = join(folder, file);
      return importSpecifiers(readFileSync(path, 'utf8')).map((specifier) =>
        /^\.\.?\//.test(specifier) ? resolve(dirname(path), specifier) : specifier,
      );
    });
    expect(imports.length).toBeGreaterThan(2);
    expect(imports.filter((target) => !target.startsWith(folder + sep))).toEqual([]);
  });

  it('loads in plain Node from a repository of CommonJS', async () => {
    const cwd = temporaryFolder({ 'package.json': '{"type": "commonjs"}' });
    const url = pathToFileURL(join(folder, 'index.js')).href;
    const code = `import(${JSON.stringify(url)}).then((m) => console.log(Object.keys(m).sort().join()))`;
    const outcome = await runProgram(process.execPath, ['-e', code], { cwd });
    expect(outcome).toEqual({
      code: 0,
      stdout: `${[
        ...['check', 'fastifyPlugin', 'fetchHandler', 'fingerprint', 'messages', 'nodeHandler'],
        ...['receiver', ...(provider === 'guest' ? [] : ['sign'])],
        ...Object.keys(generated.guards),
      ]
        .sort()
        .join()}\n`,
      stderr: '',
    });
  });

  it('exports a guard for each message, which accepts its examples', () => {
    const guards = Object.values(generated.guards);
    expect(guards.length).toBe(generated.messages.length);
    for (const [index, { examples }] of generated.messages.entries()) {
      expect(examples.length).toBeGreaterThan(0);
      for (const { payload } of examples) {
        expect(guards.some((guard) => guard(payload))).toBe(true);
        expect(generated.check(payload)).toMatchObject({
          ok: true,
          message: generated.messages[index]?.name,
        });
      }
    }
  });

  it('freezes its messages and all they hold', () => {
    const loose: unknown[] = [];
    const visit = (value: unknown) => {
      if (typeof value !== 'object' || value === null) return;
      if (!Object.isFrozen(value)) loose.push(value);
      Object.values(value).forEach(visit);
    };
    visit(generated.messages);
    expect(loose).toEqual([]);
  });

  it('returns a verdict for values that no JSON holds, alone and inside a payload', () => {
    const judges = [generated.check, ...Object.values(generated.guards)];
    const [payload] = generated.messages[0]?.examples.map((example) => example.payload) ?? [];
    for (const [name, value] of hostileValues()) {
      for (const hostile of [value, [value], ...replacements(payload, value)]) {
        for (const judge of judges) expect(() => judge(hostile), name).not.toThrow();
      }
      expect(generated.check(payload, value), name).toHaveProperty('ok');
    }
  });

  it('declares names without made-up endings, and no index signatures', () => {
    const text = readFileSync(join(folder, 'types.d.ts'), 'utf8');
    const code = text.replace(/\/\*[\s\S]*?\*\//g, '');
    const names = [...code.matchAll(/^export (?:interface|type) ([\p{L}\p{N}_$]+)/gmu)];
    expect(names.length).toBeGreaterThan(2);
    expect(
      names.map(([, name]) => name).filter((name) => /\d$|Anonymous|NoName/.test(name ?? '')),
    ).toEqual([]);
    expect(code).not.toMatch(/\[\s*\w+\s*:\s*\w+\s*\]\s*:/);
  });
});

describe('headers', async () => {
  const { check, messages } = await generatedModule('guest');
  const payload = messages[0]?.examples[0]?.payload;
  const accepted = { ok: true, message: 'reservations', payload };
  const missing = { ok: false, problems: [{ code: 'headers.invalid', path: '' }] };
  const wrong = { ok: false, problems: [{ code: 'headers.invalid', path: '/UpdateType' }] };

  it('are not judged where none are given', () => {
    expect(check(payload)).toEqual(accepted);
    expect(check(payload, undefined)).toEqual(accepted);
  });

  it.each([
    ['no members', {}],
    ['no pairs', []],
    ['others only', { 'content-type': 'application/json' }],
    ['one that is undefined', { updatetype: undefined }],
    ['a bare object', Object.create(null)],
  ])('are missing: %s', (_, headers) => {
    expect(check(payload, headers)).toMatchObject(missing);
  });

  it.each(['UpdateType', 'updatetype', 'UPDATETYPE', 'uPdAtEtYpE'])('match as %s', (name) => {
    const pair: [string, string] = [name, 'Update'];
    const forms = [
      Object.fromEntries([pair]),
      { [name]: ['Update'] },
      [pair],
      new Map([pair]),
      new Headers([pair]),
    ];
    for (const headers of forms) expect(check(payload, headers)).toEqual(accepted);
    expect(check(payload, { [name]: 'update' })).toMatchObject(wrong);
    expect(check(payload, { [name]: ['Update', 'Delete'] })).toMatchObject(wrong);
    expect(check(payload, [pair, [name.toLowerCase(), 'Delete']])).toMatchObject(wrong);
  });
});
