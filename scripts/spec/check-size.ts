import { type Problem, problem } from '../problems/problem.js';
import { isReference, type Visited } from './grammar.js';
import { isObject, type Json, type Locate, listOf, member } from './positions.js';

/** How many schemas, and names, one schema may be made of: each is code in one function. References end it. */
const MAX_PARTS = 5_000;

/**
 * Reports where a document comes to hold more than `limit` objects, or as many names of members that schemas list and
 * do not describe, or else the schemas that are made of too many. Messages, and schemas in a list, count twice: each
 * makes a function.
 */
export function checkSize(places: readonly Visited[], limit: number, locate: Locate): Problem[] {
  let objects = 0;
  let names = 0;
  let crowded: Problem | undefined;
  const wholes = new Map<object, Whole>();
  const problems: Problem[] = [];
  for (const place of places) {
    objects += isDouble(place) ? 2 : 1;
    if (place.kind === 'schema') {
      const listed = countNames(place.value);
      names += listed;
      const whole = wholeOf(place, wholes);
      if (isObject(place.value)) wholes.set(place.value, whole);
      const before = whole.parts;
      whole.parts += 1 + listed;
      if (before <= MAX_PARTS && whole.parts > MAX_PARTS)
        problems.push(problem('schema.too-large', { limit: MAX_PARTS }, locate(whole.pointer)));
    }
    if (objects > limit || names > limit)
      crowded ??= problem('document.too-many-objects', { limit }, locate(place.pointer));
  }
  return crowded === undefined ? problems : [crowded];
}

function isDouble({ kind, value, container }: Visited): boolean {
  if (kind === 'message') return !isReference(value);
  return kind === 'schema' && Array.isArray(container);
}

/** Counts the names of members that a schema lists, and does not describe. */
function countNames(schema: Json): number {
  if (!isObject(schema)) return 0;
  const { dependencies, dependentRequired, properties } = schema;
  const lists = [dependencies, dependentRequired].flatMap((held) =>
    isObject(held) ? Object.values(held).filter(Array.isArray) : [],
  );
  const demanded = listOf(schema.required).filter(
    (name) => member(properties, String(name)) === undefined,
  );
  return [demanded, ...lists].reduce((sum, list) => sum + list.length, lists.length);
}

/** A schema that is part of no other, and how many parts it has so far. */
interface Whole {
  readonly pointer: string;
  parts: number;
}

/** Returns what a schema is part of: the same as what holds it, except where that only defines it for others. */
function wholeOf(
  { holder, container, pointer }: Visited,
  wholes: ReadonlyMap<object, Whole>,
): Whole {
  const isDefined = ['definitions', '$defs'].some((name) => member(holder, name) === container);
  const above = holder === undefined || isDefined ? undefined : wholes.get(holder);
  return above ?? { pointer, parts: 0 };
}
