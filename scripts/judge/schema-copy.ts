import { knownFormats } from '../spec/formats.js';
import type { Json, JsonObject } from '../spec/model.js';
import { isContainer, isObject } from '../spec/positions.js';

/** The keywords that judge a value: draft-07's, and two of 2020-12. https://json-schema.org/draft-07/draft-handrews-json-schema-validation-01 */
const VALUE_KEYWORDS = [
  'type',
  'enum',
  'const',
  'multipleOf',
  'maximum',
  'exclusiveMaximum',
  'minimum',
  'exclusiveMinimum',
  'maxLength',
  'minLength',
  'pattern',
  'maxItems',
  'minItems',
  'uniqueItems',
  'maxProperties',
  'minProperties',
  'required',
  'format',
  'minContains',
  'maxContains',
] as const;
/** The keywords that hold a schema, a list of them, and a map; `items`, `dependencies` and `unevaluated…` apart. */
export const SCHEMA_KEYWORDS = [
  'additionalItems',
  'contains',
  'additionalProperties',
  'propertyNames',
  'if',
  'then',
  'else',
  'not',
] as const;
export const LIST_KEYWORDS = ['allOf', 'anyOf', 'oneOf'] as const;
export const MAP_KEYWORDS = ['properties', 'patternProperties'] as const;

/** The validation keywords that copies keep; `items`, `dependencies`, `unevaluated…` and `$ref` included. */
export const validationKeywords: ReadonlySet<string> = new Set([
  ...VALUE_KEYWORDS,
  ...SCHEMA_KEYWORDS,
  ...LIST_KEYWORDS,
  ...MAP_KEYWORDS,
  'items',
  'dependencies',
  'unevaluatedItems',
  'unevaluatedProperties',
  '$ref',
]);

/**
 * Copies a schema with nothing but validation keywords: no ids, titles, examples or extensions, which
 * third-party compilers might act on. A reference becomes what `reference` makes of its `$ref`, and
 * stands alone, as draft-07 reads it. `decorate` may add to the copy of each object schema.
 */
export function copySchema(
  json: Json,
  reference: ($ref: string, original: JsonObject) => JsonObject,
  decorate: (copy: JsonObject, original: JsonObject) => void = () => {},
): JsonObject | boolean {
  const copy = (value: Json): JsonObject | boolean => {
    if (!isObject(value)) return value !== false;
    const made: JsonObject = {};
    if (typeof value.$ref === 'string') return reference(value.$ref, value);
    for (const keyword of VALUE_KEYWORDS) {
      if (Object.hasOwn(value, keyword) && isJudged(keyword, value)) {
        const held = value[keyword] as Json;
        made[keyword] = isContainer(held) ? structuredClone(held) : held;
      }
    }
    for (const keyword of SCHEMA_KEYWORDS) {
      if (Object.hasOwn(value, keyword)) made[keyword] = copy(value[keyword] as Json);
    }
    for (const keyword of LIST_KEYWORDS) {
      const list = Object.hasOwn(value, keyword) ? value[keyword] : undefined;
      if (Array.isArray(list)) made[keyword] = list.map(copy);
    }
    for (const keyword of MAP_KEYWORDS) {
      const map = Object.hasOwn(value, keyword) ? value[keyword] : undefined;
      if (isObject(map)) made[keyword] = mapValues(map, copy);
    }
    const { items, dependencies } = value;
    if (Object.hasOwn(value, 'items'))
      made.items = Array.isArray(items) ? items.map(copy) : copy(items as Json);
    if (isObject(dependencies)) {
      made.dependencies = mapValues(dependencies, (held) =>
        Array.isArray(held) ? [...held] : copy(held),
      );
    }
    decorate(made, value);
    return made;
  };
  return copy(json);
}

/** A format that the configuration allows beyond the known ones judges nothing. */
function isJudged(keyword: string, schema: JsonObject): boolean {
  return keyword !== 'format' || Object.hasOwn(knownFormats, String(schema.format));
}

function mapValues(map: JsonObject, change: (value: Json) => Json): JsonObject {
  return Object.fromEntries(Object.entries(map).map(([name, value]) => [name, change(value)]));
}

/** Returns the pointer of the schema that a `$ref` of the bundled document names. */
export function pointerOfReference($ref: string): string {
  return $ref.slice(1);
}

/** Refers to the definition of a token. */
export function referenceTo(token: string): JsonObject {
  return { $ref: `#/definitions/${token}` };
}

/** Returns the token of the definition that the `$ref` of a copy names. */
export function referencedToken($ref: string): string {
  return $ref.slice($ref.lastIndexOf('/') + 1);
}
