import type { KnownHeader } from '../generate/runtime/check.js';
import { isReference } from '../spec/grammar.js';
import { joinPointer } from '../spec/json-pointer.js';
import type { Json, JsonObject, Schema } from '../spec/model.js';
import { isObject } from '../spec/positions.js';
import { follow } from '../spec/references.js';
import { type Shape, shapeOf, typesIn } from './shape.js';

/** A header that a schema names, and where it does: the pointer of its property, or of the list of required ones. */
export interface NamedHeader extends KnownHeader {
  readonly pointer: string;
}

/** Lists the headers that a schema names, spelled as it spells them, with the type that their text is read as. */
export function headerNames(document: JsonObject, headers: Schema | undefined): KnownHeader[] {
  return namedHeaders(document, headers).map(({ name, type }) => ({ name, type }));
}

/** The headers of each schema that was asked for: many messages share one. */
const known = new WeakMap<JsonObject, Map<string, readonly NamedHeader[]>>();

/** Lists the headers that a schema names, each with the place where it does. */
export function namedHeaders(
  document: JsonObject,
  headers: Schema | undefined,
): readonly NamedHeader[] {
  if (headers === undefined) return [];
  const place = isReference(headers.json) ? headers.json.$ref.slice(1) : headers.pointer;
  const ofDocument = known.get(document) ?? new Map<string, readonly NamedHeader[]>();
  known.set(document, ofDocument);
  const named = ofDocument.get(place) ?? collected(document, headers);
  ofDocument.set(place, named);
  return named;
}

function collected(document: JsonObject, { json, pointer }: Schema): readonly NamedHeader[] {
  const found = new Map<string, NamedHeader>();
  collect(document, json, pointer, found, new Set());
  return [...found.values()];
}

function collect(
  document: JsonObject,
  schema: Json,
  place: string,
  found: Map<string, NamedHeader>,
  seen: Set<Json>,
): void {
  const target = follow(document, schema);
  if (!isObject(target) || seen.has(target)) return;
  seen.add(target);
  const pointer =
    isObject(schema) && typeof schema.$ref === 'string' ? schema.$ref.slice(1) : place;
  const { properties, required } = target;
  for (const [name, value] of isObject(properties) ? Object.entries(properties) : []) {
    const type = textType(shapeOf(document, value));
    if (type === 'string' && found.has(name)) continue;
    found.set(name, { name, type, pointer: joinPointer(pointer, 'properties', name) });
  }
  for (const [index, name] of Array.isArray(required) ? required.entries() : []) {
    if (typeof name !== 'string' || found.has(name)) continue;
    found.set(name, { name, type: 'string', pointer: joinPointer(pointer, 'required', index) });
  }
  for (const keyword of ['allOf', 'anyOf', 'oneOf'] as const) {
    const parts = target[keyword];
    for (const [index, part] of Array.isArray(parts) ? parts.entries() : []) {
      collect(document, part, joinPointer(pointer, keyword, index), found, seen);
    }
  }
  for (const keyword of ['if', 'then', 'else', 'not'] as const) {
    const part = target[keyword];
    if (part !== undefined) collect(document, part, joinPointer(pointer, keyword), found, seen);
  }
}

/** Returns the type as which a text is read, so that it is of a shape; a text that may be a string stays one. */
export function textType(shape: Shape): KnownHeader['type'] {
  const types = typesIn(shape);
  if (types?.has('string')) return 'string';
  return (['number', 'boolean'] as const).find((type) => types?.has(type)) ?? 'string';
}
