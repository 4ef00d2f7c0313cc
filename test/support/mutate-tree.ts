import { walk } from '../../scripts/spec/grammar.js';
import { joinPointer } from '../../scripts/spec/json-pointer.js';
import type { Json, JsonObject } from '../../scripts/spec/model.js';
import { isContainer, isObject, member } from '../../scripts/spec/positions.js';
import { inheritedNames } from './hostile-values.js';
import type { Random } from './random.js';
import { wildSchema } from './wild-schemas.js';

/** A member or an item of a document. */
interface Entry {
  readonly holder: JsonObject;
  readonly key: string;
  readonly pointer: string;
}

/** Values of every type, and of extreme sizes. */
const VALUES: readonly Json[] = [
  ...[null, true, false, 0, -1, 0.5, 1e21, 5e-324, -1e308, 9007199254740991, 4294967296],
  ...[
    '',
    ' ',
    'a',
    '#',
    '#/',
    'object',
    '\u0000',
    '\u202e',
    '\ud800',
    'x'.repeat(5_000),
    '*/',
    '`',
  ],
  ...[[], {}, [[]], [null], [{}], { $ref: '#' }, { type: 'object' }, ['a', 'a']],
];

const KEYWORDS = [
  ...['type', 'enum', 'const', 'minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum'],
  ...['multipleOf', 'minLength', 'maxLength', 'pattern', 'format', 'minItems', 'maxItems'],
  ...['uniqueItems', 'minProperties', 'maxProperties', 'required', 'properties', 'items'],
  ...['patternProperties', 'additionalProperties', 'propertyNames', 'dependencies', 'contains'],
  ...['additionalItems', 'allOf', 'anyOf', 'oneOf', 'not', 'if', 'then', 'else', 'definitions'],
  ...['$id', '$schema', '$ref', '$anchor', '$dynamicRef', '$dynamicAnchor', '$defs', '$comment'],
  ...['prefixItems', 'unevaluatedItems', 'unevaluatedProperties', 'dependentSchemas'],
  ...['dependentRequired', 'minContains', 'maxContains', 'default', 'examples', 'title'],
  ...['description', 'readOnly', 'deprecated', 'discriminator', 'externalDocs', 'x-source'],
];

/** Names that mean something to JavaScript, to file systems, to terminals, or look like others. */
const NAMES = [
  ...inheritedNames,
  ...['__proto__', 'prototype', 'class', 'default', 'await', 'data', 'check', 'receiver', 'con'],
  ...['', ' ', '.', '..', '../x', 'a/b', 'a~b', '~', '/', '%2e', '%', '#', '\\', '"', "'", '`'],
  ...['*/', '$' + '{x}', '{id}', '\n', '\u2028', '\u202e', '\u0000', '\ud800', '\u{1f600}', 'é'],
  ...['予約', 'K', 'Id', 'ID', '0', '-1', 'x'.repeat(300), '<<', '$ref', 'x-extension'],
];

/**
 * Changes a document in place, at random: mostly once, four times at most. `donor` is a document that parts are taken
 * from. A fair change leaves the document one of AsyncAPI, as far as a change of schemas can; any other does not care.
 */
export function mutateTree(document: JsonObject, donor: JsonObject, random: Random): void {
  const change = random.below(3) > 0 ? fairly : unfairly;
  for (let left = random.pick([1, 1, 1, 2, 3, 4]); left > 0; left -= 1)
    if (isMutable(document)) change(document, donor, random);
}

/** How large a document may become. */
const MAX_ENTRIES = 10_000;

/** Tells whether a document is small enough to be changed, with all that its aliases repeat. */
export function isMutable(document: Json): boolean {
  return entriesOf(document).length < MAX_ENTRIES;
}

/** Changes a schema, into one that is well formed. */
function fairly(document: JsonObject, donor: JsonObject, random: Random): void {
  const schemas = schemasOf(document).filter(({ pointer }) => !pointer.endsWith('/headers'));
  if (schemas.length === 0) return;
  const entry = random.pick(schemas);
  const held = heldBy(entry);
  const put = (value: Json) => own(entry.holder, entry.key, structuredClone(value));
  const add = (keywords: JsonObject) =>
    put(isObject(held) && !Object.hasOwn(held, '$ref') ? { ...held, ...keywords } : keywords);
  const reference = (): JsonObject => ({ $ref: `#${random.pick(schemas).pointer}` });
  const donors = schemasOf(donor);
  const donated = (): Json =>
    donors.length === 0 ? true : redirected(heldBy(random.pick(donors)), reference);
  const made = (): Json => wildSchema(random, 0, 1);
  const some = (): Json => random.pick([reference, reference, donated, made])();
  const name = () => random.pick(NAMES).toWellFormed();
  const named = (): JsonObject => Object.fromEntries([name(), name()].map((key) => [key, some()]));
  const shown = random.pick(VALUES);
  random.pick([
    () => put(some()),
    () => put(donated()),
    () => add(wildSchema(random, 0, 3) as JsonObject),
    () => add({ [random.pick(HOLDERS)]: some() }),
    () => add({ [random.pick(LISTS)]: [some(), some()] }),
    () => add({ [random.pick(MAPS)]: named() }),
    () => add({ properties: { ...(member(held, 'properties') as JsonObject), ...named() } }),
    () => add({ required: [...new Set([name(), name()])] }),
    () => add({ enum: Array.from({ length: 1 + random.below(300) }, (_, index) => index) }),
    () => add({ const: shown }),
    () => add({ default: shown, examples: [shown] }),
    () => add({ title: String(shown), description: String(shown), $comment: String(shown) }),
    () => put({ [random.pick(HOLDERS)]: held }),
    () => put({ [random.pick(LISTS)]: [held, some()] }),
    () => put({ [random.pick(MAPS)]: { [name()]: held } }),
    () => put({ [random.pick(LISTS)]: Array.from({ length: random.below(40) + 1 }, reference) }),
    () => put(nestedIn(held, random.pick(HOLDERS), random.pick([3, 10, 25]))),
    () => {
      if (isObject(held)) delete held[random.pick(['', ...Object.keys(held)])];
    },
    () => {
      if (/\/(payload|schemas\/[^/]*)$/.test(entry.pointer))
        put({ schemaFormat: random.pick(FORMATS), schema: held });
    },
  ])();
}

const HOLDERS = [
  ...['not', 'if', 'then', 'else', 'items', 'contains', 'propertyNames', 'additionalProperties'],
  ...['additionalItems'],
];
const LISTS = ['allOf', 'anyOf', 'oneOf'];
const MAPS = ['properties', 'definitions', 'dependencies'];

/** Copies a schema with other references in the places of its own, which lead nowhere here. */
function redirected(schema: Json, reference: () => JsonObject): Json {
  if (Array.isArray(schema)) return schema.map((one) => redirected(one, reference));
  if (!isObject(schema)) return schema;
  if (typeof schema.$ref === 'string') return reference();
  const members = Object.entries(schema);
  return Object.fromEntries(members.map(([key, one]) => [key, redirected(one, reference)]));
}

/** Changes whatever stands anywhere. */
function unfairly(document: JsonObject, donor: JsonObject, random: Random): void {
  const entries = entriesOf(document);
  const schemas = schemasOf(document);
  const places = schemas.length > 0 && random.below(3) > 0 ? schemas : entries;
  if (places.length === 0) return;
  const entry = random.pick(places);
  const { holder, key } = entry;
  const held = heldBy(entry);
  const put = (value: Json) => own(holder, key, structuredClone(value));
  const putInside = (name: string, value: Json) =>
    put(isObject(held) ? { ...held, [name]: value } : { [name]: value });
  const reference = (): JsonObject => ({ $ref: randomReference(entries, random) });
  const donors = entriesOf(donor);
  const donated = (): Json => (donors.length === 0 ? null : heldBy(random.pick(donors)));
  random.pick([
    () => put(donated()),
    () => putInside(random.pick(KEYWORDS), donated()),
    () => putInside(random.pick(KEYWORDS), random.pick(VALUES)),
    () => putInside(random.pick(KEYWORDS), random.pick(VALUES)),
    () => put(random.pick(VALUES)),
    () => put(reference()),
    () => putInside(random.pick(KEYWORDS), reference()),
    () => putInside(random.pick(LISTS), [reference(), held]),
    () => put({ schemaFormat: random.pick(FORMATS), schema: held }),
    () => put(nestedIn(held, random.pick(HOLDERS), random.pick([60, 200]))),
    () => rename(holder, key, random.pick(NAMES)),
    () => remove(holder, key),
    () => own(holder, random.pick(NAMES), structuredClone(held)),
  ])();
}

function heldBy({ holder, key }: Entry): Json {
  return holder[key] as Json;
}

const FORMATS = [
  'application/schema+json;version=draft-07',
  'application/schema+json;version=2020-12',
  'application/vnd.aai.asyncapi+json;version=3.0.0',
  'application/vnd.apache.avro;version=1.9.0',
];

/** Makes a reference: mostly to a place of the document, at times to one near it, elsewhere or nowhere. */
function randomReference(entries: readonly Entry[], random: Random): string {
  const { pointer } = random.pick(entries);
  return random.pick([
    ...[0, 1, 2, 3, 4].map(() => () => `#${pointer}`),
    () => `#${pointer.slice(0, pointer.lastIndexOf('/'))}`,
    () => `#${pointer}/${random.pick(NAMES)}`,
    () => encodeURI(`#${pointer.toWellFormed()}`),
    () => random.pick(['#', '', '#anchor', '%', 'nothing.yaml', '../outside.txt', '.', '//host/x']),
  ])();
}

function nestedIn(value: Json, keyword: string, depth: number): Json {
  let made = value;
  for (let left = depth; left > 0; left -= 1) made = { [keyword]: made };
  return made;
}

/** Lists the members and items of a document, at any depth; the first `MAX_ENTRIES` of them. */
function entriesOf(root: Json): Entry[] {
  const found: Entry[] = [];
  const visit = (node: Json, pointer: string): void => {
    if (!isContainer(node)) return;
    const holder = node as JsonObject;
    for (const key of Object.keys(holder)) {
      if (found.length >= MAX_ENTRIES) return;
      const entry = { holder, key, pointer: joinPointer(pointer, key) };
      found.push(entry);
      visit(heldBy(entry), entry.pointer);
    }
  };
  visit(root, '');
  return found;
}

/** Lists the schemas among them. */
function schemasOf(document: JsonObject): Entry[] {
  const found: Entry[] = [];
  walk(document, ({ kind, container, key, pointer }) => {
    if (kind === 'schema') found.push({ holder: container as JsonObject, key, pointer });
  });
  return found;
}

/** Puts a member as its own, whatever its name; lists have a length of their own. */
function own(object: JsonObject, name: string, value: Json): void {
  if (Array.isArray(object) && name === 'length') return;
  Object.defineProperty(object, name, {
    value,
    enumerable: true,
    configurable: true,
    writable: true,
  });
}

function rename(holder: JsonObject, key: string, name: string): void {
  const held = holder[key] as Json;
  remove(holder, key);
  if (Array.isArray(holder)) holder.push(held);
  else own(holder, name, held);
}

function remove(holder: JsonObject | Json[], key: string): void {
  if (Array.isArray(holder)) holder.splice(Number(key), 1);
  else delete holder[key];
}
