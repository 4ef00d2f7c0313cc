import { rmSync } from 'node:fs';
import ts from 'typescript-5';
import { generate } from '../../scripts/generate/generate.js';
import type { Json, JsonObject } from '../../scripts/spec/model.js';
import { isObject } from '../../scripts/spec/positions.js';
import { readSpec } from '../../scripts/spec/read-spec.js';
import type { Random } from './random.js';
import { randomSchema } from './random-schemas.js';
import { temporaryFolder } from './temporary-folder.js';

/** Strings that end a string, a comment, a template, a script or a line, that hide, and that inherit. */
const HOSTILE = [
  ...[
    '"',
    "'",
    '`',
    '\\',
    '*/',
    '/*',
    '//',
    '$' + '{x}',
    '</script>',
    '<!--',
    '];x();//',
    '*/}x()/*',
  ],
  ...['\n', '\r', '\u2028', '\u2029', '\ufeff', '\u0000', '\u202e', '\ud800', '\u200b', '\t'],
  ...['@type', '{{', '}', "'];", '\\u0022', '\\x27', '\\', '%', 'P1P', 'PP2P', 'T0T', 'x\ny'],
  ...['constructor', 'toString', 'valueOf', 'hasOwnProperty', 'length', 'then', 'class', 'data'],
  ...[
    'export interface WebhookContractsRoot {',
    'export type T0T = 1;',
    'é',
    '予約',
    '*'.repeat(3_000),
  ],
];

/** Names of messages and schemas may hold nothing invisible, those of headers are tokens of HTTP, patterns must compile. */
const NAMES = [
  '"',
  "'",
  '`',
  '\\',
  '*/',
  '/*',
  '$' + '{x}',
  '</script>',
  '];x();//',
  'é',
  '予約',
  '.',
  '-',
];
const HEADERS = ["'", '`', '|', '~', '$', '#', '*', '!', '^', '&', '%', '+', '.'];
const PATTERNS = [
  '"',
  "'",
  '`',
  '\\*\\/',
  '\\/\\*',
  '\\$\\{x\\}',
  '</script>',
  '\\n',
  '\\u2028',
  'é',
];

const PARTS: Readonly<Record<Kind, readonly string[]>> = {
  text: HOSTILE,
  value: HOSTILE,
  // Half of a surrogate pair is refused in a name.
  member: HOSTILE.filter((part) => !/\p{Cs}/u.test(part)),
  name: NAMES,
  header: HEADERS,
  pattern: PATTERNS,
};

/** What a string of a document is there for: those of one kind that are equal stay equal, others stay different. */
type Kind = 'text' | 'value' | 'member' | 'name' | 'header' | 'pattern';
type Replace = (kind: Kind, text: string) => string;

/** Makes two ways to replace strings: by hostile ones, and by harmless ones of the same class. */
function twinReplacements(random: Random): readonly [hostile: Replace, harmless: Replace] {
  const known = new Map<string, readonly [string, string]>();
  const used = new Set<string>();
  const twins = (kind: Kind, text: string) => {
    const key = `${kind} ${text}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    const part = random.pick(PARTS[kind]);
    const end = `n${known.size}`;
    const hostile = kind === 'member' && !used.has(part) ? part : `${part}${end}`;
    // Names that are identifiers are written in another way than those that are not; and where a name is one that every
    // object inherits, validators ask for own members.
    const isIdentifier = /^[a-z$_][a-z$_0-9]*$/i.test(hostile);
    const harmless = isIdentifier ? `h${end}` : `h${kind === 'header' ? '-' : ' '}${end}`;
    const made = [hostile, hostile in {} ? hostile : harmless] as const;
    used.add(hostile);
    known.set(key, made);
    return made;
  };
  return [(kind, text) => twins(kind, text)[0], (kind, text) => twins(kind, text)[1]];
}

/** Replaces every string of a schema that is the writer's choice; annotations among them. */
function replaced(schema: Json, by: Replace): Json {
  if (Array.isArray(schema)) return schema.map((one) => replaced(one, by));
  if (!isObject(schema)) return schema;
  return Object.fromEntries(
    Object.entries(schema).map(([keyword, held]): [string, Json] => {
      switch (keyword) {
        case 'properties':
          return [keyword, keyed(held, 'member', by)];
        case 'patternProperties':
          return [keyword, keyed(held, 'pattern', by)];
        case 'dependencies':
          return [keyword, keyed(held, 'member', by)];
        case 'required':
          return [keyword, (held as string[]).map((name) => by('member', name))];
        case 'const':
        case 'enum':
        case 'default':
        case 'examples':
          return [keyword, data(held, by)];
        case 'title':
        case 'description':
        case 'x-unit':
          return [keyword, by('text', String(held))];
        case 'discriminator':
          return [keyword, by('member', String(held))];
        case 'pattern':
          return [keyword, by('pattern', String(held))];
        case '$ref':
          return [keyword, reference(by('name', String(held).split('/').at(-1) ?? ''))];
        default:
          return [keyword, replaced(held, by)];
      }
    }),
  );
}

function keyed(map: Json, kind: Kind, by: Replace): Json {
  return Object.fromEntries(
    Object.entries(map as JsonObject).map(([name, held]): [string, Json] => [
      by(kind, name),
      Array.isArray(held) ? held.map((other) => by('member', String(other))) : replaced(held, by),
    ]),
  );
}

function data(value: Json, by: Replace): Json {
  if (typeof value === 'string') return by('value', value);
  if (Array.isArray(value)) return value.map((one) => data(one, by));
  return value;
}

function reference(name: string): string {
  return `#/components/schemas/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

/** Makes what documents are made of: a payload's schema and those that it refers to, described throughout. */
function randomParts(random: Random): { payload: Json; schemas: JsonObject } {
  const describe = (schema: Json): Json => {
    if (!isObject(schema) || typeof schema.$ref === 'string') return schema;
    const { properties } = schema;
    const members = isObject(properties) ? { properties: mapped(properties, describe) } : {};
    const texts = {
      title: 'a',
      description: 'b',
      'x-unit': 'c',
      default: 'd',
      examples: ['e', ['f']],
    };
    return { ...schema, ...members, ...(random.below(2) === 0 ? texts : {}) };
  };
  const { payload, schemas } = randomSchema(random);
  return { payload: describe(payload as Json), schemas: mapped(schemas as JsonObject, describe) };
}

function mapped(map: JsonObject, change: (value: Json) => Json): JsonObject {
  return Object.fromEntries(Object.entries(map).map(([name, held]) => [name, change(held)]));
}

/** Makes a document, with strings at every place where a document may have one. */
function documentWith(
  { payload, schemas }: { payload: Json; schemas: JsonObject },
  by: Replace,
): Json {
  const text = (words: string) => by('text', words);
  const headers = (kind: string) => ({
    type: 'object',
    required: [by('header', 'kind')],
    properties: {
      [by('header', 'kind')]: { const: by('value', kind) },
      [by('header', 'note')]: { type: 'string', description: text('note') },
    },
  });
  const message = (name: string, schema: Json): JsonObject => ({
    name: by('name', name),
    title: text('title'),
    summary: text(name),
    description: text('description'),
    headers: headers(name),
    payload: replaced(schema, by),
    examples: [
      { name: text('example'), summary: text('shown'), payload: data(['text', 'other'], by) },
    ],
  });
  return {
    asyncapi: '3.1.0',
    info: { title: text('document'), version: text('version'), description: text('about') },
    channels: {
      hook: {
        address: null,
        messages: { one: message('one', payload), other: message('other', {}) },
      },
    },
    components: {
      schemas: Object.fromEntries(
        Object.entries(schemas).map(([name, held]) => [by('name', name), replaced(held, by)]),
      ),
    },
  };
}

/** Generates a module of a document, in memory: the text of each file that is made of it. */
async function filesOf(document: Json): Promise<ReadonlyMap<string, string>> {
  const cwd = temporaryFolder({ 'twin.asyncapi.json': JSON.stringify(document) });
  const { spec, problems } = readSpec('twin.asyncapi.json', { cwd });
  rmSync(cwd, { recursive: true });
  if (spec === undefined) throw new Error(JSON.stringify(problems));
  const made = await generate(spec);
  if (made.files.size === 0) throw new Error(JSON.stringify(made.problems));
  return made.files;
}

/** Writes down the shape of a file: its syntax tree, without layout and what names and literals say. */
function shapeOf(file: string, text: string): string {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const { parseDiagnostics } = source as unknown as { parseDiagnostics: readonly ts.Diagnostic[] };
  const lines = parseDiagnostics.map(({ messageText }) => `fault: ${JSON.stringify(messageText)}`);
  const visit = (node: ts.Node, depth: number): void => {
    // The compiler puts what it writes on several lines into parentheses.
    if (ts.isParenthesizedTypeNode(node)) {
      visit(node.type, depth);
      return;
    }
    const isName = ts.isPropertySignature(node.parent) && node.parent.name === node;
    lines.push(`${' '.repeat(depth)}${isName ? 'name' : ts.SyntaxKind[node.kind]}`);
    ts.forEachChild(node, (child) => visit(child, depth + 1));
  };
  ts.forEachChild(source, (child) => visit(child, 0));
  return lines.join('\n');
}

/** The shapes of the files of a random document with hostile strings, and of the same with harmless ones. */
export async function twinShapes(
  random: Random,
): Promise<
  readonly [hostile: Readonly<Record<string, string>>, harmless: Readonly<Record<string, string>>]
> {
  const parts = randomParts(random);
  const [hostile, harmless] = twinReplacements(random);
  // Made in this order, so that the harmless strings are those of hostile ones.
  const ones = await filesOf(documentWith(parts, hostile));
  const others = await filesOf(documentWith(parts, harmless));
  return [shapes(ones), shapes(others)];
}

function shapes(files: ReadonlyMap<string, string>): Record<string, string> {
  return Object.fromEntries(
    [...files].map(([file, text]) => [file, FIXED.includes(file) ? text : shapeOf(file, text)]),
  );
}

/** Files without text of a document. */
const FIXED = ['runtime.js', 'module.d.ts'];
