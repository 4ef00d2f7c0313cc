/** What needs become: examples, and rules that hold for every delivery that the document allows. */
import { describe, expect, it } from 'vitest';
import { acceptedPatterns } from '../scripts/contract/date-patterns.js';
import { contentsOf } from '../scripts/pact/contents.js';
import { openDocument } from '../scripts/pact/document.js';
import { each, needed } from '../scripts/pact/needs.js';
import { textExpressions } from '../scripts/pact/text-rules.js';
import type { Json } from '../scripts/spec/model.js';
import { inRepository, providers } from './support/repository.js';

const cases = inRepository('test', 'cases', 'pact-library');
const contents = (needs: unknown, name = 'order.placed', spec = 'shop.asyncapi.yaml'): Json => {
  const { spec: model, guarantee } = openDocument(spec, cases);
  const message = model.messages.find((one) => one.name === name);
  const examples = message?.examples.flatMap(({ payload }) =>
    payload === undefined ? [] : [payload],
  );
  return contentsOf({ guarantee, schema: message?.payload, examples: examples ?? [] }, needs);
};
const rule = (type: string, value: Json, details = {}) => ({
  'pact:matcher:type': type,
  value,
  ...details,
});
const uuid = rule('regex', '98656C4A-950D-4B19-B7EF-AD1744E92B53', {
  regex: acceptedPatterns.uuid,
});

it.each([
  ['a constant', 'type', 'order.placed'],
  ['a UUID', 'id', uuid],
  [
    'an instant',
    'at',
    rule('regex', '2025-02-06T09:41:30Z', { regex: acceptedPatterns['date-time'] }),
  ],
  ['a number', 'total', rule('number', 2)],
  ['a boolean', 'paid', rule('boolean', true)],
  ['one of several', 'channel', rule('regex', 'web', { regex: '^(?:web|shop\\.floor)$' })],
  ['a pattern', 'code', rule('regex', 'AB12', { regex: '^[A-Z]{2}[0-9]+$' })],
  ['a nullable text, by the first example that has one', 'note', rule('type', 'soon')],
  [
    'a list that may be empty',
    'lines',
    rule(
      'type',
      [{ sku: rule('type', 'A1'), count: rule('integer', 2), kind: rule('equality', 'line') }],
      { min: 0 },
    ),
  ],
  [
    'the members that all alternatives have',
    'customer',
    { kind: rule('regex', 'person', { regex: '^(?:person|company)$' }), name: rule('type', 'Ann') },
  ],
])('needs %s', (_, name, expected) => {
  expect(contents({ [name]: needed })).toEqual({ [name]: expected });
});

it('takes needs of all of a payload as needs of what it requires', () => {
  const all = contents(needed) as Record<string, Json>;
  expect(Object.keys(all)).toEqual([
    'type',
    'id',
    'at',
    'total',
    'lines',
    'customer',
    'paid',
    'channel',
  ]);
  expect(all).toEqual(contents(Object.fromEntries(Object.keys(all).map((name) => [name, needed]))));
});

it('keeps values as they are, and lists as they are shown', () => {
  const needs = { total: 7, note: null, lines: [{ sku: 'B' }, { sku: needed }] };
  expect(contents(needs)).toEqual({
    total: 7,
    note: null,
    lines: [{ sku: 'B' }, { sku: rule('type', 'A1') }],
  });
});

it('needs a list of at least one item, or of any number', () => {
  expect(contents({ lines: each({ sku: needed }) })).toEqual({
    lines: rule('type', [{ sku: rule('type', 'A1') }], { min: 1 }),
  });
  expect(contents({ lines: each({ sku: needed }, { min: 0 }) })).toMatchObject({
    lines: { min: 0 },
  });
  expect(() => each({}, { min: 2 })).toThrow(RangeError);
});

it('picks the alternative that the given values leave, and its example', () => {
  expect(contents({ customer: { kind: 'company', vat: needed, name: needed } })).toEqual({
    customer: { kind: 'company', vat: rule('integer', 12), name: rule('type', 'Bee') },
  });
});

it.each([
  [
    'a member that the document says nothing of',
    { any: needed },
    '/any: the document allows several types',
  ],
  ['a member of several types', { mixed: needed }, '/mixed: the document allows several types'],
  ['a value that no delivery holds', { total: 'two' }, '/total'],
  ['a constant that is another', { type: 'order.gone' }, 'no delivery'],
  ['an alternative that there is not', { customer: { kind: 'dog' } }, 'no delivery'],
  [
    'a member that there is not',
    { lines: [{ colour: needed }] },
    '/lines/0/colour: the document does',
  ],
  ['an object where there is a text', { id: { a: 1 } }, '/id: the document does not guarantee'],
  [
    'a value in each item that none has',
    { lines: each({ kind: 'tax' }) },
    '/lines/0/kind: no delivery',
  ],
  ['a name that Pact reserves', { 'pact:matcher:type': 'type' }, 'takes the name'],
  ["a name that Pact can't read", { "it's": 1 }, 'quote'],
  ['what JSON can not hold', { total: Number.NaN }, 'JSON'],
])('refuses %s', (_, needs, text) => {
  expect(() => contents(needs)).toThrow(text);
});

it.each(['[A-Z]', '^(?=a)b$', '^(a)\\1$', '^a|b$', '^[^\\d]$', '^\\p{L}$', '^é$', '^[a[b]]$'])(
  'does not hand the pattern %s to Pact, which would read it otherwise',
  (pattern) => expect(textExpressions({ pattern })).toEqual([]),
);

it('hands over plain patterns', () => {
  for (const pattern of ['^[A-Z]{2}\\d+$', '^(?:a|b.c)?\\.x$', '^$']) {
    expect(textExpressions({ pattern })).toEqual([pattern]);
  }
});

describe.each(providers)('%s', (provider) => {
  const { spec, guarantee } = openDocument(provider, inRepository('.'));
  it.each(spec.messages.map((message) => [message.name, message] as const))(
    'has rules of %s that its own examples keep',
    (_, message) => {
      const examples = message.examples.flatMap(({ payload }) =>
        payload === undefined ? [] : [payload],
      );
      const made = contentsOf({ guarantee, schema: message.payload, examples }, needed);
      for (const example of examples) expect(broken(made, example)).toEqual([]);
      // The check can find something.
      expect(broken(made, { data: 1 })).not.toEqual([]);
    },
  );
});

/** Lists the places at which a value breaks rules: Pact's, as far as they are used here. */
function broken(rules: Json, value: Json | undefined, place = '$'): string[] {
  if (value === undefined) return [place];
  if (typeof rules !== 'object' || rules === null) return rules === value ? [] : [place];
  if (Array.isArray(rules) || typeof rules !== 'object') return [place];
  const { 'pact:matcher:type': type, value: example, regex, min } = rules;
  if (type === undefined) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return [place];
    return Object.entries(rules).flatMap(([name, own]) =>
      broken(own, value[name], `${place}.${name}`),
    );
  }
  if (Array.isArray(example)) {
    if (!Array.isArray(value) || value.length < Number(min ?? 0)) return [place];
    return value.flatMap((item, index) => broken(example[0] ?? null, item, `${place}[${index}]`));
  }
  const holds = {
    regex: () => typeof value === 'string' && new RegExp(String(regex)).test(value),
    integer: () => Number.isInteger(value),
    number: () => typeof value === 'number',
    boolean: () => typeof value === 'boolean',
    equality: () => value === example,
    type: () => typeof value === typeof example && value !== null,
  }[String(type)];
  return holds?.() === true ? [] : [place];
}
