/** Schemas that list thousands of things make modules that can be imported, and that judge as the schema says. */
import { describe, expect, it } from 'vitest';
import { generateModule } from './support/generate-module.js';
import { documentWith } from './support/small-documents.js';
import { temporaryFolder } from './support/temporary-folder.js';

const indexes = [...Array(2_400).keys()];
const names = indexes.map((index) => `p${index}`);
const objects = indexes.map((index) => ({ k: index }));
const members = Object.fromEntries(names.map((name) => [name, true]));
const texts = Object.fromEntries(names.map((name) => [name, { type: 'string' }]));

const modern = (schema: object) => ({
  schemaFormat: 'application/schema+json;version=draft/2020-12',
  schema,
});

describe('a payload judged by thousands', () => {
  it.each<[what: string, schema: object, accepted: unknown, rejected: unknown]>([
    ['objects in an enum', { enum: objects }, { k: 2_399 }, { k: 2_400 }],
    ['values of an enum', { enum: [...indexes, ...objects] }, 17, '17'],
    [
      'constants',
      { anyOf: [...indexes, ...objects].map((each) => ({ const: each })) },
      { k: 1 },
      { k: '1' },
    ],
    [
      'alternatives',
      { anyOf: names.map((name) => ({ required: [name] })) },
      { p2399: 1 },
      { p2400: 1 },
    ],
    [
      'patterns',
      { patternProperties: expressions(texts), additionalProperties: false },
      { p7: 'a' },
      { q: 'a' },
    ],
    [
      'names beside what is left over',
      modern({ properties: texts, unevaluatedProperties: false }),
      { p7: 'a' },
      { q: 'a' },
    ],
    [
      'alternatives beside what is left over',
      modern({
        anyOf: names.map((name) => ({ properties: { [name]: true }, required: [name] })),
        unevaluatedProperties: false,
      }),
      { p7: 'a', p8: 'b' },
      { p7: 'a', q: 'b' },
    ],
  ])('%s', async (_, schema, accepted, rejected) => {
    const { check } = await moduleOf(schema);
    expect(check(accepted)).toMatchObject({ ok: true });
    expect(check(rejected)).toMatchObject({ ok: false });
  });

  it.each([
    ['required names', { required: names }, {}],
    ['names that another needs', { dependencies: { all: names } }, { all: true }],
  ])('%s, the first that is missing told', async (_, schema, rest) => {
    const { check } = await moduleOf({ type: 'object', ...schema });
    expect(check({ ...members, ...rest })).toMatchObject({ ok: true });
    const { p2398: _1, p2399: _2, ...most } = members;
    expect(check({ ...most, ...rest })).toMatchObject({
      ok: false,
      problems: [{ text: expect.stringContaining('"p2398"') }],
    });
  });
});

describe('a value that is judged by each of 60 schemas twice by the one before', () => {
  type Step = (next: object) => object;
  const members = ['one', 'other', 'const'];
  const chain = (step: Step) => {
    const at = (index: number) => ({
      $ref: `#/channels/webhook/messages/thing/payload/definitions/s${index}`,
    });
    const steps = indexes.slice(0, 60).map((index) => [`s${index}`, step(at(index + 1))]);
    const properties = Object.fromEntries(members.map((name) => [name, at(0)]));
    return { properties, definitions: Object.fromEntries([...steps, ['s60', { type: 'string' }]]) };
  };

  it.each<[keyword: string, step: Step, isNumberTaken: boolean]>([
    ['allOf', (next) => ({ allOf: [next, next] }), false],
    ['anyOf', (next) => ({ anyOf: [next, { allOf: [next] }] }), false],
    ['oneOf', (next) => ({ oneOf: [next, { not: next }] }), true],
    ['not', (next) => ({ not: { not: { allOf: [next, next] } } }), false],
    // biome-ignore lint/suspicious/noThenProperty: JSON Schema's own keyword.
    ['if', (next) => ({ if: next, then: next, else: { not: next } }), true],
  ])('%s', async (_, step, isNumberTaken) => {
    const { check } = await moduleOf(chain(step));
    for (const value of ['text', '']) {
      expect(check({ one: value, other: value, const: value })).toMatchObject({ ok: true });
    }
    for (const name of members) {
      const payload = { one: 'text', other: 'text', const: 'text', [name]: 5 };
      expect(check(payload)).toMatchObject(
        isNumberTaken ? { ok: true } : { ok: false, problems: [{ path: `/${name}` }] },
      );
    }
  });
});

it('keeps some 10,000 lines of a description', async () => {
  const lines = Array.from({ length: 200_000 }, (_, index) => `line ${index}`);
  const { written } = await moduleOf({ type: 'string', description: lines.join('\n') });
  const types = written.get('small/types.d.ts') ?? '';
  expect(types.includes(' * line 9000\n')).toBe(true);
  expect(types.includes('line 10000')).toBe(false);
  expect(types.includes(' * …\n */\n')).toBe(true);
});

/** The same members, each under a pattern that its name alone matches. */
function expressions(schemas: object): object {
  return Object.fromEntries(Object.entries(schemas).map(([name, one]) => [`^${name}$`, one]));
}

function moduleOf(schema: object) {
  const cwd = temporaryFolder({ 'small.asyncapi.yaml': documentWith(JSON.stringify(schema)) });
  return generateModule('small.asyncapi.yaml', cwd);
}
