import type { Json, JsonObject } from '../../spec/model.js';
import { isObject, listOf } from '../../spec/positions.js';

/** The types of a schema's values by its own keywords, without null; none where it does not restrict them. */
export function typesOf(schema: JsonObject): string[] {
  const { type, enum: constants } = schema;
  if (type !== undefined) return [type].flat().map(String).filter(isNoNull);
  if (Object.hasOwn(schema, 'const')) return [typeOfValue(schema.const ?? null)].filter(isNoNull);
  if (Array.isArray(constants)) {
    return [...new Set(constants.map(typeOfValue))].filter(isNoNull);
  }
  return [];
}

/** Tells whether the keywords of a schema itself let null pass where a type or values are listed. */
export function namesNull({ type, enum: constants, const: constant }: JsonObject): boolean {
  return (
    [type].flat().includes('null') ||
    constant === null ||
    (type === undefined && Array.isArray(constants) && constants.includes(null))
  );
}

/** Tells whether a schema lets null pass and nothing else. */
export function isOnlyNull(schema: Json): boolean {
  return isObject(schema) && namesNull(schema) && typesOf(schema).length === 0;
}

/** The values that a schema lists, without null. */
export function constantsOf(schema: JsonObject): Json[] {
  const listed = Object.hasOwn(schema, 'const') ? [schema.const ?? null] : listOf(schema.enum);
  return listed.filter((value) => value !== null);
}

function isNoNull(type: string): boolean {
  return type !== 'null';
}

function typeOfValue(value: Json): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return Number.isInteger(value) ? 'integer' : typeof value;
}
