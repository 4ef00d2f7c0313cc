import {
  type Case,
  type Guarantee,
  itemAlternatives,
  itemOf,
  memberOf,
  type Part,
} from '../contract/guarantee.js';
import { holds, type Shown } from '../contract/holds.js';
import { Possibility } from '../contract/possible.js';
import type { Path } from '../contract/rule-index.js';
import { samplesOf } from '../contract/samples.js';
import { equal } from '../generate/runtime/values.js';
import type { Json, JsonObject, Schema } from '../spec/model.js';
import { isContainer, isObject } from '../spec/positions.js';
import { inOneLine, type Words } from './contract-broken.js';
import { checkName, givenValues, refuse } from './given-values.js';
import { equalTo, likeIt, listOf, matcherIn } from './matchers.js';
import { isEach, itemNeeds, needed } from './needs.js';
import { scalarRules, shortestTexts } from './text-rules.js';

/** What needs are about: a payload, or headers. */
export interface Subject {
  readonly guarantee: Guarantee;
  readonly schema: Schema | undefined;
  readonly examples: readonly Json[];
  /** How words call the place; the payload by default. */
  readonly path?: Path;
}

/**
 * Turns needs into contents as Pact takes them: examples, and rules that hold for every delivery that the document
 * allows. Throws where the document does not guarantee what is needed, or can't hold a value that is given.
 */
export function contentsOf(subject: Subject, needs: unknown): Json {
  const { guarantee, schema, examples, path = [] } = subject;
  const { value, rules } = givenValues(needs, path);
  const possibility = new Possibility(guarantee, rules, 'values without rules');
  const parts = [{ schema: schema?.json ?? true, pointer: schema?.pointer ?? '' }];
  const fault = possibility.fault(parts, value, path);
  if (fault !== undefined) refuse(fault.path, impossible(fault.words, fault.pointer));
  const place = { guarantee, possibility, ways: [parts], examples, path, isInList: false };
  return contentsAt(place, needs, value);
}

/** A place in a message: what holds there, and what the document's examples show. */
interface Place {
  readonly guarantee: Guarantee;
  readonly possibility: Possibility;
  /** The schemas that its value satisfies, in each of the ways that the document leaves open. */
  readonly ways: readonly (readonly Part[])[];
  readonly examples: readonly Json[];
  readonly path: Path;
  /** Whether it stands in a list whose rule applies to all below it that has none of its own. */
  readonly isInList: boolean;
}

function contentsAt(place: Place, needs: unknown, value: Json): Json {
  if (needs === needed) return neededAt(place);
  if (!isContainer(value)) return scalarAt(place, value);
  const cases = casesAt(place, value).filter((one) => hasValues(place, one));
  const isList = Array.isArray(value);
  if (cases.length === 0 || !isAlways(place, cases, likeIt(isList ? [] : {}))) {
    refuse(place.path, `the document does not guarantee ${isList ? 'a list' : 'an object'} here`);
  }
  if (isEach(needs)) {
    const item = itemPlace(place, cases);
    return listOf(contentsAt(item, itemNeeds(needs), (value as Json[])[0] ?? null), needs.min);
  }
  if (isList) {
    return value.map((item, index) =>
      contentsAt(itemPlace(place, cases, index), (needs as unknown[])[index], item),
    );
  }
  const held = needs as Readonly<Record<string, unknown>>;
  const examples = inAgreement(place.examples, value, held);
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [
      name,
      contentsAt(memberPlace({ ...place, examples }, cases, name), held[name], item),
    ]),
  );
}

/** The deepest that values are made from examples: schemas that refer to themselves have no end. */
const MAX_DEPTH = 30;

/** What was made before: many tests need the same members, and comparing patterns takes its time. */
const made = new WeakMap<Guarantee, Map<string, Json>>();

function neededAt(place: Place): Json {
  const { guarantee, ways, examples, path, isInList } = place;
  if (path.length > MAX_DEPTH) refuse(path, 'it refers to itself: name members');
  const known = made.get(guarantee) ?? new Map<string, Json>();
  made.set(guarantee, known);
  const key = JSON.stringify([ways, examples, isInList]);
  const found = known.get(key) ?? ruled(place);
  known.set(key, found);
  return found;
}

/** Makes an example of a place, with the strictest rule that holds for every delivery. */
function ruled(place: Place): Json {
  const { guarantee, path, isInList } = place;
  const all = casesAt(place);
  const cases = all.filter((one) => hasValues(place, one));
  if (cases.length === 0) {
    const isNull = all.some((one) => guarantee.fault(one, null) === undefined);
    if (!isNull) refuse(path, 'no delivery has a value here');
    return isInList ? equalTo(null) : null;
  }
  if (isAlways(place, cases, likeIt({}))) {
    const [first, ...others] = cases.map(({ shape }) => shape.required);
    const required = [...(first ?? [])].filter((name) => others.every((one) => one.has(name)));
    if (required.length === 0) return likeIt({});
    return Object.fromEntries(
      required.map((name) => {
        const member = memberPlace(place, cases, name);
        checkName(member.path);
        return [name, neededAt(member)];
      }),
    );
  }
  if (isAlways(place, cases, likeIt([]))) {
    const item = itemPlace(place, cases);
    if (item.ways.every((parts) => parts.length === 0)) return likeIt([]);
    const example = neededAt(item);
    return listOf(example, isAlways(place, cases, { ...listOf(example, 1), value: [] }) ? 1 : 0);
  }
  const example = exampleAt(place, cases);
  const rule = scalarRules(cases, example).find((one) => isAlways(place, cases, one));
  if (rule === undefined) {
    refuse(path, 'the document allows several types, for which Pact has no rule: give a value');
  }
  return matcherIn(rule).match === 'equality' && !isInList ? example : rule;
}

/** Returns the first example that the document shows, or else a value made from the schema. */
function exampleAt({ guarantee, examples, path }: Place, cases: readonly Case[]): Json {
  const isPossible = (value: Json) =>
    value !== null && cases.some((one) => guarantee.fault(one, value) === undefined);
  const samples = () =>
    cases.flatMap((one) => [...samplesOf(guarantee).of(one), ...one.parts.flatMap(shortestTexts)]);
  // Empty texts, zeros and `false` are poor examples.
  const emptyLast = (one: Json, other: Json) => Number(Boolean(other)) - Number(Boolean(one));
  return (
    examples.find(isPossible) ??
    samples().toSorted(emptyLast).find(isPossible) ??
    refuse(path, 'the document shows no example of it: give a value')
  );
}

/** Tells whether a rule holds for every delivery, null aside. */
function isAlways({ guarantee }: Place, cases: readonly Case[], rule: JsonObject): boolean {
  const shown: Shown = { types: new Set(['null']), isEmptyList: false };
  const matcher = matcherIn(rule);
  return cases.every(
    (one) => holds(guarantee, one, matcher, rule.value ?? null, shown).is === 'held',
  );
}

/** Tells whether a case has values besides null. */
function hasValues({ guarantee }: Place, one: Case): boolean {
  const { types, constants } = one.shape;
  if (constants === undefined) return types?.size !== 1 || !types.has('null');
  return constants.some((value) => value !== null && guarantee.fault(one, value) === undefined);
}

/** Lists the cases of a place: of each way those that the given values pick, if any. */
function casesAt({ guarantee, possibility, ways, path }: Place, value: Json = null): Case[] {
  return ways.flatMap((parts) => {
    const cases = guarantee.casesOf(parts) ?? refuse(path, 'the schema has too many alternatives');
    const picked = cases.filter((one) => possibility.faultIn(one, value, path) === undefined);
    return picked.length > 0 ? picked : cases;
  });
}

/** Sorts examples: first those that have the given values. */
function inAgreement(
  examples: readonly Json[],
  value: JsonObject,
  needs: Readonly<Record<string, unknown>>,
): readonly Json[] {
  const given = Object.entries(value).filter(
    ([name, held]) => needs[name] !== needed && !isContainer(held),
  );
  const agrees = (example: Json) =>
    isObject(example) && given.every(([name, held]) => equal(example[name], held));
  return [...examples.filter(agrees), ...examples.filter((one) => !agrees(one))];
}

function memberPlace(place: Place, cases: readonly Case[], name: string): Place {
  const path = [...place.path, name];
  const known = cases.map((one) => memberOf(one, name)).filter(({ isKnown }) => isKnown);
  if (known.length === 0) refuse(path, unknownMember(place, cases, name));
  return {
    ...place,
    path,
    ways: distinct(known.map(({ parts }) => parts)),
    examples: place.examples.flatMap((one) =>
      isObject(one) && Object.hasOwn(one, name) ? [one[name] as Json] : [],
    ),
  };
}

function unknownMember(place: Place, cases: readonly Case[], name: string): string {
  const isElsewhere = casesAt(place, {}).some((one) => memberOf(one, name).isKnown);
  if (!isElsewhere) return 'the document does not know this member';
  const pointers = cases.flatMap(({ parts }) => parts.at(-1)?.pointer ?? []);
  return `the alternative that the given values pick does not know this member (${[...new Set(pointers)].join(', ')})`;
}

/** Returns the place of the item at an index, or of every item: in a list with a rule, items are alike. */
function itemPlace(place: Place, cases: readonly Case[], index?: number): Place {
  const isInList = place.isInList || index === undefined;
  const lists = place.examples.filter((one) => Array.isArray(one));
  return {
    ...place,
    isInList,
    path: [...place.path, index ?? 0],
    ways: distinct(
      cases.flatMap((one) => (isInList ? itemAlternatives(one, 0, 1) : [itemOf(one, index)])),
    ),
    // The one at the same place first, then any.
    examples: lists.flatMap((list) =>
      index === undefined ? list : [...list.slice(index, index + 1), ...list],
    ),
  };
}

function distinct(ways: readonly (readonly Part[])[]): (readonly Part[])[] {
  const isSame = (one: readonly Part[], other: readonly Part[]) =>
    one.length === other.length && one.every(({ schema }, at) => schema === other[at]?.schema);
  return ways.filter((one, at) => ways.findIndex((other) => isSame(one, other)) === at);
}

/** Keeps a given value; in a list with a rule, whether it can be there has not been asked yet. */
function scalarAt(place: Place, value: Json): Json {
  const cases = casesAt(place, value);
  const faults = cases.map((one) => place.guarantee.fault(one, value));
  const [words = { text: 'No delivery has a value here.' }] = faults;
  if (!faults.includes(undefined)) {
    refuse(place.path, impossible(words, cases[0]?.parts[0]?.pointer));
  }
  return value;
}

/** Says that a value is impossible, and by which schema: of alternatives, the one that comes nearest. */
function impossible(words: Words, pointer: string | undefined): string {
  const place = pointer === undefined ? undefined : `by ${pointer}`;
  return `no delivery has this value: ${inOneLine({ ...words, place })}`;
}
