/** `webhook-contracts.json` in the working folder is data; what is wrong with it stops the run at the right place. */
import { symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { defaultConfig } from '../scripts/config/config.js';
import { readConfig } from '../scripts/config/read-config.js';
import { runCommandLine } from './support/run-command-line.js';
import { temporaryFolder } from './support/temporary-folder.js';

const FILE = 'webhook-contracts.json';

const document = `asyncapi: 3.0.0
info: {title: Orders, version: 1.0.0}
channels: {orders: {messages: {order: {payload: {type: object}}}}}
`;

/** Writes a configuration with an output on each line. */
function outputs(...names: readonly string[]): string {
  const lines = names.map((out) => `{"out": ${JSON.stringify(out)}, "specs": ["x"]}`);
  return `{"outputs": [\n${lines.join(',\n')}\n]}`;
}

describe('readConfig', () => {
  it('returns the defaults where there is no file, or an empty one', () => {
    expect(readConfig(temporaryFolder())).toEqual({ config: defaultConfig, problems: [] });
    const cwd = temporaryFolder({ [FILE]: '{}' });
    expect(readConfig(cwd)).toEqual({ config: defaultConfig, problems: [] });
  });

  it('completes what is given by the defaults', () => {
    const text = JSON.stringify({ lint: { formats: ['iban'] }, names: { orders: {} } });
    const { config, problems } = readConfig(temporaryFolder({ [FILE]: `\ufeff${text}` }));
    expect(problems).toEqual([]);
    expect(config).toEqual({
      lint: { ...defaultConfig.lint, formats: ['iban'] },
      names: { orders: { messages: {}, schemas: {} } },
      outputs: [],
      diff: { level: 'wire', ignore: [] },
    });
  });

  it('takes the place of its schema for what editors need', () => {
    const text = '{"$schema": "./node_modules/webhook-contracts/dist/config/config.schema.json"}';
    const cwd = temporaryFolder({ [FILE]: text });
    expect(readConfig(cwd)).toEqual({ config: defaultConfig, problems: [] });
  });

  it('keeps the defaults as they are', () => {
    const before = structuredClone(defaultConfig);
    readConfig(temporaryFolder({ [FILE]: '{"lint": {"keywords": ["a"]}}' }));
    expect(defaultConfig).toEqual(before);
  });

  it('takes outputs beside each other, though their names begin alike', () => {
    const { config, problems } = readConfig(temporaryFolder({ [FILE]: outputs('a', 'ab', 'b/a') }));
    expect(problems).toEqual([]);
    expect(config.outputs.map(({ out }) => out)).toEqual(['a', 'ab', 'b/a']);
  });

  it.each([
    ['an unknown field', '{\n  "lin": {}\n}', 'config.invalid', '2:3', 'did you mean "lint"?'],
    ['an unknown field of lint', '{"lint": {"format": []}}', 'config.invalid', '1:11', 'formats'],
    ['a text for a list', '{"lint": {"formats": "iban"}}', 'config.invalid', '1:22', 'array'],
    [
      'a name that is a word of the language',
      '{"names": {"a": {"schemas": {"b": "class"}}}}',
      'config.invalid',
      '1:35',
      'beginning with a capital',
    ],
    ['a number in a list', '{"lint": {"formats": ["a", 1]}}', 'config.invalid', '1:28', 'string'],
    [
      'a name that is no text',
      '{"names": {"a": {"messages": {"b": 1}}}}',
      'config.invalid',
      '1:36',
      '',
    ],
    [
      'an output without documents',
      '{"outputs": [{"out": "a"}]}',
      'config.invalid',
      '1:14',
      'specs',
    ],
    [
      'an empty list of documents',
      '{"outputs": [{"out": "a", "specs": []}]}',
      'config.invalid',
      '1:36',
      '',
    ],
    [
      'an output without a name',
      '{"outputs": [{"out": "", "specs": ["a"]}]}',
      'config.invalid',
      '1:22',
      '',
    ],
    ['an output twice', outputs('a', 'b', './a/'), 'config.invalid', '4:9', 'inside another'],
    [
      'an output in another one',
      outputs('a', 'b/c', 'a/b/c'),
      'config.invalid',
      '4:9',
      'inside another',
    ],
    [
      'an output around another one',
      outputs('b/c', 'a', 'b'),
      'config.invalid',
      '2:9',
      'inside another',
    ],
    ['a list', '[]', 'config.invalid', '1:1', 'object'],
    ['null', 'null', 'config.invalid', '1:1', 'object'],
    ['nothing', '', 'json.syntax', '1:1', 'empty'],
    ['a comment', '{\n  // none\n}', 'json.syntax', '2:3', ''],
    ['a name that stands twice', '{"lint": {}, "lint": {}}', 'json.syntax', '1:14', 'twice'],
    ['__proto__', '{"names": {"__proto__": {}}}', 'json.syntax', '1:12', '__proto__'],
  ])('reports %s', (_, text, code, at, words) => {
    const { config, problems } = readConfig(temporaryFolder({ [FILE]: text }));
    expect(config).toEqual(defaultConfig);
    expect(problems.map(({ code }) => code)).toEqual([code]);
    const [found] = problems;
    expect(found?.text).toContain(words);
    const [place] = found?.locations ?? [];
    expect(`${place?.file}:${place?.line}:${place?.column}`).toBe(`${FILE}:${at}`);
  });

  it('reports bytes that are not UTF-8, and a file too large', () => {
    const latin = temporaryFolder({ [FILE]: Uint8Array.of(0x7b, 0xe9, 0x7d) });
    expect(readConfig(latin).problems.map(({ code }) => code)).toEqual(['text.not-utf8']);
    const large = temporaryFolder({ [FILE]: `{}${' '.repeat(1_000_000)}` });
    expect(readConfig(large).problems.map(({ code }) => code)).toEqual(['file.too-large']);
  });
});

describe('a run', () => {
  it.each(['lint', 'generate'])(
    'of %s stops with 2 where the configuration is wrong',
    async (name) => {
      const cwd = temporaryFolder({ 'orders.asyncapi.yaml': document, [FILE]: '{"lnit": {}}' });
      const { code, stderr } = await runCommandLine([name, 'orders.asyncapi.yaml'], { cwd });
      expect(code).toBe(2);
      expect(stderr).toMatch(/^webhook-contracts\.json:1:2 error config\.invalid /);
    },
  );

  it('stops with 2 where the configuration is a folder', async () => {
    const cwd = temporaryFolder({ 'orders.asyncapi.yaml': document, [`${FILE}/a`]: '' });
    expect((await runCommandLine(['lint', 'orders.asyncapi.yaml'], { cwd })).code).toBe(2);
  });

  it('stops with 2 where the configuration is a link to nothing', async () => {
    const cwd = temporaryFolder({ 'orders.asyncapi.yaml': document });
    symlinkSync(join(cwd, 'nothing'), join(cwd, FILE));
    expect((await runCommandLine(['lint', 'orders.asyncapi.yaml'], { cwd })).code).toBe(2);
  });

  it('takes the configuration of the working folder, not of the document', async () => {
    const cwd = temporaryFolder({ 'in/orders.asyncapi.yaml': document, [`in/${FILE}`]: 'broken' });
    expect((await runCommandLine(['lint', 'in/orders.asyncapi.yaml'], { cwd })).code).toBe(0);
  });

  it('runs no code that lies beside the configuration', async () => {
    const evil = 'globalThis.__PWNED__ = 1; throw new Error("run");';
    const names = [
      'webhook-contracts.js',
      'webhook-contracts.config.js',
      'webhook-contracts.config.ts',
    ];
    const cwd = temporaryFolder({ 'orders.asyncapi.yaml': document });
    for (const name of names) writeFileSync(join(cwd, name), evil);
    expect((await runCommandLine(['lint', 'orders.asyncapi.yaml'], { cwd })).code).toBe(0);
    expect(Object.hasOwn(globalThis, '__PWNED__')).toBe(false);
  });
});
