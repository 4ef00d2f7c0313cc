import { joinPointer } from '../spec/json-pointer.js';
import { isContainer, isObject, type Json, type JsonObject } from '../spec/positions.js';
import { follow } from '../spec/references.js';

/**
 * Lists the members of a value that its schema does not know, as JSON Pointers. Where a schema says nothing
 * of an object's members, or declares a map, all of them are known.
 */
export function undocumentedMembers(
  document: JsonObject,
  schema: Json | undefined,
  value: Json,
): string[] {
  return search(document, schema === undefined ? [true] : [schema], value, '');
}

function search(
  document: JsonObject,
  schemas: readonly Json[],
  value: Json,
  pointer: string,
): string[] {
  if (!isContainer(value)) return [];
  const applied = schemas.flatMap((schema) => parts(document, schema, 'with dependencies'));
  if (Array.isArray(value)) {
    return value.flatMap((item, index) =>
      search(
        document,
        applied.flatMap((schema) => itemSchemas(schema, index)),
        item,
        joinPointer(pointer, index),
      ),
    );
  }
  // What a member brings along adds to what is said of the members, and closes no object by itself.
  const always = schemas.flatMap((schema) => parts(document, schema, 'without dependencies'));
  if (!always.filter(isObject).some(describesMembers)) return [];
  return Object.entries(value).flatMap(([name, member]) => {
    const own = applied.filter(isObject).flatMap((schema) => memberSchemas(schema, name));
    const place = joinPointer(pointer, name);
    return own.length === 0 ? [place] : search(document, own, member, place);
  });
}

/** Returns a schema and all that it is made of, references followed. */
function parts(
  document: JsonObject,
  schema: Json,
  which: 'with dependencies' | 'without dependencies',
  seen = new Set<Json>(),
): Json[] {
  const target = follow(document, schema) ?? true;
  if (!isObject(target) || seen.has(target)) return [target];
  seen.add(target);
  const lists = [target.allOf, target.anyOf, target.oneOf].flatMap((list) =>
    Array.isArray(list) ? list : [],
  );
  const { dependencies } = target;
  const brought =
    which === 'with dependencies' && isObject(dependencies)
      ? Object.values(dependencies).filter(isObject)
      : [];
  const branches = [target.if, target.then, target.else].filter((one) => one !== undefined);
  return [
    target,
    ...[...lists, ...branches, ...brought].flatMap((part) => parts(document, part, which, seen)),
  ];
}

function describesMembers(schema: JsonObject): boolean {
  const { properties, patternProperties } = schema;
  return isObject(properties) || isObject(patternProperties) || othersOf(schema) !== undefined;
}

/** Returns the schema of the members that no other keyword names. */
function othersOf({ additionalProperties, unevaluatedProperties }: JsonObject): Json | undefined {
  return additionalProperties ?? unevaluatedProperties;
}

function memberSchemas(schema: JsonObject, name: string): Json[] {
  const { properties, patternProperties } = schema;
  const own =
    isObject(properties) && Object.hasOwn(properties, name) ? [properties[name] as Json] : [];
  const matching = Object.entries(isObject(patternProperties) ? patternProperties : {})
    .filter(([pattern]) => new RegExp(pattern, 'u').test(name))
    .map(([, described]) => described);
  const known = [...own, ...matching];
  const rest = othersOf(schema);
  return known.length === 0 && (rest === true || isObject(rest)) ? [rest] : known;
}

function itemSchemas(schema: Json, index: number): Json[] {
  if (!isObject(schema)) return [];
  const { items = [], additionalItems, unevaluatedItems } = schema;
  if (!Array.isArray(items)) return [items];
  const own = items[index] ?? additionalItems ?? unevaluatedItems;
  return own === undefined ? [] : [own];
}
