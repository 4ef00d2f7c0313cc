import type { Guarantee, Part } from '../contract/guarantee.js';
import { textType } from '../judge/header-names.js';
import { validationKeywords } from '../judge/schema-copy.js';
import type { Json, JsonObject } from '../spec/model.js';
import { isObject } from '../spec/positions.js';
import type { Inclusion } from './inclusion/inclusion.js';

/** The texts that are read as numbers, those of them that always are integers, and those that are read as booleans. */
const NUMBERS: JsonObject = { type: 'string', pattern: '^-?(0|[1-9][0-9]*)(\\.[0-9]+)?$' };
const INTEGERS: JsonObject = { type: 'string', pattern: '^-?(0|[1-9][0-9]*)$' };
const BOOLEANS: JsonObject = { type: 'string', enum: ['true', 'false'] };

/** Tells whether a document takes every text of a header that another takes, though they read it as other types. */
export function areTextsTaken(headers: Part, demanded: Part, name: string, by: Inclusion): boolean {
  const given = memberOf(by.given, headers, name);
  const demand = memberOf(by.demanding, demanded, name);
  const taken = demand && textsTakenBy(by.demanding, demand.schema);
  if (given === undefined || demand === undefined || taken === undefined) return false;
  const texts = { schema: textsOf(by.given, given.schema), pointer: given.pointer };
  return by.judge([texts], { schema: taken, pointer: demand.pointer }).shortfalls.length === 0;
}

/** Returns the schema of a header, where the schema of all headers names it and says nothing else of them. */
function memberOf(guarantee: Guarantee, headers: Part, name: string): MemberPart | undefined {
  const { schema, pointer } = guarantee.resolve(headers);
  if (!isObject(schema)) return undefined;
  const { type: _, properties, required, ...others } = schema;
  if (Object.keys(others).some((keyword) => validationKeywords.has(keyword))) return undefined;
  if (!isObject(properties) || !Object.hasOwn(properties, name)) return undefined;
  const { schema: member } = guarantee.resolve({ schema: properties[name] as Json, pointer });
  return isObject(member) ? { schema: member, pointer } : undefined;
}

interface MemberPart extends Part {
  readonly schema: JsonObject;
}

/** Returns a schema of texts that a header may have, and perhaps of more. */
function textsOf(guarantee: Guarantee, schema: JsonObject): JsonObject {
  const type = textType(guarantee.shapeOf(schema));
  if (type === 'string') return { type: 'string', allOf: [schema] };
  return type === 'number' ? NUMBERS : BOOLEANS;
}

/** Returns a schema of texts that a header may have, and perhaps not of all; undefined where it is not as simple as that. */
function textsTakenBy(guarantee: Guarantee, schema: JsonObject): JsonObject | undefined {
  if (textType(guarantee.shapeOf(schema)) === 'string') return schema;
  const isPlain = Object.keys(schema).every(
    (keyword) => keyword === 'type' || !validationKeywords.has(keyword),
  );
  if (!isPlain) return undefined;
  if (schema.type === 'boolean') return BOOLEANS;
  if (schema.type === 'number') return NUMBERS;
  return schema.type === 'integer' ? INTEGERS : undefined;
}
