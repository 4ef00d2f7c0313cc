import { isObject, type Json, type JsonObject, listOf } from '../spec/positions.js';
import { follow } from '../spec/references.js';

/** The JSON types a value can have; `integer` counts as `number`. */
export type JsonType = 'null' | 'boolean' | 'number' | 'string' | 'array' | 'object';
type Scalar = null | boolean | number | string;

/**
 * What a schema says for certain about every value it accepts: enough to tell messages apart.
 * It may say less than the schema, never more.
 */
export interface Shape {
  /** No value at all is accepted. */
  readonly never: boolean;
  /** The types a value can have; undefined where any. */
  readonly types: ReadonlySet<JsonType> | undefined;
  /** The values it can be, where they are a closed list of scalars. */
  readonly constants: readonly Scalar[] | undefined;
  /** Scalars that it is not. */
  readonly excluded: ReadonlySet<Scalar>;
  /** Members that an object must have. */
  readonly required: ReadonlySet<string>;
  readonly members: ReadonlyMap<string, Shape>;
}

/** The shape of all values. */
export const anything: Shape = {
  never: false,
  types: undefined,
  constants: undefined,
  excluded: new Set(),
  required: new Set(),
  members: new Map(),
};
const nothing: Shape = { ...anything, never: true };

/** How many schemas deep a shape looks, and how many alternatives it weighs. */
const MAX_DEPTH = 8;
const MAX_ALTERNATIVES = 64;

/** Returns the shape of a schema of the bundled document; everything where there is no schema. */
export function shapeOf(document: JsonObject, schema: Json | undefined): Shape {
  return new ShapeReader(document).read(schema, 0);
}

/** Returns the shape of the objects that a schema accepts. */
export function objectShapeOf(document: JsonObject, schema: Json): Shape {
  return both(shapeOf(document, schema), { ...anything, types: new Set(['object']) });
}

/** Reads shapes, each schema once for every depth at which it stands. */
class ShapeReader {
  readonly #known = new Map<Json, Map<number, Shape>>();

  constructor(private readonly document: JsonObject) {}

  read(schema: Json | undefined, depth: number): Shape {
    if (schema === undefined || schema === true || depth > MAX_DEPTH) return anything;
    const target = follow(this.document, schema);
    if (target === false) return nothing;
    if (!isObject(target)) return anything;
    const known = this.#known.get(target)?.get(depth);
    if (known !== undefined) return known;
    const shape = this.#compose(target, depth);
    this.#known.set(target, (this.#known.get(target) ?? new Map()).set(depth, shape));
    return shape;
  }

  #compose(schema: JsonObject, depth: number): Shape {
    const parts = [this.#own(schema, depth)];
    for (const part of listOf(schema.allOf)) parts.push(this.read(part, depth + 1));
    for (const keyword of ['anyOf', 'oneOf'] as const) {
      const alternatives = listOf(schema[keyword]);
      if (alternatives.length === 0 || alternatives.length > MAX_ALTERNATIVES) continue;
      parts.push(alternatives.map((one) => this.read(one, depth + 1)).reduce(either));
    }
    return parts.reduce(both);
  }

  /** Lists the scalars that `not` excludes, where it names constants and says nothing else. */
  #excluded(not: Json = true): readonly Scalar[] {
    const schema = follow(this.document, not);
    const isPlain =
      isObject(schema) &&
      Object.keys(schema).every((keyword) => CONSTANT_KEYWORDS.test(keyword)) &&
      ![schema.type].flat().includes('integer');
    if (!isPlain) return [];
    const types = typesOf(schema.type);
    return (constantsOf(schema) ?? []).filter((value) => types?.has(typeOf(value)) !== false);
  }

  #own(schema: JsonObject, depth: number): Shape {
    const { properties } = schema;
    const members = isObject(properties) ? Object.entries(properties) : [];
    return settle({
      never: isEmptyRange(schema),
      types: typesOf(schema.type),
      constants: constantsOf(schema),
      excluded: new Set(this.#excluded(schema.not)),
      required: new Set(listOf(schema.required).filter((name) => typeof name === 'string')),
      members: new Map(members.map(([name, value]) => [name, this.read(value, depth + 1)])),
    });
  }
}

/** The shape of values that both accept. */
export function both(one: Shape, other: Shape): Shape {
  const members = new Map(one.members);
  for (const [name, shape] of other.members) {
    const known = members.get(name);
    members.set(name, known === undefined ? shape : both(known, shape));
  }
  return settle({
    never: one.never || other.never,
    types:
      one.types && other.types ? intersection(one.types, other.types) : (one.types ?? other.types),
    constants:
      one.constants && other.constants
        ? one.constants.filter((value) => other.constants?.includes(value))
        : (one.constants ?? other.constants),
    excluded: new Set([...one.excluded, ...other.excluded]),
    required: new Set([...one.required, ...other.required]),
    members,
  });
}

/** The shape of values that at least one accepts. */
function either(one: Shape, other: Shape): Shape {
  if (one.never) return other;
  if (other.never) return one;
  const members = new Map<string, Shape>();
  for (const [name, shape] of one.members) {
    const same = other.members.get(name);
    if (same !== undefined) members.set(name, either(shape, same));
  }
  const [types, more] = [typesIn(one), typesIn(other)];
  return {
    never: false,
    types: types && more ? new Set([...types, ...more]) : undefined,
    constants:
      one.constants && other.constants
        ? [...new Set([...one.constants, ...other.constants])]
        : undefined,
    excluded: intersection(one.excluded, other.excluded),
    required: intersection(one.required, other.required),
    members,
  };
}

/** Returns the types of the values that a shape accepts, those of its constants where it says nothing else. */
export function typesIn({ types, constants }: Shape): ReadonlySet<JsonType> | undefined {
  return types ?? (constants && new Set(constants.map(typeOf)));
}

/** Finds contradictions: a required member that nothing fits, a type without a value. */
function settle(shape: Shape): Shape {
  const lacks = [...shape.required].some((name) => shape.members.get(name)?.never === true);
  const types = lacks ? withoutObject(shape.types) : shape.types;
  const constants = shape.constants?.filter(
    (value) => types?.has(typeOf(value)) !== false && !shape.excluded.has(value),
  );
  const never = shape.never || types?.size === 0 || constants?.length === 0;
  return { ...shape, types, constants, never };
}

const TYPES: readonly JsonType[] = ['null', 'boolean', 'number', 'string', 'array', 'object'];

function withoutObject(types: Iterable<JsonType> = TYPES): Set<JsonType> {
  return new Set([...types].filter((type) => type !== 'object'));
}

/** Returns the JSON type of a scalar. */
export function typeOf(value: Scalar): JsonType {
  return value === null ? 'null' : (typeof value as 'boolean' | 'number' | 'string');
}

function typesOf(type: Json | undefined): Set<JsonType> | undefined {
  const names = typeof type === 'string' ? [type] : listOf(type);
  if (names.length === 0) return undefined;
  return new Set(names.map((name) => (name === 'integer' ? 'number' : (name as JsonType))));
}

/** `const` and `enum`, with or without the type of what they list. */
const CONSTANT_KEYWORDS = /^(?:const|enum|type|title|description|\$comment|examples|x-.*)$/;

function constantsOf(schema: JsonObject): Scalar[] | undefined {
  const values = Object.hasOwn(schema, 'const') ? [schema.const as Json] : schema.enum;
  if (!Array.isArray(values) || values.some((value) => typeof value === 'object' && value !== null))
    return undefined;
  const scalars = values as Scalar[];
  return Array.isArray(schema.enum) && Object.hasOwn(schema, 'const')
    ? scalars.filter((value) => (schema.enum as Json[]).includes(value))
    : scalars;
}

const RANGES = [
  ['minimum', 'maximum', 'number'],
  ['minLength', 'maxLength', 'string'],
  ['minItems', 'maxItems', 'array'],
  ['minProperties', 'maxProperties', 'object'],
] as const;

/** Tells whether a schema's only type has a smallest size above its largest. */
function isEmptyRange(schema: JsonObject): boolean {
  return RANGES.some(([least, most, type]) => {
    const types = typesOf(schema.type);
    const low = schema[least];
    const high = schema[most];
    return (
      types?.size === 1 &&
      types.has(type) &&
      typeof low === 'number' &&
      typeof high === 'number' &&
      low > high
    );
  });
}

function intersection<T>(one: ReadonlySet<T>, other: ReadonlySet<T>): Set<T> {
  return new Set([...one].filter((value) => other.has(value)));
}
