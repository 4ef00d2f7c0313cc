/**
 * What a document may hold at most: beyond, reading it ends with one problem at the place where the limit is passed,
 * within 512 MB; below, it is read. Each document is read in a process of its own.
 */
import { expect, it } from 'vitest';
import { inRepository } from './support/repository.js';
import { runProgram } from './support/run-program.js';
import { temporaryFolder } from './support/temporary-folder.js';

interface Limited {
  readonly name: string;
  readonly file: 'limits.asyncapi.json' | 'limits.asyncapi.yaml';
  readonly text: string;
  /** Line, column and code of the first problem; undefined where the document is in order. */
  readonly first?: string;
}

const map = (count: number, make: (index: number) => [string, object]) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => make(index)));
const head = { asyncapi: '3.0.0', info: { title: 'Limits', version: '1.0.0' } };
const message = (payload: object) => ({ channels: { c: { messages: { m: { payload } } } } });
const json = (rest: object) => ({
  file: 'limits.asyncapi.json' as const,
  text: JSON.stringify({ ...head, ...rest }),
});
const yaml = (data: string) => ({
  file: 'limits.asyncapi.yaml' as const,
  text: `asyncapi: 3.0.0\ninfo: {title: Limits, version: 1.0.0}\nchannels: {c: {messages: {m: {payload: {}}}}}\nx-a:${data}\n`,
});
/** Schemas of which each is what the next one's items are, and one whose items nest as deep as they need. */
const nested = (depth: number): object => (depth === 0 ? {} : { items: nested(depth - 1) });
const through = (count: number, last: object) => ({
  ...message({ $ref: '#/components/schemas/S0/items' }),
  components: {
    schemas: {
      ...map(count, (index) => [`S${index}`, { $ref: `#/components/schemas/S${index + 1}/items` }]),
      [`S${count}`]: last,
    },
  },
});
/** Messages that a constant tells apart, whose payloads and which themselves hold more. */
const messages = (count: number, members: object, more: object = {}) => ({
  channels: {
    c: {
      messages: map(count, (index) => [
        `m${index}`,
        {
          payload: {
            type: 'object',
            required: ['t'],
            properties: { t: { const: index }, ...members },
          },
          ...more,
        },
      ]),
    },
  },
});
/** Messages that share a trait. */
const sharing = (count: number, trait: object, own: object) => ({
  components: { messageTraits: { t: trait } },
  ...messages(count, {}, { traits: [{ $ref: '#/components/messageTraits/t' }], ...own }),
});
const examples = { examples: Array.from({ length: 2000 }, () => ({ headers: {} })) };
const headers = (count: number) => ({
  headers: { type: 'object', properties: map(count, (index) => [`h${index}`, {}]) },
});
const tooMany = 'document.too-many-values';
const names = (count: number, prefix: string) =>
  Array.from({ length: count }, (_, index) => `${prefix}${index}`);

const documents: readonly Limited[] = [
  {
    name: 'JSON: values below the limit',
    ...json({ ...message({}), 'x-a': Array(399_000).fill({}) }),
  },
  {
    name: 'JSON: objects',
    ...json({ ...message({}), 'x-a': Array(2_000_000).fill({}) }),
    first: `1:1200\\d{3} error ${tooMany}`,
  },
  { name: 'YAML: values below the limit', ...yaml(` [${'1,'.repeat(399_000)}]`) },
  {
    name: 'YAML: items',
    ...yaml(` [${'1,'.repeat(4_000_000)}]`),
    first: `4:7999\\d{2} error ${tooMany}`,
  },
  {
    name: 'YAML: pairs in a list',
    ...yaml(` [${'a: b, '.repeat(1_000_000)}]`),
    first: `4:11999\\d{2} error ${tooMany}`,
  },
  {
    name: 'YAML: items of a block',
    ...yaml(`\n${'-\n'.repeat(700_000)}`),
    first: `3999\\d{2}:1 error ${tooMany}`,
  },
  {
    name: 'objects below the limit',
    ...json(messages(10, { held: { properties: map(4990, (index) => [`p${index}`, {}]) } })),
  },
  {
    name: 'objects of many messages',
    ...json(messages(17, { held: { properties: map(4990, (index) => [`p${index}`, {}]) } })),
    first: '1:\\d+ error document.too-many-objects',
  },
  {
    name: 'alternatives of many messages, which count twice',
    ...json(messages(9, { held: { anyOf: names(4500, 'a').map((name) => ({ const: name })) } })),
    first: '1:\\d+ error document.too-many-objects',
  },
  {
    name: 'messages, which count twice',
    ...json({ channels: { c: { messages: map(41_000, (index) => [`m${index}`, {}]) } } }),
    first: '1:\\d+ error document.too-many-objects',
  },
  {
    name: 'names that the schemas of many messages list',
    ...json(messages(17, { held: { required: names(4900, 'k') } })),
    first: '1:\\d+ error document.too-many-objects',
  },
  {
    name: 'a schema of many members',
    ...json(message({ properties: map(5000, (index) => [`p${index}`, {}]) })),
    first: '1:109 error schema.too-large .* more than 5000 others',
  },
  {
    name: 'a schema of many names that it demands',
    ...json(message({ properties: { p: { required: names(5000, 'k') } } })),
    first: '1:109 error schema.too-large .* more than 5000 others',
  },
  {
    name: 'a schema of many names that others bring',
    ...json(message({ dependencies: map(2500, (index) => [`k${index}`, [`l${index}`]]) })),
    first: '1:109 error schema.too-large .* more than 5000 others',
  },
  {
    name: 'a schema that only defines many',
    ...json(
      message({
        properties: map(2500, (index) => [
          `p${index}`,
          { $ref: `#/channels/c/messages/m/payload/definitions/d${index}` },
        ]),
        definitions: map(2600, (index) => [`d${index}`, { type: 'string' }]),
      }),
    ),
  },
  { name: 'references through 90 others', ...json(through(90, nested(91))) },
  {
    name: 'references through 3,000 others',
    ...json(through(3000, {})),
    first: '1:\\d+ error reference.broken .*leads through more than 100 others',
  },
  {
    name: 'a trait that few messages share',
    ...json(sharing(20, { ...examples, ...headers(20) }, headers(1))),
  },
  {
    name: 'examples that a trait brings into many messages',
    ...json(sharing(1000, examples, {})),
    first: '1:\\d+ error traits.too-many-values',
  },
  {
    name: 'headers of a trait that are merged with those of many messages',
    ...json(sharing(1000, headers(2000), headers(1))),
    first: '1:\\d+ error traits.too-many-values',
  },
  {
    name: 'headers that many messages share',
    ...json(sharing(1000, headers(2000), {})),
    first: '1:\\d+ error headers.too-many',
  },
];

it.concurrent.each(documents.map((document) => [document.name, document] as const))(
  '%s',
  async (_, { file, text, first }) => {
    const outcome = await runProgram(
      process.execPath,
      [
        '--max-old-space-size=512',
        '--import',
        import.meta.resolve('tsx'),
        inRepository('scripts', 'cli.ts'),
        ...['lint', file, '--no-color'],
      ],
      { cwd: temporaryFolder({ [file]: text }), timeout: 50_000 },
    );
    const [found = ''] = outcome.stderr.split('\n');
    expect({ code: outcome.code, found: found.slice(0, 300) }).toEqual({
      code: first === undefined ? 0 : 1,
      found:
        first === undefined
          ? expect.not.stringMatching(/ error /)
          : expect.stringMatching(new RegExp(`^${file}:${first}`)),
    });
  },
);
