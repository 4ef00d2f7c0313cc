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

const none: ReadonlySet<never> = new Set();

/** The shape of all values. */
export const anything: Shape = {
  never: false,
  types: undefined,
  constants: undefined,
  excluded: none,
  required: none,
  members: new Map(),
};
const nothing: Shape = { ...anything, never: true };

/** How many schemas deep a shape looks, and how many alternatives it weighs. */
const MAX_DEPTH = 8;
const MAX_ALTERNATIVES = 64;

/**
 * How much of shapes is merged for one document: names and constants, each as often as it is merged. References can
 * multiply them; what would take more says less than its schema.
 */
const MAX_MERGED = 2_000_000;

/** Returns the shape of a schema of the bundled document; everything where there is no schema. */
export function shapeOf(document: JsonObject, schema: Json | undefined): Shape {
  const reader = readers.get(document) ?? new ShapeReader(document);
  readers.set(document, reader);
  return reader.read(schema, 0);
}

const readers = new WeakMap<JsonObject, ShapeReader>();

/** Tells whether a shape is of no object: scalars are not, and what lacks a member that it requires has lost the type. */
export function isOfNoObject({ never, types, constants }: Shape): boolean {
  return never || types?.has('object') === false || constants !== undefined;
}

/** Reads shapes, each schema once for every depth at which it stands. */
class ShapeReader {
  /** By the depth at which the schema stands. */
  readonly #known = Array.from({ length: MAX_DEPTH + 1 }, () => new Map<JsonObject, Shape>());
  readonly #merger = new Merger(MAX_MERGED);

  constructor(private readonly document: JsonObject) {}

  read(schema: Json | undefined, depth: number): Shape {
    if (schema === undefined || schema === true || depth > MAX_DEPTH) return anything;
    const target = follow(this.document, schema);
    if (target === false) return nothing;
    if (!isObject(target)) return anything;
    const known = this.#known[depth]?.get(target);
    if (known !== undefined) return known;
    const shape = this.#compose(target, depth);
    this.#known[depth]?.set(target, shape);
    return shape;
  }

  #compose(schema: JsonObject, depth: number): Shape {
    const parts = [this.#own(schema, depth)];
    for (const part of listOf(schema.allOf)) parts.push(this.read(part, depth + 1));
    for (const keyword of ['anyOf', 'oneOf'] as const) {
      const alternatives = listOf(schema[keyword]);
      if (alternatives.length === 0 || alternatives.length > MAX_ALTERNATIVES) continue;
      const shapes = alternatives.map((one) => this.read(one, depth + 1));
      parts.push(shapes.reduce((one, other) => this.#merger.either(one, other)));
    }
    return this.#merger.all(parts);
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
      excluded: nonEmpty(new Set(this.#excluded(schema.not))),
      required: nonEmpty(
        new Set(listOf(schema.required).filter((name) => typeof name === 'string')),
      ),
      members: new Map(members.map(([name, value]) => [name, this.read(value, depth + 1)])),
    });
  }
}

/** The shape of values that both accept. */
export function both(one: Shape, other: Shape): Shape {
  return new Merger(MAX_MERGED).all([one, other]);
}

/** Tells whether `both` of two shapes is of no value, and merges no more than that takes. */
export function contradict(one: Shape, other: Shape): boolean {
  if (one.never || other.never) return true;
  if (one === other) return false;
  const lacks = (name: string) => {
    const [own, same] = [one.members.get(name), other.members.get(name)];
    return own && same ? contradict(own, same) : (own ?? same)?.never === true;
  };
  const types = common([one, other].flatMap((shape) => shape.types ?? []));
  const isObject = types === undefined || types.has('object');
  const hasNoObject = isObject && (some(one.required, lacks) || some(other.required, lacks));
  const left = hasNoObject ? withoutObject(types) : types;
  return settle({
    ...anything,
    types: left,
    constants: commonConstants(
      [one, other].flatMap(({ constants }) => (constants ? [constants] : [])),
    ),
    excluded: one.constants || other.constants ? union([one.excluded, other.excluded]) : none,
  }).never;
}

function some<T>(values: Iterable<T>, test: (value: T) => boolean): boolean {
  for (const value of values) if (test(value)) return true;
  return false;
}

/** Merges shapes, as long as what it merges is within a limit; beyond, the result says less. */
class Merger {
  #left: number;

  constructor(limit: number) {
    this.#left = limit;
  }

  /** The shape of values that all of some shapes accept, of which there is at least one. */
  all(shapes: readonly Shape[]): Shape {
    const [first = anything, ...others] = new Set(shapes);
    if (others.length === 0 || !this.#spend(first, ...others)) return first;
    const parts = [first, ...others];
    const members = new Map<string, Shape[]>();
    for (const part of parts) {
      for (const [name, shape] of part.members) {
        const same = members.get(name);
        if (same === undefined) members.set(name, [shape]);
        else same.push(shape);
      }
    }
    return settle({
      never: parts.some(({ never }) => never),
      types: common(parts.flatMap(({ types }) => types ?? [])),
      constants: commonConstants(parts.flatMap(({ constants }) => (constants ? [constants] : []))),
      excluded: union(parts.map(({ excluded }) => excluded)),
      required: union(parts.map(({ required }) => required)),
      members: new Map([...members].map(([name, same]) => [name, this.all(same)])),
    });
  }

  /** The shape of values that at least one accepts. */
  either(one: Shape, other: Shape): Shape {
    if (one.never || one === other) return other;
    if (other.never) return one;
    if (!this.#spend(one, other)) return anything;
    const members = new Map<string, Shape>();
    for (const [name, shape] of one.members) {
      const same = other.members.get(name);
      if (same !== undefined) members.set(name, this.either(shape, same));
    }
    const [types, more] = [typesIn(one), typesIn(other)];
    return {
      never: false,
      types: types && more ? union([types, more]) : undefined,
      constants:
        one.constants && other.constants
          ? [...new Set([...one.constants, ...other.constants])]
          : undefined,
      excluded: intersection(one.excluded, other.excluded),
      required: intersection(one.required, other.required),
      members,
    };
  }

  #spend(...shapes: readonly Shape[]): boolean {
    for (const { members, required, excluded, constants = [] } of shapes) {
      this.#left -= 1 + members.size + required.size + excluded.size + constants.length;
    }
    return this.#left >= 0;
  }
}

/** Returns the types of the values that a shape accepts, those of its constants where it says nothing else. */
export function typesIn({ types, constants }: Shape): ReadonlySet<JsonType> | undefined {
  return types ?? (constants && new Set(constants.map(typeOf)));
}

/** Finds contradictions: a required member that nothing fits, a type without a value. */
function settle(shape: Shape): Shape {
  const lacks = [...shape.required].some((name) => shape.members.get(name)?.never === true);
  const types = lacks ? withoutObject(shape.types) : shape.types;
  const fits = (value: Scalar) => types?.has(typeOf(value)) !== false && !shape.excluded.has(value);
  const constants = shape.constants?.every(fits) ? shape.constants : shape.constants?.filter(fits);
  const never = shape.never || types?.size === 0 || constants?.length === 0;
  return { ...shape, types, constants, never };
}

/** Every JSON type. */
export const TYPES: readonly JsonType[] = [
  'null',
  'boolean',
  'number',
  'string',
  'array',
  'object',
];

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

/** Lists the values of `const` or `enum`, each once; undefined where not all are scalars. */
function constantsOf(schema: JsonObject): Scalar[] | undefined {
  const values = Object.hasOwn(schema, 'const') ? [schema.const as Json] : schema.enum;
  if (!Array.isArray(values) || values.some((value) => typeof value === 'object' && value !== null))
    return undefined;
  const scalars = [...new Set(values as Scalar[])];
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
    const low = schema[least];
    const high = schema[most];
    if (typeof low !== 'number' || typeof high !== 'number' || low <= high) return false;
    const types = typesOf(schema.type);
    return types?.size === 1 && types.has(type);
  });
}

function intersection<T>(one: ReadonlySet<T>, other: ReadonlySet<T>): ReadonlySet<T> {
  return nonEmpty(new Set([...one].filter((value) => other.has(value))));
}

function union<T>(sets: readonly ReadonlySet<T>[]): ReadonlySet<T> {
  const [first = none, ...others] = sets.filter(({ size }) => size > 0);
  return others.length === 0 ? first : new Set(sets.flatMap((set) => [...set]));
}

/** Returns what all of some sets hold; undefined where there is no set. */
function common<T>(sets: readonly ReadonlySet<T>[]): ReadonlySet<T> | undefined {
  return sets.length === 0 ? undefined : sets.reduce(intersection);
}

function commonConstants(lists: readonly (readonly Scalar[])[]): readonly Scalar[] | undefined {
  const [first, ...others] = lists;
  if (first === undefined || others.length === 0) return first;
  return [...(common(lists.map((list) => new Set(list))) ?? [])];
}

/** Saves what each of many empty sets would take. */
function nonEmpty<T>(set: ReadonlySet<T>): ReadonlySet<T> {
  return set.size === 0 ? none : set;
}
