import { joinPointer } from '../spec/json-pointer.js';
import type { Json, JsonObject } from '../spec/model.js';
import { isObject } from '../spec/positions.js';
import { type Guarantee, guaranteeOf, typeOf, type ValueType } from './guarantees.js';
import {
  booleanLike,
  equalTo,
  integerLike,
  likeIt,
  listOf,
  matching,
  numberLike,
  RESERVED,
} from './matchers.js';
import { isEach, itemNeeds, needed } from './needs.js';
import { alternatives } from './text-rules.js';

/** A place in a message: its schema, and what the document's examples show there. */
export interface Place {
  readonly document: JsonObject;
  readonly schema: Json;
  readonly examples: readonly Json[];
  /** JSON Pointer, for words. */
  readonly pointer: string;
  /** Whether it stands in a list whose rule applies to all below it that has none of its own. */
  readonly isInList: boolean;
}

/**
 * Turns needs into contents as Pact takes them: examples, and rules that hold for every delivery that the document
 * allows. Throws where the document does not guarantee what is needed, or can't hold a value that is given.
 */
export function contentsOf(place: Place, needs: unknown): Json {
  if (needs === needed) return neededAt(place);
  const guarantee = guaranteeAt(place, needs);
  if (isEach(needs)) {
    return listOf(contentsOf(itemPlace(place, guarantee), itemNeeds(needs)), needs.min);
  }
  if (Array.isArray(needs)) {
    return needs.map((item, index) => contentsOf(itemPlace(place, guarantee, index), item));
  }
  if (typeof needs !== 'object' || needs === null) return scalar(place, guarantee, needs);
  const examples = inAgreement(guarantee, place.examples, needs);
  const members = Object.entries(needs).filter(([, value]) => value !== undefined);
  return Object.fromEntries(
    members.map(([name, value]) => {
      checkName(place, name);
      return [name, contentsOf(memberPlace({ ...place, examples }, guarantee, name), value)];
    }),
  );
}

/** The deepest that values are made from examples: schemas that refer to themselves have no end. */
const MAX_DEPTH = 30;

function neededAt(place: Place): Json {
  const { isInList } = place;
  if (place.pointer.split('/').length > MAX_DEPTH) fail(place, 'it refers to itself: name members');
  const guarantee = guaranteeAt(place, needed);
  const constants = guarantee.constants?.filter((value) => value !== null);
  if (constants?.length === 0) return isInList ? equalTo(null) : null;
  const [only, ...others] = constants ?? [];
  if (only !== undefined && others.length === 0) return isInList ? equalTo(only) : only;
  const texts = constants?.filter((value) => typeof value === 'string');
  if (texts !== undefined && texts.length === constants?.length) {
    return matching(exampleAt(place, guarantee), alternatives(texts));
  }
  switch (singleType(place, guarantee)) {
    case 'string': {
      const [expression] = guarantee.texts;
      const example = exampleAt(place, guarantee);
      return expression === undefined ? likeIt(example) : matching(example, expression);
    }
    case 'integer':
      return integerLike(exampleAt(place, guarantee));
    case 'fraction':
      return numberLike(exampleAt(place, guarantee));
    case 'boolean':
      return booleanLike(exampleAt(place, guarantee));
    case 'array': {
      if (guarantee.items === undefined) return likeIt([]);
      return listOf(neededAt(itemPlace(place, guarantee)), Math.min(guarantee.minItems, 1));
    }
    default: {
      if (guarantee.required.length === 0) return likeIt({});
      return Object.fromEntries(
        guarantee.required.map((name) => {
          checkName(place, name);
          return [name, neededAt(memberPlace(place, guarantee, name))];
        }),
      );
    }
  }
}

/** Returns the one type that a value has, null aside; numbers that may be whole or not are of type `fraction`. */
function singleType(place: Place, { types }: Guarantee): Exclude<ValueType, 'null'> {
  const possible = [...types].filter(
    (type) => type !== 'null' && !(type === 'integer' && types.has('fraction')),
  );
  const [type, ...others] = possible;
  if (type === undefined || type === 'null' || others.length > 0) {
    return fail(
      place,
      'the document allows several types, for which Pact has no rule: give a value',
    );
  }
  return type;
}

/** Returns the first example that the document shows, or else a value made from the schema. */
function exampleAt(place: Place, guarantee: Guarantee): Json {
  const candidates = [...place.examples, ...(guarantee.constants ?? MADE)];
  const found = candidates.find((value) => value !== null && fits(guarantee, value));
  return found ?? fail(place, 'the document shows no example of it: give a value');
}

/** What may stand where the document shows nothing. */
const MADE: readonly Json[] = [
  'text',
  '2024-01-31T12:00:00Z',
  '2024-01-31',
  '12:00:00Z',
  '00000000-0000-4000-8000-000000000000',
  'someone@example.com',
  'https://example.com/',
  'a',
  'A',
  '0',
  'AAA',
  '',
  1,
  0,
  10,
  100,
  -1,
  0.5,
  true,
];

function guaranteeAt(place: Place, needs: unknown): Guarantee {
  const { document, schema } = place;
  return (
    guaranteeOf(document, schema, (one) => mayHold(document, one, needs)) ??
    fail(place, 'no delivery that the document allows holds this value')
  );
}

/** Tells whether a value of a schema may be what is needed, as far as the given values tell. */
function mayHold(document: JsonObject, schema: Json, needs: unknown): boolean {
  if (needs === undefined) return true;
  const guarantee = guaranteeOf(document, schema, (one) => mayHold(document, one, needs));
  if (guarantee === undefined) return false;
  const { types, constants, members, items } = guarantee;
  if (needs === needed) return true;
  if (isEach(needs) || Array.isArray(needs)) {
    const held = isEach(needs) ? [itemNeeds(needs)] : needs;
    return types.has('array') && held.every((one) => mayHold(document, items ?? true, one));
  }
  if (typeof needs === 'object' && needs !== null) {
    return (
      types.has('object') &&
      Object.entries(needs).every(([name, one]) =>
        mayHold(document, members.get(name) ?? true, one),
      )
    );
  }
  const value = needs as Json;
  return types.has(typeOf(value)) && (constants === undefined || constants.includes(value));
}

/** Sorts examples: first those that have the given values where the document lists the possible ones. */
function inAgreement(
  { members }: Guarantee,
  examples: readonly Json[],
  needs: object,
): readonly Json[] {
  const given = Object.entries(needs).filter(([, value]) => typeof value !== 'symbol');
  const agrees = (example: Json) =>
    isObject(example) &&
    given.every(
      ([name, value]) => typeof value === 'object' || !members.has(name) || example[name] === value,
    );
  return [...examples.filter(agrees), ...examples.filter((one) => !agrees(one))];
}

function memberPlace(place: Place, { members }: Guarantee, name: string): Place {
  return {
    ...place,
    schema: members.get(name) ?? true,
    examples: place.examples.flatMap((one) =>
      isObject(one) && Object.hasOwn(one, name) ? [one[name] as Json] : [],
    ),
    pointer: joinPointer(place.pointer, name),
  };
}

function itemPlace(place: Place, { items }: Guarantee, index?: number): Place {
  const lists = place.examples.filter((one) => Array.isArray(one));
  return {
    ...place,
    schema: items ?? true,
    // The one at the same place first, then any.
    examples: lists.flatMap((list) =>
      index === undefined ? list : [...list.slice(index, index + 1), ...list],
    ),
    pointer: joinPointer(place.pointer, index ?? '*'),
    isInList: place.isInList || index === undefined,
  };
}

function scalar(place: Place, guarantee: Guarantee, value: unknown): Json {
  const isJson =
    value === null ||
    typeof value === 'string' ||
    typeof value === 'boolean' ||
    (typeof value === 'number' && Number.isFinite(value));
  if (!isJson) fail(place, `${String(value)} is nothing that JSON can hold`);
  return fits(guarantee, value as Json)
    ? (value as Json)
    : fail(place, `no delivery that the document allows holds ${JSON.stringify(value)} here`);
}

/** Tells whether a scalar is one that the document allows. */
function fits({ types, constants, isWithin }: Guarantee, value: Json): boolean {
  const isListed = constants === undefined || constants.includes(value);
  return types.has(typeOf(value)) && isListed && isWithin(value);
}

/** Refuses names that Pact would take for a rule, or that no pact with rules can be loaded with. */
function checkName(place: Place, name: string): void {
  if (name.startsWith(RESERVED))
    fail(place, `Pact takes the name ${JSON.stringify(name)} for a rule`);
  if (/['\\]/.test(name)) {
    fail(
      place,
      `Pact can't read rules of members with a quote or backslash: ${JSON.stringify(name)}`,
    );
  }
}

/** Tells whether a value holds a name by which Pact would take it for a rule. */
export function holdsReserved(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(
    ([name, held]) => name.startsWith(RESERVED) || holdsReserved(held),
  );
}

function fail({ pointer }: Place, reason: string): never {
  throw new TypeError(`${pointer === '' ? 'the payload' : pointer}: ${reason}`);
}
