import { explain } from '../generate/runtime/explain.js';
import type { Validator } from '../judge/interpret.js';
import { createJudge } from '../judge/judge.js';
import { type Shape, shapeOf, typeOf } from '../judge/shape.js';
import { isReference } from '../spec/grammar.js';
import { joinPointer } from '../spec/json-pointer.js';
import type { Json, JsonObject } from '../spec/model.js';
import { isObject } from '../spec/positions.js';
import type { SpecDocument } from '../spec/read-spec.js';
import { lookUpSchema } from '../spec/references.js';
import { casesOf } from './cases.js';

/** A schema that a value satisfies, and where it stands in the document. */
export interface Part {
  readonly schema: Json;
  readonly pointer: string;
}

/**
 * Schemas all of which a value satisfies, in one of the ways that a document leaves open: every value that the document
 * allows belongs to a case, so what holds in all of them holds always.
 */
export interface Case {
  readonly parts: readonly (Part & { readonly schema: JsonObject })[];
  readonly shape: Shape;
}

/** What a document guarantees about the values it allows. */
export class Guarantee {
  readonly #makeValidator;
  readonly #validators = new WeakMap<object, Validator>();
  readonly #numbers = new Map<Json, number>();
  readonly #shapes = new WeakMap<JsonObject, Shape>();
  readonly #cases = new Map<string, Case[] | undefined>();

  constructor(readonly read: SpecDocument) {
    this.#makeValidator = createJudge(read).validatorOf;
  }

  /** Returns the cases of a value that satisfies all of some schemas; undefined where there are too many. */
  casesOf(parts: readonly Part[]): Case[] | undefined {
    const key = this.keyOf(parts);
    if (!this.#cases.has(key)) this.#cases.set(key, this.#makeCases(parts));
    return this.#cases.get(key);
  }

  /** Returns the same text for the same schemas, wherever they were found: what refers to itself has few. */
  keyOf(parts: readonly Part[]): string {
    const numbers = parts.map((part) => {
      const { schema } = this.resolve(part);
      const number = this.#numbers.get(schema) ?? this.#numbers.size;
      this.#numbers.set(schema, number);
      return number;
    });
    return [...new Set(numbers)].join(' ');
  }

  #makeCases(parts: readonly Part[]): Case[] | undefined {
    return casesOf(parts, this)?.map((one) => ({ ...one, shape: withTypes(one.shape) }));
  }

  /** Returns what a schema says for certain. */
  shapeOf(schema: JsonObject): Shape {
    const known = this.#shapes.get(schema) ?? shapeOf(this.read.document, schema);
    this.#shapes.set(schema, known);
    return known;
  }

  /** Follows a part's references to the schema they name. */
  resolve(part: Part): Part {
    let { schema, pointer } = part;
    // The reader has found loops.
    while (isReference(schema)) {
      pointer = schema.$ref.slice(1);
      schema = lookUpSchema(this.read.document, schema.$ref) ?? true;
    }
    return { schema, pointer };
  }

  /** Tells whether a whole value satisfies all schemas of a case; otherwise why not. */
  fault(
    one: Pick<Case, 'parts'>,
    value: Json,
  ): { text: string; expected?: string; found?: string } | undefined {
    for (const { schema } of one.parts) {
      const validate = this.#validatorOf(schema);
      if (validate(value) === true) continue;
      const { text, expected, found } = explain(validate.errors ?? [], value);
      return {
        text,
        ...(expected === undefined ? {} : { expected }),
        ...(found === undefined ? {} : { found }),
      };
    }
    return undefined;
  }

  /** Tells whether a whole value satisfies a schema. */
  allows(part: Part, value: Json): boolean {
    const cases = this.casesOf([part]);
    return cases === undefined || cases.some((one) => this.fault(one, value) === undefined);
  }

  #validatorOf(schema: JsonObject): Validator {
    const known = this.#validators.get(schema);
    if (known !== undefined) return known;
    const validate = this.#makeValidator(schema);
    this.#validators.set(schema, validate);
    return validate;
  }
}

/** Adds the types of the constants to a shape. */
function withTypes(shape: Shape): Shape {
  const { constants } = shape;
  return constants === undefined ? shape : { ...shape, types: new Set(constants.map(typeOf)) };
}

/** What a case says about a member of its objects. */
export interface MemberGuarantee {
  /** The schemas that its value satisfies. */
  readonly parts: readonly Part[];
  readonly isRequired: boolean;
  /** Whether the document says anything about it; free-form objects and maps know every name. */
  readonly isKnown: boolean;
}

/** Returns what a case says about a member. */
export function memberOf(one: Case, name: string): MemberGuarantee {
  const found = one.parts.map((part) => memberParts(part, name));
  const speaks = one.parts.some(({ schema }) => describesMembers(schema));
  // Which members are left over depends on all that applies to a value, so nothing more is taken for certain.
  const isMap = one.parts.some(({ schema }) => (schema.unevaluatedProperties ?? false) !== false);
  return {
    parts: found.flat(),
    isRequired: one.shape.required.has(name),
    isKnown: found.some((parts) => parts.some(isDescribed)) || !speaks || isMap,
  };
}

/** `additionalProperties: false` says that a member is not described. */
function isDescribed({ schema, pointer }: Part): boolean {
  return schema !== false || !pointer.endsWith('/additionalProperties');
}

function memberParts({ schema, pointer }: Case['parts'][number], name: string): Part[] {
  const { properties, patternProperties, additionalProperties } = schema;
  const found: Part[] = [];
  if (isObject(properties) && Object.hasOwn(properties, name)) {
    const place = joinPointer(pointer, 'properties', name);
    found.push({ schema: properties[name] as Json, pointer: place });
  }
  for (const [pattern, value] of entries(patternProperties)) {
    if (!new RegExp(pattern, 'u').test(name)) continue;
    found.push({ schema: value, pointer: joinPointer(pointer, 'patternProperties', pattern) });
  }
  if (found.length > 0 || additionalProperties === undefined) return found;
  return [{ schema: additionalProperties, pointer: `${pointer}/additionalProperties` }];
}

function describesMembers(schema: JsonObject): boolean {
  const { properties, patternProperties, additionalProperties } = schema;
  return isObject(properties) || isObject(patternProperties) || additionalProperties !== undefined;
}

/** Lists the schemas, one conjunction each, that members of a case's objects can have whatever their name. */
export function memberAlternatives(one: Case): (readonly Part[])[] {
  const names = new Set(
    one.parts.flatMap(({ schema }) => entries(schema.properties).map(([name]) => name)),
  );
  const named = [...names].map((name) => memberOf(one, name).parts);
  const patterns = one.parts.flatMap(({ schema, pointer }) =>
    entries(schema.patternProperties).map(([pattern, value]): Part[] => [
      { schema: value, pointer: joinPointer(pointer, 'patternProperties', pattern) },
    ]),
  );
  return [...named, ...patterns, ...(isOpen(one) ? [othersOf(one)] : [])];
}

/** Lists the schemas that the names of all members satisfy. */
export function nameBounds({ parts }: Case): Part[] {
  return parts.flatMap(({ schema: { propertyNames: schema }, pointer }) =>
    schema === undefined ? [] : [{ schema, pointer: `${pointer}/propertyNames` }],
  );
}

/** Tells whether a case's objects can have members beside those that it names. */
export function isOpen({ parts }: Case): boolean {
  return parts.every(({ schema }) => schema.additionalProperties !== false);
}

/** Returns what a case says of the members that none of its schemas names. */
export function othersOf({ parts }: Case): readonly Part[] {
  const others = parts.flatMap(({ schema: { additionalProperties: schema }, pointer }) =>
    schema === undefined ? [] : [{ schema, pointer: `${pointer}/additionalProperties` }],
  );
  return others.length > 0 ? others : [{ schema: true, pointer: parts[0]?.pointer ?? '' }];
}

/** Returns the schemas that the item at an index of a case's lists satisfies. */
export function itemOf(one: Case, index: number): readonly Part[] {
  return one.parts.flatMap(({ schema, pointer }): Part[] => {
    const { items, additionalItems } = schema;
    if (!Array.isArray(items)) {
      return items === undefined ? [] : [{ schema: items, pointer: `${pointer}/items` }];
    }
    const own = items[index];
    if (own !== undefined) return [{ schema: own, pointer: joinPointer(pointer, 'items', index) }];
    if (additionalItems === undefined) return [];
    return [{ schema: additionalItems, pointer: `${pointer}/additionalItems` }];
  });
}

/**
 * Lists the schemas, one conjunction each, of the items that are compared with an item of a pact's list of `length`
 * items: the one at its own index, and, with the first, those beyond the end.
 */
export function itemAlternatives(one: Case, index: number, length: number): (readonly Part[])[] {
  if (index > 0) return [itemOf(one, index)];
  const longest = Math.max(
    length,
    ...one.parts.map(({ schema }) => (Array.isArray(schema.items) ? schema.items.length : 0)),
  );
  const { max } = listLengths(one);
  const beyond = Array.from({ length: longest - length + 1 }, (_, at) => length + at);
  return [0, ...beyond.filter((at) => at < max)].map((at) => itemOf(one, at));
}

/** Returns how many items a case's lists have. */
export function listLengths({ parts }: Case): Bounds {
  const contained = parts.flatMap(({ schema: { contains, minContains = 1 } }) =>
    contains === undefined ? [] : [Number(minContains)],
  );
  const closed = parts.flatMap(({ schema: { items, additionalItems } }) =>
    Array.isArray(items) && additionalItems === false ? [items.length] : [],
  );
  return {
    min: Math.max(0, ...contained, ...numbers(parts, 'minItems')),
    max: Math.min(Number.POSITIVE_INFINITY, ...numbers(parts, 'maxItems'), ...closed),
  };
}

/** Returns how many members a case's objects have. */
export function objectSizes({ parts, shape }: Case): Bounds {
  return {
    min: Math.max(shape.required.size, ...numbers(parts, 'minProperties')),
    max: Math.min(Number.POSITIVE_INFINITY, ...numbers(parts, 'maxProperties')),
  };
}

/** The least and the greatest of what can be. */
export interface Bounds {
  readonly min: number;
  readonly max: number;
}

/** Lists the numbers that a keyword sets in the schemas of a case. */
export function numbers(parts: Case['parts'], keyword: string): number[] {
  return parts.map(({ schema }) => schema[keyword]).filter((bound) => typeof bound === 'number');
}

function entries(value: Json | undefined): [string, Json][] {
  return isObject(value) ? Object.entries(value) : [];
}
