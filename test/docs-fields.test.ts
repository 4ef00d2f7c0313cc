/** Field tables: what is required, what may be null, of which type values are, and which they can be. */
import { describe, expect, it } from 'vitest';
import { defaultConfig } from '../scripts/config/config.js';
import { noPacts } from '../scripts/docs/pacts.js';
import { renderSite } from '../scripts/docs/site.js';
import { namesOf } from '../scripts/generate/generate.js';
import { readAndLint } from '../scripts/lint/lint.js';
import { cellsOf } from './support/read-markdown.js';
import { temporaryFolder } from './support/temporary-folder.js';

interface Row {
  readonly type: string;
  readonly required: string;
  readonly null: string;
  readonly allowed: string;
}

const schemas = {
  Thing: {
    type: 'object',
    required: ['id'],
    properties: { id: { type: 'string' }, parent: { $ref: '#/components/schemas/Thing' } },
  },
  Maybe: { type: ['string', 'null'] },
  List: { type: 'array', items: { $ref: '#/components/schemas/List' } },
  Status: { enum: ['draft', 'sent', 'paid'] },
};

/** Makes the table of a payload with one member, `x`, or with several; returns its rows by what they are called. */
async function rows(properties: object, beside: object = {}): Promise<Map<string, Row>> {
  const payload = { type: 'object', properties, ...beside };
  const channels = { c: { messages: { m: { payload } } } };
  const info = { title: 'T', version: '1' };
  const document = { asyncapi: '3.0.0', info, channels, components: { schemas } };
  const cwd = temporaryFolder({ 't.asyncapi.json': JSON.stringify(document) });
  const { spec: read, problems } = readAndLint('t.asyncapi.json', defaultConfig, cwd);
  if (read === undefined) throw new Error(JSON.stringify(problems));
  const { files } = await renderSite(
    [{ read, names: namesOf(read, defaultConfig).names }],
    noPacts,
  );
  const [, table = ''] = files.get('t/index.md')?.split('#### Payload\n') ?? [];
  const [, , ...lines] = table.split('\n## ')[0]?.match(/^\|.*\|$/gm) ?? [];
  return new Map(
    lines.map((line) => {
      const [name = '', type = '', required = '', isNull = '', , allowed = ''] = cellsOf(line);
      const words = type.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').replaceAll('\\', '');
      return [name.replaceAll('`', ''), { type: words, required, null: isNull, allowed }];
    }),
  );
}

const $ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });

describe('null', () => {
  it.each([
    ['no', { type: 'string' }],
    ['yes', { type: ['string', 'null'] }],
    ['yes', {}],
    ['no', { enum: ['a'] }],
    ['yes', { enum: ['a', null] }],
    ['yes', { const: null }],
    ['yes', { oneOf: [{ type: 'string' }, { type: 'null' }] }],
    ['yes', { anyOf: [$ref('Thing'), { type: 'null' }] }],
    ['yes', { anyOf: [{ type: 'string' }, { const: null }] }],
    ['no', { oneOf: [{ type: ['string', 'null'] }, { type: ['integer', 'null'] }] }],
    ['yes', $ref('Maybe')],
    ['no', { allOf: [$ref('Maybe'), { type: 'string' }] }],
    ['no', { not: { type: 'null' } }],
    ['no', $ref('Thing')],
  ])('%s: %j', async (expected, schema) => {
    expect((await rows({ x: schema })).get('x')?.null).toBe(expected);
  });
});

describe('types', () => {
  it.each([
    ['string', { type: ['string', 'null'] }],
    ['null', { type: 'null' }],
    ['null', { const: null }],
    ['any', {}],
    ['must be absent', false],
    ['integer', { allOf: [{ type: 'number' }, { type: 'integer' }] }],
    ['array of string', { type: 'array', items: { type: 'string' } }],
    ['array of (string or integer)', { type: 'array', items: { type: ['string', 'integer'] } }],
    [
      'array of array of boolean',
      { type: 'array', items: { type: 'array', items: { type: 'boolean' } } },
    ],
    ['string or integer', { oneOf: [{ type: 'string' }, { type: 'integer' }] }],
    ['object, Thing', $ref('Thing')],
    ['object, Thing', { oneOf: [$ref('Thing'), { type: 'null' }] }],
    ['array, a tuple', { type: 'array', items: [{ type: 'string' }] }],
  ])('%s: %j', async (expected, schema) => {
    expect((await rows({ x: schema as object })).get('x')?.type).toBe(expected);
  });

  it('are said of what leads back to itself, and of lists that do', async () => {
    const table = await rows({
      x: $ref('Thing'),
      y: { anyOf: [$ref('List'), { type: 'string' }] },
    });
    expect(table.get('x.parent')).toMatchObject({ type: 'object, Thing', null: 'no' });
    expect(table.get('y')?.type).toContain(' or string');
  });
});

describe('members', () => {
  it('are required where any part says so', async () => {
    const table = await rows(
      { a: { type: 'string' }, b: { type: 'string' } },
      { required: ['a'], allOf: [{ required: ['b', 'c'] }] },
    );
    expect([...table].map(([name, { required }]) => [name, required])).toEqual([
      ['the whole body', ''],
      ['a', 'yes'],
      ['b', 'yes'],
      ['c', 'yes'],
    ]);
  });

  it('that a condition adds have rows of their own', async () => {
    const table = await rows(
      { status: { type: 'string' } },
      {
        if: { properties: { status: { const: 'refunded' } }, required: ['status'] },
        // biome-ignore lint/suspicious/noThenProperty: JSON Schema's own keyword.
        then: { required: ['amount', 'status'], properties: { amount: { type: 'integer' } } },
      },
    );
    expect(table.get('amount')).toMatchObject({ type: 'integer', required: 'yes' });
    expect([...table.keys()]).toContain('if status is "refunded"');
  });

  it('of maps and lists are described by what each is', async () => {
    const table = await rows({
      map: { type: 'object', additionalProperties: { type: ['integer', 'null'] } },
      list: { type: 'array', items: { type: ['string', 'null'] } },
    });
    expect(table.get('map.\\*: each member') ?? table.get('map.*: each member')).toMatchObject({
      type: 'integer',
      null: 'yes',
    });
    expect(table.get('list[]')).toMatchObject({ type: 'string', null: 'yes' });
  });
});

it('lists the values that all parts allow, once', async () => {
  const table = await rows({
    x: { allOf: [$ref('Status'), { enum: ['sent', 'paid'] }, { const: 'paid' }] },
  });
  expect(table.get('x')?.allowed).toBe('`"paid"`');
});
