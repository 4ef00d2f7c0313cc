import { knownFormats } from '../spec/formats.js';
import { isObject, type Json, type JsonObject } from '../spec/positions.js';
import { follow } from '../spec/references.js';
import { textExpressions } from './text-rules.js';

/** The JSON types, numbers that are whole apart from those that are not. */
export type ValueType = 'null' | 'boolean' | 'integer' | 'fraction' | 'string' | 'array' | 'object';

/** What a schema says for certain of every value that it accepts. It may say less than the schema, never more. */
export interface Guarantee {
  /** The types that a value can have. */
  readonly types: ReadonlySet<ValueType>;
  /** The values that it can be, where they are a closed list. */
  readonly constants: readonly Json[] | undefined;
  /** Members that an object has. */
  readonly required: readonly string[];
  /** The schema of each member that the schema speaks of. */
  readonly members: ReadonlyMap<string, Json>;
  /** The schema of every item of a list; undefined where it does not say. */
  readonly items: Json | undefined;
  readonly minItems: number;
  /** Expressions that every text matches. */
  readonly texts: readonly string[];
  /** Whether a scalar keeps the bounds of numbers and texts. */
  readonly isWithin: (value: Json) => boolean;
}

const EVERY: readonly ValueType[] = [
  'null',
  'boolean',
  'integer',
  'fraction',
  'string',
  'array',
  'object',
];

const anything: Guarantee = {
  types: new Set(EVERY),
  constants: undefined,
  required: [],
  members: new Map(),
  items: undefined,
  minItems: 0,
  texts: [],
  isWithin: () => true,
};

/** How many schemas may stand inside one another without a value between them. */
const MAX_DEPTH = 40;

/**
 * Returns what a schema guarantees; undefined where it accepts nothing. Of alternatives count those that `admits` lets
 * pass.
 */
export function guaranteeOf(
  document: JsonObject,
  schema: Json,
  admits: (alternative: Json) => boolean = () => true,
  depth = 0,
): Guarantee | undefined {
  const target = follow(document, schema);
  if (target === false) return undefined;
  if (!isObject(target) || depth > MAX_DEPTH) return anything;
  const read = (one: Json) => guaranteeOf(document, one, admits, depth + 1);
  let found: Guarantee | undefined = ownGuarantee(target);
  for (const part of listIn(target.allOf)) found = both(found, read(part));
  for (const list of [target.anyOf, target.oneOf]) {
    const alternatives = listIn(list);
    if (alternatives.length === 0) continue;
    const admitted = alternatives.filter(admits).map(read);
    found = both(found, admitted.reduce(either, undefined));
  }
  return found;
}

/** Returns the type of a value. */
export function typeOf(value: Json): ValueType {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'fraction';
  return typeof value as 'boolean' | 'string' | 'object';
}

function ownGuarantee(schema: JsonObject): Guarantee | undefined {
  const constants = constantsOf(schema);
  const stated = new Set(listIn(schema.type ?? EVERY_JSON).flatMap((type) => typesNamed(type)));
  const types = new Set(
    constants === undefined ? stated : constants.map(typeOf).filter((type) => stated.has(type)),
  );
  if (types.size === 0) return undefined;
  const { properties, required, items, minItems } = schema;
  return {
    types,
    constants: constants?.filter((value) => types.has(typeOf(value))),
    required: listIn(required).filter((name) => typeof name === 'string'),
    members: new Map(Object.entries(isObject(properties) ? properties : {})),
    items: Array.isArray(items) ? undefined : items,
    minItems: typeof minItems === 'number' ? minItems : 0,
    texts: textExpressions(schema),
    isWithin: (value) => isWithin(schema, value),
  };
}

const EVERY_JSON = ['null', 'boolean', 'number', 'string', 'array', 'object'];

function typesNamed(type: Json): ValueType[] {
  if (type === 'number') return ['integer', 'fraction'];
  return EVERY.filter((known) => known === type);
}

function constantsOf({ const: constant, enum: values }: JsonObject): Json[] | undefined {
  if (constant !== undefined) return [constant];
  return Array.isArray(values) ? values : undefined;
}

function isWithin(schema: JsonObject, value: Json): boolean {
  const bound = (keyword: string, holds: (limit: number) => boolean) => {
    const limit = schema[keyword];
    return typeof limit !== 'number' || holds(limit);
  };
  if (typeof value === 'number') {
    return (
      bound('minimum', (limit) => value >= limit) &&
      bound('maximum', (limit) => value <= limit) &&
      bound('exclusiveMinimum', (limit) => value > limit) &&
      bound('exclusiveMaximum', (limit) => value < limit) &&
      bound('multipleOf', (limit) => Number.isInteger(value / limit))
    );
  }
  if (typeof value !== 'string') return true;
  const { pattern, format } = schema;
  const length = [...value].length;
  const known = typeof format === 'string' ? knownFormats[format] : undefined;
  return (
    bound('minLength', (limit) => length >= limit) &&
    bound('maxLength', (limit) => length <= limit) &&
    (typeof pattern !== 'string' || new RegExp(pattern, 'u').test(value)) &&
    (known?.type !== 'string' || known.validate(value))
  );
}

/** What holds of values that both accept. */
function both(one: Guarantee | undefined, other: Guarantee | undefined): Guarantee | undefined {
  if (one === undefined || other === undefined) return undefined;
  const types = new Set([...one.types].filter((type) => other.types.has(type)));
  const constants = constantsOfBoth(one.constants, other.constants)?.filter((value) =>
    types.has(typeOf(value)),
  );
  if (types.size === 0 || constants?.length === 0) return undefined;
  const join = (first: Json | undefined, second: Json | undefined): Json =>
    first === undefined || second === undefined
      ? (first ?? second ?? true)
      : { allOf: [first, second] };
  const names = new Set([...one.members.keys(), ...other.members.keys()]);
  return {
    types: constants === undefined ? types : new Set(constants.map(typeOf)),
    constants,
    required: [...new Set([...one.required, ...other.required])],
    members: new Map(
      [...names].map((name) => [name, join(one.members.get(name), other.members.get(name))]),
    ),
    items:
      one.items === undefined && other.items === undefined
        ? undefined
        : join(one.items, other.items),
    minItems: Math.max(one.minItems, other.minItems),
    texts: [...new Set([...one.texts, ...other.texts])],
    isWithin: (value) => one.isWithin(value) && other.isWithin(value),
  };
}

function constantsOfBoth(
  one: readonly Json[] | undefined,
  other: readonly Json[] | undefined,
): readonly Json[] | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  const texts = new Set(other.map((value) => JSON.stringify(value)));
  return one.filter((value) => texts.has(JSON.stringify(value)));
}

/** What holds of values that one or the other accepts. What is said of a type counts only where it can occur. */
function either(one: Guarantee | undefined, other: Guarantee | undefined): Guarantee | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  const ofType = (type: ValueType): readonly Guarantee[] =>
    [one, other].filter(({ types }) => types.has(type));
  const objects = ofType('object');
  const lists = ofType('array');
  const texts = ofType('string');
  const names = new Set(objects.flatMap(({ members }) => [...members.keys()]));
  return {
    types: new Set([...one.types, ...other.types]),
    constants:
      one.constants === undefined || other.constants === undefined
        ? undefined
        : [
            ...new Map(
              [...one.constants, ...other.constants].map((v) => [JSON.stringify(v), v]),
            ).values(),
          ],
    required: common(objects.map(({ required }) => required)),
    members: new Map(
      [...names].map((name) => [
        name,
        oneOf(objects.map(({ members }) => members.get(name) ?? true)),
      ]),
    ),
    items: lists.some(({ items }) => items === undefined)
      ? undefined
      : oneOf(lists.flatMap(({ items }) => (items === undefined ? [] : [items]))),
    minItems: lists.length === 0 ? 0 : Math.min(...lists.map(({ minItems }) => minItems)),
    texts: common(texts.map((guarantee) => guarantee.texts)),
    isWithin: (value) =>
      [one, other].some(
        (guarantee) => guarantee.types.has(typeOf(value)) && guarantee.isWithin(value),
      ),
  };
}

function oneOf(schemas: readonly Json[]): Json {
  return schemas.length === 1 ? (schemas[0] as Json) : { anyOf: [...schemas] };
}

function common(lists: readonly (readonly string[])[]): string[] {
  const [first = [], ...rest] = lists;
  return first.filter((value) => rest.every((list) => list.includes(value)));
}

function listIn(value: Json | readonly string[] | undefined): readonly Json[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value as Json];
}
