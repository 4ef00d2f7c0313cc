import type { Json, JsonObject } from '../spec/model.js';
import { isContainer, isObject, listOf } from '../spec/positions.js';
import { type Code, code, join, literal } from './code.js';
import { hideInherited } from './inherited-names.js';

/** The keywords that tell a type; without one of them a schema accepts values of any. */
const TELLING = [
  ...['type', 'enum', 'const', 'properties', 'items', 'allOf', 'anyOf', 'oneOf'],
  ...['additionalProperties', '$ref', 'tsType'],
];

/** What demands more than a type says: comments tell it. */
const UNTYPED = [
  ...['minItems', 'maxItems', 'uniqueItems', 'contains', 'not', 'if', 'then', 'else'],
  ...['format', 'pattern', 'propertyNames', 'dependencies'],
];

// Made anew each time: the compiler changes what it is given.
const unknown = (): JsonObject => ({ tsType: 'unknown' });
const never = (): JsonObject => ({ tsType: 'never' });

/** Turns the copy of a schema, whose parts are turned already, into what the compiler reads as the type that we mean. */
export function shapeType(copy: JsonObject): JsonObject {
  const { minItems, maxItems } = copy;
  for (const keyword of UNTYPED) delete copy[keyword];
  writeConstants(copy);
  hideNames(copy);
  closeObject(copy);
  spreadRequired(copy);
  spreadTuple(copy, minItems, maxItems);
  composeAll(copy);
  if (!TELLING.some((keyword) => Object.hasOwn(copy, keyword))) replace(copy, unknown());
  // The compiler would repeat the first line of what items are.
  if (isObject(copy.items)) delete copy.items.description;
  return copy;
}

/** Replaces all that a schema says. */
function replace(copy: JsonObject, by: JsonObject): void {
  for (const keyword of Object.keys(copy)) delete copy[keyword];
  Object.assign(copy, by);
}

/** Constants that hold others are written here: the compiler would follow what looks like a reference in them. */
function writeConstants(copy: JsonObject): void {
  if (copy.const !== undefined) delete copy.enum;
  const values = copy.const === undefined ? copy.enum : [copy.const];
  if (!Array.isArray(values) || !values.some(isContainer)) return;
  replace(copy, { tsType: join([...new Set(values.map(constantType))], ' | ').text });
}

/** Writes the type of one value. */
function constantType(value: Json): Code {
  if (Array.isArray(value)) return code`[${join(value.map(constantType), ', ')}]`;
  if (!isObject(value)) return literal(value);
  const members = Object.entries(value).map(
    ([name, held]) => code`${literal(name)}: ${constantType(held)}`,
  );
  return code`{ ${join(members, '; ')} }`;
}

function hideNames(copy: JsonObject): void {
  const { properties, required } = copy;
  if (isObject(properties)) {
    const hidden = Object.entries(properties).map(([name, value]) => [hideInherited(name), value]);
    copy.properties = Object.fromEntries(hidden);
  }
  if (Array.isArray(required)) copy.required = required.map((name) => hideInherited(String(name)));
}

/**
 * An object type has the members that the document knows, and an index signature only where it declares a map, whose
 * known members are of the same type.
 */
function closeObject(copy: JsonObject): void {
  const { patternProperties, additionalProperties: rest, type } = copy;
  delete copy.patternProperties;
  delete copy.additionalProperties;
  describeRequired(copy);
  const isEmpty = !isObject(copy.properties) || Object.keys(copy.properties).length === 0;
  const patterns = Object.values(isObject(patternProperties) ? patternProperties : {});
  if (isEmpty && (isObject(rest) || rest === true || patterns.length > 0)) {
    copy.additionalProperties = mapValues(patterns, rest ?? true);
  } else if (isEmpty && rest === false && !hasAlternatives(copy)) {
    copy.additionalProperties = never();
  } else if (isEmpty && type === 'object' && !hasAlternatives(copy)) {
    copy.tsType = 'object';
  } else if (isEmpty && Array.isArray(type) && type.includes('object') && !hasAlternatives(copy)) {
    const { type: _, ...own } = copy;
    const others = { ...own, type: type.filter((one) => one !== 'object') };
    replace(copy, { anyOf: [{ tsType: 'object' }, others] });
  } else if (!isEmpty || type === 'object') {
    copy.additionalProperties = patterns.length === 0 && isObject(rest) && indexOf(copy, rest);
  }
}

/** Returns what an index signature says beside members of a type, or false where none can stand there. */
function indexOf({ properties, required }: JsonObject, rest: JsonObject): JsonObject | false {
  const type = scalarOf(rest);
  const members = isObject(properties) ? Object.entries(properties) : [];
  if (type === undefined || members.some(([, held]) => scalarOf(held) !== type)) return false;
  const demanded = new Set(listOf(required));
  return members.every(([name]) => demanded.has(name)) ? rest : { tsType: `${type} | undefined` };
}

/** Returns the one type of scalars that a schema accepts. */
function scalarOf(schema: Json): 'string' | 'number' | 'boolean' | undefined {
  if (!isObject(schema) || Object.hasOwn(schema, 'tsType')) return undefined;
  const type = schema.type === 'integer' ? 'number' : schema.type;
  return type === 'string' || type === 'number' || type === 'boolean' ? type : undefined;
}

/** What a map holds: what its patterns say, and what the rest of it may be. */
function mapValues(patterns: readonly Json[], rest: Json): Json {
  if (rest === false)
    return patterns.length === 1 ? (patterns[0] as Json) : { anyOf: [...patterns] };
  if (rest === true) return unknown();
  return patterns.length === 0 ? rest : { anyOf: [...patterns, rest] };
}

/** Required members that are not described hold anything. */
function describeRequired(copy: JsonObject): void {
  const { properties, required } = copy;
  if (!Array.isArray(required) || required.length === 0) return;
  const members = isObject(properties) ? properties : {};
  const missing = required.map(String).filter((name) => !Object.hasOwn(members, name));
  copy.properties = { ...members, ...Object.fromEntries(missing.map((name) => [name, unknown()])) };
}

function hasAlternatives({ anyOf, oneOf, allOf }: JsonObject): boolean {
  return [anyOf, oneOf, allOf].some((list) => Array.isArray(list) && list.length > 0);
}

/** How many schemas, at any depth, all alternatives of an object or the items of a tuple may hold to be written out. */
const MAX_SPREAD = 200;

/** Alternatives that only require members become alternatives of the whole object, which the compiler can say. */
function spreadRequired(copy: JsonObject): void {
  for (const keyword of ['anyOf', 'oneOf'] as const) {
    const { [keyword]: alternatives, ...whole } = copy;
    const { properties, required } = whole;
    if (!Array.isArray(alternatives) || !isObject(properties)) continue;
    const sets = alternatives.map(requiredOnly);
    if (sets.length === 0 || !sets.every((set) => set !== undefined)) continue;
    if (sets.length * schemasIn(properties) > MAX_SPREAD) continue;
    const own = Array.isArray(required) ? required.map(String) : [];
    replace(copy, {
      anyOf: sets.map((set) => {
        const demanded = [...new Set([...own, ...set])];
        const excluded = keyword === 'oneOf' ? excludedBy(sets, set, demanded) : [];
        const members = {
          ...structuredClone(properties),
          ...Object.fromEntries(excluded.map((name) => [name, never()])),
        };
        return { ...structuredClone(whole), properties: members, required: demanded };
      }),
    });
    return;
  }
}

/** Counts the objects and lists within a map or list of schemas, at any depth; beyond what matters it stops. */
function schemasIn(schemas: JsonObject | Json[]): number {
  const held: Json[] = Object.values(schemas);
  let count = 0;
  for (let next = held.pop(); next !== undefined && count <= MAX_SPREAD; next = held.pop()) {
    if (!isContainer(next)) continue;
    count += 1;
    for (const value of Object.values(next)) held.push(value);
  }
  return count;
}

/** Where exactly one alternative holds, the only member that another one needs besides is not there. */
function excludedBy(
  sets: readonly (readonly string[])[],
  chosen: readonly string[],
  demanded: readonly string[],
): string[] {
  return sets.flatMap((set) => {
    const others = set.filter((name) => !demanded.includes(name));
    return set !== chosen && others.length === 1 ? others : [];
  });
}

/** Returns what a schema requires, where it says nothing else. */
function requiredOnly(schema: Json): string[] | undefined {
  if (!isObject(schema) || !Array.isArray(schema.required)) return undefined;
  const names = schema.required.map(String);
  const isTold = Object.keys(schema).every((keyword) =>
    ['required', 'additionalProperties', 'properties', 'description'].includes(keyword),
  );
  // `describeRequired` has added the members that are required.
  const members = isObject(schema.properties) ? Object.entries(schema.properties) : [];
  return isTold && members.every(([name, member]) => names.includes(name) && isUnknown(member))
    ? names
    : undefined;
}

/** How many items a list may begin with to be typed one by one. */
const MAX_TUPLE = 8;

/** A list whose items are described one by one may be shorter, unless that is ruled out, and longer. */
function spreadTuple(
  copy: JsonObject,
  minItems: Json | undefined,
  maxItems: Json | undefined,
): void {
  const { items: list, additionalItems, type, ...own } = copy;
  delete copy.additionalItems;
  if (!Array.isArray(list)) return;
  const most = typeof maxItems === 'number' ? maxItems : Number.POSITIVE_INFINITY;
  const items = list.slice(0, most);
  const isOpen = additionalItems === undefined || additionalItems === true;
  const rest = most <= items.length ? false : isOpen ? unknown() : additionalItems;
  if (items.length > MAX_TUPLE || schemasIn(items) > MAX_SPREAD) {
    copy.type ??= 'array';
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
  const others = Array.isArray(type) ? type.filter((one) => one !== 'array') : [];
  if (others.length > 0) tuples.push({ ...own, type: others });
  const { allOf = [], anyOf, oneOf } = own;
  replace(copy, {
    ...(anyOf === undefined ? {} : { anyOf }),
    ...(oneOf === undefined ? {} : { oneOf }),
  });
  copy.allOf = [...(allOf as Json[]), { anyOf: tuples }];
}

/** Puts what a schema says itself beside its combinations as one more part, and leaves out parts that say nothing. */
function composeAll(copy: JsonObject): void {
  const { allOf, anyOf, oneOf, ...own } = copy;
  const parts = [
    own,
    ...(Array.isArray(allOf) ? allOf : []),
    ...[anyOf, oneOf].flatMap((list) => (Array.isArray(list) ? [{ anyOf: list }] : [])),
  ];
  if (parts.length === 1) return;
  const telling = parts.filter((part) => !saysNothing(part));
  const silent = parts.some(isAnyObject) ? { tsType: 'object' } : unknown();
  const [first = silent, ...others] = telling;
  const only = isObject(first) ? first : never();
  replace(copy, others.length === 0 ? only : { allOf: telling });
}

/** Tells whether a part of a type adds nothing to the others: it is of any type, or any object. */
function saysNothing(part: Json): boolean {
  if (!isObject(part)) return part === true;
  const isOpen = Array.isArray(part.anyOf) && part.anyOf.some(isUnknown);
  return isOpen || isUnknown(part) || isAnyObject(part) || Object.keys(part).length === 0;
}

function isUnknown(part: Json): boolean {
  return part === true || (isObject(part) && part.tsType === 'unknown');
}

/** An object of which no member is known. */
function isAnyObject(part: Json): boolean {
  if (!isObject(part)) return false;
  const { type, tsType, properties, additionalProperties } = part;
  const isEmpty = properties === undefined || Object.keys(properties as JsonObject).length === 0;
  return tsType === 'object' || (type === 'object' && isEmpty && additionalProperties === false);
}
