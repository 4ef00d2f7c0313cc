import { randomFrom } from './random.js';

/** A document that is small or legal, and makes a careless reader run out of time or memory. */
export interface Bomb {
  readonly name: string;
  /** The files by their names, the document first. */
  readonly files: Readonly<Record<string, string>>;
  /** The code of the first problem; undefined where the document is in order. */
  readonly code?: string;
  /** The code of the first warning, where there are only warnings. */
  readonly warning?: string;
}

const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));
const map = <T>(count: number, prefix: string, make: (index: number) => T): Record<string, T> =>
  Object.fromEntries(times(count, (index) => [`${prefix}${index}`, make(index)]));

const head = 'asyncapi: 3.0.0\ninfo: {title: Bomb, version: 1.0.0}\n';
const channels = (payload: string) => `channels: {c: {messages: {m: {payload: ${payload}}}}}\n`;
const yaml = (rest: string) => ({ 'bomb.asyncapi.yaml': head + rest });
const json = (rest: object) => ({
  'bomb.asyncapi.json': JSON.stringify({
    asyncapi: '3.0.0',
    info: { title: 'Bomb', version: '1.0.0' },
    ...rest,
  }),
});
const message = (payload: object) => ({ channels: { c: { messages: { m: { payload } } } } });
const messages = (count: number, make: (index: number) => object) => ({
  channels: { c: { messages: map(count, 'm', (index) => ({ payload: make(index) })) } },
});
const schemas = (held: Record<string, object>) => ({
  ...message({ $ref: '#/components/schemas/S0' }),
  components: { schemas: held },
});
const next = (index: number) => ({ $ref: `#/components/schemas/S${index + 1}` });
const levels = (count: number, make: (index: number) => object) =>
  schemas(map(count, 'S', (index) => (index < count - 1 ? make(index) : { type: 'object' })));

/** Makes a schema that holds another of its kind, and so on. */
function nested(depth: number, make: (inner: object) => object): object {
  let schema = make({ type: 'string' });
  for (let level = 1; level < depth; level += 1) schema = make(schema);
  return schema;
}

/** Writes characters that mean something to YAML, in no order. */
function noise(length: number): string {
  const random = randomFrom(512);
  return times(length, () => random.pick([...'{}[]:,-&*! \n"\'|>a'])).join('');
}

/** Writes a document whose payload nests lists in lists; the reader takes 512 levels. */
function deepSchema(depth: number): string {
  const text = json(message({ here: 0 }))['bomb.asyncapi.json'] ?? '';
  return text.replace('"here":0', `${'"items":{'.repeat(depth)}${'}'.repeat(depth)}`);
}

/** Writes schemas that choose, for each of some names, one of several anchors before they lead to references to all. */
function dynamicWays(names: number, choices: number): object {
  const wrap = (schema: object) => ({
    schemaFormat: 'application/schema+json;version=draft/2020-12',
    schema,
  });
  const id = (name: number, choice: number) => `https://example.com/${name}/${choice}`;
  const leaf = {
    $id: 'https://example.com/leaf',
    properties: map(names, 'p', (name) => ({ $dynamicRef: `#n${name}` })),
    $defs: map(names, 'd', (name) => ({ $dynamicAnchor: `n${name}` })),
  };
  const resources = times(names * choices, (index): [string, object] => {
    const name = Math.floor(index / choices);
    const $ref = (choice: number) =>
      name + 1 < names ? id(name + 1, choice) : 'https://example.com/leaf';
    return [
      `R${index}`,
      wrap({
        $id: id(name, index % choices),
        $defs: { a: { $dynamicAnchor: `n${name}` } },
        anyOf: times(choices, (choice) => ({ $ref: $ref(choice) })),
      }),
    ];
  });
  const payload = wrap({ anyOf: times(choices, (choice) => ({ $ref: id(0, choice) })) });
  return {
    ...message(payload),
    components: { schemas: { leaf: wrap(leaf), ...Object.fromEntries(resources) } },
  };
}

/** Builds every bomb; together they are some 60 MB. */
export function readingBombs(): Bomb[] {
  return [
    {
      name: 'a file larger than 10 MB',
      files: yaml(channels('{}') + '#'.repeat(10_000_000)),
      code: 'file.too-large',
    },
    {
      name: 'three files of 9 MB',
      files: {
        ...yaml(
          channels('{properties: {a: {$ref: a.yaml}, b: {$ref: b.yaml}, c: {$ref: c.yaml}}}'),
        ),
        ...Object.fromEntries(
          ['a', 'b', 'c'].map((name) => [`${name}.yaml`, `{}\n${'#'.repeat(9_000_000)}`]),
        ),
      },
      code: 'document.too-large',
    },
    {
      name: '150 files in a chain',
      files: {
        ...yaml(channels('{$ref: f0.yaml}')),
        ...Object.fromEntries(
          times(150, (index) => [
            `f${index}.yaml`,
            `properties: {next: {$ref: f${index + 1}.yaml}}`,
          ]),
        ),
      },
      code: 'document.too-large',
    },
    { name: 'a text of 9.9 MB', files: yaml(channels(`{description: ${'a'.repeat(9_900_000)}}`)) },
    { name: '4.9 million lines', files: yaml(channels('{}') + '#\n'.repeat(4_900_000)) },
    {
      name: 'headers that are all of themselves',
      files: json({
        channels: { c: { messages: { m: { headers: { $ref: '#/components/schemas/S0' } } } } },
        components: {
          schemas: { S0: { type: 'object', allOf: [{ $ref: '#/components/schemas/S0' }] } },
        },
      }),
      code: 'schema.recursion',
    },
    {
      name: 'headers of 2^39 parts',
      files: json({
        channels: { c: { messages: { m: { headers: { $ref: '#/components/schemas/S0' } } } } },
        components: levels(40, (index) => ({ allOf: [next(index), next(index)] })).components,
      }),
    },
    {
      name: '9 MB of noise',
      files: { 'bomb.asyncapi.yaml': noise(9_000_000) },
      code: 'document.too-many-values',
    },
    {
      name: '1 MB of noise',
      files: { 'bomb.asyncapi.yaml': noise(1_000_000) },
      code: 'yaml.syntax',
    },
    {
      name: 'a million brackets in JSON',
      files: { 'bomb.asyncapi.json': '['.repeat(1_000_000) },
      code: 'json.syntax',
    },
    {
      name: '200,000 brackets in YAML',
      files: yaml(`x-a: ${'[{a: '.repeat(100_000)}`),
      code: 'yaml.syntax',
    },
    {
      name: '3,000 levels of YAML',
      files: { 'bomb.asyncapi.yaml': times(3_000, (level) => `${' '.repeat(level)}a:`).join('\n') },
      code: 'yaml.syntax',
    },
    {
      name: 'a wide list repeated 1,000 times',
      files: yaml(`x-a: &a [${'a, '.repeat(1_000)}]\nx-b: [${'*a, '.repeat(1_000)}]\n`),
      code: 'yaml.aliases',
    },
    {
      name: 'a chain of 3,000 merge keys',
      files: yaml(
        `x-0: &m0 {k: 0}\n${times(3_000, (i) => `x-${i + 1}: &m${i + 1} {<<: *m${i}, k${i}: 0}\n`).join('')}`,
      ),
      code: 'yaml.aliases',
    },
    {
      name: 'a wide mapping merged 10,000 times',
      files: yaml(
        `x-a: &m {${times(1_000, (i) => `k${i}: 0`).join(', ')}}\nx-b: {<<: [${'*m, '.repeat(10_000)}]}\n`,
      ),
      code: 'yaml.aliases',
    },
    { name: 'a chain of 20,000 references', files: json(levels(20_000, next)) },
    {
      name: 'a loop of 10,000 references',
      files: json(schemas(map(10_000, 'S', (index) => next(index === 9_999 ? -1 : index)))),
      code: 'reference.loop',
    },
    {
      name: 'references that fan out to 3^12 members',
      files: json(
        levels(13, (i) => ({
          required: ['a', 'b', 'c'],
          properties: { a: next(i), b: next(i), c: next(i) },
        })),
      ),
    },
    {
      name: 'references that fan out to 3^12 parts',
      files: json(levels(13, (i) => ({ allOf: [next(i), next(i), next(i)] }))),
    },
    {
      name: 'references that fan out to 30^12 alternatives',
      files: json(levels(13, (i) => ({ anyOf: times(30, () => next(i)) }))),
    },
    {
      name: 'references that fan out to 2^30 alternatives, none of which fits an example',
      files: json({
        ...levels(31, (i) => ({ anyOf: [next(i), next(i)] })),
        channels: {
          c: { messages: { m: { payload: next(-1), examples: [{ payload: 'text' }] } } },
        },
      }),
      code: 'message.example.invalid',
    },
    {
      name: 'alternatives that multiply what is evaluated',
      files: json(
        schemas({
          ...map(14, 'S', (i) => ({
            schemaFormat: 'application/schema+json;version=draft/2020-12',
            schema: {
              anyOf: times(3, (size) => ({ ...next(i), minProperties: size })),
              ...(i === 0 && { unevaluatedProperties: false }),
            },
          })),
          S14: { properties: { x: true } },
        }),
      ),
      code: 'schema.too-large',
    },
    {
      name: 'dynamic references that 6^8 ways lead to',
      files: json(dynamicWays(8, 6)),
      code: 'schema.too-large',
    },
    {
      name: '4,900 members',
      files: json(message({ properties: map(4_900, 'p', () => ({ type: 'string' })) })),
    },
    {
      name: 'a schema 480 deep',
      files: { 'bomb.asyncapi.json': deepSchema(480) },
      code: 'schema.too-large',
    },
    {
      name: 'alternatives of members within one another',
      files: json(
        message(
          nested(50, (inner) => ({
            type: 'object',
            properties: { x: inner, y: { type: 'string' } },
            anyOf: [{ required: ['x'] }, { required: ['y'] }],
          })),
        ),
      ),
    },
    {
      name: 'tuples within one another',
      files: json(
        message(nested(50, (inner) => ({ type: 'array', items: [inner, {}, { type: 'string' }] }))),
      ),
    },
    { name: '20,000 constants', files: json(message({ enum: times(20_000, (i) => `value${i}`) })) },
    {
      name: '20,000 schemas',
      files: json({
        ...message({}),
        components: { schemas: map(20_000, 'S', () => ({ type: 'string' })) },
      }),
    },
    {
      name: '20,000 wrong types',
      files: json({
        ...message({}),
        components: { schemas: map(20_000, 'S', () => ({ type: 'text' })) },
      }),
      code: 'structure.invalid',
    },
    {
      name: '20,000 broken references',
      files: json(message({ properties: map(20_000, 'p', (i) => ({ $ref: `#/no/${i}` })) })),
      code: 'reference.broken',
    },
    {
      name: 'a list of 10^9 items',
      files: json(message({ minItems: 1e9, maxItems: 1e9, items: { type: 'string' } })),
    },
    {
      name: '40 messages, each without a member that only the one before must have',
      files: json(
        messages(40, (i) => ({
          type: 'object',
          required: [`k${i}`],
          properties: { [`k${i}`]: { type: 'string' }, ...(i > 0 && { [`k${i - 1}`]: false }) },
        })),
      ),
      warning: 'message.overlap',
    },
    {
      name: '30 messages, each with another constant for a member of the one before',
      files: json(
        messages(30, (i) => ({
          type: 'object',
          required: [`k${i}`, `k${(i + 1) % 30}`],
          properties: { [`k${i}`]: { const: 'a' }, [`k${(i + 1) % 30}`]: { const: 'b' } },
        })),
      ),
      warning: 'message.overlap',
    },
    {
      name: '20,000 constants that 100 messages share',
      files: json({
        ...messages(100, (i) => ({
          type: 'object',
          required: ['k', `z${i}`],
          properties: { k: { $ref: '#/components/schemas/D' } },
        })),
        components: { schemas: { D: { enum: times(20_000, (i) => `value${i}`) } } },
      }),
      warning: 'message.overlap',
    },
    {
      name: '200 messages with 500 constants each',
      files: json(
        messages(200, (i) => ({
          type: 'object',
          required: ['t'],
          properties: { t: { enum: times(500, (j) => `value${i} ${j}`) } },
        })),
      ),
    },
    {
      name: 'two lists of 100,000 constants without one in common',
      files: json(
        message({
          allOf: ['v', 'w'].map((letter) => ({ enum: times(100_000, (i) => `${letter}${i}`) })),
        }),
      ),
      code: 'message.unreachable',
    },
    {
      name: 'members of members of two schemas that a third joins',
      files: json({
        ...message({
          allOf: ['A', 'B'].map((letter) => ({ $ref: `#/components/schemas/${letter}0` })),
        }),
        components: {
          schemas: Object.fromEntries(
            ['A', 'B'].flatMap((letter) =>
              times(7, (i) => [
                `${letter}${i}`,
                {
                  properties: map(i < 6 ? 50 : 0, 'p', () => ({
                    $ref: `#/components/schemas/${letter}${i + 1}`,
                  })),
                },
              ]),
            ),
          ),
        },
      }),
    },
    {
      name: '100^4 paths of required members',
      files: json({
        ...messages(2, (i) => ({ allOf: [next(-1)], required: [`z${i}`] })),
        components: {
          schemas: map(5, 'S', (i) => ({
            type: 'object',
            required: times(i < 4 ? 100 : 0, (j) => `p${j}`),
            properties: map(i < 4 ? 100 : 0, 'p', () => next(i)),
          })),
        },
      }),
      warning: 'message.overlap',
    },
    {
      name: '1,000 messages that nothing tells apart',
      files: json(messages(1_000, (i) => ({ type: 'object', required: [`k${i}`] }))),
      warning: 'message.overlap',
    },
    {
      name: '800 messages with 10 kB of description',
      files: json(
        messages(800, (i) => ({
          type: 'object',
          required: [`k${i}`],
          description: 'd'.repeat(10_000),
        })),
      ),
      warning: 'message.overlap',
    },
    {
      name: '250 messages with 300 required members each',
      files: json(
        messages(250, (i) => ({ type: 'object', required: times(300, (j) => `k${i}_${j}`) })),
      ),
      warning: 'message.overlap',
    },
    {
      name: 'a pattern of a million characters',
      files: json(message({ pattern: 'a'.repeat(1_000_000) })),
      code: 'schema.pattern.unsafe',
    },
  ];
}
