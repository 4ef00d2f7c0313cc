/**
 * The documents of test/cases/hostile that are accepted generate modules that run no text of the document, and judge as
 * the document says.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { otherThanDeclarations } from './support/declarations.js';
import { folderTree } from './support/folder-tree.js';
import { generateModule } from './support/generate-module.js';
import { hostileValues, nested } from './support/hostile-values.js';
import { inRepository } from './support/repository.js';
import { runCommandLine } from './support/run-command-line.js';
import { temporaryFolder } from './support/temporary-folder.js';
import { unsafeOutput } from './support/unsafe-output.js';

const cases = inRepository('test', 'cases', 'hostile');
const specs = join(cases, 'specs');
const expected = JSON.parse(readFileSync(join(cases, 'expected.json'), 'utf8')) as Record<
  string,
  { lint: unknown[]; generate?: unknown[] }
>;
const accepted = Object.entries(expected)
  .filter(([, { lint, generate = lint }]) => generate.length === 0)
  .map(([file]) => file);

describe('generate', () => {
  it.each(accepted)('makes a harmless module of %s', async (file) => {
    const { outcome, written, exports, parts } = await generateModule(file, specs);
    expect(unsafeOutput(outcome.stdout + outcome.stderr)).toEqual([]);
    for (const [name, text] of written) {
      expect(unsafeOutput(text)).toEqual([]);
      if (name.endsWith('.d.ts')) expect(otherThanDeclarations(name, text)).toEqual([]);
    }
    for (const [, value] of hostileValues()) {
      for (const made of functionsOf(judgesOf(exports))) made(value, value);
    }
    // The rest is made for values of its types, or for what the module hands it: it may throw.
    for (const made of functionsOf(exports)) await attempt(() => made('text', 1));
    for (const value of [null, 'text', 1, [], {}, { toString: '' }]) {
      for (const made of parts.flatMap(functionsOf)) await attempt(() => made(value, value));
    }
    expect(Object.hasOwn(globalThis, '__PWNED__')).toBe(false);
    expect(Object.keys(Object.prototype)).toEqual([]);
  });

  it('keeps constants as they are, whatever they hold', async () => {
    const { check } = await generateModule('07-enum-const-default-strings.yaml', specs);
    const breakout = 'globalThis.__PWNED__=1';
    for (const e of [
      `"];${breakout};//`,
      `\`\${${breakout}}\``,
      `\u2028${breakout}`,
      '*/',
      '\\',
      '\0',
    ])
      expect(check({ e, c: `\\"];${breakout};//` })).toMatchObject({ ok: true });
    expect(check({ o: { 'a"b': ['*/'], __proto__x: 1 } })).toMatchObject({ ok: true });
    expect(check({ e: breakout })).toMatchObject({ ok: false });
  });

  it('takes no inherited member for an own one', async () => {
    const { check } = await generateModule('37-CONTROL-prototype-names.yaml', specs);
    expect(check({})).toMatchObject({ ok: false });
    expect(check({ toString: 'x', constructor: {} })).toMatchObject({ ok: true });
  });

  it('answers for a value that can not be read', async () => {
    const { check } = await generateModule('28-CONTROL-recursive-tree.yaml', specs);
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    expect(check(proxy)).toMatchObject({ ok: false, problems: [{ code: 'check.failed' }] });
  });

  it('judges recursive and huge lists', async () => {
    const { check: tree } = await generateModule('28-CONTROL-recursive-tree.yaml', specs);
    const grown = nested(50, (child) => ({
      name: 'node',
      ...(child !== null && { children: [child] }),
    }));
    expect(tree(grown)).toMatchObject({ ok: true });
    const { check: list } = await generateModule('33-minitems-oom.yaml', specs);
    expect(list({ a: ['x'] })).toMatchObject({ ok: false });
  });

  it('makes the same bytes with and without byte order mark and CRLF', async () => {
    const name = '42-CONTROL-bom-crlf.yaml';
    const { written } = await generateModule(name, specs);
    const text = readFileSync(join(specs, name), 'utf8').replace('\ufeff', '').replaceAll('\r', '');
    const cwd = temporaryFolder({ [name]: text });
    await runCommandLine(['generate', name, '--out', 'out'], { cwd });
    expect(folderTree(join(cwd, 'out'))).toEqual(written);
  });
});

function functionsOf(exports: Readonly<Record<string, unknown>>) {
  return Object.values(exports).filter((one) => typeof one === 'function');
}

/** Keeps `check` and the guards, which never throw. */
function judgesOf(exports: Readonly<Record<string, unknown>>) {
  const judges = Object.entries(exports).filter(([name]) => /^(check$|is[^a-z])/.test(name));
  return Object.fromEntries(judges);
}

async function attempt(action: () => unknown): Promise<void> {
  try {
    await action();
  } catch {}
}
