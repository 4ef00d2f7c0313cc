import {
  LIST_KEYWORDS,
  MAP_KEYWORDS,
  pointerOfReference,
  SCHEMA_KEYWORDS,
} from '../judge/schema-copy.js';
import { isReference } from '../spec/grammar.js';
import { pointerToken } from '../spec/json-pointer.js';
import type { Json, JsonObject, Schema, Spec } from '../spec/model.js';
import { isObject } from '../spec/positions.js';

/**
 * Writes a schema as a JSON Schema of its own, with all that it refers to: of draft-07, or of 2020-12 where it uses
 * what that added. `nameOf` names the schemas that references lead to.
 */
export function standaloneSchema(
  schema: Schema,
  spec: Spec,
  nameOf: (pointer: string) => string,
): JsonObject {
  const schemas = new Map(spec.schemas.map((one) => [one.pointer, one.json]));
  const used = new Map<string, Json>();
  const collect = (json: Json): void => {
    walk(json, (one) => {
      if (!isReference(one)) return;
      const pointer = pointerOfReference(one.$ref);
      if (used.has(pointer)) return;
      const target = schemas.get(pointer) ?? true;
      used.set(pointer, target);
      collect(target);
    });
  };
  collect(schema.json);
  const isModern = [schema.json, ...used.values()].some(usesModern);
  const keyword = isModern ? '$defs' : 'definitions';
  const write = (json: Json) =>
    rewritten(json, isModern, (pointer) => `#/${keyword}/${pointerToken(nameOf(pointer))}`);
  const definitions = Object.fromEntries(
    [...used].map(([pointer, json]) => [nameOf(pointer), write(json)]),
  );
  const root = write(schema.json);
  return {
    $schema: isModern
      ? 'https://json-schema.org/draft/2020-12/schema'
      : 'http://json-schema.org/draft-07/schema#',
    ...(isObject(root) && !isReference(root) ? root : { allOf: [root] }),
    ...(used.size === 0 ? {} : { [keyword]: definitions }),
  };
}

/** What 2020-12 has and draft-07 has not, of the keywords that schemas are read in. */
const MODERN = ['unevaluatedProperties', 'unevaluatedItems', 'minContains', 'maxContains'];

function usesModern(json: Json): boolean {
  let isFound = false;
  walk(json, (one) => {
    isFound ||= MODERN.some((keyword) => Object.hasOwn(one, keyword));
  });
  return isFound;
}

/** Where schemas stand in a schema: themselves, in lists, in maps. */
const ONE = new Set<string>([...SCHEMA_KEYWORDS, 'unevaluatedItems', 'unevaluatedProperties']);
const LISTS = new Set<string>(LIST_KEYWORDS);
const MAPS = new Set<string>(MAP_KEYWORDS);

/** What has a meaning where the schema stood: names of schemas, and schemas that only references lead to. */
const LOCAL = new Set(['$schema', '$id', '$anchor', '$dynamicAnchor', 'definitions', '$defs']);

/** Visits a schema and those in it, references not followed. */
function walk(json: Json, visit: (schema: JsonObject) => void): void {
  mapSchemas(json, (schema) => {
    visit(schema);
    return schema;
  });
}

/** Copies a schema, with what `change` makes of each schema in it. */
function mapSchemas(json: Json, change: (schema: JsonObject) => JsonObject): Json {
  if (!isObject(json)) return json;
  const copy = (held: Json) => mapSchemas(held, change);
  const kept = Object.entries(json).filter(([key]) => !LOCAL.has(key));
  const mapped = kept.map(([key, held]): [string, Json] => {
    if (ONE.has(key)) return [key, copy(held)];
    if (LISTS.has(key) && Array.isArray(held)) return [key, held.map(copy)];
    if (key === 'items') return [key, Array.isArray(held) ? held.map(copy) : copy(held)];
    if (key === 'dependencies' || MAPS.has(key)) {
      const inner = isObject(held) ? Object.entries(held) : [];
      return [key, Object.fromEntries(inner.map(([name, one]) => [name, copy(one)]))];
    }
    return [key, held];
  });
  return change(Object.fromEntries(mapped));
}

function rewritten(json: Json, isModern: boolean, refOf: (pointer: string) => string): Json {
  return mapSchemas(json, (schema) => {
    if (isReference(schema)) return { ...schema, $ref: refOf(pointerOfReference(schema.$ref)) };
    return isModern ? asModern(schema) : schema;
  });
}

/** Gives the keywords of draft-07 that 2020-12 renamed their new names. https://json-schema.org/draft/2020-12/release-notes */
function asModern({ items, additionalItems, dependencies, ...rest }: JsonObject): JsonObject {
  const held = isObject(dependencies) ? Object.entries(dependencies) : [];
  const lists = held.filter(([, one]) => Array.isArray(one));
  const schemas = held.filter(([, one]) => !Array.isArray(one));
  const further = additionalItems === undefined ? {} : { items: additionalItems };
  return {
    ...rest,
    ...(Array.isArray(items)
      ? { prefixItems: items, ...further }
      : items === undefined
        ? {}
        : { items }),
    ...(lists.length === 0 ? {} : { dependentRequired: Object.fromEntries(lists) }),
    ...(schemas.length === 0 ? {} : { dependentSchemas: Object.fromEntries(schemas) }),
  };
}
