import type { Guarantee, Part } from '../../contract/guarantee.js';
import { joinPointer } from '../../spec/json-pointer.js';
import type { Json, JsonObject } from '../../spec/model.js';
import { entriesOf, isObject, listOf } from '../../spec/positions.js';

/** The members that a document describes of an object, in any of the alternatives that it leaves open. */
export interface KnownMembers {
  /** Where each is described, by its name. */
  readonly named: ReadonlyMap<string, string>;
  readonly patterns: readonly string[];
  /** Whether it knows every name: it says nothing of members, or declares a map. */
  readonly isFree: boolean;
}

/** Returns the members that are described by schemas all of which apply to a value. */
export function knownMembers(guarantee: Guarantee, parts: readonly Part[]): KnownMembers {
  const named = new Map<string, string>();
  const patterns: string[] = [];
  let speaks = false;
  let isMap = false;
  const seen = new Set<Json>();
  const visit = (part: Part): void => {
    const { schema, pointer } = guarantee.resolve(part);
    if (!isObject(schema) || seen.has(schema)) return;
    seen.add(schema);
    const { properties, patternProperties } = schema;
    for (const [name, member] of entriesOf(properties)) {
      if (member !== false && !named.has(name))
        named.set(name, joinPointer(pointer, 'properties', name));
    }
    patterns.push(
      ...entriesOf(patternProperties)
        .filter(([, member]) => member !== false)
        .map(([pattern]) => pattern),
    );
    const others = schema.additionalProperties ?? schema.unevaluatedProperties;
    speaks ||= isObject(properties) || isObject(patternProperties) || others !== undefined;
    isMap ||= others !== undefined && others !== false;
    for (const inner of innerParts(schema, pointer)) visit(inner);
  };
  for (const part of parts) visit(part);
  return { named, patterns, isFree: isMap || !speaks };
}

/** Tells whether a member is known: it is described, or every name is. */
export function isKnown(known: KnownMembers, name: string): boolean {
  return known.isFree || isDescribed(known, name);
}

/** Tells whether a member is described by name, or by a pattern of names. */
export function isDescribed({ named, patterns }: KnownMembers, name: string): boolean {
  return named.has(name) || patterns.some((one) => new RegExp(one, 'u').test(name));
}

/** Lists the schemas that apply to the same value as the schema that holds them, always or in some case. */
function innerParts(schema: JsonObject, pointer: string): Part[] {
  const lists = (['allOf', 'anyOf', 'oneOf'] as const).flatMap((keyword) =>
    listOf(schema[keyword]).map((one, index) => ({
      schema: one,
      pointer: joinPointer(pointer, keyword, index),
    })),
  );
  const branches = (['if', 'then', 'else'] as const).flatMap((keyword): Part[] => {
    const branch = schema[keyword];
    return branch === undefined ? [] : [{ schema: branch, pointer: `${pointer}/${keyword}` }];
  });
  const brought = entriesOf(schema.dependencies)
    .filter(([, one]) => isObject(one))
    .map(([name, one]) => ({
      schema: one,
      pointer: joinPointer(pointer, 'dependencies', name),
    }));
  return [...lists, ...branches, ...brought];
}
