import { anything, both, type JsonType, type Shape } from '../judge/shape.js';
import { joinPointer } from '../spec/json-pointer.js';
import type { Json, JsonObject } from '../spec/model.js';
import { isContainer, isObject } from '../spec/positions.js';
import type { Case, Part } from './guarantee.js';

/** How many cases are told apart. */
const MAX_CASES = 256;

/** What the splitting of schemas asks of their document. */
export interface Reading {
  /** Follows a part's references to the schema they name. */
  resolve(part: Part): Part;
  shapeOf(schema: JsonObject): Shape;
}

/**
 * Lists the ways in which a value can satisfy all of some schemas: one for each combination of alternatives that don't
 * contradict each other. What can't be put into cases (`not`, the exclusion in `oneOf`) is left out of them, so they may
 * allow more than the schemas, never less. Undefined where there are too many.
 * https://json-schema.org/draft-07/draft-handrews-json-schema-validation-01#section-6.7
 */
export function casesOf(parts: readonly Part[], reading: Reading): Case[] | undefined {
  let open = [withParts({ parts: [], shape: anything, choices: [] }, parts, reading) ?? []].flat();
  const finished: Case[] = [];
  while (open.length > 0) {
    const next: Open[] = [];
    for (const { choices, ...one } of open) {
      const [choice, ...others] = choices;
      if (choice === undefined) {
        finished.push(one);
        continue;
      }
      // One choice at a time, so that what contradicts itself is dropped before it is multiplied by the others.
      const isMade = choice.some((way) => way.every((part) => isImplied(one, part)));
      for (const way of isMade ? [[]] : choice) {
        next.push(...[withParts({ ...one, choices: others }, way, reading) ?? []].flat());
        if (next.length + finished.length > MAX_CASES) return undefined;
      }
    }
    open = next;
  }
  return finished;
}

/** A case with choices that are still to be made: of each, one way holds, which is some further schemas. */
interface Open extends Case {
  readonly choices: readonly Choice[];
}

type Choice = readonly (readonly Part[])[];

/** Adds schemas to a case, and whatever always holds with them; undefined where that is a contradiction. */
function withParts(one: Open, added: readonly Part[], reading: Reading): Open | undefined {
  const parts = [...one.parts];
  const choices = [...one.choices];
  let { shape } = one;
  const todo = [...added];
  // Walks what it adds as well.
  for (const next of todo) {
    const { schema, pointer } = reading.resolve(next);
    if (schema === false) return undefined;
    if (!isObject(schema) || parts.some((known) => known.schema === schema)) continue;
    shape = both(shape, reading.shapeOf(schema));
    if (shape.never) return undefined;
    const part = { schema, pointer };
    parts.push(part);
    todo.push(...alwaysWith(part));
    choices.push(...choicesOf(part));
  }
  return { parts, shape, choices };
}

/** Tells whether a schema is known to hold in a case already. */
function isImplied({ parts, shape }: Case, { schema }: Part): boolean {
  if (schema === true || parts.some((known) => known.schema === schema)) return true;
  if (!isObject(schema) || Object.keys(schema).join() !== 'required') return false;
  const { required } = schema;
  return Array.isArray(required) && required.every((name) => shape.required.has(String(name)));
}

/** Lists the schemas that hold wherever a schema holds. */
function alwaysWith({ schema, pointer }: Case['parts'][number]): Part[] {
  return [
    ...listed(schema.allOf, joinPointer(pointer, 'allOf')),
    ...excluded(schema, pointer),
    ...spelledOut(schema, pointer),
  ];
}

/** Lists the choices that a schema leaves open. */
function choicesOf({ schema, pointer }: Case['parts'][number]): Choice[] {
  return [
    ...(['anyOf', 'oneOf'] as const)
      .map((keyword) => listed(schema[keyword], joinPointer(pointer, keyword)))
      .filter((parts) => parts.length > 0)
      .map((parts) => parts.map((part) => [part])),
    ...conditions(schema, pointer),
    ...dependencies(schema, pointer),
    ...enumerated(schema, pointer),
  ];
}

function listed(value: Json | undefined, pointer: string): Part[] {
  return Array.isArray(value)
    ? value.map((schema, index) => ({ schema, pointer: joinPointer(pointer, index) }))
    : [];
}

/** `not: {required: [a]}`: the member is absent. */
function excluded({ not }: JsonObject, pointer: string): Part[] {
  const names = isObject(not) && Object.keys(not).length === 1 ? not.required : undefined;
  if (!Array.isArray(names) || names.length !== 1) return [];
  return [{ schema: lacking(String(names[0])), pointer: `${pointer}/not` }];
}

/** `if`, `then`, `else`: either both first ones hold, or the last one and not the first. */
function conditions(schema: JsonObject, pointer: string): Choice[] {
  const { if: condition } = schema;
  if (condition === undefined) return [];
  const branch = (keyword: 'then' | 'else'): Part[] => {
    const value = schema[keyword];
    return value === undefined ? [] : [{ schema: value, pointer: `${pointer}/${keyword}` }];
  };
  const met = [{ schema: condition, pointer: `${pointer}/if` }, ...branch('then')];
  const unmet = negations(condition).map((negation) => [
    ...negation.map((one) => ({ schema: one, pointer: `${pointer}/if` })),
    ...branch('else'),
  ]);
  return [[met, ...unmet]];
}

/** The ways in which an object can fail a condition about its members; one that says nothing of any other condition. */
function negations(condition: Json): Json[][] {
  if (condition === true) return [];
  if (!isAboutMembers(condition)) return [[]];
  const { properties, required, type } = condition;
  return [
    ...(Array.isArray(required) ? required : []).map((name) => [lacking(String(name))]),
    ...(isObject(properties) ? Object.entries(properties) : []).flatMap(([name, schema]) =>
      (isAboutMembers(schema) ? negations(schema) : [[{ not: schema }]]).map((way) => [
        { type: 'object', required: [name], properties: { [name]: { allOf: way } } },
      ]),
    ),
    ...(type === 'object' ? [[{ type: NO_OBJECT }]] : []),
  ];
}

/** Tells whether a condition names members of objects, and says nothing of anything else. */
export function isAboutMembers(condition: Json): condition is JsonObject {
  if (!isObject(condition)) return false;
  const { properties, required, type, ...rest } = condition;
  const annotations = ['title', 'description', '$comment', 'examples'];
  return (
    (type === undefined ? (properties ?? required) !== undefined : type === 'object') &&
    Object.keys(rest).every((keyword) => annotations.includes(keyword) || keyword.startsWith('x-'))
  );
}

const NO_OBJECT: JsonType[] = ['null', 'boolean', 'number', 'string', 'array'];

/** `dependencies`: a member is absent, or what it brings along holds. */
function dependencies({ dependencies: all }: JsonObject, pointer: string): Choice[] {
  return (isObject(all) ? Object.entries(all) : []).map(([name, brought]) => {
    const place = joinPointer(pointer, 'dependencies', name);
    const schema = Array.isArray(brought) ? { required: brought } : brought;
    return [
      [{ schema: { properties: { [name]: false } }, pointer: place }],
      [{ schema, pointer: place }],
    ];
  });
}

/** `enum` with objects or lists: one of these, or one of the scalars beside them. */
function enumerated({ enum: values }: JsonObject, pointer: string): Choice[] {
  if (!Array.isArray(values) || !values.some(isContainer)) return [];
  const place = `${pointer}/enum`;
  const scalars = values.filter((value) => !isContainer(value));
  return [
    [
      ...values.filter(isContainer).map((value) => [{ schema: { const: value }, pointer: place }]),
      ...(scalars.length > 0 ? [[{ schema: { enum: scalars }, pointer: place }]] : []),
    ],
  ];
}

/** `const` with an object or a list: what it says of the members or the items, in other keywords. */
function spelledOut({ const: value }: JsonObject, pointer: string): Part[] {
  if (!isContainer(value)) return [];
  const schema = Array.isArray(value) ? listOf(value) : objectOf(value);
  return [{ schema, pointer: `${pointer}/const` }];
}

function listOf(items: readonly Json[]): JsonObject {
  const { length } = items;
  if (length === 0) return { type: 'array', maxItems: 0 };
  const schemas = items.map((item) => ({ const: item }));
  return { type: 'array', minItems: length, items: schemas, additionalItems: false };
}

function objectOf(members: JsonObject): JsonObject {
  const schemas = Object.entries(members).map(([name, member]) => [name, { const: member }]);
  return {
    type: 'object',
    required: Object.keys(members),
    properties: Object.fromEntries(schemas),
    additionalProperties: false,
  };
}

/** The schema of objects without a member. */
function lacking(name: string): JsonObject {
  return { type: 'object', properties: { [name]: false } };
}
