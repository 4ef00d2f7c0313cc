/**
 * Receivers against the bodies of test/cases/hostile/payloads, and against bodies too big to keep: each is answered
 * with a status and a problem, or taken for what it is; none makes `receive` throw.
 */
import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { bytesOf, outcomeOf, receiverOf } from './support/make-receiver.js';
import { inRepository } from './support/repository.js';
import { documentWith } from './support/small-documents.js';

const folder = inRepository('test', 'cases', 'hostile');
const payload = (file: string) => new Uint8Array(readFileSync(`${folder}/payloads/${file}`));
const tree = readFileSync(`${folder}/specs/28-CONTROL-recursive-tree.yaml`, 'utf8');
const object = documentWith('{ type: object }');
const list = documentWith('{ type: array }');
const number = '{ type: object, properties: { n: { type: number } } }';
const text = '{ type: object, properties: { id: { type: string } } }';

describe('the bodies that are kept', () => {
  it.each([
    ['p01-deep-recursion.json', tree, {}, '400 body.too-deep'],
    ['p01-deep-recursion.json', tree, { maxDepth: 1_000 }, '400 body.too-deep'],
    ['p03-valueof-const.json', member('{ const: {} }'), {}, '422 payload.invalid'],
    ['p03-valueof-const.json', member('{ enum: [{}] }'), {}, '422 payload.invalid'],
    ['p05-own-proto.json', object, {}, '400 body.forbidden-key'],
    ['p07-duplicate-escaped.json', object, {}, '200 message'],
    ['p07-duplicate-escaped.json', object, { refuseDuplicateKeys: true }, '400 body.duplicate-key'],
    ['p09-infinity.json', documentWith(number), {}, '400 body.number'],
    ['p11-not-utf8.bin', object, {}, '400 body.not-utf8'],
    ['p13-lone-surrogate.json', documentWith(text), {}, '200 message'],
    ['p15-empty.json', object, {}, '400 body.empty'],
    ['p17-scalar.json', object, {}, '422 payload.invalid'],
  ])('%s', async (file, document, options, expected) => {
    const receiver = await receiverOf(document);
    const result = await receiver(options)({ headers: {}, body: payload(file) });
    expect(outcomeOf(result)).toBe(expected);
    expect(result.problems ?? []).toHaveLength(result.kind === 'message' ? 0 : 1);
    expect(({} as Record<string, unknown>).isAdmin).toBeUndefined();
  });

  it('gives what JSON.parse makes of a name that stands twice, and of half a character', async () => {
    const receive = (await receiverOf(object))();
    const twice = await receive({ headers: {}, body: payload('p07-duplicate-escaped.json') });
    expect(twice.payload).toEqual({ id: '1', amount: 1_000_000 });
    const half = await receive({ headers: {}, body: payload('p13-lone-surrogate.json') });
    expect(half.payload).toEqual({ id: '\ud83d' });
  });
});

describe('bodies too big to keep', () => {
  const huge = { maxBytes: 20_000_000 };
  const ten = 10_000_000;
  const objects = Array.from({ length: 10_000 }, (_, index) => `{"id":${index},"of":[{}]}`);
  const bad = '{ type: array, items: { type: object, required: [a, b, c, d, e, f] } }';

  it.each([
    ['a text of 10 MB', object, {}, `{"id":"${'a'.repeat(ten)}"}`, '413 body.too-large'],
    ['a text of 10 MB, allowed', object, huge, `{"id":"${'a'.repeat(ten)}"}`, '200 message'],
    ['10 MB of spaces', object, {}, ' '.repeat(ten), '413 body.too-large'],
    ['10 MB of spaces, allowed', object, huge, ' '.repeat(ten), '400 body.not-json'],
    ['a million items', list, {}, `[0${',0'.repeat(999_999)}]`, '413 body.too-large'],
    ['a million items, allowed', list, huge, `[0${',0'.repeat(999_999)}]`, '200 message'],
    ['200,000 names', object, huge, names(200_000), '200 message'],
    [
      '200,000 names, each once',
      object,
      { ...huge, refuseDuplicateKeys: true },
      names(200_000),
      '200 message',
    ],
    ['10,000 unique objects', unique(), {}, `[${objects}]`, '200 message'],
    [
      '10,000 objects and one again',
      unique(),
      {},
      `[${objects},${objects[0]}]`,
      '422 payload.invalid',
    ],
    [
      '100,000 bad items',
      documentWith(bad),
      {},
      `[{}${',{}'.repeat(99_999)}]`,
      '422 payload.invalid',
    ],
    [
      'alternatives that meet again, 120 deep',
      alternatives(),
      {},
      deep(120, '1'),
      '422 payload.invalid',
    ],
    ['alternatives that meet again, one fits', alternatives(), {}, deep(120, '"x"'), '200 message'],
    ['alternatives of many schemas, 40 deep', chain(40), {}, deep(40, '1'), '422 payload.invalid'],
    ['alternatives of many schemas, one fits', chain(40), {}, deep(40, '"x"'), '200 message'],
    [
      'none of 200 constants in a list',
      containing(200),
      {},
      `[0${',{"a":1}'.repeat(9_999)}]`,
      '422 payload.invalid',
    ],
    [
      'one of 200 constants in a list',
      containing(200),
      {},
      `[0${',{"a":1}'.repeat(9_999)},{"z":199}]`,
      '200 message',
    ],
    ['half a million open brackets', list, {}, '['.repeat(500_000), '400 body.not-json'],
    [
      'half a million brackets',
      list,
      {},
      '['.repeat(500_000) + ']'.repeat(500_000),
      '400 body.too-deep',
    ],
    ['200,000 objects in each other', object, huge, deep(200_000, '1'), '400 body.too-deep'],
    ['a number of a million digits', list, {}, `[${'9'.repeat(1_000_000)}]`, '400 body.number'],
    ['a million digits behind the point', list, {}, `[0.${'9'.repeat(1_000_000)}]`, '200 message'],
  ])('%s', async (_, document, options, body, expected) => {
    const receiver = await receiverOf(document);
    const result = await receiver(options)({ headers: {}, body: bytesOf(body) });
    expect(outcomeOf(result)).toBe(expected);
    expect(result.problems ?? []).toHaveLength(result.kind === 'message' ? 0 : 1);
    expect(JSON.stringify(result.problems ?? []).length).toBeLessThan(2_000);
  });
});

describe('the order of the rules', () => {
  const secret = '41d7e0-some-secret';
  const signed = (body: Uint8Array) => ({
    'X-Signature': createHmac('sha256', secret).update(body).digest('base64'),
  });
  const notText = payload('p11-not-utf8.bin');

  it.each([
    ['size before the signature', new Uint8Array(2_000_000), {}, '413 body.too-large'],
    ['the signature before UTF-8', notText, {}, '401 credentials.missing'],
    ['the signature before JSON', bytesOf('{'), signed(bytesOf('}')), '401 credentials.wrong'],
    ['the signature before the empty body', bytesOf(''), {}, '401 credentials.missing'],
    ['UTF-8 behind a right signature', notText, signed(notText), '400 body.not-utf8'],
    ['JSON behind a right signature', bytesOf('{'), signed(bytesOf('{')), '400 body.not-json'],
    ['the schema last', bytesOf('[]'), signed(bytesOf('[]')), '422 payload.invalid'],
  ])('%s', async (_, body, headers, expected) => {
    const { receiver } = await import('../generated/mews/index.js');
    const result = await receiver({ secrets: [secret] })({ headers, body });
    expect(outcomeOf(result)).toBe(expected);
  });
});

/** An object whose member `a` has a schema. */
function member(schema: string): string {
  return documentWith(`{ type: object, properties: { a: ${schema} } }`);
}

function unique(): string {
  return documentWith('{ type: array, uniqueItems: true, items: { type: object } }');
}

/** A list that holds one of several objects. */
function containing(count: number): string {
  const constants = Array.from({ length: count }, (_, index) => `{ const: { z: ${index} } }`);
  return documentWith(`{ type: array, contains: { anyOf: [${constants}] } }`);
}

function names(count: number): string {
  return `{${Array.from({ length: count }, (_, index) => `"name${index}":0`)}}`;
}

/** A schema whose alternatives both hold it again. */
function alternatives(): string {
  return `${documentWith('{ $ref: "#/components/schemas/Node" }')}
components:
  schemas:
    Node:
      anyOf:
        - { type: object, required: [a], properties: { a: { $ref: "#/components/schemas/Node" } } }
        - { type: object, required: [a], minProperties: 1, properties: { a: { $ref: "#/components/schemas/Node" } } }
        - { type: string }
`;
}

/** Schemas that each try the next one twice, the last a string. */
function chain(length: number): string {
  const schemas = Array.from({ length }, (_, index) => {
    const next = `properties: { a: { $ref: "#/components/schemas/S${index + 1}" } }`;
    return `    S${index}: { anyOf: [{ required: [a], ${next} }, { minProperties: 1, ${next} }] }\n`;
  });
  return `${documentWith('{ $ref: "#/components/schemas/S0" }')}
components:
  schemas:
${schemas.join('')}    S${length}: { type: string }
`;
}

function deep(depth: number, inner: string): string {
  return `${'{"a":'.repeat(depth)}${inner}${'}'.repeat(depth)}`;
}
