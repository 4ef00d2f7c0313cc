/** The YAML reader gives what js-yaml's own loader gives of the core schema, but for what is told here. */
import { readFileSync } from 'node:fs';
import { CORE_SCHEMA, load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { parseYaml } from '../scripts/spec/parse-yaml.js';
import { Positions } from '../scripts/spec/positions.js';
import { SourceText } from '../scripts/spec/source-text.js';
import { inRepository, providers } from './support/repository.js';

const read = (text: string) => parseYaml(new SourceText('text.yaml', text), new Positions());

describe('documents that ship with the package', () => {
  it.each(providers)('%s', (provider) => {
    const text = readFileSync(inRepository('specs', `${provider}.asyncapi.yaml`), 'utf8');
    expect(read(text)).toEqual({ value: theirs(text), problems: [] });
  });
});

const scalars = [
  ...['a', 'a b', 'null', '~', 'Null', 'NULL', 'nUll', 'true', 'True', 'TRUE', 'tRue', 'false'],
  ...['yes', 'no', 'on', 'off', 'y', 'n', '0', '1', '-1', '+1', '007', '0o17', '0xff', '0XFF'],
  ...['0b11', '1_000', '1.5', '-1.5', '.5', '5.', '1e3', '1E-3', '+1.5e+3', '1e21', '-0', '0.0'],
  ...['1:30', '12:30:45', '2026-01-31', '2026-01-31T10:00:00Z', '=', '<', '-', '-a', '?a', ':a'],
  ...["'a'", "''", "'it''s'", "'1'", '"a"', '""', '"\\n\\t\\u00e9\\x41"', '"\\U0001F9FE"', '"1"'],
  ...['a#b', 'a:b', 'http://a.b/c?d#e', 'é', '🧾', '[]', '{}', '[1, a]', '{a: 1}', '.'],
  ...['!!str 1', "!!str ''", '"a: b"', '!!null null', '!!bool true', '!!int 7', '!!float 1.5'],
];

describe('scalars', () => {
  it.each(scalars.flatMap((text) => [text, `a: ${text}`, `- ${text}\n- b`]))('%j', (text) => {
    const expected = theirs(text);
    if (expected === undefined) expect(read(text).problems).not.toEqual([]);
    else expect(read(text)).toEqual({ value: expected, problems: [] });
  });
});

describe('structure', () => {
  it.each([
    ...[
      'a:\n  b: 1\n  c:\n    - 1\n    -\n    - d: 2\n      e: 3\n',
      'a:\n- 1\n- 2\n',
      '? a\n: b\n',
    ],
    ...['a: |\n  one\n  two\n\nb: >-\n  one\n  two\n', 'a: |+\n  one\n\nb: 1\n', 'a: |2\n   one\n'],
    ...[
      'a: >\n  one\n\n  two\n   three\n  four\n',
      'a: one\n  two\n',
      'a: "one\n  two\\\n  three"\n',
    ],
    ...['a: [1, [2, {b: 3}], ]\n', '{a, b: , c: 1}\n', '[a: 1, b]\n', 'a: {"b":1}\n', '- - - 1\n'],
    ...[
      '# one\na: 1 # two\n# three\n',
      '---\na: 1\n',
      '--- a\n',
      'a: 1\n...\n',
      '%YAML 1.2\n---\na: 1\n',
    ],
    ...[
      'a: &x 1\nb: *x\n',
      'a: &x [1, 2]\nb: [*x, *x]\n',
      'a: &x {b: 1}\nc: *x\n',
      '&x a: 1\nb: *x\n',
    ],
    ...['a: &x 1\nb: &x 2\nc: *x\n', '&x {a: 1}\n', 'a: 1\r\nb: 2\r\n', '"a b": 1\n\'c\': 2\n'],
    ...['a: 1\n b: 2\n', 'a: [1\n', 'a: "b\n', '- 1\na: 2\n', 'a: b: c\n', '\ta: 1\n', 'a: *x\n'],
    ...[
      'a: 1\na: 2\n',
      'a: @b\n',
      'a: `b\n',
      'a: !x b\n',
      'a: 1\n---\nb: 2\n',
      ']\n',
      '%TAG\n---\na\n',
    ],
    ...[
      '{a: 1\n',
      "a: 'b\n",
      '? [a]\n: b\n',
      'a: "\\x4"\n',
      'a: |x\n  b\n',
      '*x : 1\n',
      'a:\n  - b\n c\n',
    ],
  ])('%j', (text) => {
    const expected = theirs(text);
    if (expected === undefined) expect(read(text).problems).not.toEqual([]);
    else expect(read(text)).toEqual({ value: expected, problems: [] });
  });
});

describe('merge keys, which YAML 1.2 has no more, are applied', () => {
  it.each([
    ['a: &x {b: 1, c: 2}\nd: {<<: *x, c: 3}', { a: { b: 1, c: 2 }, d: { b: 1, c: 3 } }],
    [
      'a: &x {b: 1}\nc: &y {b: 2, d: 2}\ne: {<<: [*x, *y]}',
      { a: { b: 1 }, c: { b: 2, d: 2 }, e: { b: 1, d: 2 } },
    ],
    ['<<: {a: 1}\nb: 2', { a: 1, b: 2 }],
    ['"<<": {a: 1}', { '<<': { a: 1 } }],
  ])('%j', (text, value) => {
    expect(read(text)).toEqual({ value, problems: [] });
  });
});

describe('what js-yaml lets pass is refused', () => {
  it.each([
    ['a: .nan', 'yaml.number', 4],
    ['a: [.inf, -.INF]', 'yaml.number', 5],
    ['a: 1e400', 'yaml.number', 4],
    ['a: 9007199254740992', 'yaml.number', 4],
    ['a: 99999999999999999999999', 'yaml.number', 4],
    ['a: {__proto__: 1}', 'name.forbidden', 5],
    ['1: a', 'yaml.key', 1],
    ['a: &x [*x]', 'yaml.syntax', 8],
    ['a: !!binary aGk=', 'yaml.tag', 4],
    ['a: !!str { b: 1 }', 'yaml.syntax', 10],
    ['a: !!map [1]', 'yaml.syntax', 10],
    ['a: !!int true', 'yaml.syntax', 10],
    ['a: !!int 1.5', 'yaml.syntax', 10],
    ['a: !!map 5', 'yaml.syntax', 10],
    ['a: { ? : 1 }', 'yaml.key', 4],
    ['!!int 0x1F: a', 'yaml.key', 7],
    ['{ !!null x: a }', 'yaml.key', 10],
  ])('%j', (text, code, column) => {
    const [found] = read(text).problems;
    expect([found?.code, found?.locations[0]?.column]).toEqual([code, column]);
  });
});

it('has no value where there is no node, and null where a document is empty', () => {
  expect(read('')).toEqual({ value: undefined, problems: [] });
  expect(read('# nothing\n')).toEqual({ value: undefined, problems: [] });
  expect(read('---\n...\n')).toEqual({ value: null, problems: [] });
});

/** What js-yaml's own loader makes of a text; undefined where it refuses. */
function theirs(text: string): unknown {
  try {
    return load(text, { schema: CORE_SCHEMA });
  } catch {
    return undefined;
  }
}
