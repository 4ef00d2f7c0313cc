import type { KnownHeader } from '../generate/runtime/check.js';
import type { Json, JsonObject, Schema } from './model.js';
import { isObject, member } from './positions.js';
import { follow } from './references.js';

/** Lists the headers that a schema names, spelled as it spells them, with the type that their text is read as. */
export function headerNames(document: JsonObject, headers: Schema | undefined): KnownHeader[] {
  const found = new Map<string, KnownHeader['type']>();
  collect(document, headers?.json, found, new Set());
  return [...found].map(([name, type]) => ({ name, type }));
}

function collect(
  document: JsonObject,
  schema: Json | undefined,
  found: Map<string, KnownHeader['type']>,
  seen: Set<Json>,
): void {
  const target = schema === undefined ? undefined : follow(document, schema);
  if (!isObject(target) || seen.has(target)) return;
  seen.add(target);
  const { properties, required, allOf, anyOf, oneOf } = target;
  for (const [name, value] of isObject(properties) ? Object.entries(properties) : []) {
    const type = typeOfHeader(follow(document, value));
    if (type !== 'string' || !found.has(name)) found.set(name, type);
  }
  for (const name of Array.isArray(required) ? required : []) {
    if (typeof name === 'string' && !found.has(name)) found.set(name, 'string');
  }
  const parts = [allOf, anyOf, oneOf].flatMap((list) => (Array.isArray(list) ? list : []));
  for (const part of [...parts, target.if, target.then, target.else, target.not]) {
    collect(document, part, found, seen);
  }
}

function typeOfHeader(schema: Json | undefined): KnownHeader['type'] {
  const type = member(schema, 'type');
  if (type === 'integer' || type === 'number') return 'number';
  return type === 'boolean' ? 'boolean' : 'string';
}
