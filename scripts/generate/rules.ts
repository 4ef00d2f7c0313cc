import type { Json, JsonObject } from '../spec/model.js';
import { isObject } from '../spec/positions.js';
import { clausesOf, type NameOf } from './clauses.js';
import { filled, limits } from './limits.js';

/** How long a sentence may get; a longer one helps nobody. */
const MAX_SENTENCE = 400;

/**
 * Lists in words, a line each, what a schema demands that its type can't say: limits, conditions, what is excluded,
 * and what those of its parts and alternatives demand that bear no name of their own.
 */
export function rulesOf(schema: JsonObject, nameOf: NameOf): string[] {
  return [
    ...limitsOf(schema),
    ...conditionsOf(schema, nameOf),
    ...rulesOfItems(schema, nameOf),
    ...rulesOfParts(schema, nameOf),
    ...rulesOfAlternatives(schema, nameOf),
  ];
}

/** Lists the limits of a schema itself in words. */
export function limitsOf(schema: JsonObject): string[] {
  return [
    ...Object.entries(limits).flatMap(([keyword, { line }]) =>
      schema[keyword] === undefined ? [] : [filled(line, schema[keyword])],
    ),
    ...(schema.uniqueItems === true ? ['No item stands twice.'] : []),
  ];
}

/** Lists the conditions of a schema itself in words, without those of its items, parts and alternatives. */
export function conditionsOf(schema: JsonObject, nameOf: NameOf): string[] {
  const say = (...keywords: string[]) => sentences(schema, keywords, nameOf);
  return [
    ...say('dependencies'),
    ...say('if', 'then', 'else'),
    ...say('not'),
    ...say('contains', 'minContains', 'maxContains'),
    ...say('propertyNames'),
    ...say('patternProperties'),
    ...(isMap(schema) ? [] : say('additionalProperties')),
    ...say('unevaluatedProperties'),
    ...say('unevaluatedItems'),
  ];
}

/** Says in sentences what some of a schema's keywords demand. */
function sentences(schema: JsonObject, keywords: readonly string[], nameOf: NameOf): string[] {
  const stated = keywords.filter((keyword) => schema[keyword] !== undefined);
  if (stated.length === 0) return [];
  const part = Object.fromEntries(stated.map((keyword) => [keyword, schema[keyword] as Json]));
  return clausesOf(part, nameOf).map((clause) =>
    clause.length > MAX_SENTENCE
      ? `The schema's "${keywords[0]}" demands more than this type says.`
      : `${clause.charAt(0).toUpperCase()}${clause.slice(1)}.`,
  );
}

/** Tells whether an object is a map alone: its index signature says what its members are, and a comment there the rest. */
function isMap({ properties, patternProperties }: JsonObject): boolean {
  return [properties, patternProperties].every(
    (named) => !isObject(named) || Object.keys(named).length === 0,
  );
}

function rulesOfItems({ items, additionalItems }: JsonObject, nameOf: NameOf): string[] {
  if (!Array.isArray(items)) return labelled('Items', items, nameOf);
  return [
    ...items.flatMap((item, index) => labelled(`Item ${index + 1}`, item, nameOf)),
    ...labelled('Further items', additionalItems, nameOf),
  ];
}

/** Parts apply to the whole: each demands what the whole demands. */
function rulesOfParts({ allOf }: JsonObject, nameOf: NameOf): string[] {
  const parts = Array.isArray(allOf) ? allOf : [];
  return parts.flatMap((part) => (isObject(part) ? rulesOf(part, nameOf) : []));
}

function rulesOfAlternatives({ anyOf, oneOf }: JsonObject, nameOf: NameOf): string[] {
  return [anyOf, oneOf].flatMap((list) => {
    const alternatives = (Array.isArray(list) ? list : []).filter((one) => !isNull(one));
    // What may also be null is described as if it may not.
    if (alternatives.length === 1) return rulesOfParts({ allOf: alternatives }, nameOf);
    return alternatives.flatMap((one, index) => labelled(`Alternative ${index + 1}`, one, nameOf));
  });
}

function isNull(schema: Json): boolean {
  return isObject(schema) && (schema.type === 'null' || schema.const === null);
}

function labelled(label: string, schema: Json | undefined, nameOf: NameOf): string[] {
  return isObject(schema) ? rulesOf(schema, nameOf).map((line) => `${label}: ${line}`) : [];
}
