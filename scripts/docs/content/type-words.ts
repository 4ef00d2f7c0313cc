import type { Json, JsonObject } from '../../spec/model.js';
import { isObject, listOf } from '../../spec/positions.js';

/** The types of a schema's values by its own keywords; undefined where it does not restrict them. */
export function typesOf(schema: JsonObject): ReadonlySet<string> | undefined {
  const { type } = schema;
  const values = valuesOf(schema);
  if (type !== undefined) return new Set([type].flat().map(String));
  return values === undefined ? undefined : new Set(values.map(typeOfValue));
}

/** Returns the types that all of some schemas let pass; undefined where none restricts them. */
export function commonTypes(schemas: readonly JsonObject[]): ReadonlySet<string> | undefined {
  const restricted = schemas.flatMap((schema) => typesOf(schema) ?? []);
  const [first, ...others] = restricted;
  if (first === undefined) return undefined;
  return new Set([...first].flatMap((type) => narrowed(type, others)));
}

/** Returns what is left of a type where others must hold as well; integers are numbers. */
function narrowed(type: string, others: readonly ReadonlySet<string>[]): string[] {
  if (others.every((types) => types.has(type))) return [type];
  if (type === 'number' && others.every((types) => types.has('number') || types.has('integer')))
    return ['integer'];
  return type === 'integer' && others.every((types) => types.has(type) || types.has('number'))
    ? [type]
    : [];
}

/** Returns the values that all of some schemas list; undefined where none lists any. */
export function commonValues(schemas: readonly JsonObject[]): Json[] | undefined {
  const lists = schemas.flatMap((schema) => {
    const values = valuesOf(schema);
    return values === undefined ? [] : [new Map(values.map((one) => [JSON.stringify(one), one]))];
  });
  const [first, ...others] = lists;
  if (first === undefined) return undefined;
  return [...first].flatMap(([key, value]) =>
    others.every((list) => list.has(key)) ? [value] : [],
  );
}

/** Tells whether a schema lets null pass and nothing else. */
export function isOnlyNull(schema: Json): boolean {
  if (!isObject(schema)) return false;
  const types = typesOf(schema);
  return types?.size === 1 && types.has('null');
}

/** The values that a schema lists. */
function valuesOf(schema: JsonObject): readonly Json[] | undefined {
  if (Object.hasOwn(schema, 'const')) return [schema.const ?? null];
  return Array.isArray(schema.enum) ? listOf(schema.enum) : undefined;
}

function typeOfValue(value: Json): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return Number.isInteger(value) ? 'integer' : typeof value;
}
