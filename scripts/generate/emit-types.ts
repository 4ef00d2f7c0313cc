import { compile } from 'json-schema-to-typescript';
import { copySchema, pointerOfReference } from '../judge/schema-copy.js';
import type { Json, JsonObject, Message, Schema } from '../spec/model.js';
import { isObject, member } from '../spec/positions.js';
import type { SpecDocument } from '../spec/read-spec.js';
import { Code, code, comment, commentLines, type Identifier, join } from './code.js';
import { describeMessage, describeSchema } from './describe.js';
import type { Names } from './names.js';

/** The name of the root that holds every type for the compiler; it is cut out of what the compiler writes. */
const ROOT = 'WebhookContractsRoot';

/**
 * Emits `types.d.ts`: a type for every message's payload and headers, and for every named schema.
 * Types say what a consumer may rely on: members that the document does not know are not typed.
 */
export async function emitTypes(read: SpecDocument, names: Names): Promise<Code> {
  const { spec } = read;
  const isAlias = (schema: Schema) => isObject(schema.json) && typeof schema.json.$ref === 'string';
  const definitions: JsonObject = {};
  for (const schema of spec.schemas.filter((one) => !isAlias(one))) {
    definitions[names.schema(schema)] = typeCopy(schema, spec.sources, read, names);
  }
  const aliases = [
    ...spec.schemas.filter(isAlias).map((schema) => {
      const target = schemaAt(read, String(member(schema.json, '$ref')));
      return alias(
        names.schema(schema),
        names.schema(target),
        describeSchema(schema.json, spec.sources),
      );
    }),
    ...spec.messages.flatMap((message) => {
      const name = names.payload(message);
      const target =
        message.payload === undefined ? ('unknown' as Identifier) : names.schema(message.payload);
      return name === target ? [] : [alias(name, target, describeMessage(message, spec.sources))];
    }),
  ];
  return join([await compileTypes(definitions), ...aliases], '\n');
}

function alias(name: Identifier, target: Identifier, description: string): Code {
  return code`${comment(description)}export type ${name} = ${target};\n`;
}

function schemaAt({ spec }: SpecDocument, $ref: string): Schema {
  const found = spec.schemas.find(({ pointer }) => pointer === pointerOfReference($ref));
  if (found === undefined) throw new Error(`no schema stands at ${$ref}`);
  return found;
}

/** Runs the compiler over definitions that hold validation keywords, minted names and encoded comments only. */
async function compileTypes(definitions: JsonObject): Promise<Code> {
  const used = Object.keys(definitions);
  if (used.length === 0) return Code.trusted('');
  const tokens = used.map((_, index) => tokenOf(index));
  const root = {
    title: ROOT,
    type: 'object',
    additionalProperties: false,
    required: tokens,
    properties: Object.fromEntries(
      tokens.map((token) => [token, { $ref: `#/definitions/${token}` }]),
    ),
    definitions: Object.fromEntries(
      used.map((name, index) => [
        tokenOf(index),
        { ...(definitions[name] as JsonObject), title: tokenOf(index) },
      ]),
    ),
  };
  const text = await compile(root as never, ROOT, {
    bannerComment: '',
    additionalProperties: false,
    ignoreMinAndMaxItems: true,
    unknownAny: true,
    enableConstEnums: false,
    style: { singleQuote: true, printWidth: 100, bracketSpacing: true },
  });
  const declaration = /^export (interface|type) T(\d+)T\b/gm;
  const named = withoutRoot(text).replace(
    declaration,
    (_, kind, index) => `export ${kind} ${used[Number(index)]}`,
  );
  return Code.trusted(restoreInherited(named));
}

/** What stands for a type's name while it is compiled: the compiler rewrites names that are not plain ASCII. */
function tokenOf(index: number): string {
  return `T${index}T`;
}

function withoutRoot(text: string): string {
  const start = text.indexOf(`export interface ${ROOT} {`);
  const end = text.indexOf('\n}\n', start);
  if (start === -1 || end === -1) throw new Error('the compiler wrote no root');
  return `${text.slice(0, start)}${text.slice(end + 3)}`.trim().concat('\n');
}

/** Copies a schema for the type compiler. */
function typeCopy(
  schema: Schema,
  sources: SpecDocument['spec']['sources'],
  read: SpecDocument,
  names: Names,
): JsonObject {
  const name = names.schema(schema);
  const copied = copySchema(
    schema.json,
    // By its name: the compiler need not resolve what is declared beside.
    ($ref) => ({ tsType: names.schema(schemaAt(read, $ref)) }),
    (copy, original) => decorate(copy, original, sources),
  );
  // A type of its own: the compiler inlines booleans.
  const body: JsonObject =
    typeof copied === 'boolean' ? { tsType: copied ? 'unknown' : 'never' } : copied;
  const message = read.spec.messages.find((one: Message) => names.payload(one) === name);
  const about = [
    message === undefined ? '' : describeMessage(message, sources),
    describeSchema(schema.json, sources),
  ].filter((text) => text !== '');
  return { ...body, ...described(about.join('\n\n')) };
}

/** The keywords that tell a type; without one of them a schema accepts values of any. */
const TELLING = [
  ...['type', 'enum', 'const', 'properties', 'items', 'allOf', 'anyOf', 'oneOf'],
  ...['additionalProperties', '$ref', 'tsType'],
];

/** Turns the copy of one schema into what the compiler reads as the type that we mean. */
function decorate(
  copy: JsonObject,
  original: JsonObject,
  sources: SpecDocument['spec']['sources'],
): void {
  const { minItems, maxItems } = copy;
  // The compiler would follow what looks like a reference in a constant.
  for (const keyword of ['const', 'enum']) {
    if (JSON.stringify(copy[keyword] ?? null).includes('"$ref":')) delete copy[keyword];
  }
  for (const keyword of [
    'minItems',
    'maxItems',
    'uniqueItems',
    'not',
    'if',
    'then',
    'else',
    'contains',
    'format',
    'pattern',
    'propertyNames',
    'dependencies',
  ]) {
    delete copy[keyword];
  }
  renameInherited(copy);
  closeObject(copy);
  spreadRequired(copy);
  spreadTuple(copy, minItems, maxItems);
  composeAll(copy);
  if (!TELLING.some((keyword) => Object.hasOwn(copy, keyword))) {
    for (const keyword of Object.keys(copy)) delete copy[keyword];
    copy.tsType = 'unknown';
  }
  const description = describeSchema(original, sources);
  if (description !== '') Object.assign(copy, described(description));
}

/** Names that every object inherits confuse the compiler; they are renamed while it works. */
const inherited = Object.getOwnPropertyNames(Object.prototype);

function renameInherited(copy: JsonObject): void {
  const rename = (name: string) => {
    const index = inherited.indexOf(name);
    return index === -1 ? name : `P${index}P`;
  };
  const { properties, required } = copy;
  if (isObject(properties)) {
    const renamed = Object.entries(properties).map(([name, value]) => [rename(name), value]);
    copy.properties = Object.fromEntries(renamed);
  }
  if (Array.isArray(required)) copy.required = required.map((name) => rename(String(name)));
}

/** Gives renamed members their names back: each stands at the beginning of a line. */
function restoreInherited(text: string): string {
  return text.replace(
    /^( *)P(\d+)P(?=\??:)/gm,
    (_, indent, index) => indent + inherited[Number(index)],
  );
}

/** An object type has the members that the document knows, and an index signature only where it declares a map. */
function closeObject(copy: JsonObject): void {
  const { properties, patternProperties, additionalProperties: rest, required, type } = copy;
  delete copy.patternProperties;
  const isEmpty = !isObject(properties) || Object.keys(properties).length === 0;
  const hasValues = rest === true || isObject(rest);
  if (isEmpty && (hasValues || isObject(patternProperties))) {
    const values = [
      ...(hasValues ? [rest] : []),
      ...Object.values(isObject(patternProperties) ? patternProperties : {}),
    ];
    copy.additionalProperties = values.length === 1 ? (values[0] as Json) : { anyOf: values };
    return;
  }
  delete copy.additionalProperties;
  if (type === 'object' || isObject(properties) || Array.isArray(required))
    copy.additionalProperties = false;
  // Required members that are not described hold anything.
  const members = isObject(properties) ? properties : {};
  const missing = Array.isArray(required)
    ? required.filter((name) => !Object.hasOwn(members, String(name)))
    : [];
  if (missing.length > 0) {
    copy.properties = {
      ...members,
      ...Object.fromEntries(missing.map((name) => [String(name), { tsType: 'unknown' }])),
    };
  }
  if (type === 'object' && isEmpty && missing.length === 0 && !hasAlternatives(copy))
    copy.tsType = 'object';
}

function hasAlternatives({ anyOf, oneOf, allOf }: JsonObject): boolean {
  return [anyOf, oneOf, allOf].some((list) => Array.isArray(list) && list.length > 0);
}

/** Alternatives that only require members become alternatives of the whole object, which the compiler can say. */
function spreadRequired(copy: JsonObject): void {
  for (const keyword of ['anyOf', 'oneOf'] as const) {
    const alternatives = copy[keyword];
    if (!Array.isArray(alternatives) || !isObject(copy.properties)) continue;
    const names = alternatives.map(requiredOnly);
    if (names.length === 0 || names.includes(undefined)) continue;
    const { [keyword]: _, ...whole } = copy;
    const own = Array.isArray(copy.required) ? copy.required : [];
    for (const name of Object.keys(copy)) delete copy[name];
    copy.anyOf = names.map((some) => ({
      ...structuredClone(whole),
      required: [...new Set([...own, ...(some ?? [])])],
    }));
  }
}

/** How many items a list may begin with to be typed one by one. */
const MAX_TUPLE = 8;

/** A list whose items are described one by one may be shorter, unless that is ruled out, and longer. */
function spreadTuple(
  copy: JsonObject,
  minItems: Json | undefined,
  maxItems: Json | undefined,
): void {
  const { additionalItems } = copy;
  if (!Array.isArray(copy.items)) return;
  const most = typeof maxItems === 'number' ? maxItems : Number.POSITIVE_INFINITY;
  const items = copy.items.slice(0, most);
  const isOpen = additionalItems === undefined || additionalItems === true;
  const rest = most <= items.length ? false : isOpen ? { tsType: 'unknown' } : additionalItems;
  delete copy.additionalItems;
  delete copy.items;
  if (items.length > MAX_TUPLE) {
    copy.type = 'array';
    copy.items = { anyOf: rest === false ? items : [...items, rest] };
    return;
  }
  const least = Math.min(typeof minItems === 'number' ? minItems : 0, items.length);
  const tuples = Array.from({ length: items.length - least + 1 }, (_, index): Json => {
    const length = least + index;
    const ends = length < items.length || rest === false;
    if (length === 0) return ends ? { tsType: '[]' } : { type: 'array', items: rest };
    return { type: 'array', items: items.slice(0, length), additionalItems: ends ? false : rest };
  });
  delete copy.type;
  copy.anyOf = tuples;
}

/** Puts what a schema says itself beside its combinations as one more part: the compiler would name it. */
function composeAll(copy: JsonObject): void {
  const { allOf, anyOf, oneOf, ...own } = copy;
  const combinations = [
    ...(Array.isArray(allOf) ? allOf : []),
    ...(Array.isArray(anyOf) ? [{ anyOf }] : []),
    ...(Array.isArray(oneOf) ? [{ anyOf: oneOf }] : []),
  ];
  const isPlain =
    Object.keys(own).length === 0 && (combinations.length < 2 || (anyOf ?? oneOf) === undefined);
  if (combinations.length === 0 || isPlain) return;
  for (const keyword of Object.keys(copy)) delete copy[keyword];
  copy.allOf = Object.keys(own).length === 0 ? combinations : [own, ...combinations];
}

/** Returns what a schema requires, where it says nothing else. */
function requiredOnly(schema: Json): Json[] | undefined {
  if (!isObject(schema) || !Array.isArray(schema.required)) return undefined;
  const names = new Set(schema.required.map(String));
  const says = Object.keys(schema).filter(
    (keyword) => !['required', 'additionalProperties', 'properties'].includes(keyword),
  );
  // `closeObject` may have added the members that are required.
  const described = isObject(schema.properties) ? Object.keys(schema.properties) : [];
  return says.length === 0 && described.every((name) => names.has(name))
    ? schema.required
    : undefined;
}

function described(text: string): { description?: string } {
  const lines = commentLines(text);
  return lines.length === 0 ? {} : { description: lines.join('\n') };
}
